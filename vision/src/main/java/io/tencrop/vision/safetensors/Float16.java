package io.tencrop.vision.safetensors;

/** IEEE 754 binary16, which Java 17 has no type for. */
public final class Float16 {
  /** The greatest finite value. */
  public static final float MAX = 65504;

  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7C00;
  private static final int NAN = 0x7E00;

  /** Bits of 65520, from which on values round to infinity. */
  private static final int TOO_LARGE = 0x477FF000;

  /** Bits of 2<sup>-14</sup>, the least normal value. */
  private static final int LEAST_NORMAL = 0x38800000;

  /** The difference of the exponents' biases, at the place of a float's exponent. */
  private static final int BIAS = (127 - 15) << 23;

  private static final int DROPPED = 13;

  private Float16() {}

  /** Exact, since every half is a float. */
  public static float toFloat(short half) {
    int sign = (half & SIGN) << 16;
    int exponent = (half >> 10) & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * 0x1.0p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int widened = exponent == 0x1F ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << DROPPED);
  }

  /** The nearest half, of two equally near the even one; what is too large becomes infinite. */
  public static short of(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & SIGN;
    int magnitude = bits & Integer.MAX_VALUE;
    if (Float.isNaN(value)) {
      return (short) (sign | NAN);
    }
    if (magnitude >= TOO_LARGE) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < LEAST_NORMAL) {
      return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1.0p24));
    }
    int halfWay = (1 << (DROPPED - 1)) - 1 + (magnitude >>> DROPPED & 1);
    return (short) (sign | (magnitude + halfWay - BIAS) >>> DROPPED);
  }
}
