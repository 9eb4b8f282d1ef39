package io.github.aimlvideo.batch;

/** Where the rows of a test are. */
enum Where {
  FOLDER,
  POSTGRES
}
