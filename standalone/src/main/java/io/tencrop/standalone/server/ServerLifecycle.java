package io.tencrop.standalone.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the servers' mains have in common: saying that they are ready, and ending. */
final class ServerLifecycle {
  private ServerLifecycle() {}

  /** Creates the file that the launcher waits for. */
  static void announceReady(Path readyFile) throws IOException {
    Files.writeString(readyFile, Long.toString(ProcessHandle.current().pid()));
  }

  /** Runs {@code stop} when this JVM is asked to end. */
  static void onExit(String name, Stop stop) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    stop.run();
                    System.err.println(name + " stopped");
                  } catch (Exception e) {
                    System.err.println(name + " did not stop cleanly");
                    e.printStackTrace();
                  }
                },
                name + "-stop"));
  }

  /**
   * Ends this JVM when the process that started it is gone: it holds the other end of standard
   * input open as long as it lives.
   */
  static void exitWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is ever sent
                }
              } catch (IOException e) {
                System.err.println("standard input cannot be read: " + e);
              }
              System.err.println("the launcher is gone");
              System.exit(0);
            },
            "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** Stops a server. */
  interface Stop {
    void run() throws Exception;
  }
}
