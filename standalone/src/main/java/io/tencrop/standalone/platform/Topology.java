package io.tencrop.standalone.platform;

import io.tencrop.standalone.server.KafkaServer;
import io.tencrop.standalone.server.ObjectStoreServer;
import io.tencrop.standalone.server.PostgresServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What runs, on which ports, with which settings. */
final class Topology {
  static final List<String> MODULES =
      List.of("gateway", "dataset-service", "evaluator-service", "trainer-service");

  static final String DATABASE = "postgres";

  /** How the names of trainers begin. */
  static final String TRAINER = "trainer-";

  /**
   * For processes that compute little: with half the compiler they take half the processor time to
   * start. The others keep the whole compiler for their digests, images and batches.
   */
  private static final String FAST_START = "-XX:TieredStopAtLevel=1";

  private static final Duration SERVER_STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration SERVICE_STOP_LIMIT = Duration.ofSeconds(15);

  private final Installation installation;
  private final DataDirectory data;
  private final Secrets secrets;
  private final PlatformOptions options;
  private final HttpClient http;

  private final int kafkaPort;
  private final int kafkaControllerPort;
  private final int postgresPort;
  private final int storePort;
  private final int gatewayPort;
  private final int datasetPort;
  private final int evaluatorPort;
  private final List<Integer> trainerPorts;

  Topology(
      Installation installation,
      DataDirectory data,
      Secrets secrets,
      PlatformOptions options,
      HttpClient http) {
    this.installation = installation;
    this.data = data;
    this.secrets = secrets;
    this.options = options;
    this.http = http;
    List<Integer> ports = Ports.free(7 + options.trainers());
    kafkaPort = ports.get(0);
    kafkaControllerPort = ports.get(1);
    postgresPort = ports.get(2);
    storePort = ports.get(3);
    datasetPort = ports.get(4);
    evaluatorPort = ports.get(5);
    gatewayPort = options.gatewayPort() == 0 ? ports.get(6) : options.gatewayPort();
    trainerPorts = ports.subList(7, ports.size());
  }

  URI gateway() {
    return loopback(gatewayPort);
  }

  /** Broker, database and object store: they need nothing, and all else needs them. */
  List<ChildSpec> servers() {
    return List.of(
        server(
            "kafka",
            kafkaPort,
            KafkaServer.class,
            List.of("-Xmx256m", FAST_START),
            List.of(
                data.kafka().toString(),
                Integer.toString(kafkaPort),
                Integer.toString(kafkaControllerPort),
                readyFile("kafka").toString()),
            Map.of()),
        server(
            DATABASE,
            postgresPort,
            PostgresServer.class,
            List.of("-Xmx192m", FAST_START),
            List.of(
                data.postgres().toString(),
                Integer.toString(postgresPort),
                readyFile(DATABASE).toString(),
                installation.postgresPrograms().toString()),
            Map.of(
                PostgresServer.PASSWORD,
                secrets.databasePassword(),
                PostgresServer.SUPERUSER_PASSWORD,
                secrets.databaseSuperuserPassword())),
        server(
            "object-store",
            storePort,
            ObjectStoreServer.class,
            List.of("-Xmx256m"),
            List.of(
                data.objects().toString(),
                Integer.toString(storePort),
                readyFile("object-store").toString()),
            Map.of(
                ObjectStoreServer.ACCESS_KEY,
                secrets.storeAccessKey(),
                ObjectStoreServer.SECRET_KEY,
                secrets.storeSecretKey())));
  }

  /**
   * Unpacks the engine's native libraries where they are not yet, before several processes would.
   */
  ChildSpec engineFiles() {
    List<String> command = new ArrayList<>(javaCommand(engineFlags()));
    command.addAll(
        List.of(
            "-Xmx128m",
            "-cp",
            installation.serviceLibraries("trainer-service") + "/*",
            "io.tencrop.vision.engine.EngineFiles"));
    return new ChildSpec(
        "engine-files", 0, command, engineEnvironment(), () -> false, SERVICE_STOP_LIMIT);
  }

  /** The four services, the trainers as often as asked for. */
  List<ChildSpec> services() {
    List<ChildSpec> services = new ArrayList<>();
    services.add(
        service(
            "gateway",
            "gateway",
            gatewayPort,
            List.of("-Xmx320m", FAST_START),
            with(
                database(),
                Map.of(
                    "TENCROP_DATASET_SERVICE_URL", loopback(datasetPort).toString(),
                    "TENCROP_EVALUATOR_SERVICE_URL", loopback(evaluatorPort).toString(),
                    "TENCROP_GATEWAY_WEIGHTS_CACHE_DIR", work("gateway").toString()))));
    services.add(
        service(
            "dataset-service",
            "dataset-service",
            datasetPort,
            List.of("-Xmx1g"),
            with(
                database(),
                Map.of("TENCROP_DATASET_WORK_DIR", work("dataset-service").toString()))));
    services.add(
        service(
            "evaluator-service",
            "evaluator-service",
            evaluatorPort,
            with(List.of("-Xmx512m"), engineFlags()),
            with(
                with(database(), engineEnvironment()),
                Map.of("TENCROP_EVALUATOR_CACHE_DIR", work("evaluator-service").toString()))));
    for (int i = 0; i < trainerPorts.size(); i++) {
      services.add(trainer(i));
    }
    return services;
  }

  private ChildSpec trainer(int index) {
    String name = TRAINER + (index + 1);
    return service(
        name,
        "trainer-service",
        trainerPorts.get(index),
        // A bound, not a reservation: a large network's snapshots need gigabytes, a small one's
        // nothing.
        with(List.of("-Xmx4g"), engineFlags()),
        with(
            engineEnvironment(),
            Map.of(
                "TENCROP_TRAINER_NAME",
                name,
                "TENCROP_TRAINER_CACHE_DIR",
                work("trainers").toString())));
  }

  private ChildSpec server(
      String name,
      int port,
      Class<?> main,
      List<String> flags,
      List<String> arguments,
      Map<String, String> environment) {
    List<String> command = new ArrayList<>(javaCommand(flags));
    command.addAll(List.of("-cp", installation.launcher().toString(), main.getName()));
    command.addAll(arguments);
    return new ChildSpec(
        name,
        port,
        command,
        with(Map.of("MALLOC_ARENA_MAX", "2"), environment),
        Readiness.file(readyFile(name)),
        SERVER_STOP_LIMIT);
  }

  private ChildSpec service(
      String name, String module, int port, List<String> flags, Map<String, String> environment) {
    List<String> command = new ArrayList<>(javaCommand(flags));
    command.addAll(List.of("-jar", installation.service(module).toString()));
    Map<String, String> all = new HashMap<>();
    all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    all.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    all.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafkaPort);
    all.put("TENCROP_STORE_ENDPOINT", loopback(storePort).toString());
    all.put("TENCROP_STORE_ACCESS_KEY", secrets.storeAccessKey());
    all.put("TENCROP_STORE_SECRET_KEY", secrets.storeSecretKey());
    all.put("MALLOC_ARENA_MAX", "2");
    all.putAll(environment);
    all.putAll(options.environment());
    return new ChildSpec(
        name,
        port,
        command,
        all,
        Readiness.http(http, loopback(port).resolve("/q/health/ready")),
        SERVICE_STOP_LIMIT);
  }

  private static List<String> javaCommand(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Programs.java());
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(flags);
    return command;
  }

  private Map<String, String> database() {
    return Map.of(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:postgresql://127.0.0.1:" + postgresPort + "/" + PostgresServer.NAME,
        "QUARKUS_DATASOURCE_USERNAME",
        PostgresServer.NAME,
        "QUARKUS_DATASOURCE_PASSWORD",
        secrets.databasePassword());
  }

  private List<String> engineFlags() {
    return List.of("-Dai.djl.offline=true");
  }

  /**
   * All share one copy of the engine's native libraries, and idle threads do not spin. glibc's
   * malloc takes huge pages, has one arena and keeps what is freed: a step must not fault in again
   * what the one before gave back.
   */
  private Map<String, String> engineEnvironment() {
    return Map.of(
        "DJL_CACHE_DIR",
        installation.engineFiles().toString(),
        "OMP_WAIT_POLICY",
        "PASSIVE",
        "GLIBC_TUNABLES",
        String.join(
            ":",
            "glibc.malloc.hugetlb=1",
            "glibc.malloc.arena_max=1",
            "glibc.malloc.mmap_max=0",
            "glibc.malloc.trim_threshold=" + (16L << 30),
            "glibc.malloc.top_pad=" + (64 << 20)),
        "THP_MEM_ALLOC_ENABLE",
        "1");
  }

  private Path readyFile(String name) {
    return data.ready().resolve(name);
  }

  private Path work(String name) {
    return data.work().resolve(name);
  }

  private static URI loopback(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private static List<String> with(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static Map<String, String> with(Map<String, String> first, Map<String, String> second) {
    Map<String, String> all = new HashMap<>(first);
    all.putAll(second);
    return all;
  }
}
