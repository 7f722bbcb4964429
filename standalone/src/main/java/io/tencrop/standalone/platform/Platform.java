package io.tencrop.standalone.platform;

import io.tencrop.messaging.MessageCodec;
import io.tencrop.standalone.platform.PlatformState.Phase;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A platform, from {@link #prepare} through {@link #start} to {@link #close}. Whoever prepared it
 * owns it and closes it, also when the start failed.
 */
public final class Platform implements AutoCloseable {
  private final DataLock lock;
  private final RunningMarker marker;
  private final Topology topology;
  private final PlatformListener listener;
  private final StateKeeper state;
  private final Children children;
  private final Supervisor supervisor;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private boolean closed;

  private Platform(
      DataLock lock,
      RunningMarker marker,
      DataDirectory data,
      Topology topology,
      PlatformListener listener,
      StateKeeper state) {
    this.lock = lock;
    this.marker = marker;
    this.topology = topology;
    this.listener = listener;
    this.state = state;
    this.children = new Children(data, listener, state);
    this.supervisor = new Supervisor(children, listener, ended);
  }

  /**
   * Takes the data directory, and ends what a killed launcher left running over it.
   *
   * @throws PlatformException when it is in use, the disk is full, the port is taken or nothing is
   *     packaged
   */
  public static Platform prepare(
      Installation installation,
      DataDirectory data,
      PlatformOptions options,
      PlatformListener listener)
      throws InterruptedException {
    installation.check(Topology.MODULES);
    data.prepare();
    try {
      DataLock lock = DataLock.take(data);
      try {
        new Leftovers(data).end();
        checkPort(options.gatewayPort());
        Files.createDirectories(data.ready());
        Topology topology =
            new Topology(
                installation,
                data,
                Secrets.loadOrCreate(data.secrets(), MessageCodec.newMapper()),
                options,
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
        PlatformState state =
            new PlatformState(
                ProcessRef.of(ProcessHandle.current()),
                Phase.STARTING,
                topology.gateway(),
                options.trainers(),
                List.of());
        return new Platform(
            lock,
            RunningMarker.set(installation),
            data,
            topology,
            listener,
            new StateKeeper(new StateFile(data), state));
      } catch (IOException | InterruptedException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PlatformException("Cannot use " + data.path() + ": " + e, e);
    }
  }

  private static void checkPort(int port) {
    if (port != 0 && !Ports.isFree(port)) {
      throw new PlatformException(
          "Port %d is in use by another program. End it, or choose another port with --port."
              .formatted(port));
    }
  }

  /**
   * Starts everything, and returns when all is ready.
   *
   * @throws PlatformException when a child ends or is not ready in time; names its log file
   */
  public void start() throws InterruptedException {
    Children.Ending engineFiles = children.startTask(topology.engineFiles());
    supervisor.watch(children.start(topology.servers()));
    engineFiles.await();
    supervisor.watch(children.start(topology.services()));
    listener.allReady(state.change(now -> now.with(Phase.READY)));
  }

  /** What runs now. */
  public PlatformState state() {
    return state.now();
  }

  /**
   * Completed when the platform was closed; completed with a {@link PlatformException} when
   * something that it cannot do without ended by itself.
   */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  /** Ends everything in order. What does not end in time is killed. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    supervisor.close();
    listener.stopping();
    state.change(now -> now.with(Phase.STOPPING));
    List<String> servers = topology.servers().stream().map(ChildSpec::name).toList();
    children.stopAllBut(servers);
    for (String server : stopOrder(servers)) {
      children.stop(List.of(server));
    }
    state.delete();
    try {
      marker.close();
      lock.close();
    } catch (IOException e) {
      throw new PlatformException("Cannot give the data directory back: " + e, e);
    } finally {
      ended.complete(null);
    }
  }

  /** The broker writes to nobody, the database keeps what the others told it: it goes last. */
  private static List<String> stopOrder(List<String> servers) {
    List<String> order = new ArrayList<>(servers);
    order.remove(Topology.DATABASE);
    order.add(Topology.DATABASE);
    return order;
  }
}
