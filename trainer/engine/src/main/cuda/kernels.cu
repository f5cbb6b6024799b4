// All kernels, once for each precision: numbers are kept as Number, worked on in double precision, and rounded when
// they are stored. No kernel uses atomics, and no sum depends on anything but the shape, so that results repeat.
#include "activation.cuh"
#include "fold.cuh"
#include "passes.cuh"

#define Number float
#define KERNEL(name) extern "C" __global__ void name##_f32
#include "every.inc"
#undef KERNEL
#undef Number

#define Number double
#define KERNEL(name) extern "C" __global__ void name##_f64
#include "every.inc"
#undef KERNEL
#undef Number

// Sums of partial results, which are in double precision for both.
#include "sum.cu"
