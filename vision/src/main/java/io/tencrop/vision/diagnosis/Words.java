package io.tencrop.vision.diagnosis;

import io.tencrop.vision.evaluation.LossChange;
import java.util.Locale;

/** Figures in sentences. */
final class Words {
  private Words() {}

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static String percent(double share) {
    return text("%.1f %%", 100 * share);
  }

  static String nats(double loss) {
    return text(loss < 10 ? "%.3f" : "%.1f", loss);
  }

  static String ratio(double value) {
    return value == 0 ? "0" : text(value < 0.01 ? "%.0e" : "%.2f", value);
  }

  /** {@code ln 2 = 0.693} where it is the logarithm of a whole number. */
  static String ofGuessing(double loss) {
    long classes = Math.round(Math.exp(loss));
    return Math.abs(Math.log(classes) - loss) < 5e-3
        ? text("ln %d = %s", classes, nats(Math.log(classes)))
        : text("%s, what guessing by the classes' frequencies costs", nats(loss));
  }

  /** Which images a fall of the loss comes from. */
  static String mover(LossChange change) {
    double right = -change.staysRight().change();
    double wrong = -change.staysWrong().change();
    double turned = -change.turnsRight().change() - change.turnsWrong().change();
    String share = percent(Math.max(right, Math.max(wrong, turned)) / change.fall());
    if (turned > right && turned > wrong) {
      return text(
          "those that turn right gain more than those that turn wrong lose (%s of the fall)",
          share);
    }
    return right >= wrong
        ? text("already-right images become surer (%s of the fall)", share)
        : text("wrong images move toward the right side without crossing (%s of the fall)", share);
  }
}
