// A number for each column of a rows×columns matrix. Blocks of x columns by y rows; blockIdx.y counts chunks of rows.

// y ← x·diag(factors) + beta·y
KERNEL(scale_columns)(
    long long rows, int columns, const Number* factors, const Number* x, double beta, Number* y) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= columns) {
    return;
  }
  double factor = factors[column];
  long long step = (long long)gridDim.y * blockDim.y;
  for (long long row = (long long)blockIdx.y * blockDim.y + threadIdx.y; row < rows; row += step) {
    long long i = row * columns + column;
    double value = factor * (double)x[i];
    y[i] = (Number)(beta == 0 ? value : value + beta * (double)y[i]);
  }
}

// partial[chunk][column] ← the chunk's share of the diagonal of xᵀ·y
KERNEL(column_dots)(long long rows, int columns, const Number* x, const Number* y, double* partial) {
  ProductPass<Number> pass{x, y};
  sum_columns(pass, rows, columns, partial);
}

// sums ← totals + beta·sums
KERNEL(column_dots_sum)(int columns, const double* totals, double beta, Number* sums) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column < columns) {
    double total = totals[column];
    sums[column] = (Number)(beta == 0 ? total : total + beta * (double)sums[column]);
  }
}

// Columns of matrices that have strideFrom and strideTo of them, from those that the pointers show on.
KERNEL(copy_columns)(long long rows, int columns, const Number* from, int strideFrom, Number* to, int strideTo) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column >= columns) {
    return;
  }
  long long step = (long long)gridDim.y * blockDim.y;
  for (long long row = (long long)blockIdx.y * blockDim.y + threadIdx.y; row < rows; row += step) {
    to[row * strideTo + column] = from[row * strideFrom + column];
  }
}
