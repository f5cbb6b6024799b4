package brink.bench.rows;

import brink.bench.report.Line;
import java.util.List;

/** Whether both sides compute the same. */
final class ResultAgreement {
  private ResultAgreement() {}

  /**
   * Loss, gradient and Hessian-vector products of both sides where they are: whoever is fast and
   * wrong has lost.
   *
   * @param words before each line
   * @param limit largest relative difference
   */
  static List<Line> of(Contest contest, String words, double limit) {
    contest.gradient();
    contest.peer().gradient();
    double loss = Math.abs(contest.loss() / contest.peer().loss() - 1);
    double gradient = difference(contest.gradientFound(), contest.peer().result());
    contest.hessianVectorProduct();
    double[] product = contest.productFound();
    contest.peer().hessianVectorProduct();
    double fromScratch = difference(product, contest.peer().result());
    contest.peer().retainGraph();
    contest.peer().retainedHessianVectorProduct();
    double retained = difference(product, contest.peer().result());
    return List.of(
        Line.agreement(words + "losses, relative difference", loss, limit),
        Line.agreement(words + "gradients, relative difference", gradient, limit),
        Line.agreement(
            words + "Hessian-vector products, relative difference",
            Math.max(fromScratch, retained),
            limit));
  }

  /** ‖x − reference‖/‖reference‖. */
  static double difference(double[] x, double[] reference) {
    if (x.length != reference.length) {
      throw new IllegalArgumentException("lengths " + x.length + " and " + reference.length);
    }
    double difference = 0;
    for (int i = 0; i < x.length; i++) {
      difference += (x[i] - reference[i]) * (x[i] - reference[i]);
    }
    return Math.sqrt(difference / dot(reference, reference));
  }

  /** ⟨x, y⟩. */
  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }
}
