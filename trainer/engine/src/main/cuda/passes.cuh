// The passes of brink.trainer.kernels.Normalization over one set of entries that are normalized together. With
// c = mean(x̂ż), ḡ = ȳφ′(x̂) and b = mean(ḡx̂), all means over the set:
//
//   tangent              ẋ̂ = (ż − mean(ż) − x̂c)/σ,   σ̇ = c,   ẏ = φ′ẋ̂
//   backward             z̄ = (ḡ − mean(ḡ) − x̂b)/σ
//   tangent of backward  ḡ˙ = ȳ˙φ′ + ȳφ″ẋ̂,   b˙ = mean(ḡ˙x̂ + ḡẋ̂)
//                        z̄˙ = (ḡ˙ − mean(ḡ˙) − ẋ̂b − x̂b˙ − σ̇z̄)/σ
//
// A pass loads entry i, adds to KINDS sums, and, once their means are known, writes. Loading does nothing else, so that
// the loads of several entries can be under way together. reference() is a number of the set
// that its first sweep needs. Passes read an entry before they write it, and write no other, so they work in place.
#pragma once

// What a pass knows of its set when it writes.
struct SetOf {
  double means[3];
  double inverse;
  double deviationTangent = 0;
};

// 1/σ, NaN for a set that does not vary beyond rounding when ε = 0.
__device__ inline double inverse_deviation(double mean, double variance, double epsilon, double resolution) {
  double meanSquare = mean * mean + variance;
  if (epsilon == 0 && !(variance > resolution * resolution * meanSquare)) {
    return NAN;
  }
  return 1 / sqrt(variance + epsilon);
}

template <class Number>
struct ForwardPass {
  static constexpr int KINDS = 2;
  const Number* z;
  Number* normalized;  // may be null: other examples keep y only
  Number* output;
  int phi;
  const Number* firstRow = z;  // of the whole matrix, where z is a slice of it

  struct Entry {
    double z;
  };

  // Sums are of differences from the set's first entry: in one sweep, without cancellation of a large mean.
  __device__ double reference(long long first) const { return firstRow[first]; }

  __device__ Entry load(long long i) const { return {(double)z[i]}; }

  __device__ void add(const Entry& entry, double reference, double (&sums)[KINDS]) const {
    double difference = entry.z - reference;
    sums[0] += difference;
    sums[1] += difference * difference;
  }

  // means[0] is that of z here
  __device__ void write(long long i, const Entry& entry, const SetOf& set) const {
    double x = (entry.z - set.means[0]) * set.inverse;
    if (normalized != nullptr) {
      normalized[i] = (Number)x;
    }
    output[i] = (Number)activation_value<Number>(phi, x);
  }
};

template <class Number>
struct TangentPass {
  static constexpr int KINDS = 2;
  const Number* zTangent;
  const Number* normalized;
  const Number* output;
  Number* normalizedTangent;
  Number* outputTangent;
  int phi;

  struct Entry {
    double z, x, y;
  };

  __device__ double reference(long long) const { return 0; }

  __device__ Entry load(long long i) const {
    return {(double)zTangent[i], (double)normalized[i], phi == TANH ? (double)output[i] : 0};
  }

  __device__ void add(const Entry& entry, double, double (&sums)[KINDS]) const {
    sums[0] += entry.z;
    sums[1] += entry.z * entry.x;
  }

  __device__ void write(long long i, const Entry& entry, const SetOf& set) const {
    double tangent = (entry.z - set.means[0] - entry.x * set.means[1]) * set.inverse;
    normalizedTangent[i] = (Number)tangent;
    outputTangent[i] = (Number)(activation_slope(phi, entry.x, entry.y) * tangent);
  }
};

template <class Number>
struct BackwardPass {
  static constexpr int KINDS = 2;
  const Number* outputAdjoint;
  const Number* normalized;
  const Number* output;
  Number* inputAdjoint;
  int phi;

  struct Entry {
    double adjoint, x, y;
  };

  __device__ double reference(long long) const { return 0; }

  __device__ Entry load(long long i) const {
    return {(double)outputAdjoint[i], (double)normalized[i], phi == TANH ? (double)output[i] : 0};
  }

  __device__ double g(const Entry& entry) const { return entry.adjoint * activation_slope(phi, entry.x, entry.y); }

  __device__ void add(const Entry& entry, double, double (&sums)[KINDS]) const {
    double g = this->g(entry);
    sums[0] += g;
    sums[1] += g * entry.x;
  }

  __device__ void write(long long i, const Entry& entry, const SetOf& set) const {
    inputAdjoint[i] = (Number)((g(entry) - set.means[0] - entry.x * set.means[1]) * set.inverse);
  }
};

template <class Number>
struct BackwardTangentPass {
  static constexpr int KINDS = 3;
  const Number* outputAdjoint;
  const Number* outputAdjointTangent;
  const Number* normalized;
  const Number* normalizedTangent;
  const Number* output;
  const Number* inputAdjoint;  // may be null while sums are taken
  Number* inputAdjointTangent;
  int phi;

  struct Entry {
    double adjoint, adjointTangent, x, xTangent, y, inputAdjoint;
  };

  __device__ double reference(long long) const { return 0; }

  __device__ Entry load(long long i) const {
    return {(double)outputAdjoint[i], (double)outputAdjointTangent[i], (double)normalized[i],
        (double)normalizedTangent[i], phi == TANH ? (double)output[i] : 0,
        inputAdjoint == nullptr ? 0 : (double)inputAdjoint[i]};
  }

  // ḡ˙
  __device__ double gTangent(const Entry& entry, double slope) const {
    return entry.adjointTangent * slope + entry.adjoint * activation_bend(phi, entry.x, entry.y) * entry.xTangent;
  }

  __device__ void add(const Entry& entry, double, double (&sums)[KINDS]) const {
    double slope = activation_slope(phi, entry.x, entry.y);
    double g = entry.adjoint * slope;
    double tangent = gTangent(entry, slope);
    sums[0] += tangent;
    sums[1] += g * entry.x;
    sums[2] += tangent * entry.x + g * entry.xTangent;
  }

  __device__ void write(long long i, const Entry& entry, const SetOf& set) const {
    double tangent = gTangent(entry, activation_slope(phi, entry.x, entry.y));
    inputAdjointTangent[i] = (Number)((tangent - set.means[0] - entry.xTangent * set.means[1]
        - entry.x * set.means[2] - entry.inputAdjoint * set.deviationTangent) * set.inverse);
  }
};

// ⟨x, y⟩ of each column.
template <class Number>
struct ProductPass {
  static constexpr int KINDS = 1;
  const Number* x;
  const Number* y;

  struct Entry {
    double product;
  };

  __device__ double reference(long long) const { return 0; }
  __device__ Entry load(long long i) const { return {(double)x[i] * (double)y[i]}; }
  __device__ void add(const Entry& entry, double, double (&sums)[KINDS]) const { sums[0] += entry.product; }
};

// Rows that a thread loads before it works on them, so that enough loads are on their way.
static constexpr int AHEAD = 4;

// partial[chunk][kind][column] ← sums over the rows of chunk blockIdx.y, by blocks of x columns by y rows.
template <class Pass>
__device__ inline void sum_columns(const Pass& pass, long long rows, int columns, double* partial) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  double sums[Pass::KINDS] = {};
  if (column < columns) {
    double reference = pass.reference(column);
    long long step = (long long)gridDim.y * blockDim.y;
    long long row = (long long)blockIdx.y * blockDim.y + threadIdx.y;
    for (; row + (AHEAD - 1) * step < rows; row += AHEAD * step) {
      typename Pass::Entry entries[AHEAD];
#pragma unroll
      for (int k = 0; k < AHEAD; k++) {
        entries[k] = pass.load((row + k * step) * columns + column);
      }
#pragma unroll
      for (int k = 0; k < AHEAD; k++) {
        pass.add(entries[k], reference, sums);
      }
    }
    for (; row < rows; row += step) {
      pass.add(pass.load(row * columns + column), reference, sums);
    }
  }
  fold(sums);
  if (column < columns && threadIdx.y == 0) {
    for (int kind = 0; kind < Pass::KINDS; kind++) {
      partial[((long long)blockIdx.y * Pass::KINDS + kind) * columns + column] = sums[kind];
    }
  }
}

// Writes the rows of chunk blockIdx.y.
template <class Pass>
__device__ inline void write_columns(const Pass& pass, long long rows, int columns, int column, const SetOf& set) {
  long long step = (long long)gridDim.y * blockDim.y;
  long long row = (long long)blockIdx.y * blockDim.y + threadIdx.y;
  for (; row + (AHEAD - 1) * step < rows; row += AHEAD * step) {
    typename Pass::Entry entries[AHEAD];
#pragma unroll
    for (int k = 0; k < AHEAD; k++) {
      entries[k] = pass.load((row + k * step) * columns + column);
    }
#pragma unroll
    for (int k = 0; k < AHEAD; k++) {
      pass.write((row + k * step) * columns + column, entries[k], set);
    }
  }
  for (; row < rows; row += step) {
    long long i = row * columns + column;
    pass.write(i, pass.load(i), set);
  }
}

// The entries of set blockIdx.x of group normalization: positions rows of one example by width adjacent columns.
struct GroupOf {
  int groups, columns, width;
  int entries;
  long long first;

  __device__ GroupOf(int positions, int columns, int groups)
      : groups(groups), columns(columns), width(columns / groups), entries(positions * width),
        first((long long)(blockIdx.x / groups) * positions * columns + blockIdx.x % groups * width) {}

  __device__ long long at(int k) const { return first + (long long)(k / width) * columns + k % width; }
};

// Sums over a set, by a block of 1×n threads, in every thread.
template <class Pass>
__device__ inline void sum_group(const Pass& pass, const GroupOf& group, double reference, double (&sums)[Pass::KINDS]) {
  for (int k = threadIdx.y; k < group.entries; k += blockDim.y) {
    pass.add(pass.load(group.at(k)), reference, sums);
  }
  fold(sums);
}

template <class Pass>
__device__ inline void write_group(const Pass& pass, const GroupOf& group, const SetOf& set) {
  for (int k = threadIdx.y; k < group.entries; k += blockDim.y) {
    long long i = group.at(k);
    pass.write(i, pass.load(i), set);
  }
}
