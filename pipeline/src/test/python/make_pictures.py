"""Makes the small PNG files in ../resources/pictures.

    python make_pictures.py     (needs Pillow and numpy; Pillow 12 was used)

Every good file is five pixels wide and four high; the tests know the formulas of `red` to `alpha`,
`grey` and of the palette. The bad ones are what a stranger might send.
"""

import pathlib
import struct
import zlib

import numpy as np
from PIL import Image

OUT = pathlib.Path(__file__).parent.parent / "resources" / "pictures"
Y, X = np.mgrid[0:4, 0:5]

red = 50 * X + 3
green = 60 * Y + 1
blue = 10 * X + 20 * Y
alpha = 255 - 30 * (X + Y)
grey = 12 * (5 * Y + X) + 5


def stack(*channels):
    return np.stack(channels, axis=-1).astype("u1")


def palette():
    """Pixel i is colour i of the palette, (i, 2 i, 3 i), with the opacity 10 i."""
    picture = Image.fromarray((5 * Y + X).astype("u1"), "P")
    picture.putpalette([value for i in range(20) for value in (i, 2 * i, 3 * i)])
    picture.info["transparency"] = bytes(10 * i for i in range(20))
    return picture


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def header(width, height, bits=8, colour=6):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0))


def good():
    Image.fromarray(stack(red, green, blue, alpha), "RGBA").save(OUT / "rgba.png")
    Image.fromarray(stack(red, green, blue), "RGB").save(OUT / "rgb.png")
    Image.fromarray(grey.astype("u1"), "L").save(OUT / "grey.png")
    Image.fromarray(stack(grey, alpha), "LA").save(OUT / "grey_alpha.png")
    Image.fromarray(((X + Y) % 2).astype(bool)).save(OUT / "bits.png")
    palette().save(OUT / "palette.png")


def bad():
    Image.fromarray((grey * 200).astype("u2"), "I;16").save(OUT / "sixteen_bits.png")
    Image.fromarray(stack(red, green, blue), "RGB").save(OUT / "transparent_colour.png", transparency=(3, 1, 0))
    whole = (OUT / "rgba.png").read_bytes()
    (OUT / "cut_off.png").write_bytes(whole[:-20])
    Image.fromarray(stack(red, green, blue), "RGB").save(OUT / "a_jpeg.png", "JPEG")
    end = chunk(b"IEND", b"")
    rows = zlib.compress(b"".join(b"\0" + bytes(20) for _ in range(4)))
    (OUT / "huge.png").write_bytes(png(header(60000, 60000), chunk(b"IDAT", rows), end))
    (OUT / "negative.png").write_bytes(png(header(2**31 + 5, 4), chunk(b"IDAT", rows), end))
    (OUT / "no_pixels.png").write_bytes(png(header(5, 4), end))
    (OUT / "not_deflated.png").write_bytes(png(header(5, 4), chunk(b"IDAT", b"no zlib data here"), end))
    (OUT / "too_few_rows.png").write_bytes(png(header(5, 9), chunk(b"IDAT", rows), end))
    (OUT / "no_such_colour.png").write_bytes(png(header(5, 4, colour=5), chunk(b"IDAT", rows), end))
    # A palette's picture is read with all its parts; one of them says that it is 2 GiB long.
    (OUT / "huge_part.png").write_bytes(
        png(header(5, 4, colour=3), struct.pack(">I", 2**31 - 1) + b"iCCPname\0\0" + bytes(40), end)
    )


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    good()
    bad()
