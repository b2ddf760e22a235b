package backsweep.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import backsweep.images.ImageShape;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is decoded is what Pillow reads, which stands beside every file. */
class DecodedPictureTest {

  /** Where the frame begins in progressive.jpg. */
  private static final int HEADER = 158;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rgb.png",
        "palette.png",
        "palette_opaque.png",
        "opaque.png",
        "interlaced.png",
        "gamma.png",
        "profile.png",
        "a_jpeg.png",
        "a_png.jpg",
        "444.jpg",
        "422.jpg",
        "420.jpg",
        "progressive.jpg",
        "adobe_rgb.jpg",
        "named_rgb.jpg",
        "unsaid.jpg",
        "restarts.jpg",
        "turned.jpg",
        "profile.jpg",
        "no_tables.jpg",
        "comment.jpg"
      })
  void coloursAreThoseThatPillowReads(String name) throws IOException {
    assertSame(name, PictureFiles.COLOUR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grey.png",
        "grey_opaque.png",
        "bits_1.png",
        "bits_2.png",
        "bits_4.png",
        "grey.jpg"
      })
  void greysAreThoseThatPillowReads(String name) throws IOException {
    assertSame(name, PictureFiles.GREY);
  }

  private static void assertSame(String name, ImageShape shape) throws IOException {
    byte[] expected = PictureFiles.bytes("good/" + name + ".values");
    double[] values = new PictureFit(shape, false).values(PictureFiles.bytes("good/" + name));
    assertThat(values).hasSize(expected.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).as("value " + i).isEqualTo(expected[i] & 0xff);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          empty.png | expected a PNG or JPEG picture, found an empty file
          text.png | expected a PNG or JPEG picture, found something else
          a_gif.png | expected a PNG or JPEG picture, found something else
          a_webp.jpg | expected a PNG or JPEG picture, found something else
          a_bmp.jpg | expected a PNG or JPEG picture, found something else
          half.png | expected an opaque picture, found the opacity 128 of 255 at row 0, column 0
          alpha.png | expected an opaque picture, found the opacity 254 of 255 at row 2, column 3
          palette_alpha.png | expected an opaque picture, found the opacity 7 of 255 of colour 1
          transparent_colour.png | expected an opaque picture, found a transparent colour
          sixteen_bits.png | expected a picture of at most 8 bits a channel, found 16
          animated.png | expected one picture, found an animation
          unknown_part.png | found one at byte 33 that must not be left out
          cut_off.png | is truncated: a part begins at byte
          checksum.png | is damaged: the part IDAT at byte 33 has another checksum than it says
          too_few_rows.png | is damaged:
          not_deflated.png | is damaged:
          no_pixels.png | is damaged:
          no_such_colour.png | is a damaged PNG picture: found colour type 5
          huge.png | expected 19 x 13 pixels (width x height), which the network takes, found 100000 x 100000
          no_size.png | expected a picture of at least 1 x 1 pixels, found 0 x 13 (width x height)
          cmyk.jpg | expected a picture of 1 or 3 channels, found 4 (CMYK)
          cut_off.jpg | is truncated: a part ends behind the last of
          no_scan.jpg | is a damaged JPEG picture: expected pixels, found none
          scan_cut_short.jpg | is damaged:
          header_only.jpg | is truncated: a part ends behind the last of
          arithmetic.jpg | expected a baseline or progressive JPEG picture, found another kind (marker ffc9)
          lossless.jpg | expected a baseline or progressive JPEG picture, found another kind (marker ffc3)
          twelve_bits.jpg | expected a picture of 8 bits a channel, found 12
          huge.jpg | which the network takes, found 65535 x 65535
          two_headers.jpg | is a damaged JPEG picture: expected one header, whole
          many_scans.jpg | expected a picture of at most 100 scans, found more
          """)
  void refusesWhatItCannotDecode(String name, String problem) throws IOException {
    byte[] file = PictureFiles.bytes("bad/" + name);
    ImageShape shape = name.equals("sixteen_bits.png") ? PictureFiles.GREY : PictureFiles.COLOUR;
    assertThatThrownBy(() -> new PictureFit(shape, false).values(file))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessageContaining(problem);
  }

  /** Every scan is a pass over all pixels, though the file be small. */
  @Test
  void refusesManyPassesOverManyPixels() throws IOException {
    byte[] file = PictureFiles.bytes("good/progressive.jpg");
    ByteBuffer.wrap(file).putShort(HEADER + 5, (short) 8_000).putShort(HEADER + 7, (short) 8_000);

    assertThatThrownBy(() -> new PictureFit(PictureFiles.COLOUR, true).values(file))
        .isInstanceOf(UnusablePictureException.class)
        .hasMessage(
            "expected at most 268,435,456 pixels in all scans together, found more in 5 of 8000 x"
                + " 8000");
  }
}
