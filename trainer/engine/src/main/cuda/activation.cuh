// φ, φ′ and φ″, as brink.trainer.kernels.Activation defines them.
#pragma once

// As in Launcher.java.
enum Activation { IDENTITY, TANH, RELU, GELU, SOFTPLUS };

__device__ inline double logistic(double x) { return 1 / (1 + exp(-x)); }

// The tanh form of GELU: g = (1 + tanh u)/2 = logistic(2u), u = √(2/π)·(x + 0.044715·x³).
struct Gelu {
  static constexpr double SCALE = 0.79788456080286535588;
  static constexpr double CUBIC = 0.044715;

  __device__ static double gate(double x) { return logistic(2 * SCALE * (x + CUBIC * x * x * x)); }
  __device__ static double innerSlope(double x) { return SCALE * (1 + 3 * CUBIC * x * x); }
  __device__ static double innerBend(double x) { return SCALE * 6 * CUBIC * x; }

  __device__ static double derivative(double x) {
    double g = gate(x);
    return g + 2 * x * g * (1 - g) * innerSlope(x);
  }

  __device__ static double secondDerivative(double x) {
    double g = gate(x);
    double slope = innerSlope(x);
    return 2 * g * (1 - g) * (2 * slope + x * innerBend(x) + 2 * x * slope * slope * (1 - 2 * g));
  }
};

// tanh is evaluated in the precision of the result: in double precision it would take longer than memory does.
__device__ inline double rounded_tanh(double x, float) { return tanhf((float)x); }
__device__ inline double rounded_tanh(double x, double) { return tanh(x); }

template <class Number>
__device__ inline double activation_value(int phi, double x) {
  switch (phi) {
    case TANH: return rounded_tanh(x, Number());
    case RELU: return x > 0 || isnan(x) ? x : 0;
    case GELU: return x * Gelu::gate(x);
    case SOFTPLUS: return (x > 0 || isnan(x) ? x : 0) + log1p(exp(-fabs(x)));
    default: return x;
  }
}

// y is φ(x), read for tanh only.
__device__ inline double activation_slope(int phi, double x, double y) {
  switch (phi) {
    case TANH: return 1 - y * y;
    case RELU: return x > 0 ? 1 : 0;
    case GELU: return Gelu::derivative(x);
    case SOFTPLUS: return logistic(x);
    default: return 1;
  }
}

__device__ inline double activation_bend(int phi, double x, double y) {
  switch (phi) {
    case TANH: return -2 * y * (1 - y * y);
    case GELU: return Gelu::secondDerivative(x);
    case SOFTPLUS: {
      double slope = logistic(x);
      return slope * (1 - slope);
    }
    default: return 0;
  }
}
