"""Writes the HDF5 files in ../resources/keras: one small network, stored in the ways Keras stores networks.

    python make_small_models.py      needs numpy and h5py

The network: 5x5x1 -> Conv2D "conv" of 4 filters 3x3, relu -> Flatten -> Dense "dense" of 3, softmax.
Values count up: kernel 0, 1/64, 2/64, ...; every variable begins where the one before it ended.
"""

import json
import os
import zlib

import h5py
import numpy as np

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "keras")

SHAPES = {
    "conv": {"kernel": (3, 3, 1, 4), "bias": (4,)},
    "dense": {"kernel": (36, 3), "bias": (3,)},
}


def values():
    next_value, result = 0, {}
    for layer, variables in SHAPES.items():
        result[layer] = {}
        for name, shape in variables.items():
            size = int(np.prod(shape))
            result[layer][name] = (np.arange(next_value, next_value + size) / 64).astype("f4").reshape(shape)
            next_value += size
    return result


def architecture():
    def layer(kind, name, inbound, **config):
        return {"class_name": kind, "name": name, "config": dict(config, name=name), "inbound_nodes": inbound}

    return {
        "class_name": "Model",
        "keras_version": "2.3.1",
        "config": {
            "name": "small",
            "layers": [
                layer("InputLayer", "input", [], batch_input_shape=[None, 5, 5, 1], dtype="float32"),
                layer("Conv2D", "conv", [[["input", 0, 0, {}]]], filters=4, kernel_size=[3, 3], activation="relu"),
                layer("Flatten", "flatten", [[["conv", 0, 0, {}]]]),
                layer("Dense", "dense", [[["flatten", 0, 0, {}]]], units=3, activation="softmax"),
            ],
            "input_layers": [["input", 0, 0]],
            "output_layers": [["dense", 0, 0]],
        },
    }


def create(name, **options):
    return h5py.File(os.path.join(OUT, name), "w", **options)


def write_named(group, dataset):
    """The layout of Keras 2; `dataset(group, path, values)` writes one variable."""
    group.attrs["layer_names"] = [b"input", b"conv", b"flatten", b"dense"]
    for layer in ("input", "conv", "flatten", "dense"):
        stored = group.create_group(layer)
        paths = ["%s/%s:0" % (layer, name) for name in SHAPES.get(layer, {})]
        stored.attrs["weight_names"] = [path.encode() for path in paths]
        for path, (name, array) in zip(paths, values().get(layer, {}).items()):
            dataset(stored, path, array)


def plain(group, path, array):
    group.create_dataset(path, data=array)


def weights_only():
    with create("small.h5") as file:
        write_named(file, plain)


def compressed():
    def dataset(group, path, array):
        if path.endswith("bias:0"):
            return plain(group, path, array)
        chunks = tuple((n + 1) // 2 for n in array.shape)
        group.create_dataset(path, data=array, chunks=chunks, compression="gzip", shuffle=True, fletcher32=True)

    with create("compressed.h5") as file:
        write_named(file, dataset)


def inflated():
    """A chunk that says it holds four values and inflates to a million bytes."""
    def dataset(group, path, array):
        if path != "conv/bias:0":
            return plain(group, path, array)
        stored = group.create_dataset(path, shape=(4,), dtype="f4", chunks=(4,), compression="gzip")
        stored.id.write_direct_chunk((0,), zlib.compress(bytes(1 << 20), 9))

    with create("inflated.h5") as file:
        write_named(file, dataset)


def split():
    """A full model whose long attributes are written in parts, by the newest HDF5 format."""
    with create("split.h5", libver="latest") as file:
        config = json.dumps(architecture())
        file.attrs["model_config0"] = config[:100]
        file.attrs["model_config1"] = config[100:]
        group = file.create_group("model_weights")
        write_named(group, plain)
        names = list(group.attrs["layer_names"])
        del group.attrs["layer_names"]
        group.attrs["layer_names0"] = names[:3]
        group.attrs["layer_names1"] = names[3:]
        for layer in SHAPES:
            paths = list(group[layer].attrs["weight_names"])
            del group[layer].attrs["weight_names"]
            group[layer].attrs["weight_names0"] = paths[:1]
            group[layer].attrs["weight_names1"] = paths[1:]
        group.create_group("top_level_model_weights").attrs["weight_names"] = []


def text_of(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def fixed():
    """A full model whose attributes are strings of fixed length, as old versions of h5py write them."""
    with create("fixed.h5") as file:
        file.attrs["model_config"] = np.bytes_(json.dumps(architecture()))
        group = file.create_group("model_weights")
        write_named(group, plain)
        for named in (group, *(group[layer] for layer in group)):
            for name in list(named.attrs):
                strings = [text_of(text) for text in named.attrs[name]]
                del named.attrs[name]
                named.attrs[name] = np.array([text.encode() for text in strings], dtype="S80")


def texts():
    """A full model whose attributes are text, not bytes."""
    with create("texts.h5") as file:
        file.attrs["model_config"] = json.dumps(architecture())
        group = file.create_group("model_weights")
        write_named(group, plain)
        for named in (group, *(group[layer] for layer in group)):
            for name in list(named.attrs):
                named.attrs[name] = [text_of(text) for text in named.attrs[name]]


def circle():
    """Groups that hold each other; beside them a network that can be read."""
    with create("circle.h5") as file:
        write_named(file, plain)
        file["conv/conv/self"] = file["conv/conv"]
        file["dense/root"] = file["/"]


def virtual():
    """A variable that is a view of another file's."""
    def dataset(group, path, array):
        if path != "conv/kernel:0":
            return plain(group, path, array)
        layout = h5py.VirtualLayout(shape=array.shape, dtype="f4")
        layout[...] = h5py.VirtualSource("small.h5", "conv/conv/kernel:0", shape=array.shape)
        group.create_virtual_dataset(path, layout)

    with create("virtual.h5", libver="latest") as file:
        write_named(file, dataset)


def precisions():
    types = {"conv/kernel:0": ">f4", "conv/bias:0": "<f2", "dense/kernel:0": "<f8", "dense/bias:0": ">f8"}
    with create("precisions.h5") as file:
        write_named(file, lambda group, path, array: group.create_dataset(path, data=array.astype(types[path])))


def wide():
    """As precisions, without the one that cannot hold every float32."""
    types = {"conv/kernel:0": ">f4", "conv/bias:0": ">f8", "dense/kernel:0": "<f8", "dense/bias:0": "<f4"}
    with create("wide.h5") as file:
        write_named(file, lambda group, path, array: group.create_dataset(path, data=array.astype(types[path])))


def linked():
    """Variables that are links: out of the file, and to another place in it."""
    def dataset(group, path, array):
        inner = group.require_group(path.split("/")[0])
        if path == "conv/kernel:0":
            inner["kernel:0"] = h5py.ExternalLink("small.h5", "/conv/conv/kernel:0")
        elif path == "dense/bias:0":
            inner["bias:0"] = h5py.SoftLink("/dense/dense/kernel:0")
        else:
            plain(group, path, array)

    with create("linked.h5") as file:
        write_named(file, dataset)


def by_position():
    """What Keras 3 writes as .weights.h5."""
    with create("by_position.weights.h5") as file:
        file.create_group("vars")
        for group, layer in (("conv2d", "conv"), ("flatten", "flatten"), ("dense", "dense")):
            stored = file.create_group("layers/%s/vars" % group)
            for position, array in enumerate(values().get(layer, {}).values()):
                stored.create_dataset(str(position), data=array)


def shared():
    """A chain of twelve dense layers 40 -> 40, d0, d1, ..., whose kernels are one and the same."""
    with create("shared.h5", libver="latest") as file:
        file.attrs["layer_names"] = [b"d%d" % i for i in range(12)]
        kernel = np.zeros((40, 40), "f4")
        for i in range(12):
            stored = file.create_group("d%d" % i)
            stored.attrs["weight_names"] = [b"kernel:0"]
            stored["kernel:0"] = file["d0/kernel:0"] if i else kernel


if __name__ == "__main__":
    with open(os.path.join(OUT, "small.json"), "w") as text:
        json.dump(architecture(), text, indent=1)
        text.write("\n")
    for write in (weights_only, compressed, inflated, split, precisions, wide, linked, by_position, shared, fixed, texts, circle, virtual):
        write()
