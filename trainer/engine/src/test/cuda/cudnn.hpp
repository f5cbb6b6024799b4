// The part of cuDNN that Brink calls: float32, channels last, the documented sizes and orders of its structures.
#pragma once

struct Dnn {
  Stream* stream = nullptr;
};

struct TensorDescriptor {
  int n, c, h, w;
};

struct ConvolutionDescriptor {
  int padding, stride, math;
};

// cudnnConvolutionFwdAlgoPerf_t and its two likes.
struct Performance {
  int algorithm, status;
  float time;
  size_t memory;
  int determinism, mathType, reserved[3];
};

static constexpr size_t DNN_WORKSPACE = 64;
static constexpr int DEFAULT_MATH = 0, TENSOR_OP_MATH = 1, FMA_MATH = 3;
static constexpr Status NOT_SUPPORTED = 3000, MISALIGNED = 5000;

// FMA takes factors as they are, the default as the tensor cores of TF32 do.
static float factor(const ConvolutionDescriptor& d, float x) { return d.math == 3 ? x : tf32(x); }

EXPORT size_t cudnnGetVersion() { return 91002; }
EXPORT const char* cudnnGetErrorString(Status) { return "CUDNN_STATUS_BAD_PARAM"; }
EXPORT Status cudnnCreate(Dnn** handle) { return *handle = new Dnn(), emulation.handles++, SUCCESS; }
EXPORT Status cudnnDestroy(Dnn* handle) { return delete handle, emulation.handles--, SUCCESS; }
EXPORT Status cudnnSetStream(Dnn* handle, Stream* stream) { return handle->stream = stream, SUCCESS; }
EXPORT Status cudnnCreateTensorDescriptor(TensorDescriptor** d) {
  return *d = new TensorDescriptor(), emulation.handles++, SUCCESS;
}
EXPORT Status cudnnDestroyTensorDescriptor(TensorDescriptor* d) { return delete d, emulation.handles--, SUCCESS; }
EXPORT Status cudnnSetTensor4dDescriptor(TensorDescriptor* d, int format, int type, int n, int c, int h, int w) {
  *d = {n, c, h, w};
  return format == 1 && type == 0 ? SUCCESS : INVALID_VALUE;
}
EXPORT Status cudnnCreateFilterDescriptor(TensorDescriptor** d) { return cudnnCreateTensorDescriptor(d); }
EXPORT Status cudnnDestroyFilterDescriptor(TensorDescriptor* d) { return cudnnDestroyTensorDescriptor(d); }
EXPORT Status cudnnSetFilter4dDescriptor(TensorDescriptor* d, int type, int format, int n, int c, int h, int w) {
  return cudnnSetTensor4dDescriptor(d, format, type, n, c, h, w);
}
EXPORT Status cudnnCreateConvolutionDescriptor(ConvolutionDescriptor** d) {
  return *d = new ConvolutionDescriptor(), emulation.handles++, SUCCESS;
}
EXPORT Status cudnnDestroyConvolutionDescriptor(ConvolutionDescriptor* d) {
  return delete d, emulation.handles--, SUCCESS;
}
EXPORT Status cudnnSetConvolution2dDescriptor(ConvolutionDescriptor* d, int paddingY, int paddingX, int strideY,
    int strideX, int dilationY, int dilationX, int mode, int type) {
  *d = {paddingY, strideY, 0};
  bool known = paddingX == paddingY && strideX == strideY && dilationY == 1 && dilationX == 1 && mode == 1 && type == 0;
  return known ? SUCCESS : INVALID_VALUE;
}
EXPORT Status cudnnSetConvolutionMathType(ConvolutionDescriptor* d, int math) { return d->math = math, SUCCESS; }

// The fastest is not deterministic, the next not available, that after it not supported on a closer look: none may be
// taken. Kernels of 1 have no other. Where the math may be chosen, it is what the proposal says that has to be set.
static Status propose(const TensorDescriptor* filters, const ConvolutionDescriptor* d, int asked, int* returned,
    Performance* results) {
  int math = d->math == DEFAULT_MATH ? TENSOR_OP_MATH : d->math;
  results[0] = {0, SUCCESS, 1, 0, 0, math, {}};
  results[1] = {2, NOT_SUPPORTED, -1, 0, 1, math, {}};
  results[2] = {3, SUCCESS, 2, 0, 1, math, {}};
  results[3] = {1, SUCCESS, 3, 0, 1, math, {}};
  *returned = filters->h == 1 ? 3 : asked < 4 ? asked : 4;
  return SUCCESS;
}

static Status workspace(const ConvolutionDescriptor* d, int algorithm, size_t* bytes) {
  if (algorithm != 1 || d->math == DEFAULT_MATH) {
    return NOT_SUPPORTED;
  }
  return *bytes = DNN_WORKSPACE, SUCCESS;
}
EXPORT Status cudnnGetConvolutionForwardWorkspaceSize(Dnn*, TensorDescriptor*, TensorDescriptor*,
    ConvolutionDescriptor* d, TensorDescriptor*, int algorithm, size_t* bytes) {
  return workspace(d, algorithm, bytes);
}
EXPORT Status cudnnGetConvolutionBackwardDataWorkspaceSize(Dnn*, TensorDescriptor*, TensorDescriptor*,
    ConvolutionDescriptor* d, TensorDescriptor*, int algorithm, size_t* bytes) {
  return workspace(d, algorithm, bytes);
}
EXPORT Status cudnnGetConvolutionBackwardFilterWorkspaceSize(Dnn*, TensorDescriptor*, TensorDescriptor*,
    ConvolutionDescriptor* d, TensorDescriptor*, int algorithm, size_t* bytes) {
  return workspace(d, algorithm, bytes);
}
EXPORT Status cudnnGetConvolutionForwardAlgorithm_v7(Dnn*, TensorDescriptor*, TensorDescriptor* w,
    ConvolutionDescriptor* d, TensorDescriptor*, int asked, int* returned, Performance* results) {
  return propose(w, d, asked, returned, results);
}
EXPORT Status cudnnGetConvolutionBackwardDataAlgorithm_v7(Dnn*, TensorDescriptor* w, TensorDescriptor*,
    ConvolutionDescriptor* d, TensorDescriptor*, int asked, int* returned, Performance* results) {
  return propose(w, d, asked, returned, results);
}
EXPORT Status cudnnGetConvolutionBackwardFilterAlgorithm_v7(Dnn*, TensorDescriptor*, TensorDescriptor*,
    ConvolutionDescriptor* d, TensorDescriptor* w, int asked, int* returned, Performance* results) {
  return propose(w, d, asked, returned, results);
}

// Visits every product of a weight and an input, with the output that it belongs to.
template <class Term>
static void each(const TensorDescriptor& x, const TensorDescriptor& w, const TensorDescriptor& y, int padding,
    int stride, Term term) {
  for (int n = 0; n < y.n; n++) {
    for (int oy = 0; oy < y.h; oy++) {
      for (int ox = 0; ox < y.w; ox++) {
        for (int ky = 0; ky < w.h; ky++) {
          for (int kx = 0; kx < w.w; kx++) {
            int iy = oy * stride - padding + ky;
            int ix = ox * stride - padding + kx;
            if (iy < 0 || iy >= x.h || ix < 0 || ix >= x.w) {
              continue;
            }
            for (int f = 0; f < w.n; f++) {
              for (int c = 0; c < w.c; c++) {
                term(((size_t(f) * w.h + ky) * w.w + kx) * w.c + c, ((size_t(n) * x.h + iy) * x.w + ix) * x.c + c,
                    ((size_t(n) * y.h + oy) * y.w + ox) * y.c + f);
              }
            }
          }
        }
      }
    }
  }
}

static size_t size(const TensorDescriptor& d) { return size_t(d.n) * d.c * d.h * d.w; }

// to ← alpha·(sums that add makes) + beta·to. Five filters turn out not to be supported only here.
template <class Add>
static Status blend(Dnn* handle, const TensorDescriptor& filters, const ConvolutionDescriptor& d, int algorithm,
    uintptr_t workspace, size_t bytes, float alpha, float beta, const TensorDescriptor& shape, float* to, Add add,
    const float* left, const float* right) {
  if (filters.n == 5 || d.math == DEFAULT_MATH) {
    return NOT_SUPPORTED;
  }
  for (const float* operand : {left, right, static_cast<const float*>(to)}) {
    if (reinterpret_cast<uintptr_t>(operand) % 16 != 0) {
      return MISALIGNED;
    }
  }
  bool fits = algorithm == 1 && bytes >= DNN_WORKSPACE && emulation.covers(workspace, bytes)
      && emulation.covers(reinterpret_cast<uintptr_t>(to), size(shape) * sizeof(float));
  if (!fits) {
    return INVALID_VALUE;
  }
  emulation.submit(handle->stream, [=] {
    std::vector<float> sums(size(shape));  // cuDNN, too, adds up in float32
    add(sums);
    for (size_t i = 0; i < sums.size(); i++) {
      to[i] = beta == 0 ? alpha * sums[i] : alpha * sums[i] + beta * to[i];
    }
  });
  return SUCCESS;
}

EXPORT Status cudnnConvolutionForward(Dnn* handle, const float* alpha, TensorDescriptor* x, const float* input,
    TensorDescriptor* w, const float* weights, ConvolutionDescriptor* d, int algorithm, uintptr_t workspace,
    size_t bytes, const float* beta, TensorDescriptor* y, float* output) {
  auto add = [=, x = *x, w = *w, y = *y, d = *d](std::vector<float>& sums) {
    each(x, w, y, d.padding, d.stride,
        [&](size_t at, size_t in, size_t out) { sums[out] += factor(d, weights[at]) * factor(d, input[in]); });
  };
  return blend(handle, *w, *d, algorithm, workspace, bytes, *alpha, *beta, *y, output, add, input, weights);
}

EXPORT Status cudnnConvolutionBackwardData(Dnn* handle, const float* alpha, TensorDescriptor* w, const float* weights,
    TensorDescriptor* y, const float* outputAdjoint, ConvolutionDescriptor* d, int algorithm, uintptr_t workspace,
    size_t bytes, const float* beta, TensorDescriptor* x, float* inputAdjoint) {
  auto add = [=, x = *x, w = *w, y = *y, d = *d](std::vector<float>& sums) {
    each(x, w, y, d.padding, d.stride,
        [&](size_t at, size_t in, size_t out) { sums[in] += factor(d, weights[at]) * factor(d, outputAdjoint[out]); });
  };
  return blend(handle, *w, *d, algorithm, workspace, bytes, *alpha, *beta, *x, inputAdjoint, add, weights, outputAdjoint);
}

EXPORT Status cudnnConvolutionBackwardFilter(Dnn* handle, const float* alpha, TensorDescriptor* x, const float* input,
    TensorDescriptor* y, const float* outputAdjoint, ConvolutionDescriptor* d, int algorithm, uintptr_t workspace,
    size_t bytes, const float* beta, TensorDescriptor* w, float* weightAdjoint) {
  auto add = [=, x = *x, w = *w, y = *y, d = *d](std::vector<float>& sums) {
    each(x, w, y, d.padding, d.stride,
        [&](size_t at, size_t in, size_t out) { sums[at] += factor(d, input[in]) * factor(d, outputAdjoint[out]); });
  };
  return blend(handle, *w, *d, algorithm, workspace, bytes, *alpha, *beta, *w, weightAdjoint, add, input, outputAdjoint);
}
