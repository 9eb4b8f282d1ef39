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

// begin films
/** A film; suspends until it is on the disk. Cancelling ends the looks; what was created still runs. */
suspend fun VideoClient.film(request: VideoRequest, file: Path): VideoGeneration =
  generateAsync(request, file).await()

/** A film of each request, side by side; a failure of one, which holds its id, leaves the others alone. */
suspend fun VideoClient.films(requests: Map<Path, VideoRequest>): List<Result<VideoGeneration>> =
  coroutineScope {
    requests
      .map { (file, request) ->
        async {
          try {
            Result.success(film(request, file))
          } catch (e: VideoException) {
            Result.failure(e)
          }
        }
      }
      .awaitAll()
  }
// end films
