package io.github.aimlvideo.benchmarks.server;

/** The head of a request. */
record Request(String head) {
  boolean isPost() {
    return head.startsWith("POST ");
  }

  /** Path and query. */
  String target() {
    int begin = head.indexOf(' ') + 1;
    return head.substring(begin, head.indexOf(' ', begin));
  }

  /** What follows this name and {@code =} in a target or a link, or null. */
  static String parameter(String target, String name) {
    int begin = target.indexOf(name + "=");
    if (begin < 0) return null;
    begin += name.length() + 1;
    int end = target.indexOf('&', begin);
    return target.substring(begin, end < 0 ? target.length() : end);
  }

  long contentLength() {
    String length = header("content-length");
    return length == null ? 0 : Long.parseLong(length);
  }

  boolean isChunked() {
    return "chunked".equalsIgnoreCase(header("transfer-encoding"));
  }

  boolean closes() {
    return "close".equalsIgnoreCase(header("connection"));
  }

  /** The value of a header, or null. */
  String header(String name) {
    for (int at = head.indexOf("\r\n") + 2; at < head.length() - 2; ) {
      int end = head.indexOf("\r\n", at);
      int colon = at + name.length();
      if (head.regionMatches(true, at, name, 0, name.length()) && head.charAt(colon) == ':') {
        return head.substring(colon + 1, end).trim();
      }
      at = end + 2;
    }
    return null;
  }
}
