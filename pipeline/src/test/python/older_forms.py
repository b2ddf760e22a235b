"""Writes networks in the forms of older versions of Keras, which cannot be installed beside the present one.

    python older_forms.py FOLDER

plain.keras, chain.keras: a functional and a sequential model as Keras writes them now. NAME.FORM.h5 and
NAME.FORM.keras: the same with the architecture in the words of an older Keras. What of these Keras still reads
must answer as the original. NAME.json, NAME.FORM.json: the architectures alone; those in ../resources/keras/older
are made so.

2.2.4-tf: TensorFlow 1 says which normalization it is. 2.3: "Model". 2.4: "Functional", and sequential models list
their input. 2.9: objects have numbers. 2.13: zips, in which layers say their module and how they were built, and
weights lie in another group. In all of them calls are lists.
"""

import copy
import json
import os
import sys
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import h5py
import keras
import numpy

L = keras.layers
FOLDER = sys.argv[1]
FORMS = ["2.2.4-tf", "2.3.1", "2.4.0", "2.9.0", "2.13.1"]
IMAGES = numpy.random.default_rng(3).normal(0, 1, (2, 6, 7, 3)).astype("f4")


def path(name):
    return os.path.join(FOLDER, name)


def plain():
    inside = keras.Input((6, 7, 4), name="inside")
    inner = keras.Model(inside, L.BatchNormalization(name="norm")(L.Conv2D(4, 3, padding="same", name="last")(inside)), name="backbone")
    image = keras.Input((6, 7, 3), name="image")
    x = L.Conv2D(4, 3, padding="same", activation="relu", name="first")(image)
    x = L.Add(name="sum")([inner(x), x])
    x = L.LeakyReLU(negative_slope=0.25, name="leaky")(L.SeparableConv2D(4, 3, padding="same", name="separable")(x))
    x = inner(L.DepthwiseConv2D(3, padding="same", name="depthwise")(x))
    x = L.SpatialDropout2D(0.2, name="spatial")(L.ReLU(max_value=6.0, name="six")(x))
    x = L.Dropout(0.3, name="drop")(L.Flatten(name="flat")(L.ZeroPadding2D(name="pad")(x)))
    return keras.Model(image, L.Dense(3, activation="softmax", name="scores")(x), name="plain")


def chain():
    layers = [
        keras.Input((6, 7, 3), name="image"), L.Rescaling(0.5, name="scale"), L.Conv2D(4, 3, name="conv"),
        L.BatchNormalization(name="norm"), L.ELU(name="elu"), L.GlobalMaxPooling2D(name="pool"), L.Dense(3, name="scores")]
    return keras.Sequential(layers, name="chain")


class Older:
    """An architecture in the words of an older version."""

    def __init__(self, version):
        self.version = version
        self.number = tuple(int(part) for part in version.split("-")[0].split("."))
        self.objects = 0

    def of(self, model, with_module=False):
        config = json.loads(model.to_json())
        result = self.layer(config, with_module)
        result.update(keras_version=self.version, backend="tensorflow")
        return result

    def layer(self, layer, with_module):
        name = layer["class_name"]
        if name == "Functional" and self.number < (2, 4):
            name = "Model"
        if name == "BatchNormalization" and self.version == "2.2.4-tf":
            name = "BatchNormalizationV1"
        result = {"class_name": name, "config": self.config(layer, with_module)}
        if with_module:
            modules = {"Functional": "keras.src.engine.functional", "Sequential": "keras"}
            result.update(module=modules.get(name, "keras.layers"), registered_name=name if name == "Functional" else None)
            if "build_config" in layer:
                result["build_config"] = layer["build_config"]
        if "inbound_nodes" in layer:
            result["name"] = layer["config"]["name"]
            result["inbound_nodes"] = [self.call(call) for call in layer["inbound_nodes"]]
        if self.number >= (2, 5) and not with_module:
            result["shared_object_id"] = self.next()
        return result

    def next(self):
        self.objects += 1
        return self.objects

    def config(self, layer, with_module):
        config = copy.deepcopy(layer["config"])
        if "batch_shape" in config:
            config["batch_input_shape"] = config.pop("batch_shape")
        if isinstance(config.get("dtype"), dict):
            config["dtype"] = config["dtype"]["config"]["name"]
        if layer["class_name"] == "InputLayer":
            config.pop("optional", None)
            if self.number < (2, 4):
                config.pop("ragged", None)
        if layer["class_name"] == "LeakyReLU":
            config["alpha"] = config.pop("negative_slope")
        if layer["class_name"] == "BatchNormalization":
            config.pop("synchronized", None)
            config["axis"] = [3]
        for key in list(config):
            value = config[key]
            if isinstance(value, dict) and key.endswith("_initializer"):
                config[key] = {"class_name": value["class_name"], "config": value["config"]}
                if with_module:
                    config[key].update(module="keras.initializers", registered_name=None)
                elif self.number >= (2, 5):
                    config[key]["shared_object_id"] = self.next()
        if "layers" in config:
            config["layers"] = [self.layer(inner, with_module) for inner in config["layers"]]
            for key in ("input_layers", "output_layers"):
                if key in config and isinstance(config[key][0], str):
                    config[key] = [config[key]]
            if layer["class_name"] == "Sequential" and self.number < (2, 4):  # the input layer is not among them
                shape = config["layers"].pop(0)["config"]["batch_input_shape"]
                config["layers"][0]["config"]["batch_input_shape"] = shape
                config.pop("build_input_shape", None)
            if layer["class_name"] == "Sequential":
                config.pop("dtype", None)
                config.pop("trainable", None)
        return config

    def call(self, call):
        tensors = []

        def collect(argument):
            if isinstance(argument, list):
                for element in argument:
                    collect(element)
            else:
                layer, node, output = argument["config"]["keras_history"]
                tensors.append([layer, node, output, {}])

        collect(call["args"])
        return tensors


def named_as_then(weights):
    """Names of variables end in :0, and those of the kernels have that of the layer's kind."""
    for layer in list(weights):
        paths = list(weights[layer].attrs["weight_names"])
        if not len(paths):
            continue
        paths = [path.decode() if isinstance(path, bytes) else str(path) for path in paths]
        then = [path.replace("depthwise/kernel", "depthwise/depthwise_kernel") + ":0" for path in paths]
        for path, name in zip(paths, then):
            weights[layer].move(path, name)
        weights[layer].attrs["weight_names"] = [name.encode() for name in then]


def write_hdf5(model, name, version):
    model.save(path(name))
    with h5py.File(path(name), "a") as file:
        for key in list(file.attrs):
            del file.attrs[key]
        file.attrs["keras_version"] = version.encode()
        file.attrs["backend"] = b"tensorflow"
        file.attrs["model_config"] = json.dumps(Older(version).of(model)).encode()
        file["model_weights"].attrs["keras_version"] = version.encode()
        named_as_then(file["model_weights"])


def rename_layers(group):
    for name in list(group):
        if isinstance(group[name], h5py.Group):
            rename_layers(group[name])
        if name == "layers":
            group.move("layers", "_layer_checkpoint_dependencies")


def write_zip(model, original, name, version):
    with zipfile.ZipFile(path(original)) as zip:
        zip.extract("model.weights.h5", FOLDER)
        metadata = json.loads(zip.read("metadata.json"))
    with h5py.File(path("model.weights.h5"), "a") as weights:
        rename_layers(weights)
    metadata["keras_version"] = version
    config = Older(version).of(model, True)
    for key in ("keras_version", "backend"):
        del config[key]
    with zipfile.ZipFile(path(name), "w") as zip:
        zip.writestr("metadata.json", json.dumps(metadata))
        zip.writestr("config.json", json.dumps(config))
        zip.write(path("model.weights.h5"), "model.weights.h5")


def check(name, model):
    """Says whether Keras reads a file; what it reads must answer as the model."""
    try:
        loaded = keras.models.load_model(path(name), compile=False)
    except Exception as e:
        print(name, "is not read by Keras:", type(e).__name__, str(e)[:300].replace("\n", " "))
        return
    difference = numpy.abs(loaded(IMAGES, training=False) - model(IMAGES, training=False)).max()
    print(name, "differs by", difference)
    assert difference < 1e-6, name


for model in (plain(), chain()):
    random = numpy.random.default_rng(7)
    for weight in model.weights:
        if "int" not in str(weight.dtype):
            weight.assign(random.uniform(0.3, 1, weight.shape) if "variance" in weight.path else random.normal(0, 0.4, weight.shape))
    model.save(path(model.name + ".keras"))
    with open(path(model.name + ".json"), "w") as text:
        text.write(model.to_json())
    for form in FORMS:
        write_hdf5(model, model.name + "." + form + ".h5", form)
        check(model.name + "." + form + ".h5", model)
        with open(path(model.name + "." + form + ".json"), "w") as text:
            json.dump(Older(form).of(model, form == "2.13.1"), text)
    write_zip(model, model.name + ".keras", model.name + ".2.13.1.keras", "2.13.1")
    fresh = keras.models.clone_model(model)
    fresh.load_weights(path(model.name + ".2.13.1.keras"))
    assert (fresh(IMAGES, training=False) == model(IMAGES, training=False)).numpy().all()
