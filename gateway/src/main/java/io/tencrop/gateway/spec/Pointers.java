package io.tencrop.gateway.spec;

/** JSON pointers, RFC 6901. The empty one is the whole document. */
final class Pointers {
  static final String ROOT = "";

  private Pointers() {}

  static String field(String parent, String name) {
    return parent + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  static String item(String parent, int index) {
    return parent + "/" + index;
  }
}
