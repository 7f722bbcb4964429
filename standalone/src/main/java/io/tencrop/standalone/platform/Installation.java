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

  /** Libraries unpacked from jars, which all platforms of this installation share. */
  Path cache() {
    return root.resolve("target/cache");
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
