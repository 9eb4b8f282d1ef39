package io.github.aimlvideo.bench;

/** The least that a JVM can start for. */
final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
