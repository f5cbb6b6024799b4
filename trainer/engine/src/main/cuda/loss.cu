// Loss heads: a thread takes rows of n×k matrices, blocks of 1×n threads; partial[block] is the block's share of the sum.
// The rows may be a slice of all the examples that the loss is the mean of.

KERNEL(softmax_cross_entropy)(int rows, int columns, int examples, const Number* logits, const Number* targets,
    Number* predictions, Number* gradient, double* partial) {
  double total[1] = {0};
  for (int row = blockIdx.x * blockDim.y + threadIdx.y; row < rows; row += gridDim.x * blockDim.y) {
    long long start = (long long)row * columns;
    double largest = -INFINITY;
    for (int j = 0; j < columns; j++) {
      double z = logits[start + j];
      largest = z > largest || isnan(z) ? z : largest;
    }
    double sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += exp((double)logits[start + j] - largest);
    }
    double logSum = largest + log(sum);
    for (int j = 0; j < columns; j++) {
      double logProbability = (double)logits[start + j] - logSum;
      double p = exp(logProbability);
      double t = targets[start + j];
      predictions[start + j] = (Number)p;
      gradient[start + j] = (Number)((p - t) / examples);
      total[0] -= t == 0 ? 0 : t * logProbability;  // 0·log 0 = 0
    }
  }
  fold(total);
  if (threadIdx.y == 0) {
    partial[blockIdx.x] = total[0];
  }
}

// gradientTangent ← (p∘ż − p⟨p, ż⟩)/n in each row
KERNEL(softmax_cross_entropy_tangent)(int rows, int columns, int examples, const Number* predictions,
    const Number* logitsTangent, Number* gradientTangent) {
  for (int row = blockIdx.x * blockDim.x + threadIdx.x; row < rows; row += gridDim.x * blockDim.x) {
    long long start = (long long)row * columns;
    double mean = 0;
    for (int j = 0; j < columns; j++) {
      mean += (double)predictions[start + j] * (double)logitsTangent[start + j];
    }
    for (int j = 0; j < columns; j++) {
      gradientTangent[start + j] =
          (Number)((double)predictions[start + j] * ((double)logitsTangent[start + j] - mean) / examples);
    }
  }
}

KERNEL(mean_squared_error)(int rows, int columns, int examples, const Number* logits, const Number* targets,
    Number* predictions, Number* gradient, double* partial) {
  double total[1] = {0};
  for (int row = blockIdx.x * blockDim.y + threadIdx.y; row < rows; row += gridDim.x * blockDim.y) {
    for (int j = 0; j < columns; j++) {
      long long i = (long long)row * columns + j;
      Number z = logits[i];
      double error = (double)z - (double)targets[i];
      predictions[i] = z;
      gradient[i] = (Number)(error / examples);
      total[0] += error * error;
    }
  }
  fold(total);
  if (threadIdx.y == 0) {
    partial[blockIdx.x] = total[0];
  }
}

// gradientTangent ← ż/n
KERNEL(mean_squared_error_tangent)(
    int rows, int columns, int examples, const Number* logitsTangent, Number* gradientTangent) {
  long long n = (long long)rows * columns;
  long long step = (long long)gridDim.x * blockDim.x;
  for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
    gradientTangent[i] = (Number)((double)logitsTangent[i] / examples);
  }
}

__device__ inline int largest_of(const Number* x, int columns) {
  int largest = 0;
  for (int j = 1; j < columns; j++) {
    largest = x[j] > x[largest] ? j : largest;
  }
  return largest;
}

// partial[block] ← rows in which x and y have their largest entry in the same column
KERNEL(agreeing_rows)(int rows, int columns, const Number* x, const Number* y, double* partial) {
  double total[1] = {0};
  for (int row = blockIdx.x * blockDim.y + threadIdx.y; row < rows; row += gridDim.x * blockDim.y) {
    long long start = (long long)row * columns;
    total[0] += largest_of(x + start, columns) == largest_of(y + start, columns) ? 1 : 0;
  }
  fold(total);
  if (threadIdx.y == 0) {
    partial[blockIdx.x] = total[0];
  }
}
