// Batch normalization of a rows×columns matrix. Blocks of x columns by y rows; blockIdx.y counts chunks of rows. Sums go
// to partial[chunk][kind][column], their means to means[kind][column].

KERNEL(batch_moments)(long long rows, int columns, const Number* z, const Number* firstRow, double* partial) {
  ForwardPass<Number> pass{z, nullptr, nullptr, IDENTITY, firstRow};
  sum_columns(pass, rows, columns, partial);
}

// From the means of the differences from row 0 and of their squares: mean and 1/σ, rounded and (over means) exact.
KERNEL(batch_statistics)(int columns, const Number* firstRow, double epsilon, double resolution, double* means,
    Number* mean, Number* inverse) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column < columns) {
    double difference = means[column];
    double exact = (double)firstRow[column] + difference;
    double variance = fmax(means[columns + column] - difference * difference, 0.0);
    double exactInverse = isnan(difference) ? difference : inverse_deviation(exact, variance, epsilon, resolution);
    means[column] = exact;
    means[columns + column] = exactInverse;
    mean[column] = (Number)exact;
    inverse[column] = (Number)exactInverse;
  }
}

KERNEL(batch_forward)(
    long long rows, int columns, int phi, const Number* z, const double* exact, Number* normalized, Number* output) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column < columns) {
    ForwardPass<Number> pass{z, normalized, output, phi};
    write_columns(pass, rows, columns, column, SetOf{{exact[column]}, exact[columns + column]});
  }
}

KERNEL(batch_apply)(
    long long rows, int columns, int phi, const Number* z, const Number* mean, const Number* inverse, Number* output) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column < columns) {
    ForwardPass<Number> pass{z, nullptr, output, phi};
    write_columns(pass, rows, columns, column, SetOf{{(double)mean[column]}, (double)inverse[column]});
  }
}

KERNEL(batch_tangent_sums)(
    long long rows, int columns, const Number* zTangent, const Number* normalized, double* partial) {
  TangentPass<Number> pass{zTangent, normalized, nullptr, nullptr, nullptr, IDENTITY};
  sum_columns(pass, rows, columns, partial);
}

// σ̇ = mean(x̂ż)
KERNEL(batch_deviation_tangent)(int columns, const double* means, Number* deviationTangent) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column < columns) {
    deviationTangent[column] = (Number)means[columns + column];
  }
}

KERNEL(batch_tangent)(long long rows, int columns, int phi, const Number* zTangent, const Number* normalized,
    const Number* output, const double* means, const Number* inverse, Number* normalizedTangent,
    Number* outputTangent) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column < columns) {
    TangentPass<Number> pass{zTangent, normalized, output, normalizedTangent, outputTangent, phi};
    write_columns(
        pass, rows, columns, column, SetOf{{means[column], means[columns + column]}, (double)inverse[column]});
  }
}

KERNEL(batch_backward_sums)(long long rows, int columns, int phi, const Number* outputAdjoint,
    const Number* normalized, const Number* output, double* partial) {
  BackwardPass<Number> pass{outputAdjoint, normalized, output, nullptr, phi};
  sum_columns(pass, rows, columns, partial);
}

KERNEL(batch_backward)(long long rows, int columns, int phi, const Number* outputAdjoint, const Number* normalized,
    const Number* output, const double* means, const Number* inverse, Number* inputAdjoint) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column < columns) {
    BackwardPass<Number> pass{outputAdjoint, normalized, output, inputAdjoint, phi};
    write_columns(
        pass, rows, columns, column, SetOf{{means[column], means[columns + column]}, (double)inverse[column]});
  }
}

KERNEL(batch_backward_tangent_sums)(long long rows, int columns, int phi, const Number* outputAdjoint,
    const Number* outputAdjointTangent, const Number* normalized, const Number* normalizedTangent,
    const Number* output, double* partial) {
  BackwardTangentPass<Number> pass{
      outputAdjoint, outputAdjointTangent, normalized, normalizedTangent, output, nullptr, nullptr, phi};
  sum_columns(pass, rows, columns, partial);
}

KERNEL(batch_backward_tangent)(long long rows, int columns, int phi, const Number* outputAdjoint,
    const Number* outputAdjointTangent, const Number* normalized, const Number* normalizedTangent,
    const Number* output, const Number* inputAdjoint, const double* means, const Number* inverse,
    const Number* deviationTangent, Number* inputAdjointTangent) {
  int column = blockIdx.x * blockDim.x + threadIdx.x;
  if (column < columns) {
    BackwardTangentPass<Number> pass{outputAdjoint, outputAdjointTangent, normalized, normalizedTangent, output,
        inputAdjoint, inputAdjointTangent, phi};
    SetOf set{{means[column], means[columns + column], means[2 * columns + column]}, (double)inverse[column],
        (double)deviationTangent[column]};
    write_columns(pass, rows, columns, column, set);
  }
}
