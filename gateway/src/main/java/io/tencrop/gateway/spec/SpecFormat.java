package io.tencrop.gateway.spec;

/** The languages that a spec may be written in. */
public enum SpecFormat {
  JSON,
  YAML
}
