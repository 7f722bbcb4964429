package io.tencrop.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.jboss.logging.Logger;

/**
 * Stands before a server and cuts connections in the middle of a large upload, as often as {@link
 * #cut} was told to.
 */
final class CuttingRelay implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(CuttingRelay.class);

  /** In the system's properties since tests and test resources have different class loaders. */
  private static final String CUTS = "tencrop.test.relay-cuts";

  private static final int LARGE = 256 << 10;

  private final ServerSocket listener;
  private final int target;

  private CuttingRelay(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  static CuttingRelay start(int target) throws IOException {
    CuttingRelay relay =
        new CuttingRelay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    daemon(relay::accept);
    return relay;
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Cuts the next so many large uploads. */
  static void cut(int uploads) {
    System.setProperty(CUTS, String.valueOf(uploads));
  }

  /** How many uploads are still to be cut. */
  static int left() {
    return Integer.getInteger(CUTS, 0);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Socket server = new Socket(listener.getInetAddress(), target);
        daemon(() -> pump(client, server, true));
        daemon(() -> pump(server, client, false));
      } catch (IOException e) {
        LOG.debugf("The relay takes no connection: %s", e.getMessage());
      }
    }
  }

  private static void pump(Socket from, Socket to, boolean upload) {
    byte[] buffer = new byte[16 << 10];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      long passed = 0;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        passed += n;
        if (upload && passed > LARGE && left() > 0) {
          cut(left() - 1);
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      LOG.debugf("A relayed connection ended: %s", e.getMessage());
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
