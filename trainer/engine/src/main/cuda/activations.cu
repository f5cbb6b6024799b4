// Activations that no normalization precedes, entry by entry.

// y ← φ(x)
KERNEL(activate)(long long n, int phi, const Number* x, Number* y) {
  long long step = (long long)gridDim.x * blockDim.x;
  for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
    y[i] = (Number)activation_value<Number>(phi, x[i]);
  }
}

// result ← φ′(x)∘v
KERNEL(activation_product)(long long n, int phi, const Number* x, const Number* v, Number* result) {
  long long step = (long long)gridDim.x * blockDim.x;
  for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
    double at = x[i];
    double y = phi == TANH ? activation_value<Number>(phi, at) : 0;
    result[i] = (Number)(activation_slope(phi, at, y) * (double)v[i]);
  }
}

// result ← φ′(x)∘adjointTangent + φ″(x)∘ẋ∘adjoint
KERNEL(activation_product_tangent)(long long n, int phi, const Number* x, const Number* xTangent,
    const Number* adjoint, const Number* adjointTangent, Number* result) {
  long long step = (long long)gridDim.x * blockDim.x;
  for (long long i = (long long)blockIdx.x * blockDim.x + threadIdx.x; i < n; i += step) {
    double at = x[i];
    double y = phi == TANH ? activation_value<Number>(phi, at) : 0;
    result[i] = (Number)(activation_slope(phi, at, y) * (double)adjointTangent[i]
        + activation_bend(phi, at, y) * (double)xTangent[i] * (double)adjoint[i]);
  }
}
