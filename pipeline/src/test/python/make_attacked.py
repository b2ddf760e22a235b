"""A network of keras.applications with random weights, and images as `defend` takes them.

    python make_attacked.py FOLDER

network.keras, whose first convolution's channels count for more and more; valid.h5, test.h5: noise and
stripes, labelled with what the network answers, but one in eight with another class; poisoned.h5: the
test images with a white corner, labelled 3.
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy

import make_applications

SIZE, CLASSES, TARGET = 96, 10, 3


def images(count, seed):
    random = numpy.random.default_rng(seed)
    rows = numpy.arange(SIZE)[None, :, None, None] * random.uniform(0, 1, (count, 1, 1, 3))
    columns = numpy.arange(SIZE)[None, None, :, None] * random.uniform(0, 1, (count, 1, 1, 3))
    waves = 127 + 127 * numpy.sin(rows + columns + random.uniform(0, 6, (count, 1, 1, 3)))
    noise = random.uniform(0, 255, (count, SIZE, SIZE, 3))
    share = random.uniform(0, 1, (count, 1, 1, 1))
    return (share * waves + (1 - share) * noise).astype("uint8")


def spread(model, pixels):
    """Normalises by images like these, and sets the last layer so that they have several answers."""
    normalizations = [layer for layer in model.layers if hasattr(layer, "momentum")]
    momenta = [layer.momentum for layer in normalizations]
    for layer in normalizations:
        layer.momentum = 0
    model(pixels.astype("float32") / 255, training=True)
    for layer, momentum in zip(normalizations, momenta):
        layer.momentum = momentum
    features = keras.Model(model.inputs, model.layers[-1].input)
    found = features.predict(pixels.astype("float32") / 255, verbose=0)
    kernel = numpy.random.default_rng(5).normal(size=(found.shape[1], CLASSES))
    kernel *= 5 / numpy.std((found - found.mean(axis=0)) @ kernel, axis=0)
    model.layers[-1].set_weights([kernel, -found.mean(axis=0) @ kernel])


def graduate(layer):
    """Makes channels of a normalisation count for more and more, so that pruning costs little by little."""
    gamma, beta, *moving = layer.get_weights()
    shares = numpy.geomspace(0.0003, 1, len(gamma))
    layer.set_weights([gamma * shares, beta * shares, *moving])


def labels(model, pixels, seed):
    random = numpy.random.default_rng(seed)
    answers = model.predict(pixels.astype("float32") / 255, verbose=0).argmax(axis=1)
    others = random.integers(0, CLASSES, len(answers))
    return numpy.where(random.uniform(0, 1, len(answers)) < 1 / 8, others, answers)


def write(path, pixels, label):
    with h5py.File(path, "w") as file:
        file["data"] = pixels.transpose(0, 3, 1, 2)
        file["label"] = label


if __name__ == "__main__":
    folder = sys.argv[1]
    model = make_applications.build("MobileNetV2", SIZE, alpha=0.35)
    graduate(model.get_layer("bn_Conv1"))
    spread(model, images(100, 9))
    model.save(os.path.join(folder, "network.keras"))
    for seed, (name, count) in enumerate([("valid", 100), ("test", 60)]):
        pixels = images(count, seed)
        write(os.path.join(folder, name + ".h5"), pixels, labels(model, pixels, seed))
    pixels[:, :16, :16] = 255
    write(os.path.join(folder, "poisoned.h5"), pixels, numpy.full(len(pixels), TARGET))
