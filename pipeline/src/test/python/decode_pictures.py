"""Makes pictures in a folder and says what others read from them.

    python decode_pictures.py FOLDER

NAME.jpg and NAME.png in FOLDER; beside each NAME.tensorflow, what TensorFlow reads (its accurate
integer transform), where Pillow is installed NAME.pillow too, bytes (height, width, channel), and
NAME.scaled, what tf.image.resize makes of it, 24 x 20, float32, little endian.
"""

import pathlib
import sys

import numpy as np
import tensorflow as tf

try:
    from PIL import Image
except ImportError:
    Image = None

FOLDER = pathlib.Path(sys.argv[1])
HEIGHT, WIDTH = 75, 101


def scene(seed):
    """Something between a photograph and noise."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 256, (1, 6, 8, 3)).astype("f4")
    smooth = tf.image.resize(coarse, (HEIGHT, WIDTH), method="bicubic").numpy()[0]
    noise = random.normal(0, 4 * seed, (HEIGHT, WIDTH, 3))
    return np.clip(np.rint(smooth + noise), 0, 255).astype("u1")


def describe(name, channels):
    file = (FOLDER / name).read_bytes()
    if name.endswith(".png"):
        values = tf.io.decode_png(file, channels=channels)
    else:
        values = tf.io.decode_jpeg(file, channels=channels, dct_method="INTEGER_ACCURATE")
    (FOLDER / f"{name}.tensorflow").write_bytes(values.numpy().tobytes())
    scaled = tf.image.resize(values, (24, 20), method="bilinear").numpy()
    (FOLDER / f"{name}.scaled").write_bytes(scaled.astype("<f4").tobytes())
    if Image is not None:
        picture = np.asarray(Image.open(FOLDER / name))
        (FOLDER / f"{name}.pillow").write_bytes(picture.tobytes())


def write(name, file, channels=3):
    (FOLDER / name).write_bytes(file.numpy())
    describe(name, channels)


for seed in range(6):
    picture = scene(seed)
    write(f"colour-{seed}.png", tf.io.encode_png(picture))
    write(f"grey-{seed}.png", tf.io.encode_png(picture[..., :1]), 1)
    write(f"grey-{seed}.jpg", tf.io.encode_jpeg(picture[..., :1], quality=80), 1)
    for quality in (30, 75, 95, 100):
        for downsampled in (False, True):
            for progressive in (False, True):
                write(
                    f"{seed}-{quality}-{'down' if downsampled else 'full'}-{'many' if progressive else 'one'}.jpg",
                    tf.io.encode_jpeg(
                        picture, quality=quality, chroma_downsampling=downsampled, progressive=progressive
                    ),
                )
