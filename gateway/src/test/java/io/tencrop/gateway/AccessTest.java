package io.tencrop.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tencrop.gateway.Access.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
  private final Access open = new Access(Optional.empty());
  private final Access locked = new Access(Optional.of("secret"));

  @Test
  void withoutATokenOnlyLoopbackIsListenedOn() {
    assertThatCode(() -> open.checkListening("127.0.0.1")).doesNotThrowAnyException();
    assertThatCode(() -> open.checkListening("localhost")).doesNotThrowAnyException();
    assertThatThrownBy(() -> open.checkListening("0.0.0.0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TENCROP_TOKEN");
    assertThatCode(() -> locked.checkListening("0.0.0.0")).doesNotThrowAnyException();
  }

  @Test
  void anEmptyTokenIsNone() {
    assertThatThrownBy(() -> new Access(Optional.of(" ")).checkListening("0.0.0.0"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void theTokenOpens() {
    assertThat(locked.refusal("GET", "/api/v1/experiments", "gateway", null, "Bearer secret"))
        .isEmpty();
    assertThat(locked.refusal("GET", "/api/v1/experiments", "gateway", null, "bearer secret"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Bearer", "Bearer secretx", "secret", "Basic secret"})
  void anythingElseDoesNot(String authorization) {
    assertThat(locked.refusal("GET", "/api/v1/experiments", "gateway", null, authorization))
        .contains(Refusal.UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/q/health", "/q/health/ready", "/static/bundle/app.js"})
  void healthAndThePageNeedNoToken(String path) {
    assertThat(locked.refusal("GET", path, "gateway", null, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/experiments", "/q/metrics", "/q/healthy", "/nope"})
  void everythingElseDoes(String path) {
    assertThat(locked.refusal("GET", path, "gateway", null, null)).contains(Refusal.UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:8080", "127.0.0.1:8080", "[::1]:8080", "[::1]"})
  void withoutATokenLocalNamesAreAnsweredTo(String host) {
    assertThat(open.refusal("POST", "/api/v1/experiments", host, null, null)).isEmpty();
    assertThat(open.refusal("POST", "/api/v1/experiments", host, "http://" + host, null)).isEmpty();
  }

  @Test
  void withoutATokenOtherSitesAreNot() {
    assertThat(open.refusal("GET", "/api/v1/experiments", "rebound.example:8080", null, null))
        .contains(Refusal.FOREIGN_HOST);
    assertThat(open.refusal("POST", "/x", "localhost:8080", "https://example.com", null))
        .contains(Refusal.FOREIGN_ORIGIN);
    assertThat(open.refusal("POST", "/x", "localhost:8080", "null", null))
        .contains(Refusal.FOREIGN_ORIGIN);
  }
}
