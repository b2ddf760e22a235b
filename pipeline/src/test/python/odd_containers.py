"""Saves networks whose containers are odd, in Keras itself, and says what is in them.

    python odd_containers.py FOLDER

long: 1,100 layers with names of 60 characters, which do not fit into one attribute of an HDF5 file.
mixed: computes in float16 where it may; its answers, and those of the same weights in float32.
exported: a folder as model.export() writes it.
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy as np

FOLDER = sys.argv[1]

# Keras follows the layers of a model from the last one to the first.
sys.setrecursionlimit(20_000)


def path(name):
    return os.path.join(FOLDER, name)


def write(name, array):
    np.asarray(array, ">f4").tofile(path(name))


def long():
    layers = [keras.layers.Input((5, 5, 1)), keras.layers.Conv2D(4, 3, name="c" * 60)]
    layers += [keras.layers.Activation("relu", name="a%059d" % i) for i in range(1100)]
    layers += [keras.layers.Flatten(name="f" * 60), keras.layers.Dense(3, name="d" * 60)]
    model = keras.Sequential(layers)
    model.save(path("long.h5"))
    model.save(path("long.keras"))
    model.save_weights(path("long.weights.h5"))
    with open(path("long.json"), "w") as text:
        text.write(model.to_json())
    with h5py.File(path("long.h5")) as file:
        attributes = file["model_weights"].attrs
        assert "layer_names" not in attributes and "layer_names1" in attributes


def net(policy):
    keras.config.set_dtype_policy(policy)
    return keras.Sequential([
        keras.layers.Input((9, 9, 3)),
        keras.layers.Conv2D(8, 3, activation="relu", name="conv"),
        keras.layers.BatchNormalization(name="norm"),
        keras.layers.MaxPooling2D(name="pool"),
        keras.layers.Flatten(name="flatten"),
        keras.layers.Dense(5, activation="softmax", dtype="float32", name="dense"),
    ])


def mixed():
    keras.utils.set_random_seed(7)
    plain = net("float32")
    images = np.random.default_rng(7).random((6, 9, 9, 3), "f4")
    write("images", images)
    write("float32", plain.predict(images, verbose=0))
    for policy in ("mixed_float16", "mixed_bfloat16"):
        model = net(policy)
        model.set_weights(plain.get_weights())
        model.save(path(policy + ".keras"))
        model.save(path(policy + ".h5"))
        write(policy, model.predict(images, verbose=0))
    plain.export(path("exported"))


long()
mixed()
