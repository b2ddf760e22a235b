"""Writes the files in ../resources.

    python make_files.py      needs numpy and h5py

no_images.h5: an image set of the right shape without an image.
compressed.h5, compressed.json: 24x20x3 -> Conv2D "last" of 4 filters 3x3, relu -> global average
pooling -> Dense "dense" of 9, softmax; weights only, the kernel of "last" compressed. Its
answer is class 3 for as long as channel 0 is there, then class 0.
no_pixels.png: a picture of 20x24 whose header is all there is.
small.png: a picture of 19x13.
"""

import json
import os
import struct
import zlib

import h5py
import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources")

SHAPES = {
    "last/kernel:0": (3, 3, 3, 4),
    "last/bias:0": (4,),
    "dense/kernel:0": (4, 9),
    "dense/bias:0": (9,),
}


def no_images():
    with h5py.File(os.path.join(OUT, "no_images.h5"), "w") as file:
        file.create_dataset("data", (0, 3, 24, 20), "u1")
        file.create_dataset("label", (0,), "u1")


def layer(kind, name, inbound, **config):
    inbound_nodes = [[[inbound, 0, 0, {}]]] if inbound else []
    return {"class_name": kind, "name": name, "config": dict(config, name=name), "inbound_nodes": inbound_nodes}


def architecture():
    return {
        "class_name": "Model",
        "config": {
            "name": "compressed",
            "layers": [
                layer("InputLayer", "images", None, batch_input_shape=[None, 24, 20, 3]),
                layer("Conv2D", "last", "images", filters=4, kernel_size=[3, 3], activation="relu"),
                layer("GlobalAveragePooling2D", "pool", "last"),
                layer("Dense", "dense", "pool", units=9, activation="softmax"),
            ],
            "input_layers": [["images", 0, 0]],
            "output_layers": [["dense", 0, 0]],
        },
    }


def compressed():
    values = {path: np.zeros(shape, "f4") for path, shape in SHAPES.items()}
    values["last/bias:0"][0] = 1
    values["dense/kernel:0"][0, 3] = 1
    with open(os.path.join(OUT, "compressed.json"), "w") as file:
        json.dump(architecture(), file)
    with h5py.File(os.path.join(OUT, "compressed.h5"), "w", libver="latest") as file:
        file.attrs["layer_names"] = [b"last", b"dense"]
        for layer_name in ("last", "dense"):
            group = file.create_group(layer_name)
            paths = [path for path in values if path.startswith(layer_name)]
            group.attrs["weight_names"] = [path.encode() for path in paths]
            for path in paths:
                compression = "gzip" if path == "last/kernel:0" else None
                group.create_dataset(path, data=values[path], compression=compression)


no_images()
compressed()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(name, width, height, *parts):
    """A PNG file in colour."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    with open(os.path.join(OUT, name), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + header + b"".join(parts) + chunk(b"IEND", b""))


png("no_pixels.png", 20, 24)
png("small.png", 19, 13, chunk(b"IDAT", zlib.compress((b"\0" + bytes(range(57))) * 13)))
