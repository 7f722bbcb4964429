package io.tencrop.dataset.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.api.DatasetRegistration.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
  @TempDir Path directory;

  private static Catalog entry(String name) {
    return Catalog.find(name).orElseThrow();
  }

  @Test
  void aLocalCopyIsReadInsteadOfTheWeb() throws Exception {
    Source web = entry("mnist").source(directory).orElseThrow();
    assertThat(web.uri()).startsWith("https://");
    assertThat(entry("mnist").source(null)).contains(web);

    Path copy = Files.createDirectories(directory.resolve("mnist"));
    Files.createFile(copy.resolve("train-images-idx3-ubyte.gz"));
    Source local = entry("mnist").source(directory).orElseThrow();
    assertThat(local.uri()).isEqualTo(copy.toUri().toString());
    assertThat(local.sha256()).isEqualTo(web.sha256()).hasSize(4);
  }

  @Test
  void anArchiveThatIsOnlyLocalIsThereWithItsFile() throws Exception {
    Catalog cifar = entry("cifar10");
    assertThat(cifar.isAlwaysThere()).isFalse();
    assertThat(cifar.source(null)).isEmpty();
    assertThat(cifar.source(directory)).isEmpty();
    Path archive = Files.createFile(directory.resolve("cifar10-jpeg.zip"));
    Source source = cifar.source(directory).orElseThrow();
    assertThat(source.uri()).isEqualTo(archive.toUri().toString());
    assertThat(source.sha256()).containsOnlyKeys("cifar10-jpeg.zip");
  }

  @Test
  void whatTheProgramCarriesIsNotLookedForInTheLocalDirectory() throws Exception {
    Files.createDirectories(directory.resolve("fashion-mnist-sample"));
    assertThat(entry("fashion-mnist-sample").source(directory).orElseThrow().uri())
        .isEqualTo("builtin:fashion-mnist-sample");
  }
}
