package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;

/** In which formats a GPU keeps numbers and multiplies matrices. */
public enum Arithmetic {
  /** float32 throughout. */
  FLOAT32("float32", Precision.FLOAT32, Arithmetic.AS_STORED, Arithmetic.FMA),
  /**
   * float32, but factors of matrix products and convolutions are rounded to ten bits of mantissa
   * (TensorFloat-32), which the tensor cores multiply several times faster.
   */
  TF32("tf32", Precision.FLOAT32, Arithmetic.TF32_TENSOR_OP, Arithmetic.DEFAULT_MATH),
  /** float64 throughout; convolutions go without cuDNN. */
  FLOAT64("float64", Precision.FLOAT64, Arithmetic.AS_STORED, Arithmetic.FMA);

  // cublasMath_t of cublas_api.h
  private static final int AS_STORED = 0;
  private static final int TF32_TENSOR_OP = 3;

  // cudnnMathType_t of cudnn_graph.h; the default may use TF32
  private static final int DEFAULT_MATH = 0;
  static final int FMA = 3;

  private final String label;
  private final Precision precision;
  private final int blasMath;
  private final int dnnMath;

  Arithmetic(String label, Precision precision, int blasMath, int dnnMath) {
    this.label = label;
    this.precision = precision;
    this.blasMath = blasMath;
    this.dnnMath = dnnMath;
  }

  /** Name on the command line and in published runs. */
  public String label() {
    return label;
  }

  /** Format that numbers are kept in. */
  public Precision precision() {
    return precision;
  }

  int blasMath() {
    return blasMath;
  }

  int dnnMath() {
    return dnnMath;
  }
}
