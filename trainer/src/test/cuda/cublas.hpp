// The part of cuBLAS that Brink calls. Matrices are stored column by column.
#pragma once

struct Blas {
  Stream* stream = nullptr;
  int mathMode = 0;
};

EXPORT Status cublasCreate_v2(Blas** handle) { return *handle = new Blas(), emulation.handles++, SUCCESS; }
EXPORT Status cublasDestroy_v2(Blas* handle) { return delete handle, emulation.handles--, SUCCESS; }
EXPORT Status cublasGetProperty(int part, int* value) { return *value = part == 0 ? 13 : 0, SUCCESS; }
EXPORT Status cublasSetStream_v2(Blas* handle, Stream* stream) { return handle->stream = stream, SUCCESS; }
EXPORT Status cublasSetMathMode(Blas* handle, int mode) { return handle->mathMode = mode, SUCCESS; }
EXPORT Status cublasSetWorkspace_v2(Blas*, uintptr_t memory, size_t bytes) {
  return emulation.covers(memory, bytes) ? SUCCESS : INVALID_VALUE;
}
EXPORT const char* cublasGetStatusString(Status) { return "CUBLAS_STATUS_INVALID_VALUE"; }

// Ten bits of mantissa, as the tensor cores of TF32 take them.
static float tf32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits = (bits + 0x1000) & ~0x1FFFu;
  memcpy(&x, &bits, sizeof bits);
  return x;
}

template <class Number>
struct Product {
  bool transposeA, transposeB, rounds;
  int m, n, k;
  Number alpha;
  const Number* a;
  int lda;
  const Number* b;
  int ldb;
  Number beta;
  Number* c;
  int ldc;

  Number input(Number x) const { return rounds ? Number(tf32(float(x))) : x; }

  void run() const {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        Number sum = 0;  // cuBLAS, too, adds up in the format that it was given
        for (int p = 0; p < k; p++) {
          Number left = transposeA ? a[p + size_t(i) * lda] : a[i + size_t(p) * lda];
          Number right = transposeB ? b[j + size_t(p) * ldb] : b[p + size_t(j) * ldb];
          sum += input(left) * input(right);
        }
        Number& to = c[i + size_t(j) * ldc];
        to = beta == 0 ? alpha * sum : alpha * sum + beta * to;
      }
    }
  }
};

template <class Number>
static Status multiply(Blas* handle, const Product<Number>& product) {
  size_t columns = product.n;
  uintptr_t to = reinterpret_cast<uintptr_t>(product.c);
  if (!emulation.covers(to, ((columns - 1) * product.ldc + product.m) * sizeof(Number)) || product.ldc < product.m) {
    return INVALID_VALUE;
  }
  emulation.submit(handle->stream, [product] { product.run(); });
  return SUCCESS;
}

EXPORT Status cublasSgemm_v2(Blas* handle, int transposeA, int transposeB, int m, int n, int k, const float* alpha,
    const float* a, int lda, const float* b, int ldb, const float* beta, float* c, int ldc) {
  return multiply(handle, Product<float>{transposeA != 0, transposeB != 0, handle->mathMode == 3, m, n, k, *alpha, a,
      lda, b, ldb, *beta, c, ldc});
}

EXPORT Status cublasDgemm_v2(Blas* handle, int transposeA, int transposeB, int m, int n, int k, const double* alpha,
    const double* a, int lda, const double* b, int ldb, const double* beta, double* c, int ldc) {
  return multiply(handle,
      Product<double>{transposeA != 0, transposeB != 0, false, m, n, k, *alpha, a, lda, b, ldb, *beta, c, ldc});
}
