package io.tencrop.gateway;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tencrop.messaging.MessageCodec;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The JSON of the API is that of the messages. */
class JsonSettings {
  @Produces
  @Singleton
  ObjectMapper mapper() {
    return MessageCodec.newMapper();
  }
}
