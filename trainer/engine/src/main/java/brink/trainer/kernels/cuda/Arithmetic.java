package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Precision;

/** In which formats a GPU keeps numbers and multiplies matrices. */
public enum Arithmetic {
  /** float32 throughout. */
  FLOAT32("float32", Precision.FLOAT32, 0x1p-24, Arithmetic.AS_STORED, Arithmetic.FMA),
  /**
   * float32, but factors of matrix products and convolutions are rounded to ten bits of mantissa
   * (TensorFloat-32), which the tensor cores multiply several times faster.
   */
  TF32("tf32", Precision.FLOAT32, 0x1p-11, Arithmetic.TF32_TENSOR_OP, Arithmetic.DEFAULT_MATH),
  /**
   * float32, but matrix products are made of nine products of bfloat16, in which factors keep all
   * their bits ({@link Bf16x9}); cuDNN has no such convolutions.
   */
  BF16X9("bf16x9", Precision.FLOAT32, 0x1p-24, Arithmetic.EMULATED_BF16X9, Arithmetic.FMA),
  /** float64 throughout; convolutions go without cuDNN. */
  FLOAT64("float64", Precision.FLOAT64, 0x1p-53, Arithmetic.AS_STORED, Arithmetic.FMA);

  // cublasMath_t of cublas_api.h
  private static final int AS_STORED = 0;
  private static final int TF32_TENSOR_OP = 3;
  private static final int EMULATED_BF16X9 = 4; // from 12.9 on

  // cudnnMathType_t of cudnn_graph.h; the default may use TF32
  private static final int DEFAULT_MATH = 0;
  static final int FMA = 3;

  private final String label;
  private final Precision precision;
  private final double productRoundoff;
  private final int blasMath;
  private final int dnnMath;

  Arithmetic(String label, Precision precision, double productRoundoff, int blasMath, int dnnMath) {
    this.label = label;
    this.precision = precision;
    this.productRoundoff = productRoundoff;
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

  /** Largest relative error of a factor of a matrix product or convolution by its rounding. */
  public double productRoundoff() {
    return productRoundoff;
  }

  int blasMath() {
    return blasMath;
  }

  int dnnMath() {
    return dnnMath;
  }
}
