package io.tencrop.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.messaging.MessageCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path directory;

  @Test
  void isUsedByOnePlatformAtATime() throws Exception {
    DataDirectory data = DataDirectory.of(directory);
    DataLock lock = DataLock.take(data);
    assertThatThrownBy(() -> DataLock.take(data))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("tencrop down");
    lock.close();
    DataLock.take(data).close();
  }

  @Test
  void secretsAreMadeOnceAndReadableByTheirOwnerOnly() throws Exception {
    Path file = directory.resolve("secrets.json");
    Secrets made = Secrets.loadOrCreate(file, MessageCodec.newMapper());
    assertThat(Secrets.loadOrCreate(file, MessageCodec.newMapper())).isEqualTo(made);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(made.databasePassword()).hasSizeGreaterThan(30).isNotEqualTo(made.storeSecretKey());
    assertThat(made).hasToString("Secrets[hidden]");
  }

  @Test
  void keepsTheLogOfTheLifeBefore() throws Exception {
    DataDirectory data = DataDirectory.of(directory);
    data.prepare();
    Files.writeString(data.log("kafka"), "before");
    assertThat(data.freshLog("kafka")).isEqualTo(data.log("kafka")).doesNotExist();
    assertThat(data.logs().resolve("kafka.previous.log")).hasContent("before");
  }

  @Test
  void placeThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.of(file).prepare())
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining(file.toString());
  }
}
