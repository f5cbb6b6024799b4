// One library that stands in for the driver, cuBLAS and cuDNN where there is no GPU, and runs the very kernels that a
// GPU runs. It is strict where a GPU is lenient: streams do nothing until they are waited for, new memory is full of
// NaN, and memory that was written beyond its end is an error.
#include "device.hpp"

#include "../../main/cuda/kernels.cu"

#include "registry.hpp"
#include "driver.hpp"
#include "cublas.hpp"
#include "cudnn.hpp"
