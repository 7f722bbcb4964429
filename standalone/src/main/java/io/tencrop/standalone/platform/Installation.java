package io.tencrop.standalone.platform;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where the packaged programs lie.
 *
 * @param root of the checkout
 * @param launcher jar of this module; its manifest names the libraries
 */
public record Installation(Path root, Path launcher) {

  /** The one that the running program belongs to. */
  public static Installation current() {
    Path jar;
    try {
      jar = Path.of(Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own location is not a path", e);
    }
    // <root>/standalone/target/tencrop-standalone.jar
    Path target = Objects.requireNonNull(jar.getParent());
    Path module = Objects.requireNonNull(target.getParent());
    Path root = Objects.requireNonNull(module.getParent());
    return new Installation(root, target.resolve("tencrop-standalone.jar"));
  }

  /** The runnable jar of a service. */
  public Path service(String module) {
    return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /** Where a platform keeps its data unless told otherwise. */
  public Path defaultData() {
    return root.resolve("target/tencrop");
  }

  /** The class path of a service, for another main of its libraries. */
  Path serviceLibraries(String module) {
    return root.resolve(module).resolve("target/quarkus-app/lib/main");
  }

  /** PostgreSQL's programs, unpacked; all platforms of this installation share them. */
  Path postgresPrograms() {
    return root.resolve("target/postgres");
  }

  /** The engine's native libraries, unpacked; all platforms of this installation share them. */
  Path engineFiles() {
    return root.resolve("target/djl-cache");
  }

  /**
   * Holds a file per running launcher, named by its process id, so that nobody builds anew what is
   * running.
   */
  Path running() {
    return root.resolve("target/running");
  }

  /**
   * Checks that all is packaged.
   *
   * @throws PlatformException naming what is missing and how to build it
   */
  void check(List<String> modules) {
    List<Path> missing =
        modules.stream().map(this::service).filter(jar -> !Files.exists(jar)).toList();
    if (!missing.isEmpty() || !Files.exists(launcher)) {
      throw new PlatformException(
          "Not packaged yet: "
              + (missing.isEmpty() ? launcher : missing.get(0))
              + ". Build with: ./mvnw -DskipTests package");
    }
  }
}
