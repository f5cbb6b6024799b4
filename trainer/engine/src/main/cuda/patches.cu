// Convolutions as matrix products: patches[position][y][x][channel] of images, zero outside of them. Threads along x
// take the entries of one position's or pixel's channels; blocks along y take positions or pixels.

#define SHAPE_PARAMETERS \
  int height, int width, int channels, int kernel, int stride, int padding, int outputHeight, int outputWidth

// Positions 0 … positions − 1 of whole examples.
KERNEL(gather_patches)(int positions, SHAPE_PARAMETERS, const Number* input, Number* patches) {
  int patch = kernel * kernel * channels;
  for (int position = blockIdx.y; position < positions; position += gridDim.y) {
    int example = position / (outputHeight * outputWidth);
    int top = position / outputWidth % outputHeight * stride - padding;
    int left = position % outputWidth * stride - padding;
    for (int k = blockIdx.x * blockDim.x + threadIdx.x; k < patch; k += gridDim.x * blockDim.x) {
      int tap = k / channels;
      int y = top + tap / kernel;
      int x = left + tap % kernel;
      bool inside = y >= 0 && y < height && x >= 0 && x < width;
      patches[(long long)position * patch + k] =
          inside ? input[(((long long)example * height + y) * width + x) * channels + k % channels] : (Number)0;
    }
  }
}

// The transpose: every pixel of whole examples adds up the patches that show it; input ← sum + beta·input.
KERNEL(scatter_patches)(int pixels, SHAPE_PARAMETERS, const Number* patches, double beta, Number* input) {
  int patch = kernel * kernel * channels;
  for (int pixel = blockIdx.y; pixel < pixels; pixel += gridDim.y) {
    int example = pixel / (height * width);
    int y = pixel / width % height + padding;
    int x = pixel % width + padding;
    for (int channel = blockIdx.x * blockDim.x + threadIdx.x; channel < channels;
        channel += gridDim.x * blockDim.x) {
      double sum = 0;
      for (int tap = 0; tap < kernel * kernel; tap++) {
        int outputY = y - tap / kernel;
        int outputX = x - tap % kernel;
        if (outputY >= 0 && outputX >= 0 && outputY % stride == 0 && outputX % stride == 0
            && outputY / stride < outputHeight && outputX / stride < outputWidth) {
          long long position =
              ((long long)example * outputHeight + outputY / stride) * outputWidth + outputX / stride;
          sum += (double)patches[position * patch + tap * channels + channel];
        }
      }
      long long i = (long long)pixel * channels + channel;
      input[i] = (Number)(beta == 0 ? sum : sum + beta * (double)input[i]);
    }
  }
}

#undef SHAPE_PARAMETERS
