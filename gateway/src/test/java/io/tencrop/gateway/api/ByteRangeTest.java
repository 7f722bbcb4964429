package io.tencrop.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 9",
    "bytes=90-, 90, 99",
    "bytes=90-1000, 90, 99",
    "bytes=-10, 90, 99",
    "bytes=-1000, 0, 99",
    "bytes=99-99, 99, 99"
  })
  void isOfAFileOf100Bytes(String header, long from, long to) throws Exception {
    assertThat(ByteRange.of(header, 100)).hasValue(new ByteRange(from, to));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=-", "bytes=5-4", "bytes=0-1,5-6", "items=0-1", "0-1", ""})
  void whatIsNoSinglePartIsTheWhole(String header) throws Exception {
    assertThat(ByteRange.of(header, 100)).isEmpty();
    assertThat(ByteRange.of(null, 100)).isEmpty();
  }

  @Test
  void beyondTheEndThereIsNothing() {
    assertThatThrownBy(() -> ByteRange.of("bytes=100-", 100))
        .isInstanceOf(ByteRange.UnsatisfiableException.class);
    assertThatThrownBy(() -> ByteRange.of("bytes=-0", 100))
        .isInstanceOf(ByteRange.UnsatisfiableException.class);
  }
}
