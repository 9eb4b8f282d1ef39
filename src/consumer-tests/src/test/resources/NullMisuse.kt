import io.github.aimlvideo.VideoClient
import io.github.aimlvideo.VideoClientBuilder
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest
import io.github.aimlvideo.model.VideoGenerationResponse

fun optionalProperty(request: KlingVideoV1StandardImageToVideoRequest): Int = request.prompt.length // refused

fun optionalObject(response: VideoGenerationResponse): String = response.video.url // refused

fun missingRequest(client: VideoClient) = client.generate(null) // refused

fun missingKey(builder: VideoClientBuilder) = builder.apiKey(null) // refused
