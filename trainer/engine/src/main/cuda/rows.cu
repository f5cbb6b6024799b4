// Weight normalization of m×d matrices: block blockIdx.x of 1×n threads takes row blockIdx.x.

// w ← rows of v over their lengths
KERNEL(normalize_rows)(int columns, const Number* v, Number* inverseNorms, Number* w) {
  long long start = (long long)blockIdx.x * columns;
  double squares[1] = {0};
  for (int j = threadIdx.y; j < columns; j += blockDim.y) {
    squares[0] += (double)v[start + j] * (double)v[start + j];
  }
  fold(squares);
  double inverse = 1 / sqrt(squares[0]);
  for (int j = threadIdx.y; j < columns; j += blockDim.y) {
    w[start + j] = (Number)((double)v[start + j] * inverse);
  }
  if (threadIdx.y == 0) {
    inverseNorms[blockIdx.x] = (Number)inverse;
  }
}

// result ← (x − w⟨w, x⟩)/‖v‖
KERNEL(project_rows)(int columns, const Number* w, const Number* inverseNorms, const Number* x, Number* result) {
  long long start = (long long)blockIdx.x * columns;
  double along[1] = {0};
  for (int j = threadIdx.y; j < columns; j += blockDim.y) {
    along[0] += (double)w[start + j] * (double)x[start + j];
  }
  fold(along);
  double inverse = inverseNorms[blockIdx.x];
  for (int j = threadIdx.y; j < columns; j += blockDim.y) {
    result[start + j] = (Number)(((double)x[start + j] - (double)w[start + j] * along[0]) * inverse);
  }
}

// With ẇ = J·v̇: result ← result − (⟨w, v̇⟩·J·x + ẇ⟨w, x⟩ + w⟨ẇ, x⟩)/‖v‖
KERNEL(project_rows_tangent)(int columns, const Number* w, const Number* inverseNorms, const Number* vTangent,
    const Number* x, Number* result) {
  long long start = (long long)blockIdx.x * columns;
  double sums[3] = {};
  for (int j = threadIdx.y; j < columns; j += blockDim.y) {
    double unit = w[start + j];
    sums[0] += unit * (double)vTangent[start + j];
    sums[1] += unit * (double)x[start + j];
    sums[2] += (double)vTangent[start + j] * (double)x[start + j];
  }
  fold(sums);
  double inverse = inverseNorms[blockIdx.x];
  double stretch = sums[0];
  double along = sums[1];
  double alongTangent = (sums[2] - stretch * along) * inverse;
  for (int j = threadIdx.y; j < columns; j += blockDim.y) {
    double unit = w[start + j];
    double projected = ((double)x[start + j] - unit * along) * inverse;
    double unitTangent = ((double)vTangent[start + j] - unit * stretch) * inverse;
    result[start + j] = (Number)((double)result[start + j]
        - inverse * (stretch * projected + unitTangent * along + unit * alongTangent));
  }
}
