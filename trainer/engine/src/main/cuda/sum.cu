// result ← factor·(sum of count numbers), by one block of 1×n threads.
extern "C" __global__ void sum(int count, const double* partial, double factor, double* result) {
  double total[1] = {0};
  for (int i = threadIdx.y; i < count; i += blockDim.y) {
    total[0] += partial[i];
  }
  fold(total);
  if (threadIdx.y == 0) {
    *result = factor * total[0];
  }
}

// means[kind][column] ← (sum over chunks of partial[chunk][kind][column])/entries. Blocks of x columns by y chunks.
extern "C" __global__ void means(int chunks, int numbers, const double* partial, double entries, double* means) {
  int number = blockIdx.x * blockDim.x + threadIdx.x;
  double total[1] = {0};
  if (number < numbers) {
    for (int chunk = threadIdx.y; chunk < chunks; chunk += blockDim.y) {
      total[0] += partial[(long long)chunk * numbers + number];
    }
  }
  fold(total);
  if (number < numbers && threadIdx.y == 0) {
    means[number] = total[0] / entries;
  }
}
