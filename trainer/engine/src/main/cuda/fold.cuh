// Sums over the threads of a block, in an order that depends on the block's shape only.
#pragma once

static constexpr int BLOCK = 256;

// Sums over threadIdx.y for each threadIdx.x. blockDim.y is a power of two, the block has at most BLOCK threads; every
// thread takes part. The result is in every thread.
template <int KINDS>
__device__ inline void fold(double (&sums)[KINDS]) {
  __shared__ double shared[KINDS][BLOCK];
  int me = threadIdx.y * blockDim.x + threadIdx.x;
  for (int kind = 0; kind < KINDS; kind++) {
    shared[kind][me] = sums[kind];
  }
  __syncthreads();
  for (unsigned half = blockDim.y / 2; half > 0; half /= 2) {
    if (threadIdx.y < half) {
      for (int kind = 0; kind < KINDS; kind++) {
        shared[kind][me] += shared[kind][me + half * blockDim.x];
      }
    }
    __syncthreads();
  }
  for (int kind = 0; kind < KINDS; kind++) {
    sums[kind] = shared[kind][threadIdx.x];
  }
  // the caller may fold again
  __syncthreads();
}
