package examples

import io.github.aimlvideo.GenerationFailedException
import io.github.aimlvideo.GenerationListener
import io.github.aimlvideo.Image
import io.github.aimlvideo.VideoGeneration
import io.github.aimlvideo.VideoRequest
import io.github.aimlvideo.model.KlingVideoV1StandardImageToVideoRequest
import io.github.aimlvideo.testing.GenerationScript
import io.github.aimlvideo.testing.VideoApiMockExtension
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension
import org.junit.jupiter.api.io.TempDir

class CoroutinesTest {
  @TempDir lateinit var folder: Path

  @Test
  fun oneOfSeveralConcurrentGenerationsFails() {
    mock.nextGeneration(GenerationScript.completed())
    mock.nextGeneration(GenerationScript.failed("content_policy", "The image shows a fish."))
    mock.nextGeneration(GenerationScript.completed())
    val requests = (1..3).associate { folder.resolve("$it.mp4") to request("video $it") }

    val videos =
      mock.clientBuilder().build().use { client -> runBlocking { client.generateVideos(requests) } }

    assertThat(videos.filter { it.isSuccess }).hasSize(2)
    assertThat(videos.single { it.isFailure }.exceptionOrNull())
      .isInstanceOf(GenerationFailedException::class.java)
    assertThat(requests.keys.filter { Files.exists(it) }).hasSize(2)
    assertThat(mock.creates()).hasSize(3)
  }

  @Test
  fun cancellingStopsPollingAndLeavesTheGeneration() {
    mock.nextGeneration(GenerationScript.completed().generating(Duration.ofSeconds(20)))
    val polled = CompletableDeferred<Unit>()
    val listener =
      object : GenerationListener {
        override fun onPolled(generation: VideoGeneration) {
          polled.complete(Unit)
        }
      }

    val file = folder.resolve("video.mp4")
    mock.clientBuilder().listener(listener).build().use { client ->
      runBlocking {
        val video = async { client.generateVideo(request("a video"), file) }
        polled.await()
        video.cancelAndJoin()

        assertThat(video.isCancelled).isTrue()
        assertThat(client.get(mock.creates().single().generationId()).status()).isEqualTo("generating")
      }
    }
    assertThat(file).doesNotExist()
  }

  private fun request(prompt: String): VideoRequest =
    KlingVideoV1StandardImageToVideoRequest()
      .imageUrl(Image.url("https://example.com/boat.jpg"))
      .prompt(prompt)

  companion object {
    @JvmField @RegisterExtension val mock = VideoApiMockExtension()
  }
}
