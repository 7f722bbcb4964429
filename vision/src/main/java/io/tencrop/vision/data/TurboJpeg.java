package io.tencrop.vision.data;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libturbojpeg of the system, from version 2 on. Its exact inverse DCT and smooth upsampling give
 * the bits that Pillow gives, whose decoder is the same.
 *
 * <p>Native memory is that of the threads that decode at once: an image's file and its pixels each.
 */
final class TurboJpeg implements JpegLibrary {
  /** Of the platform: {@code false} leaves the library alone. */
  static final String SWITCH = "tencrop.turbojpeg";

  private static final Logger LOG = LoggerFactory.getLogger(TurboJpeg.class);
  private static final String LIBRARY = "turbojpeg";
  private static final int ACCURATE_DCT = 4096;

  /** Refuses progressive images of more than 500 scans, which are made to take long. */
  private static final int LIMIT_SCANS = 32768;

  private static final int COLORS_RGB = 0;
  private static final int COLORS_YCBCR = 1;
  private static final int COLORS_GREY = 2;
  private static final int PIXELS_RGB = 0;
  private static final int PIXELS_GREY = 6;
  private static final int WARNING = 0;

  private final Api api;
  private final int maxIdle = Runtime.getRuntime().availableProcessors();
  private final AtomicInteger idleCount = new AtomicInteger();
  private final Queue<Decompressor> idle = new ConcurrentLinkedQueue<>();

  private TurboJpeg(Api api) {
    this.api = api;
  }

  /** The library's functions; {@code unsigned long} is a {@link NativeLong}. */
  private interface Api extends Library {
    @Nullable Pointer tjInitDecompress();

    int tjDecompressHeader3(
        Pointer handle,
        Pointer jpeg,
        NativeLong bytes,
        Pointer width,
        Pointer height,
        Pointer subsampling,
        Pointer colors);

    int tjDecompress2(
        Pointer handle,
        Pointer jpeg,
        NativeLong bytes,
        Pointer pixels,
        int width,
        int pitch,
        int height,
        int format,
        int flags);

    String tjGetErrorStr2(@Nullable Pointer handle);

    int tjGetErrorCode(Pointer handle);

    int tjDestroy(Pointer handle);
  }

  /** The library, unless it is not there, too old, or turned off. */
  static @Nullable TurboJpeg find() {
    String wanted = System.getProperty(SWITCH, System.getenv("TENCROP_TURBOJPEG"));
    if ("false".equalsIgnoreCase(wanted)) {
      LOG.info("libturbojpeg is turned off by {}", SWITCH);
      return null;
    }
    try {
      NativeLibrary library = NativeLibrary.getInstance(LIBRARY);
      library.getFunction("tjGetErrorCode"); // the newest of them, from version 2.0
      return new TurboJpeg(Native.load(LIBRARY, Api.class));
    } catch (LinkageError e) {
      LOG.info("libturbojpeg is not there, JPEG images take longer: {}", e.getMessage());
      return null;
    }
  }

  @Override
  public String name() {
    return "libturbojpeg";
  }

  @Override
  public @Nullable Bitmap decode(byte[] jpeg, int reduction) throws ImageFormatException {
    Decompressor decompressor = idle.poll();
    if (decompressor == null) {
      decompressor = new Decompressor(api);
    } else {
      idleCount.decrementAndGet();
    }
    Bitmap image = null;
    try {
      image = decompressor.decode(jpeg, reduction);
      return image;
    } finally {
      if (image == null) {
        decompressor.close(); // after an error the library goes on within the damaged image
      } else {
        giveBack(decompressor);
      }
    }
  }

  private void giveBack(Decompressor decompressor) {
    decompressor.shrink();
    if (idleCount.incrementAndGet() <= maxIdle) {
      idle.add(decompressor);
    } else {
      idleCount.decrementAndGet();
      decompressor.close();
    }
  }

  /** A handle of the library with its memory, for one thread at a time. */
  private static final class Decompressor implements AutoCloseable {
    /** What is kept for the next image at most. */
    private static final long KEPT_BYTES = 32 << 20;

    private final Api api;
    private final Pointer handle;
    private final Memory header = new Memory(4 * Integer.BYTES);
    private Memory file = new Memory(1 << 16);
    private Memory pixels = new Memory(1 << 20);

    Decompressor(Api api) {
      this.api = api;
      Pointer created = api.tjInitDecompress();
      if (created == null) {
        throw new OutOfMemoryError("libturbojpeg: " + api.tjGetErrorStr2(null));
      }
      this.handle = created;
    }

    @Nullable Bitmap decode(byte[] jpeg, int reduction) throws ImageFormatException {
      file = atLeast(jpeg.length, file);
      file.write(0, jpeg, 0, jpeg.length);
      NativeLong bytes = new NativeLong(jpeg.length, true);
      header.clear();
      int read =
          api.tjDecompressHeader3(
              handle,
              file,
              bytes,
              header,
              header.share(Integer.BYTES),
              header.share(2L * Integer.BYTES),
              header.share(3L * Integer.BYTES));
      int colors = header.getInt(3L * Integer.BYTES);
      boolean grey = colors == COLORS_GREY;
      if (read != 0 || !grey && colors != COLORS_RGB && colors != COLORS_YCBCR) {
        return null;
      }
      int width = header.getInt(0);
      int height = header.getInt(Integer.BYTES);
      if (width == 0 || height == 0) {
        return null; // tables without an image: read without complaint, and nothing is told
      }
      ImageSize size = ImageLimits.checked(height, width).reduced(reduction);
      int channels = grey ? 1 : 3;
      byte[] data = new byte[size.height() * size.width() * channels];
      pixels = atLeast(data.length, pixels);
      int decoded =
          api.tjDecompress2(
              handle,
              file,
              bytes,
              pixels,
              size.width(),
              size.width() * channels,
              size.height(),
              grey ? PIXELS_GREY : PIXELS_RGB,
              ACCURATE_DCT | LIMIT_SCANS);
      if (decoded != 0) {
        if (api.tjGetErrorCode(handle) == WARNING) {
          return null;
        }
        throw new ImageFormatException(
            "the image cannot be decoded: " + api.tjGetErrorStr2(handle), null);
      }
      pixels.read(0, data, 0, data.length);
      return new Bitmap(size.height(), size.width(), channels, data);
    }

    private static Memory atLeast(long bytes, Memory memory) {
      if (memory.size() >= bytes) {
        return memory;
      }
      Memory larger = new Memory(bytes);
      memory.close();
      return larger;
    }

    void shrink() {
      if (file.size() + pixels.size() > KEPT_BYTES) {
        file.close();
        pixels.close();
        file = new Memory(1 << 16);
        pixels = new Memory(1 << 20);
      }
    }

    @Override
    public void close() {
      api.tjDestroy(handle);
      header.close();
      file.close();
      pixels.close();
    }
  }
}
