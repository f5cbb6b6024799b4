// Pooling: threads along x take the entries of one output or input image, channels first; blocks along y take examples.

#ifndef BRINK_POOLING_SHAPE
#define BRINK_POOLING_SHAPE
struct PoolingShape {
  int height, width, channels, windowHeight, windowWidth, stride;

  __device__ int outputHeight() const { return (height - windowHeight) / stride + 1; }
  __device__ int outputWidth() const { return (width - windowWidth) / stride + 1; }
  __device__ int places() const { return windowHeight * windowWidth; }
  __device__ int image() const { return height * width * channels; }
  __device__ int pooled() const { return outputHeight() * outputWidth() * channels; }

  // Index in an input image of the first entry of the window that output entry i shows.
  __device__ int corner(int i) const {
    int position = i / channels;
    int y = position / outputWidth() * stride;
    int x = position % outputWidth() * stride;
    return (y * width + x) * channels + i % channels;
  }

  // Distance of a place from its window's corner.
  __device__ int offset(int place) const { return (place / windowWidth * width + place % windowWidth) * channels; }

  // First window along an axis that covers an input position, and the last one.
  __device__ static int firstWindow(int at, int window, int stride) {
    return at < window ? 0 : (at - window) / stride + 1;
  }
  __device__ static int lastWindow(int at, int stride, int windows) {
    int last = at / stride;
    return last < windows ? last : windows - 1;
  }
};
#endif

#define SHAPE_PARAMETERS \
  int examples, int height, int width, int channels, int windowHeight, int windowWidth, int stride
#define SHAPE PoolingShape shape{height, width, channels, windowHeight, windowWidth, stride}

KERNEL(max_pool)(SHAPE_PARAMETERS, const Number* input, Number* chosen, Number* output) {
  SHAPE;
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= shape.pooled()) {
    return;
  }
  int corner = shape.corner(i);
  for (int example = blockIdx.y; example < examples; example += gridDim.y) {
    const Number* image = input + (long long)example * shape.image();
    Number best = image[corner];
    int where = 0;
    for (int place = 1; place < shape.places(); place++) {
      Number x = image[corner + shape.offset(place)];
      if ((x > best || isnan(x)) && !isnan(best)) {
        best = x;
        where = place;
      }
    }
    chosen[(long long)example * shape.pooled() + i] = (Number)where;
    output[(long long)example * shape.pooled() + i] = best;
  }
}

KERNEL(pool_chosen)(SHAPE_PARAMETERS, const Number* chosen, const Number* input, Number* output) {
  SHAPE;
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= shape.pooled()) {
    return;
  }
  int corner = shape.corner(i);
  for (int example = blockIdx.y; example < examples; example += gridDim.y) {
    long long at = (long long)example * shape.pooled() + i;
    output[at] = input[(long long)example * shape.image() + corner + shape.offset((int)chosen[at])];
  }
}

KERNEL(average_pool)(SHAPE_PARAMETERS, const Number* input, Number* output) {
  SHAPE;
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= shape.pooled()) {
    return;
  }
  int corner = shape.corner(i);
  for (int example = blockIdx.y; example < examples; example += gridDim.y) {
    const Number* image = input + (long long)example * shape.image();
    double sum = 0;
    for (int place = 0; place < shape.places(); place++) {
      sum += (double)image[corner + shape.offset(place)];
    }
    output[(long long)example * shape.pooled() + i] = (Number)(sum / shape.places());
  }
}

// The adjoints gather: each input entry adds up the windows that cover it, of which chosen, if given, keeps some.
__device__ inline void unpool(
    const PoolingShape& shape, int examples, const Number* chosen, const Number* outputAdjoint, Number* inputAdjoint) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= shape.image()) {
    return;
  }
  int channel = i % shape.channels;
  int x = i / shape.channels % shape.width;
  int y = i / shape.channels / shape.width;
  int firstY = PoolingShape::firstWindow(y, shape.windowHeight, shape.stride);
  int lastY = PoolingShape::lastWindow(y, shape.stride, shape.outputHeight());
  int firstX = PoolingShape::firstWindow(x, shape.windowWidth, shape.stride);
  int lastX = PoolingShape::lastWindow(x, shape.stride, shape.outputWidth());
  for (int example = blockIdx.y; example < examples; example += gridDim.y) {
    double sum = 0;
    for (int windowY = firstY; windowY <= lastY; windowY++) {
      for (int windowX = firstX; windowX <= lastX; windowX++) {
        long long at = (long long)example * shape.pooled()
            + (windowY * shape.outputWidth() + windowX) * shape.channels + channel;
        int place = (y - windowY * shape.stride) * shape.windowWidth + x - windowX * shape.stride;
        if (chosen == nullptr) {
          sum += (double)outputAdjoint[at] / shape.places();
        } else if ((int)chosen[at] == place) {
          sum += (double)outputAdjoint[at];
        }
      }
    }
    inputAdjoint[(long long)example * shape.image() + i] = (Number)sum;
  }
}

KERNEL(unpool_chosen)(SHAPE_PARAMETERS, const Number* chosen, const Number* outputAdjoint, Number* inputAdjoint) {
  SHAPE;
  unpool(shape, examples, chosen, outputAdjoint, inputAdjoint);
}

KERNEL(average_unpool)(SHAPE_PARAMETERS, const Number* outputAdjoint, Number* inputAdjoint) {
  SHAPE;
  unpool(shape, examples, nullptr, outputAdjoint, inputAdjoint);
}

#undef SHAPE
#undef SHAPE_PARAMETERS
