/** The consumer as a module. */
module consumer {
  requires io.github.aimlvideo;
  requires com.google.gson;
  requires okhttp3;
  requires retrofit2;
  requires retrofit2.converter.gson;
}
