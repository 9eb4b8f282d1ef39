import io.github.aimlvideo.Image
import io.github.aimlvideo.VideoClient
import io.github.aimlvideo.VideoGeneration
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest
import io.github.aimlvideo.model.VideoGenerationResponse

val request: KlingVideoV1StandardImageToVideoRequest =
  KlingVideoV1StandardImageToVideoRequest()
    .imageUrl(Image.url("https://example.com/boat.jpg"))
    .prompt("The boat sails on.")
    .duration(null)

val model: String = request.model

val duration: Int? = request.duration

fun promptLength(request: KlingVideoV1StandardImageToVideoRequest): Int = request.prompt?.length ?: 0

fun url(response: VideoGenerationResponse): String? = response.video?.url

fun idAndUrl(client: VideoClient): String {
  val video: VideoGeneration = client.generate(request)
  val url: String? = video.videoUrl().orElse(null)
  return video.id() + url.orEmpty()
}
