package io.github.aimlvideo.benchmarks;

/** The least that a JVM can start for. */
final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
