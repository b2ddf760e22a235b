"""Makes the small PNG and JPEG files in ../resources/pictures/good and bad.

    python make_class_pictures.py     (needs Pillow, numpy and TensorFlow; Pillow 12 was used)

Beside every good file stands what Pillow reads from it: NAME.values, the bytes of `np.asarray`,
(height, width, channel). SIZE.scaled is what `tf.image.resize` makes of rgb.png, float32, little
endian. The bad ones are what a stranger might send.
"""

import io
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms

OUT = pathlib.Path(__file__).parent.parent / "resources" / "pictures"
WIDTH, HEIGHT = 19, 13
Y, X = np.mgrid[0:HEIGHT, 0:WIDTH]
NOISE = np.random.default_rng(1).integers(0, 60, (HEIGHT, WIDTH, 3))
COLOUR = (np.stack([10 * X, 14 * Y, 190 - 5 * (X + Y)], axis=-1) + NOISE).astype("u1")
GREY = COLOUR[..., 1]
RGB = Image.fromarray(COLOUR, "RGB")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def header(width, height, bits=8, colour=2, interlace=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, interlace))


def inserted(file, *chunks):
    """The PNG file with chunks behind its header."""
    return file[:33] + b"".join(chunks) + file[33:]


def rows(values):
    return zlib.compress(b"".join(b"\0" + row.tobytes() for row in values))


def interlaced():
    """In the seven passes of Adam7, which Pillow cannot write."""
    passes = [(0, 8, 0, 8), (0, 8, 4, 8), (4, 8, 0, 4), (0, 4, 2, 4), (2, 4, 0, 2), (0, 2, 1, 2), (1, 2, 0, 1)]
    data = b""
    for top, down, left, right in passes:
        part = COLOUR[top::down, left::right]
        if part.size:
            data += b"".join(b"\0" + row.tobytes() for row in part)
    return png(header(WIDTH, HEIGHT, interlace=1), chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b""))


def small_grey(bits):
    values = (GREY >> (8 - bits)).astype("u1")
    packed = []
    for row in values:
        text = "".join(format(value, f"0{bits}b") for value in row)
        text += "0" * (-len(text) % 8)
        packed.append(np.array([int(text[i : i + 8], 2) for i in range(0, len(text), 8)], "u1"))
    return png(header(WIDTH, HEIGHT, bits, 0), chunk(b"IDAT", rows(packed)), chunk(b"IEND", b""))


def saved(picture, kind, **options):
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def segments(jpeg):
    """The parts of a JPEG file before the scan, and the rest."""
    parts, at = [], 2
    while jpeg[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        parts.append(jpeg[at:end])
        at = end
    return parts, jpeg[at:]


def without(jpeg, *markers):
    parts, rest = segments(jpeg)
    return jpeg[:2] + b"".join(part for part in parts if part[1] not in markers) + rest


def profile(description="sRGB"):
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(description)).tobytes()


def good():
    rgb = saved(RGB, "PNG")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    files = {
        "rgb.png": rgb,
        "grey.png": saved(Image.fromarray(GREY, "L"), "PNG"),
        "palette.png": saved(RGB.quantize(16), "PNG"),
        "palette_opaque.png": inserted_transparency(saved(RGB.quantize(16), "PNG")),
        "opaque.png": saved(RGB.convert("RGBA"), "PNG"),
        "grey_opaque.png": saved(Image.fromarray(GREY, "L").convert("LA"), "PNG"),
        "bits_1.png": small_grey(1),
        "bits_2.png": small_grey(2),
        "bits_4.png": small_grey(4),
        "interlaced.png": interlaced(),
        "gamma.png": inserted(rgb, chunk(b"gAMA", struct.pack(">I", 100000))),
        "profile.png": saved(RGB, "PNG", icc_profile=profile()),
        "a_jpeg.png": saved(RGB, "JPEG", quality=90),
        "a_png.jpg": rgb,
        "444.jpg": saved(RGB, "JPEG", quality=95, subsampling=0),
        "422.jpg": saved(RGB, "JPEG", quality=90, subsampling=1),
        "420.jpg": saved(RGB, "JPEG", quality=75, subsampling=2),
        "progressive.jpg": saved(RGB, "JPEG", quality=90, progressive=True),
        "grey.jpg": saved(Image.fromarray(GREY, "L"), "JPEG", quality=90),
        "adobe_rgb.jpg": saved(RGB, "JPEG", quality=90, keep_rgb=True),
        "named_rgb.jpg": without(saved(RGB, "JPEG", quality=90, keep_rgb=True), 0xEE),
        "unsaid.jpg": without(saved(RGB, "JPEG", quality=90, subsampling=0), 0xE0),
        "restarts.jpg": saved(RGB, "JPEG", quality=90, restart_marker_blocks=1),
        "turned.jpg": saved(RGB, "JPEG", quality=90, exif=exif),
        "profile.jpg": saved(RGB, "JPEG", quality=90, icc_profile=profile("LAB")),
        "no_tables.jpg": without(saved(RGB, "JPEG", quality=90), 0xC4),
        "comment.jpg": saved(RGB, "JPEG", quality=90, comment=b"x" * 300),
    }
    for name, file in files.items():
        (OUT / "good" / name).write_bytes(file)
        picture = Image.open(io.BytesIO(file))
        mode = "L" if picture.mode in ("1", "L", "LA") else "RGB"
        (OUT / "good" / f"{name}.values").write_bytes(np.asarray(picture.convert(mode)).tobytes())


def scaled():
    import tensorflow as tf

    for height, width in ((24, 20), (7, 5), (13, 40), (1, 1), (5, 19)):
        values = tf.image.resize(COLOUR, (height, width), method="bilinear").numpy()
        (OUT / "good" / f"{height}x{width}.scaled").write_bytes(values.astype("<f4").tobytes())


def inserted_transparency(file):
    """A palette's file that says, of two colours, that they are opaque."""
    at = file.index(b"IDAT") - 4
    return file[:at] + chunk(b"tRNS", b"\xff\xff") + file[at:]


def changed(file, at, value):
    return file[:at] + bytes([value]) + file[at + 1 :]


def bad():
    rgb = saved(RGB, "PNG")
    jpeg = saved(RGB, "JPEG", quality=90)
    frame = jpeg.index(b"\xff\xc0")
    scan = jpeg.index(b"\xff\xda")
    end = chunk(b"IEND", b"")
    half = RGB.copy()
    half.putalpha(128)
    alpha = RGB.convert("RGBA")
    alpha.putpixel((3, 2), (1, 2, 3, 254))
    part = RGB.quantize(16)
    part.info["transparency"] = bytes([255, 7])
    files = {
        "empty.png": b"",
        "text.png": b"label,file\n0,a.png\n",
        "a_gif.png": saved(RGB.quantize(16), "GIF"),
        "a_webp.jpg": b"RIFF\x10\0\0\0WEBPVP8 \4\0\0\0\0\0\0\0",
        "a_bmp.jpg": saved(RGB, "BMP"),
        "half.png": saved(half, "PNG"),
        "alpha.png": saved(alpha, "PNG"),
        "palette_alpha.png": saved(part, "PNG"),
        "transparent_colour.png": saved(RGB, "PNG", transparency=(3, 1, 0)),
        "sixteen_bits.png": saved(Image.fromarray((GREY * 200).astype("u2"), "I;16"), "PNG"),
        "animated.png": inserted(rgb, chunk(b"acTL", struct.pack(">II", 2, 0))),
        "unknown_part.png": inserted(rgb, chunk(b"XYZW", b"")),
        "cut_off.png": rgb[:-20],
        "checksum.png": changed(rgb, rgb.index(b"IDAT") + 30, 0x55),
        "too_few_rows.png": png(header(WIDTH, HEIGHT), chunk(b"IDAT", rows(COLOUR[:5])), end),
        "not_deflated.png": png(header(WIDTH, HEIGHT), chunk(b"IDAT", b"no zlib data here"), end),
        "no_pixels.png": png(header(WIDTH, HEIGHT), end),
        "no_such_colour.png": png(header(WIDTH, HEIGHT, colour=5), chunk(b"IDAT", rows(COLOUR)), end),
        "huge.png": png(header(100000, 100000), chunk(b"IDAT", zlib.compress(bytes(1 << 20))), end),
        "no_size.png": png(header(0, 13), chunk(b"IDAT", rows(COLOUR)), end),
        "cmyk.jpg": saved(RGB.convert("CMYK"), "JPEG"),
        "cut_off.jpg": jpeg[:-30],
        "no_scan.jpg": jpeg[:scan] + b"\xff\xd9",
        "scan_cut_short.jpg": jpeg[: scan + 40] + b"\xff\xd9",
        "header_only.jpg": jpeg[: scan - 5],
        "arithmetic.jpg": changed(jpeg, frame + 1, 0xC9),
        "lossless.jpg": changed(jpeg, frame + 1, 0xC3),
        "twelve_bits.jpg": changed(jpeg, frame + 4, 12),
        "huge.jpg": jpeg[: frame + 5] + b"\xff\xff\xff\xff" + jpeg[frame + 9 :],
        "two_headers.jpg": jpeg[:scan] + jpeg[frame : frame + 19] + jpeg[scan:],
        "many_scans.jpg": jpeg[:scan] + jpeg[scan:-2] * 101 + b"\xff\xd9",
    }
    for name, file in files.items():
        (OUT / "bad" / name).write_bytes(file)


if __name__ == "__main__":
    for folder in ("good", "bad"):
        (OUT / folder).mkdir(parents=True, exist_ok=True)
    good()
    scaled()
    bad()
