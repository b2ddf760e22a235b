"""Builds small networks of every supported layer over its options in Keras; writes them and their answers.

    python make_networks.py FOLDER          NAME.keras and NAME.h5 of every network, answers.h5
    python make_networks.py FOLDER small    NAME.keras, compressed, of every network, NAME.h5 of a few
    python make_networks.py FOLDER models   of those made of several layers also NAME.json, and the weights alone as
                                            Keras 3 (NAME.weights.h5) and as Keras 2 write them (NAME.old.h5)

answers.h5: input (image, height, width, channel), NAME/input instead for networks that take integers, and for
every network NAME/output (image, class) and for some of its convolutions NAME/masked/LAYER/channels and
NAME/masked/LAYER/output: the answers with kernel and bias of these channels at 0. LAYER is the path of the layer in models in models, with | between the names.

Weights are random and seeded by the network's name, so that none is 0 or 1 by chance.
"""

import itertools
import os
import sys
import zipfile
import zlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import h5py
import keras
import numpy
from keras import layers as L

IMAGE = (5, 6, 3)
IMAGES = 2
MASKED = 3  # so many convolutions of a network, at most

ACTIVATIONS = (
    "elu exponential gelu hard_sigmoid hard_silu hard_swish leaky_relu linear log_sigmoid mish relu relu6 selu"
    " sigmoid silu softmax softplus softsign swish tanh"
).split()

# Layers that follow a convolution of four channels, and the options they are tried with.
OPTIONS = {
    "Activation": [dict(activation=name) for name in ACTIVATIONS],
    "ActivityRegularization": [dict(l1=0.1)],
    "AlphaDropout": [dict(rate=0.4)],
    "AveragePooling2D": [dict(pool_size=2), dict(pool_size=(3, 2), strides=(1, 2), padding="same"), dict(pool_size=3, strides=1)],
    "BatchNormalization": [dict(), dict(scale=False, epsilon=0.1), dict(center=False), dict(scale=False, center=False), dict(axis=3)],
    "Conv2D": [
        dict(filters=5, kernel_size=3),
        dict(filters=4, kernel_size=(2, 3), strides=(2, 1), padding="same", use_bias=False),
        dict(filters=6, kernel_size=2, dilation_rate=(2, 3), activation="tanh"),
        dict(filters=6, kernel_size=(3, 2), groups=2, padding="same"),
        dict(filters=4, kernel_size=4, strides=3, padding="same", activation="gelu"),
    ],
    "Cropping2D": [dict(cropping=1), dict(cropping=(2, 1)), dict(cropping=((0, 1), (2, 1)))],
    "Dense": [dict(units=5), dict(units=3, use_bias=False, activation="selu")],
    "DepthwiseConv2D": [
        dict(kernel_size=3),
        dict(kernel_size=(2, 3), use_bias=False, padding="same"),
        dict(kernel_size=3, strides=2, depth_multiplier=2, padding="same", activation="relu6"),
        dict(kernel_size=2, dilation_rate=(2, 3), padding="same"),
        dict(kernel_size=(3, 2), depth_multiplier=3),
    ],
    "Dropout": [dict(rate=0.4)],
    "ELU": [dict(), dict(alpha=0.3)],
    "Flatten": [dict()],
    "GaussianDropout": [dict(rate=0.4)],
    "GaussianNoise": [dict(stddev=0.9)],
    "GlobalAveragePooling2D": [dict(), dict(keepdims=True)],
    "GlobalMaxPooling2D": [dict(), dict(keepdims=True)],
    "GroupNormalization": [dict(groups=2), dict(groups=-1, epsilon=0.1, scale=False), dict(groups=1, center=False), dict(groups=4)],
    "Identity": [dict()],
    "LayerNormalization": [dict(), dict(axis=[1, 2, 3], epsilon=0.1), dict(axis=2, center=False), dict(axis=[1, 3], scale=False)],
    "LeakyReLU": [dict(), dict(negative_slope=0.05)],
    "MaxPooling2D": [dict(), dict(pool_size=(3, 2), strides=(1, 2), padding="same")],
    "Normalization": [dict(), dict(axis=(1, 3)), dict(mean=[1.0, -2.0, 0.0, 0.5], variance=[2.0, 0.5, 1.0, 4.0]),
                      dict(axis=None, mean=0.7, variance=3.0), dict(invert=True), dict(mean=[1.0, 2.0, 3.0, 0.0], variance=[2.0, 0.0, 1.0, 4.0], invert=True),
                      dict(axis=None), dict(axis=None, invert=True), dict(axis=None, mean=-0.7, variance=0.3, invert=True)],
    "PReLU": [dict(), dict(shared_axes=[1, 2]), dict(shared_axes=[3])],
    "Permute": [dict(dims=(2, 1, 3)), dict(dims=(3, 1, 2))],
    "RandomBrightness": [dict(factor=0.4)],
    "RandomColorJitter": [dict(brightness_factor=0.4, contrast_factor=0.4)],
    "RandomContrast": [dict(factor=0.4)],
    "RandomErasing": [dict(factor=1.0)],
    "RandomFlip": [dict(), dict(mode="horizontal")],
    "RandomRotation": [dict(factor=0.4)],
    "RandomShear": [dict(x_factor=0.4, y_factor=0.4)],
    "RandomTranslation": [dict(height_factor=0.4, width_factor=0.4)],
    "RandomZoom": [dict(height_factor=0.4)],
    "ReLU": [dict(), dict(max_value=1.5), dict(negative_slope=0.2, threshold=0.3, max_value=2.0), dict(threshold=0.5), dict(negative_slope=0.1)],
    "Rescaling": [dict(scale=0.5, offset=-1.0), dict(scale=[0.5, 2.0, -1.0, 1.0], offset=[0.0, 1.0, 0.5, -1.0]), dict(scale=[0.5, 2.0, -1.0, 1.0])],
    "Reshape": [dict(target_shape=(6, 20)), dict(target_shape=(-1, 5, 2)), dict(target_shape=(120,))],
    "SeparableConv2D": [
        dict(filters=5, kernel_size=3),
        dict(filters=4, kernel_size=(3, 2), strides=2, depth_multiplier=2, padding="same", use_bias=False),
        dict(filters=3, kernel_size=2, dilation_rate=2, activation="silu"),
    ],
    "Softmax": [dict(), dict(axis=1), dict(axis=[-2])],
    "SpatialDropout2D": [dict(rate=0.4)],
    "UpSampling2D": [dict(), dict(size=(3, 2), interpolation="bilinear"), dict(size=(1, 3))],
    "ZeroPadding2D": [dict(), dict(padding=(2, 1)), dict(padding=((0, 1), (2, 1)))],
}

# Augmentations that only take images of three channels stand before the convolution.
OF_COLOURS = {
    "RandomGaussianBlur": dict(factor=1.0),
    "RandomGrayscale": dict(factor=1.0),
    "RandomHue": dict(factor=0.4),
    "RandomInvert": dict(factor=1.0),
    "RandomPerspective": dict(factor=1.0),
    "RandomSaturation": dict(factor=0.4),
    "RandomSharpness": dict(factor=0.4),
}

MERGES = ["Add", "Average", "Concatenate", "Maximum", "Minimum", "Multiply", "Subtract"]


def conv(name, filters=4, size=3, **options):
    return L.Conv2D(filters, size, padding="same", name=name, **options)


def scores(x, **options):
    x = x if len(x.shape) == 2 else L.Flatten()(x)
    return L.Dense(3, name="scores", **options)(x)


def network(build, dtype=None):
    image = keras.Input(IMAGE, name="image", dtype=dtype)
    return keras.Model(image, build(image))


def of_options():
    for kind, choices in OPTIONS.items():
        for place, options in enumerate(choices):
            layer = lambda x, kind=kind, options=options: scores(getattr(L, kind)(**options)(conv("conv")(x)))
            yield "%s_%d" % (kind, place), network(layer)
    for kind, options in OF_COLOURS.items():
        layer = lambda x, kind=kind, options=options: scores(conv("conv")(getattr(L, kind)(**options)(x)))
        yield kind + "_0", network(layer)
    for kind in MERGES:
        def merged(x, kind=kind):
            one, other = conv("one")(x), conv("other", activation="relu")(x)
            return scores(getattr(L, kind)()([one, other]))
        yield kind + "_0", network(merged)
    for kind in MERGES[:2] + MERGES[3:]:
        def spread(x, kind=kind):
            one, other = conv("one")(x), conv("other")(x)
            gate = L.GlobalAveragePooling2D(keepdims=True)(other)
            third = [] if kind == "Subtract" else [L.AveragePooling2D((5, 1))(other)]
            return scores(getattr(L, kind)()([one, gate] + third))
        yield kind + "_1", network(spread)
    yield "Multiply_2", network(lambda x: scores(L.Multiply()([conv("one")(x), L.GlobalMaxPooling2D()(conv("other")(x))])))
    for axis in (1, 2):
        yield "Concatenate_%d" % axis, network(
            lambda x: scores(L.Concatenate(axis=axis)([conv("one")(x), L.ReLU()(conv("other")(x)), conv("third")(x)])))
    for kind in ("GlobalAveragePooling1D", "GlobalMaxPooling1D"):
        for place, keepdims in enumerate((False, True)):
            yield "%s_%d" % (kind, place), network(
                lambda x: scores(getattr(L, kind)(keepdims=keepdims)(L.SpatialDropout1D(0.5)(L.Reshape((-1, 4))(conv("conv")(x))))))


def backbone(name, **options):
    image = keras.Input(IMAGE)
    x = conv("first", activation="relu")(image)
    x = L.BatchNormalization(name="norm", **options)(x)
    return keras.Model(image, conv("last", 3)(x), name=name)


def head(name):
    return keras.Sequential([conv("conv"), L.BatchNormalization(), L.ReLU(), L.GlobalAveragePooling2D()], name=name)


def models():
    def nested(x):
        return scores(L.ReLU()(backbone("backbone")(x)), activation="softmax")
    yield "nested", network(nested)

    def twice(x):
        shared = backbone("backbone")
        return scores(L.Subtract()([shared(x), shared(shared(L.Rescaling(0.5)(x)))]), activation="sigmoid")
    yield "nested_called_twice", network(twice)

    def sequential(x):
        return scores(head("head")(conv("stem")(x)))
    yield "sequential_in_functional", network(sequential)
    yield "functional_in_sequential", keras.Sequential(
        [backbone("backbone"), head("head"), L.Dense(3, name="scores")], name="outer")
    yield "sequential", keras.Sequential(
        [keras.Input(IMAGE), conv("conv"), L.Activation("hard_sigmoid"), L.Flatten(), L.Dense(3, activation="softmax")])

    def deep(x):
        image = keras.Input(IMAGE)
        inner = backbone("inner")
        middle = keras.Model(image, conv("between")(inner(image)), name="middle")
        return scores(middle(x))
    yield "nested_in_nested", network(deep)
    image = keras.Input(IMAGE)
    classifier = keras.Model(image, scores(conv("inside", activation="relu")(image)), name="classifier")
    yield "nested_output", network(lambda x: classifier(L.Rescaling(0.1)(x)))

    def frozen(x):
        base = backbone("backbone")
        base.trainable = False
        return scores(head("head")(base(x)))
    yield "frozen", network(frozen)

    def partly(x):
        base = backbone("backbone")
        base.get_layer("first").trainable = False
        return scores(base(x))
    yield "partly_frozen", network(partly)

    # Keras writes the weights of what is frozen as a whole in yet another order.
    def all_but_one_frozen(x):
        base = backbone("backbone")
        base.trainable = False
        base.get_layer("last").trainable = True
        return scores(base(x))
    yield "all_but_one_frozen", network(all_but_one_frozen)

    def augmented(x):
        before = keras.Sequential(
            [L.RandomFlip(), L.RandomRotation(0.2), L.Normalization(), L.Rescaling(0.5)], name="before")
        return scores(L.Dropout(0.5)(conv("conv", activation="relu")(before(x))))
    yield "augmented", network(augmented)

    def residual(x):
        x = conv("stem", activation="relu")(x)
        y = L.BatchNormalization()(conv("branch_1")(x))
        y = conv("branch_2")(L.ReLU()(y))
        x = L.ReLU()(L.Add()([x, y]))
        return scores(L.GlobalAveragePooling2D()(x))
    yield "residual", network(residual)

    def excited(x):
        x = L.Activation("swish")(L.BatchNormalization()(conv("conv", 6)(x)))
        gate = L.Reshape((1, 1, 6))(L.GlobalAveragePooling2D()(x))
        gate = conv("widen", 6, 1, activation="sigmoid")(conv("narrow", 2, 1, activation="swish")(gate))
        return scores(L.GlobalAveragePooling2D()(L.Multiply()([x, gate])))
    yield "squeeze_excite", network(excited)

    def called(x):
        shared = conv("shared", 3)
        x = L.Activation("sigmoid")(shared(x))
        return scores(L.Concatenate()([shared(x), shared(L.ReLU()(x))]))
    yield "called_twice", network(called)

    def inception(x):
        branches = [
            conv("one", 2, 1, activation="relu")(x),
            conv("three", 3, activation="relu")(conv("before", 2, 1, activation="elu")(x)),
            conv("pooled", 2, 1)(L.MaxPooling2D(3, strides=1, padding="same")(x)),
        ]
        return scores(conv("last")(L.Concatenate()(branches)))
    yield "inception", network(inception)

    def separable(x):
        x = L.SeparableConv2D(4, 3, padding="same", depth_multiplier=2, name="separable", activation="relu")(x)
        x = L.DepthwiseConv2D(3, padding="same", use_bias=False, name="depthwise")(conv("conv")(x))
        return scores(L.ZeroPadding2D()(x))
    yield "separable", network(separable)

    def objects(x):
        x = conv("conv", activation=L.LeakyReLU(negative_slope=0.05))(x)
        return scores(x, activation=L.ReLU(max_value=2.0))
    yield "activation_objects", network(objects)

    def moved(x):
        x = L.PReLU(shared_axes=[1, 2])(conv("conv")(x))
        x = L.UpSampling2D(2)(L.Cropping2D(1)(L.ZeroPadding2D(2)(x)))
        x = L.DepthwiseConv2D(3, use_bias=False)(x)
        return scores(L.Dropout(0.5)(L.GlobalMaxPooling2D(keepdims=True)(x)), activation="softmax")
    yield "mask_moves", network(moved)

    def mixed(x):
        x = L.LayerNormalization()(conv("conv")(x))
        x = L.Dense(3, activation="mish")(x)
        x = L.GroupNormalization(3)(x)
        return scores(L.GlobalAveragePooling1D()(L.Permute((2, 1))(L.Reshape((-1, 3))(x))))
    yield "mixed", network(mixed)

    def rescaled(x):
        return scores(conv("conv")(L.Rescaling(1 / 255)(L.Identity()(L.Dropout(0.5)(x)))))
    yield "of_bytes", network(rescaled, "uint8")

    def converted(x):  # by the model in the model, whose input has floats
        return scores(L.GlobalAveragePooling2D()(backbone("backbone")(x)))
    yield "of_bytes_nested", network(converted, "uint8")

    def normalized(x):
        before = keras.Sequential(
            [keras.Input(IMAGE, dtype="int32"), L.RandomFlip(), L.Normalization(mean=100.0, variance=3000.0, axis=None)], name="before")
        return scores(conv("conv")(before(x)))
    yield "of_integers", network(normalized, "int32")


# Of these the HDF5 file is kept too: what lies in them differs from what lies in .keras files.
KEPT_AS_HDF5 = [
    "nested_called_twice", "frozen", "partly_frozen", "all_but_one_frozen", "augmented"
]


def randomize(model, name):
    random = numpy.random.default_rng(zlib.crc32(name.encode()))
    for weight in model.weights:
        kind = weight.path.split("/")[-1]
        if "int" in str(weight.dtype):
            continue
        if "variance" in kind:
            values = random.uniform(0.3, 2, weight.shape)
        elif kind == "gamma":
            values = random.normal(1, 0.3, weight.shape)
        elif "kernel" in kind:
            fan = numpy.prod(weight.shape[:2] if "depthwise" in weight.path else weight.shape[:-1])
            values = random.normal(0, 1 / numpy.sqrt(fan), weight.shape)
        else:
            values = random.normal(0, 0.5, weight.shape)
        weight.assign(values)
    return refreshed(model)


def refreshed(model):
    """Normalizations take their weights over once, when they are loaded or adapted."""
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            refreshed(layer)
        elif isinstance(layer, L.Normalization) and layer.input_mean is None:
            layer.finalize_state()
    return model


def convolutions(model, path=()):
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from convolutions(layer, path + (layer.name,))
        elif type(layer) in (L.Conv2D, L.SeparableConv2D):
            yield path + (layer.name,), layer


def answers(model, images):
    return numpy.asarray(model(images, training=False))


def masked(model, layer, channels, images):
    before = layer.get_weights()
    first = 1 if isinstance(layer, L.SeparableConv2D) else 0  # its depthwise kernel stays
    after = [w.copy() for w in before]
    for weight in after[first:]:
        weight[..., channels] = 0
    layer.set_weights(after)
    result = answers(model, images)
    layer.set_weights(before)
    return result


def describe(model, group, images):
    if model.inputs[0].dtype != "float32":  # which cuts off what is behind the point
        images = numpy.random.default_rng(2).uniform(0, 255.99, images.shape).astype("f4")
        group["input"] = images
    group["output"] = answers(model, images)
    for path, layer in list(convolutions(model))[-MASKED:]:
        channels = numpy.array([1, layer.filters - 1] if layer.filters > 2 else [1])
        place = group.create_group("masked/" + "|".join(path))
        place["channels"] = channels.astype("i4")
        place["output"] = masked(model, layer, channels, images)


def compress(path):
    with zipfile.ZipFile(path) as stored:
        entries = {name: stored.read(name) for name in stored.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as compressed:
        for name, content in entries.items():
            compressed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)


def save_as_hdf5(model, path):
    try:
        model.save(path)
    except TypeError as e:  # Keras cannot write every augmentation so
        if "pickle" not in str(e):
            raise
        os.remove(path)


def write_weights(model, path):
    with open(path + ".json", "w") as text:
        text.write(model.to_json())
    model.save_weights(path + ".weights.h5")
    with h5py.File(path + ".h5") as full, h5py.File(path + ".old.h5", "w") as old:
        weights = full["model_weights"]
        old.attrs["layer_names"] = [name.encode() for name in weights.attrs["layer_names"]]
        for name in weights.attrs["layer_names"]:
            group = old.create_group(name)
            paths = list(weights[name].attrs["weight_names"])
            as_then = [p.replace("depthwise/kernel", "depthwise/depthwise_kernel") + ":0" for p in paths]
            group.attrs["weight_names"] = [path.encode() for path in as_then]
            for path, then in zip(paths, as_then):
                group[then] = weights[name][path][()]


def write(folder, kind):
    with h5py.File(os.path.join(folder, "answers.h5"), "w", libver="latest") as file:
        images = numpy.random.default_rng(1).normal(0, 1.5, (IMAGES,) + IMAGE).astype("f4")
        file["input"] = images
        for name, model in models() if kind == "models" else itertools.chain(of_options(), models()):
            randomize(model, name)
            describe(model, file.create_group(name), images)
            path = os.path.join(folder, name)
            model.save(path + ".keras")
            if kind == "small":
                compress(path + ".keras")
            if kind != "small" or name in KEPT_AS_HDF5:
                save_as_hdf5(model, path + ".h5")
            if kind == "models":
                write_weights(model, path)
            keras.backend.clear_session()


if __name__ == "__main__":
    write(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "all")
