package io.github.aimlvideo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Width and height of an image, in pixels. */
public record ImageSize(int width, int height) {
  /** The name of a PNG's first chunk. */
  private static final int IHDR = 0x49484452;

  /** Small, as the segments of a JPEG are skipped. */
  private static final int BUFFER = 512;

  /**
   * Makes a size.
   *
   * @throws IllegalArgumentException if a side is less than 1
   */
  public ImageSize {
    if (width < 1) throw new IllegalArgumentException("width < 1: " + width);
    if (height < 1) throw new IllegalArgumentException("height < 1: " + height);
  }

  /** Width divided by height. */
  public double aspectRatio() {
    return (double) width / height;
  }

  /** Such as {@code 640 x 480}. */
  @Override
  public String toString() {
    return width + " x " + height;
  }

  /** Reads the head of a PNG or a JPEG, and no more than needed. */
  static Optional<ImageSize> of(ImageType type, InputStream image) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(image, BUFFER));
    return switch (type) {
      case PNG -> png(in);
      case JPEG -> jpeg(in);
      default -> Optional.empty();
    };
  }

  /** A signature of eight bytes, then the chunk IHDR: length, name, width, height. */
  private static Optional<ImageSize> png(DataInputStream in) throws IOException {
    in.skipNBytes(12);
    if (in.readInt() != IHDR) return Optional.empty(); // such as a PNG optimized by Xcode
    return positive(in.readInt(), in.readInt());
  }

  /** Skips segments up to a frame header, which holds precision, height and width. */
  private static Optional<ImageSize> jpeg(DataInputStream in) throws IOException {
    in.skipNBytes(2);
    while (in.readUnsignedByte() == 0xff) {
      int marker = in.readUnsignedByte();
      while (marker == 0xff) marker = in.readUnsignedByte();
      int length = in.readUnsignedShort();
      boolean frame =
          marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
      if (frame) {
        in.skipNBytes(1);
        int height = in.readUnsignedShort();
        return positive(in.readUnsignedShort(), height);
      }
      in.skipNBytes(length - 2);
    }
    return Optional.empty();
  }

  private static Optional<ImageSize> positive(int width, int height) {
    return width > 0 && height > 0 ? Optional.of(new ImageSize(width, height)) : Optional.empty();
  }
}
