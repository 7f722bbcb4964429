package io.tencrop.dataset.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.tencrop.contracts.api.DatasetRegistration.Source;
import io.tencrop.contracts.api.DatasetRegistration.SourceType;
import io.tencrop.storage.Digests;
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
  void theBestLocalCopyIsTaken() throws Exception {
    Catalog cifar = entry("cifar10");
    Source web = cifar.source(directory).orElseThrow();
    assertThat(web.uri()).startsWith("https://").endsWith("cifar-10-binary.tar.gz");
    assertThat(web.type()).isEqualTo(SourceType.CIFAR);
    Path jpeg = Files.createFile(directory.resolve("cifar10-jpeg.zip"));
    Source copy = cifar.source(directory).orElseThrow();
    assertThat(copy.uri()).isEqualTo(jpeg.toUri().toString());
    assertThat(copy.type()).isEqualTo(SourceType.IMAGE_FOLDER);
    assertThat(copy.sha256()).containsOnlyKeys("cifar10-jpeg.zip");
    Path bins = Files.createDirectories(directory.resolve("cifar-10-batches-bin"));
    assertThat(cifar.source(directory)).contains(copy);
    Files.createFile(bins.resolve("data_batch_1.bin"));
    assertThat(cifar.source(directory).orElseThrow().uri()).isEqualTo(bins.toUri().toString());
  }

  @Test
  void everythingFromTheWebHasDigestsAndALicence() {
    for (Catalog entry : Catalog.ALL) {
      assertThat(entry.licence()).isNotBlank();
      Source source = entry.source(null).orElseThrow();
      if (!entry.isBuiltin()) {
        assertThat(source.uri()).startsWith("https://");
        assertThat(source.sha256())
            .hasSize(source.type() == SourceType.IDX ? 4 : 1)
            .allSatisfy((file, sha256) -> assertThat(Digests.isSha256(sha256)).isTrue());
      }
    }
  }

  @Test
  void whatTheProgramCarriesIsNotLookedForInTheLocalDirectory() throws Exception {
    Files.createDirectories(directory.resolve("fashion-mnist-sample"));
    assertThat(entry("fashion-mnist-sample").source(directory).orElseThrow().uri())
        .isEqualTo("builtin:fashion-mnist-sample");
  }
}
