package io.tencrop.vision.network;

import java.util.Arrays;
import java.util.stream.Collectors;

/** {@link Winograd} in TorchScript. */
final class WinogradScript {
  /** With fewer windows reading the transformed weights takes more than is saved. */
  private static final int LEAST_WINDOWS = 16;

  /** With fewer images the engine's convolution, which is one operation, is as fast. */
  private static final int LEAST_IMAGES = 4;

  /** Values of windows that are transformed at once, so that they stay in a core's cache. */
  private static final int CACHED = 900_000;

  /** Windows at once even if they do not. */
  private static final int WINDOWS_AT_ONCE = 49;

  private WinogradScript() {}

  /**
   * Methods of a program; where they end in a number, it is the kernel's.
   *
   * <ul>
   *   <li>{@code winogradInput3()}, {@code winogradOutput3()}: the transforms; the latter's last
   *       column is for the bias
   *   <li>{@code winogradWeights3(w)}: {@code [O, I, 3, 3]} to {@code [36, I, O]}
   *   <li>{@code winograd3(x, w, bias, u, bt, at, plus, relu, padding)}: {@code conv2d(x, w,
   *       bias)}, with {@code u} made of {@code w}, plus the tensor in {@code plus}, if any
   * </ul>
   *
   * @param self the first parameter
   */
  static String methods(String self) {
    return text(Winograd.OF_3X3, self) + text(Winograd.OF_5X5, self);
  }

  private static String text(Winograd winograd, String self) {
    int window = winograd.window();
    int kernel = winograd.kernel();
    return """
          def winogradInput%8$d(%1$s) -> Tensor:
            return torch.to(%2$s, 6)
          def winogradOutput%8$d(%1$s) -> Tensor:
            a = torch.t(%3$s)
            return torch.to(torch.cat([a, torch.ones([torch.size(a, 0), 1], dtype=7)], 1), 6)
          def winogradWeights%8$d(%1$s, w: Tensor) -> Tensor:
            o = torch.size(w, 0)
            i = torch.size(w, 1)
            r = torch.reshape(torch.permute(torch.to(w, 7), [2, 3, 1, 0]), [%12$d, torch.mul(i, o)])
            return torch.to(torch.reshape(torch.mm(%4$s, r), [%10$d, i, o]), 6)
          def winograd%8$d(%1$s, x: Tensor, w: Tensor, bias: Tensor, u: Tensor, bt: Tensor, at: Tensor, plus: List[Tensor], relu: bool, padding: int) -> Tensor:
            n = torch.size(x, 0)
            c = torch.size(x, 1)
            height = torch.size(x, 2)
            width = torch.size(x, 3)
            outputs = torch.size(u, 2)
            oh = torch.sub(torch.add(height, torch.mul(2, padding)), %13$d)
            ow = torch.sub(torch.add(width, torch.mul(2, padding)), %13$d)
            th = torch.floordiv(torch.add(oh, 3), 4)
            tw = torch.floordiv(torch.add(ow, 3), 4)
            added = torch.gt(torch.len(plus), 0)
            few = torch.__or__(torch.lt(n, %14$d), torch.lt(torch.mul(n, torch.mul(th, tw)), %5$d))
            if few:
              o = torch.conv2d(x, w, bias, [1, 1], [padding, padding])
              later = added
              r = o
            else:
              later = False
              if added:
                if torch.ne(torch.add(torch.remainder(oh, 4), torch.remainder(ow, 4)), 0):
                  later = True
              least = torch.floordiv(%6$d, torch.add(c, outputs))
              if torch.lt(least, %7$d):
                least = %7$d
              images = torch.floordiv(torch.add(least, torch.sub(torch.mul(th, tw), 1)), torch.mul(th, tw))
              rows = torch.floordiv(torch.add(least, torch.sub(tw, 1)), tw)
              xs = torch.permute(x, [0, 2, 3, 1])
              full = torch.empty([n, torch.mul(th, 4), torch.mul(tw, 4), outputs], dtype=6)
              padded = torch.zeros([images, torch.add(torch.mul(th, 4), %13$d), torch.add(torch.mul(tw, 4), %13$d), c], dtype=6)
              for i in range(torch.floordiv(torch.sub(torch.add(n, images), 1), images)):
                first = torch.mul(i, images)
                xc = torch.slice(xs, 0, first, torch.add(first, images))
                m = torch.size(xc, 0)
                pc = torch.slice(padded, 0, 0, m)
                pi = torch.slice(torch.slice(pc, 1, padding, torch.add(height, padding)), 2, padding, torch.add(width, padding))
                _0 = torch.copy_(pi, xc)
                oc = torch.slice(full, 0, first, torch.add(first, m))
                for j in range(torch.floordiv(torch.sub(torch.add(th, rows), 1), rows)):
                  top = torch.mul(j, rows)
                  k = rows
                  if torch.gt(torch.add(top, rows), th):
                    k = torch.sub(th, top)
                  begin = torch.mul(top, 4)
                  end = torch.add(begin, torch.mul(k, 4))
                  band = torch.slice(pc, 1, begin, torch.add(end, %13$d))
                  d = torch.contiguous(torch.permute(torch.unfold(torch.unfold(band, 1, %9$d, 4), 2, %9$d, 4), [4, 5, 0, 1, 2, 3]))
                  t = torch.mul(torch.mul(m, k), tw)
                  v = torch.mm(bt, torch.reshape(d, [%10$d, torch.mul(t, c)]))
                  s = torch.empty([%11$d, t, outputs], dtype=6)
                  _1 = torch.bmm(torch.reshape(v, [%10$d, t, c]), u, out=torch.slice(s, 0, 0, %10$d))
                  _2 = torch.copy_(torch.select(s, 0, %10$d), bias)
                  y = torch.mm(at, torch.reshape(s, [%11$d, torch.mul(t, outputs)]))
                  tiles = [m, k, 4, tw, 4, outputs]
                  z = torch.permute(torch.reshape(y, [4, 4, m, k, tw, outputs]), [2, 3, 0, 4, 1, 5])
                  ob = torch.slice(oc, 1, begin, end)
                  if torch.__and__(added, torch.__not__(later)):
                    ps = torch.slice(torch.permute(plus[0], [0, 2, 3, 1]), 0, first, torch.add(first, m))
                    pb = torch.view(torch.slice(ps, 1, begin, end), tiles)
                    _3 = torch.add(z, pb, alpha=1, out=torch.view(ob, tiles))
                    if relu:
                      _4 = torch.relu_(ob)
                  else:
                    if torch.__and__(relu, torch.__not__(later)):
                      _5 = torch.clamp_min(z, 0, out=torch.view(ob, tiles))
                    else:
                      _6 = torch.copy_(torch.view(ob, tiles), z)
              r = torch.permute(torch.slice(torch.slice(full, 1, 0, oh), 2, 0, ow), [0, 3, 1, 2])
            if later:
              _7 = torch.add_(r, plus[0])
            if torch.__and__(relu, torch.__or__(later, few)):
              _8 = torch.relu_(r)
            return r
        """
        .formatted(
            self,
            square(winograd.input()),
            square(winograd.output()),
            square(winograd.weights()),
            LEAST_WINDOWS,
            2 * CACHED / (window * window),
            WINDOWS_AT_ONCE,
            kernel,
            window,
            window * window,
            window * window + 1,
            kernel * kernel,
            kernel - 1,
            LEAST_IMAGES);
  }

  /** The Kronecker product of a matrix with itself, for rows and columns at once. */
  private static String square(double[][] matrix) {
    String values =
        Arrays.stream(matrix)
            .flatMapToDouble(Arrays::stream)
            .mapToObj(value -> Double.toString(value).replace('E', 'e'))
            .collect(Collectors.joining(", "));
    String literal =
        "torch.reshape(torch.tensor([%s], dtype=7), [%d, %d])"
            .formatted(values, matrix.length, matrix[0].length);
    return "torch.kron(%1$s, %1$s)".formatted(literal);
  }
}
