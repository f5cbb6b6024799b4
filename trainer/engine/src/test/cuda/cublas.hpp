// The part of cuBLAS that Brink calls. Matrices are stored column by column.
#pragma once

struct Blas {
  Stream* stream = nullptr;
  int mathMode = 0;

  // The devices whose cuBLAS makes float32 of bfloat16; others ignore the setting.
  bool emulates() const { return mathMode == 4 && (emulation.capability == 100 || emulation.capability == 103); }
};

EXPORT Status cublasCreate_v2(Blas** handle) { return *handle = new Blas(), emulation.handles++, SUCCESS; }
EXPORT Status cublasDestroy_v2(Blas* handle) { return delete handle, emulation.handles--, SUCCESS; }
EXPORT Status cublasGetProperty(int part, int* value) {
  *value = part == 0 ? emulation.blasVersion / 100 : part == 1 ? emulation.blasVersion % 100 : 0;
  return SUCCESS;
}
EXPORT Status cublasSetStream_v2(Blas* handle, Stream* stream) { return handle->stream = stream, SUCCESS; }
EXPORT Status cublasSetMathMode(Blas* handle, int mode) { return handle->mathMode = mode, SUCCESS; }
EXPORT Status cublasSetEmulationStrategy(Blas*, int strategy) {
  return strategy >= 0 && strategy <= 2 ? SUCCESS : INVALID_VALUE;
}
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

// Eight bits of mantissa, rounded to nearest, ties to even.
static float bf16(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits = (bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000u;
  float rounded;
  memcpy(&rounded, &bits, sizeof bits);
  return std::isfinite(rounded) ? rounded : x;
}

// x = part[0] + part[1] / 2^8 + part[2] / 2^16, without an error.
struct Triple {
  float part[3];

  explicit Triple(float x) : part{bf16(x), 0, 0} {
    if (std::isfinite(x)) {
      float rest = (x - part[0]) * 256;
      part[1] = bf16(rest);
      part[2] = bf16((rest - part[1]) * 256);
    }
  }
};

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
  Number left(int i, int p) const { return transposeA ? a[p + size_t(i) * lda] : a[i + size_t(p) * lda]; }
  Number right(int p, int j) const { return transposeB ? b[j + size_t(p) * ldb] : b[p + size_t(j) * ldb]; }

  void run() const {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        Number sum = 0;  // cuBLAS, too, adds up in the format that it was given
        for (int p = 0; p < k; p++) {
          sum += input(left(i, p)) * input(right(p, j));
        }
        Number& to = c[i + size_t(j) * ldc];
        to = beta == 0 ? alpha * sum : alpha * sum + beta * to;
      }
    }
  }

  // Nine products of bfloat16, exact each, summed in float32 by their scales.
  void runEmulated() const {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < m; i++) {
        float sums[5] = {};
        for (int p = 0; p < k; p++) {
          Triple l(left(i, p)), r(right(p, j));
          for (int s = 0; s < 9; s++) {
            sums[s / 3 + s % 3] += l.part[s / 3] * r.part[s % 3];
          }
        }
        float sum = sums[4];
        for (int s = 3; s >= 0; s--) {
          sum = sums[s] + sum / 256;
        }
        Number& to = c[i + size_t(j) * ldc];
        to = beta == 0 ? alpha * sum : alpha * sum + beta * to;
      }
    }
  }
};

// For tests: how many products were made of products of bfloat16.
EXPORT long emulation_bf16x9_products() { return emulation.bf16x9Products; }

template <class Number>
static Status multiply(Blas* handle, const Product<Number>& product) {
  size_t columns = product.n;
  uintptr_t to = reinterpret_cast<uintptr_t>(product.c);
  if (!emulation.covers(to, ((columns - 1) * product.ldc + product.m) * sizeof(Number)) || product.ldc < product.m) {
    return INVALID_VALUE;
  }
  if (handle->emulates() && sizeof(Number) == sizeof(float)) {
    emulation.bf16x9Products++;
    emulation.submit(handle->stream, [product] { product.runEmulated(); });
  } else {
    emulation.submit(handle->stream, [product] { product.run(); });
  }
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
