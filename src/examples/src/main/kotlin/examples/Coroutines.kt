package examples

import io.github.aimlvideo.VideoClient
import io.github.aimlvideo.VideoException
import io.github.aimlvideo.VideoGeneration
import io.github.aimlvideo.VideoRequest
import java.nio.file.Path
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.future.await

// begin coroutines
/** Suspends until the video is on disk. Cancelling stops the polling; the generation still runs. */
suspend fun VideoClient.generateVideo(request: VideoRequest, file: Path): VideoGeneration =
  generateAsync(request, file).await()

/** Generates videos concurrently. A failure holds its id and leaves the others alone. */
suspend fun VideoClient.generateVideos(requests: Map<Path, VideoRequest>): List<Result<VideoGeneration>> =
  coroutineScope {
    requests
      .map { (file, request) ->
        async {
          try {
            Result.success(generateVideo(request, file))
          } catch (e: VideoException) {
            Result.failure(e)
          }
        }
      }
      .awaitAll()
  }
// end coroutines
