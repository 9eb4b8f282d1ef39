import io.github.aimlvideo.VideoClient
import io.github.aimlvideo.VideoClientBuilder
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest
import io.github.aimlvideo.model.VideoGenerationResponse

fun optionalProperty(request: KlingVideoV1StandardImageToVideoRequest): Int = request.prompt.length // refused

fun absentAnswer(answer: VideoGenerationResponse): String = answer.video.url // refused

fun noRequest(client: VideoClient) = client.generate(null) // refused

fun noKey(builder: VideoClientBuilder) = builder.apiKey(null) // refused
