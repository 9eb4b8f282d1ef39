package examples

import io.github.aimlvideo.VideoClient
import io.github.aimlvideo.VideoRequest
import java.nio.file.Path
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.future.await

// begin film
/** A film; suspends until it is on the disk. Cancelling it ends the looks; what was created still runs. */
suspend fun VideoClient.film(request: VideoRequest, file: Path): Path {
  val generation = generateAsync(request).await()
  return downloadAsync(generation, file).await()
}
// end film

/** A film of each request, side by side; the first failure ends the others. */
suspend fun VideoClient.films(requests: Map<Path, VideoRequest>): List<Path> = coroutineScope {
  requests.map { (file, request) -> async { film(request, file) } }.awaitAll()
}
