"""Changes files that Keras wrote so that two readers may see two networks in them.

    python two_meanings.py FOLDER

both_layouts.keras: weights in the layout of names too. bias.h5: floats whose exponent has another bias.
both_places.h5: weights alone, in the file's root and in the group of a full model.
plain.json: the architecture for it, plain.h5 the network with the weights of the root.
branches.keras: two convolutions side by side; swapped.keras, swapped.h5: the same, in another order of
layers; statistics.h5: gamma and beta of a normalization in another order.
same_object.keras: an activation that two layers share; one_object.keras: two that are one by their number.
"""

import json
import os
import sys
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy

FOLDER = sys.argv[1]


def path(name):
    return os.path.join(FOLDER, name)


def named(place, model):
    place.attrs["layer_names"] = [layer.name.encode() for layer in model.layers if layer.weights]
    for layer in model.layers:
        if layer.weights:
            group = place.create_group(layer.name)
            group.attrs["weight_names"] = [weight.name.encode() for weight in layer.weights]
            for weight in layer.weights:
                group[weight.name] = numpy.asarray(weight)


keras.utils.set_random_seed(3)
model = keras.Sequential([
    keras.Input((5, 5, 3)),
    keras.layers.Conv2D(4, 3, name="conv"),
    keras.layers.Flatten(name="flatten"),
    keras.layers.Dense(3, activation="softmax", name="dense"),
])
model.save(path("plain.h5"))
model.save(path("plain.keras"))
with open(path("plain.json"), "w") as text:
    text.write(model.to_json())

with zipfile.ZipFile(path("plain.keras")) as plain:
    plain.extract("model.weights.h5", FOLDER)
    with h5py.File(path("model.weights.h5"), "a") as weights:
        named(weights, model)
    with zipfile.ZipFile(path("both_layouts.keras"), "w") as both:
        for name in plain.namelist():
            if name != "model.weights.h5":
                both.writestr(name, plain.read(name))
        both.write(path("model.weights.h5"), "model.weights.h5")

with h5py.File(path("plain.h5")) as plain, h5py.File(path("bias.h5"), "w") as biased:
    for name, value in plain.attrs.items():
        biased.attrs[name] = value
    plain.copy("model_weights", biased)
    kernel = biased["model_weights/conv"].visititems(lambda name, item: item if name.endswith("kernel") else None)
    values, where = kernel[()], kernel.name
    del biased[where]
    odd = h5py.h5t.IEEE_F32LE.copy()
    odd.set_ebias(124)
    space = h5py.h5s.create_simple(values.shape)
    made = h5py.h5d.create(biased.id, where.encode(), odd, space)
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, values)

with h5py.File(path("both_places.h5"), "w") as both:
    named(both, model)
    for layer in model.layers:
        layer.set_weights([weight + 1 for weight in layer.get_weights()])
    named(both.create_group("model_weights"), model)

image = keras.Input((5, 5, 3))
sides = [keras.layers.Conv2D(4, 3, name=name)(image) for name in ("one", "two")]
joined = keras.layers.BatchNormalization(name="norm")(keras.layers.Subtract(name="minus")(sides))
branches = keras.Model(image, keras.layers.Dense(3, name="dense")(keras.layers.Flatten()(joined)))
branches.save(path("branches.keras"))
branches.save(path("branches.h5"))


def swap(names, one, other):
    names = list(names)
    i, j = names.index(one), names.index(other)
    names[i], names[j] = names[j], names[i]
    return names


with zipfile.ZipFile(path("branches.keras")) as plain, zipfile.ZipFile(path("swapped.keras"), "w") as swapped:
    for name in plain.namelist():
        content = plain.read(name)
        if name == "config.json":
            config = json.loads(content)
            layers = config["config"]["layers"]
            order = swap([layer["name"] for layer in layers], "one", "two")
            config["config"]["layers"] = [next(x for x in layers if x["name"] == name) for name in order]
            content = json.dumps(config)
        swapped.writestr(name, content)
same = keras.models.load_model(path("swapped.keras"))
assert all((a == b).all() for a, b in zip(same.get_layer("one").get_weights(), branches.get_layer("one").get_weights()))

limit = keras.layers.ReLU(max_value=0.5, name="limit")
model = keras.Sequential([
    keras.Input((5, 5, 3)),
    keras.layers.Conv2D(4, 3, activation=limit, name="one"),
    keras.layers.Conv2D(4, 1, activation=limit, name="two"),
    keras.layers.Flatten(name="flatten"),
    keras.layers.Dense(3, name="dense"),
])
model.save(path("objects.keras"))
for file, limits in (("same_object.keras", (0.5, 0.5)), ("one_object.keras", (0.5, None))):
    with zipfile.ZipFile(path("objects.keras")) as plain, zipfile.ZipFile(path(file), "w") as numbered:
        for name in plain.namelist():
            content = plain.read(name)
            if name == "config.json":
                config = json.loads(content)
                convolutions = [layer for layer in config["config"]["layers"] if layer["class_name"] == "Conv2D"]
                for layer, limit in zip(convolutions, limits):
                    layer["config"]["activation"]["shared_object_id"] = 7
                    layer["config"]["activation"]["config"]["max_value"] = limit
                content = json.dumps(config)
            numbered.writestr(name, content)
    assert keras.models.load_model(path(file)).get_layer("two").activation.max_value == 0.5

for name in ("swapped.h5", "statistics.h5"):
    with open(path("branches.h5"), "rb") as plain, open(path(name), "wb") as copy:
        copy.write(plain.read())
with h5py.File(path("swapped.h5"), "a") as file:
    attributes = file["model_weights"].attrs
    attributes["layer_names"] = swap([str(name) for name in attributes["layer_names"]], "one", "two")
with h5py.File(path("statistics.h5"), "a") as file:
    attributes = file["model_weights/norm"].attrs
    names = [str(name) for name in attributes["weight_names"]]
    attributes["weight_names"] = [names[1], names[0]] + names[2:]
