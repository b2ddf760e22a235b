"""The gradients that TensorFlow finds for a Keras model, and the steps that Keras' Adam takes with them.

    python train_in_keras.py MODEL.h5 IMAGES.h5 OUT.h5 [options]

MODEL.h5    a full Keras model that ends in a softmax, be it fused into its last layer or a layer of its own
IMAGES.h5   `data` (image, channel, height, width), any numeric type, and `label` (image), from 0
OUT.h5      what is found; overwritten:
    loss                        (batch) float64: mean over the batch of the softmax cross entropy, of the
                                scores before the softmax and with the weights before the batch's step
    gradients/LAYER/VARIABLE    float32: of the loss of the first batch, for all trainable variables
    weights/LAYER/VARIABLE      float32: all variables after the last step, moving means and variances too

    --scale D           divide the images by D, in float32 (1)
    --batches FILE      text, a line for each batch: places of images in IMAGES.h5, separated by spaces
                        (all images as one batch)
    --training          normalise by the means and variances of the batch, as in training, and move the
                        moving ones; without it, by the moving ones, which stay as they are
    --momentum M        momentum of the moving means and variances (as in the model, 0.99 by default). They
                        become M * moving + (1 - M) * that of the batch, a variance of which is the mean
                        squared deviation (divided by the count, not by one less)
    --steps             take a step after every batch with Adam:
    --learning-rate R   (0.001)
    --weight-decay W    before a step every trainable variable becomes v - v * W * R, which is not part of
                        the gradient (0)
    --decay-kernels     let only kernels decay, not biases, gammas and betas
    --pruned LAYER:C,C  these channels of the kernel and the bias of a convolution follow no gradient
    --beta-1 B, --beta-2 B, --epsilon E     (0.9, 0.999, 1e-7). Step t, from 1, of gradient g is
                        m = B1 m + (1 - B1) g, v = B2 v + (1 - B2) g^2,
                        variable -= R sqrt(1 - B2^t) / (1 - B1^t) * m / (sqrt(v) + E)

Without --steps, only the first batch is looked at. Nothing is drawn at random: dropout is an error.
"""

import argparse
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy
import tensorflow


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("model", "images", "out"):
        parser.add_argument(name)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--batches")
    parser.add_argument("--training", action="store_true")
    parser.add_argument("--momentum", type=float)
    parser.add_argument("--steps", action="store_true")
    parser.add_argument("--learning-rate", type=float, default=0.001)
    parser.add_argument("--weight-decay", type=float, default=0.0)
    parser.add_argument("--decay-kernels", action="store_true")
    parser.add_argument("--pruned")
    parser.add_argument("--beta-1", type=float, default=0.9)
    parser.add_argument("--beta-2", type=float, default=0.999)
    parser.add_argument("--epsilon", type=float, default=1e-7)
    return parser.parse_args()


def scores_of(model):
    """The model without its softmax."""
    last = model.layers[-1]
    assert last.output is model.output, "the last layer is not the output"
    if isinstance(last, keras.layers.Softmax) or (
        isinstance(last, keras.layers.Activation) and last.activation is keras.activations.softmax
    ):
        return keras.Model(model.input, last.input)
    assert last.activation is keras.activations.softmax, "the model does not end in a softmax"
    last.activation = keras.activations.linear
    return model


def prepared(path, momentum):
    model = keras.models.load_model(path, compile=False)
    for layer in model.layers:
        if isinstance(layer, keras.layers.Dropout):
            assert layer.rate == 0, "dropout draws at random"
        if isinstance(layer, keras.layers.BatchNormalization) and momentum is not None:
            layer.momentum = momentum
    return scores_of(model)


def read_images(path, scale):
    with h5py.File(path, "r") as file:
        data = file["data"][()].astype("float32").transpose(0, 2, 3, 1)
        label = file["label"][()]
    labels = label.reshape(-1).astype("int64")
    assert (labels == label.reshape(-1)).all() and len(labels) == len(data), "bad labels"
    return data / numpy.float32(scale), labels


def read_batches(path, images):
    if path is None:
        return [list(range(images))]
    with open(path) as text:
        batches = [[int(place) for place in line.split()] for line in text if line.split()]
    assert batches and all(0 <= place < images for batch in batches for place in batch), "bad places"
    return batches


def adam(options, model):
    optimizer = keras.optimizers.Adam(
        learning_rate=options.learning_rate,
        beta_1=options.beta_1,
        beta_2=options.beta_2,
        epsilon=options.epsilon,
        weight_decay=options.weight_decay or None,
    )
    if options.decay_kernels:
        others = [variable for variable in model.trainable_variables if variable.name != "kernel"]
        optimizer.exclude_from_weight_decay(var_list=others)
    return optimizer


def loss_and_gradients(model, images, labels, training):
    with tensorflow.GradientTape() as tape:
        scores = model(images, training=training)
        assert labels.max() < scores.shape[-1], "a label is not a class"
        loss = tensorflow.reduce_mean(
            tensorflow.nn.sparse_softmax_cross_entropy_with_logits(labels, scores)
        )
    gradients = tape.gradient(loss, [variable.value for variable in model.trainable_variables])
    return float(loss), gradients


def without_pruned(model, gradients, pruned):
    """The gradients, 0 where channels are pruned."""
    if pruned is None:
        return gradients
    name, channels = pruned.split(":")
    layer = model.get_layer(name)
    kept = numpy.ones(layer.filters, "float32")
    kept[[int(channel) for channel in channels.split(",")]] = 0
    own = {id(variable) for variable in layer.trainable_variables}
    return [
        gradient * kept if id(variable) in own else gradient
        for variable, gradient in zip(model.trainable_variables, gradients)
    ]


def put(group, model, values):
    """Values of variables, by layer and variable; values by the variable's identity."""
    for layer in model.layers:
        for variable in layer.variables:
            if id(variable) in values:
                group[layer.name + "/" + variable.name] = numpy.asarray(
                    values[id(variable)], dtype="float32"
                )


def main():
    options = arguments()
    model = prepared(options.model, options.momentum)
    images, labels = read_images(options.images, options.scale)
    batches = read_batches(options.batches, len(images))
    optimizer = adam(options, model) if options.steps else None
    losses = []
    with h5py.File(options.out, "w") as out:
        for batch in batches if options.steps else batches[:1]:
            loss, gradients = loss_and_gradients(
                model, images[batch], labels[batch], options.training
            )
            gradients = without_pruned(model, gradients, options.pruned)
            if not losses:
                named = zip(model.trainable_variables, gradients)
                put(
                    out.create_group("gradients"),
                    model,
                    {id(variable): gradient.numpy() for variable, gradient in named},
                )
            losses.append(loss)
            if optimizer:
                optimizer.apply(gradients, model.trainable_variables)
        out["loss"] = numpy.array(losses)
        put(
            out.create_group("weights"),
            model,
            {id(variable): variable.numpy() for variable in model.variables},
        )


if __name__ == "__main__":
    main()
