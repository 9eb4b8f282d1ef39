package io.github.aimlvideo.cli.studio.code;

import com.google.gson.Gson;
import com.google.gson.annotations.SerializedName;
import io.github.aimlvideo.VideoRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Classes as the generator makes them, with types that Kling's do not have. */
public final class OtherModel {
  private OtherModel() {}

  public static final class Request extends Model implements VideoRequest {
    @SerializedName("seed")
    private @Nullable Long seed;

    @SerializedName("loop")
    private @Nullable Boolean loop;

    @SerializedName("strength")
    private Integer strength = 5;

    @SerializedName("weights")
    private @Nullable List<Double> weights;

    @SerializedName("extra")
    private @Nullable Object extra;

    @SerializedName("colours")
    private @Nullable List<Colour> colours;

    @Override
    public String getModel() {
      return "other/model";
    }

    public Request seed(Long seed) {
      this.seed = seed;
      return this;
    }

    public Request loop(Boolean loop) {
      this.loop = loop;
      return this;
    }

    public Request strength(Integer strength) {
      this.strength = strength;
      return this;
    }

    public Request weights(List<Double> weights) {
      this.weights = weights;
      return this;
    }

    public Request extra(Object extra) {
      this.extra = extra;
      return this;
    }

    public Request colours(List<Colour> colours) {
      this.colours = colours;
      return this;
    }
  }

  public static final class Colour extends Model {
    @SerializedName("hue")
    private @Nullable Double hue;

    @SerializedName("steps")
    private @Nullable Long steps;

    public Colour hue(Double hue) {
      this.hue = hue;
      return this;
    }

    public Colour steps(Long steps) {
      this.steps = steps;
      return this;
    }
  }

  /** Is equal to another one with the same JSON. */
  abstract static class Model {
    @Override
    public boolean equals(@Nullable Object o) {
      return o instanceof Model other && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      return new Gson().toJson(this);
    }
  }
}
