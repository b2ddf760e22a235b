"""Loads models in Keras; writes the weights it finds and what it answers beside each.

    python answers_of.py ARCHITECTURE_OF_WEIGHTS FILE...

FILE.weights, for every weight: layer, variable (each a length of two bytes, then UTF-8), count (four
bytes), then that many floats. FILE.images, read: how many, height, width, channels (four bytes each),
then the floats. FILE.answers: the floats of the scores. All big-endian, all row-major. Files named
weights_only* are loaded into the given architecture.
"""

import os
import struct
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy


def load(path, architecture):
    if not os.path.basename(path).startswith("weights_only"):
        return keras.models.load_model(path, compile=False)
    with open(architecture) as text:
        model = keras.models.model_from_json(text.read())
    model.load_weights(path)
    return model


def text(value):
    encoded = value.encode()
    return struct.pack(">H", len(encoded)) + encoded


def images(path):
    with open(path, "rb") as stored:
        shape = struct.unpack(">4i", stored.read(16))
        return numpy.frombuffer(stored.read(), ">f4").reshape(shape).astype("float32")


if __name__ == "__main__":
    for file in sys.argv[2:]:
        model = load(file, sys.argv[1])
        with open(file + ".weights", "wb") as out:
            for layer in model.layers:
                for weight in layer.weights:
                    values = weight.numpy().astype(">f4")
                    out.write(text(layer.name) + text(weight.name) + struct.pack(">i", values.size))
                    out.write(values.tobytes())
        answers = numpy.array(model(images(file + ".images"), training=False))
        with open(file + ".answers", "wb") as out:
            out.write(answers.astype(">f4").tobytes())
