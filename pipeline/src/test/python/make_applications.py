"""Builds networks of keras.applications with random weights; writes them and their answers.

    python make_applications.py FOLDER

NAME.keras of every network, and answers.h5 as that of make_networks.py, each with an input of its own.
"""

import os
import sys

import h5py
import keras
import numpy

import make_networks

# The smallest images that each takes, and the convolution that is pruned: the one that is by default.
APPLICATIONS = {
    "ResNet50": (32, "conv5_block3_3_conv"),
    "ResNet50V2": (32, "conv5_block3_3_conv"),
    "MobileNetV2": (32, "Conv_1"),
    "EfficientNetB0": (32, "top_conv"),
    "DenseNet121": (32, "conv5_block16_2_conv"),
    "Xception": (71, "block14_sepconv2"),
    "InceptionV3": (75, "conv2d_92"),
    "VGG16": (32, "block5_conv3"),
}


def build(name, size, **more):
    keras.utils.set_random_seed(7)
    options = dict(weights=None, input_shape=(size, size, 3), **more)
    model = getattr(keras.applications, name)(classes=10, classifier_activation=None, **options)
    random = numpy.random.default_rng(7)
    for weight in model.weights:
        kind = weight.path.split("/")[-1]
        if "variance" in kind:
            weight.assign(random.uniform(0.5, 1.5, weight.shape))
        elif kind == "gamma":
            weight.assign(random.normal(1, 0.1, weight.shape))
        elif "kernel" not in kind and "int" not in str(weight.dtype):
            weight.assign(random.normal(0, 0.1, weight.shape))
    kernel = model.layers[-1].kernel
    kernel.assign(kernel * 20)  # scores far enough apart to compare them
    return make_networks.refreshed(model)


if __name__ == "__main__":
    folder = sys.argv[1]
    with h5py.File(os.path.join(folder, "answers.h5"), "w") as file:
        for name, (size, convolution) in APPLICATIONS.items():
            model = build(name, size)
            group = file.create_group(name)
            images = numpy.random.default_rng(3).uniform(0, 255 if "Efficient" in name else 2, (2, size, size, 3))
            group["input"] = images.astype("f4")
            group["output"] = make_networks.answers(model, group["input"][:])
            path, layer = next(found for found in make_networks.convolutions(model) if found[0][-1] == convolution)
            channels = numpy.arange(0, layer.filters, 2)
            place = group.create_group("masked/" + "|".join(path))
            place["channels"] = channels.astype("i4")
            place["output"] = make_networks.masked(model, layer, channels, group["input"][:])
            model.save(os.path.join(folder, name + ".keras"))
            keras.backend.clear_session()
