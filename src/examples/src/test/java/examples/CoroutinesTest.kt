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
  fun makesFilmsSideBySideAndOneFails() {
    mock.nextGeneration(GenerationScript.completed())
    mock.nextGeneration(GenerationScript.failed("content_policy", "The picture shows a fish."))
    mock.nextGeneration(GenerationScript.completed())
    val requests = (1..3).associate { folder.resolve("$it.mp4") to request("film $it") }

    val films = mock.clientBuilder().build().use { client -> runBlocking { client.films(requests) } }

    assertThat(films.filter { it.isSuccess }).hasSize(2)
    assertThat(films.single { it.isFailure }.exceptionOrNull())
      .isInstanceOf(GenerationFailedException::class.java)
    assertThat(requests.keys.filter { Files.exists(it) }).hasSize(2)
    assertThat(mock.creates()).hasSize(3)
  }

  @Test
  fun cancellingEndsTheLooksAndLeavesTheGeneration() {
    mock.nextGeneration(GenerationScript.completed().generating(Duration.ofSeconds(20)))
    val looked = CompletableDeferred<Unit>()
    val listener =
      object : GenerationListener {
        override fun onPolled(generation: VideoGeneration) {
          looked.complete(Unit)
        }
      }

    val file = folder.resolve("film.mp4")
    mock.clientBuilder().listener(listener).build().use { client ->
      runBlocking {
        val film = async { client.film(request("a film"), file) }
        looked.await()
        film.cancelAndJoin()

        assertThat(film.isCancelled).isTrue()
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
