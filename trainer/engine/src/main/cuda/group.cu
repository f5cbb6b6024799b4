// Group normalization: block blockIdx.x of 1×n threads does a whole pass over set blockIdx.x.

__device__ inline SetOf moments(
    const ForwardPass<Number>& pass, const GroupOf& group, double epsilon, double resolution) {
  double sums[2] = {};
  double reference = pass.reference(group.first);
  sum_group(pass, group, reference, sums);
  double difference = sums[0] / group.entries;
  double mean = reference + difference;
  double variance = fmax(sums[1] / group.entries - difference * difference, 0.0);
  return SetOf{{mean}, isnan(difference) ? difference : inverse_deviation(mean, variance, epsilon, resolution)};
}

KERNEL(group_forward)(int positions, int columns, int groups, int phi, const Number* z, double epsilon,
    double resolution, Number* normalized, Number* mean, Number* inverse, Number* output) {
  GroupOf group(positions, columns, groups);
  ForwardPass<Number> pass{z, normalized, output, phi};
  SetOf set = moments(pass, group, epsilon, resolution);
  if (threadIdx.y == 0) {
    mean[blockIdx.x] = (Number)set.means[0];
    inverse[blockIdx.x] = (Number)set.inverse;
  }
  write_group(pass, group, set);
}

KERNEL(group_apply)(int positions, int columns, int groups, int phi, const Number* z, double epsilon,
    double resolution, Number* output) {
  GroupOf group(positions, columns, groups);
  ForwardPass<Number> pass{z, nullptr, output, phi};
  write_group(pass, group, moments(pass, group, epsilon, resolution));
}

KERNEL(group_tangent)(int positions, int columns, int groups, int phi, const Number* zTangent,
    const Number* normalized, const Number* output, const Number* inverse, Number* deviationTangent,
    Number* normalizedTangent, Number* outputTangent) {
  GroupOf group(positions, columns, groups);
  TangentPass<Number> pass{zTangent, normalized, output, normalizedTangent, outputTangent, phi};
  double sums[2] = {};
  sum_group(pass, group, 0, sums);
  SetOf set{{sums[0] / group.entries, sums[1] / group.entries}, (double)inverse[blockIdx.x]};
  if (threadIdx.y == 0) {
    deviationTangent[blockIdx.x] = (Number)set.means[1];
  }
  write_group(pass, group, set);
}

KERNEL(group_backward)(int positions, int columns, int groups, int phi, const Number* outputAdjoint,
    const Number* normalized, const Number* output, const Number* inverse, Number* inputAdjoint) {
  GroupOf group(positions, columns, groups);
  BackwardPass<Number> pass{outputAdjoint, normalized, output, inputAdjoint, phi};
  double sums[2] = {};
  sum_group(pass, group, 0, sums);
  write_group(
      pass, group, SetOf{{sums[0] / group.entries, sums[1] / group.entries}, (double)inverse[blockIdx.x]});
}

KERNEL(group_backward_tangent)(int positions, int columns, int groups, int phi, const Number* outputAdjoint,
    const Number* outputAdjointTangent, const Number* normalized, const Number* normalizedTangent,
    const Number* output, const Number* inputAdjoint, const Number* inverse, const Number* deviationTangent,
    Number* inputAdjointTangent) {
  GroupOf group(positions, columns, groups);
  BackwardTangentPass<Number> pass{outputAdjoint, outputAdjointTangent, normalized, normalizedTangent, output,
      inputAdjoint, inputAdjointTangent, phi};
  double sums[3] = {};
  sum_group(pass, group, 0, sums);
  SetOf set{{sums[0] / group.entries, sums[1] / group.entries, sums[2] / group.entries}, (double)inverse[blockIdx.x],
      (double)deviationTangent[blockIdx.x]};
  write_group(pass, group, set);
}
