// Operations on all entries of tensors.

// y ← y + a·x
KERNEL(axpy)(long long n, double a, const Number* x, Number* y) {
  long long step = (long long)gridDim.x * blockDim.x;
  for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
    y[i] = (Number)((double)y[i] + a * (double)x[i]);
  }
}

// y ← y + factor·a·x, with a that is on the device
KERNEL(axpy_by)(long long n, double factor, const double* a, const Number* x, Number* y) {
  double coefficient = factor * *a;
  long long step = (long long)gridDim.x * blockDim.x;
  for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
    y[i] = (Number)((double)y[i] + coefficient * (double)x[i]);
  }
}

// x ← a·x
KERNEL(scale)(long long n, double a, Number* x) {
  long long step = (long long)gridDim.x * blockDim.x;
  for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
    x[i] = (Number)(a * (double)x[i]);
  }
}

// partial[block] ← the block's share of ⟨x, y⟩, by blocks of 1×n threads
KERNEL(dot)(long long n, const Number* x, const Number* y, double* partial) {
  double total[1] = {0};
  long long step = (long long)gridDim.x * blockDim.y;
  for (long long i = (long long)blockIdx.x * blockDim.y + threadIdx.y; i < n; i += step) {
    total[0] += (double)x[i] * (double)y[i];
  }
  fold(total);
  if (threadIdx.y == 0) {
    partial[blockIdx.x] = total[0];
  }
}
