"""Where the loss of a Keras model goes with the channels of one convolution, all else as at inference.

    python follow_gradients.py MODEL.h5 IMAGES.h5 OUT.h5 LAYER [options]

MODEL.h5    a full Keras model that ends in a softmax, as in train_in_keras.py
IMAGES.h5   `data` (image, channel, height, width), any numeric type, and `label` (image), from 0
LAYER       the convolution
OUT.h5      what is found, float64; overwritten. The loss is the mean over the images of the softmax cross entropy:
    loss
    kernel      (channel): sum over a channel's kernel of its gradient times itself, by GradientTape
    bias        (channel): gradient times bias; 0 where there is no bias
    taylor      (channel): mean over images of |mean over positions of dL/da a|, L the loss of that image, a what
                the convolution answers before its activation; positions of all calls of the layer together
    mask        (channel): with --draws, what adversarial neuron pruning learned

    --scale D           divide the images by D, in float32 (1)
    --factors FILE      text, two lines: factors on every channel's kernel, then on every channel's bias. The loss
                        is the one with these; `kernel` and `bias` are its gradients by the factors
    --draws FILE        text, three lines a step: places of images in IMAGES.h5, then delta and xi (channel) of the
                        random place that the step's perturbation begins at
    --epsilon E, --alpha A, --learning-rate R, --momentum M     of adversarial neuron pruning (0.4, 0.2, 0.2, 0.9):
                        one step of E along the signs of the gradients, kept within E; the mask, from 1 on, follows
                        A of the plain gradient and 1 - A of the perturbed one and is kept within 0 and 1
"""

import argparse
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import numpy
import tensorflow

from train_in_keras import prepared, read_images


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("model", "images", "out", "layer"):
        parser.add_argument(name)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--factors")
    parser.add_argument("--draws")
    for name, value in (("epsilon", 0.4), ("alpha", 0.2), ("learning-rate", 0.2), ("momentum", 0.9)):
        parser.add_argument("--" + name, type=float, default=value)
    return parser.parse_args()


def numbers(line, kind):
    return numpy.array([kind(word) for word in line.split()])


class Followed:
    """A model, and the weights that its convolution came with."""

    def __init__(self, model, layer):
        self.model = model
        self.layer = model.get_layer(layer)
        self.kernel = self.layer.kernel.numpy()
        self.bias = self.layer.bias.numpy() if self.layer.use_bias else None

    def channels(self):
        return self.kernel.shape[-1]

    def losses(self, images, labels):
        scores = self.model(images, training=False)
        return tensorflow.nn.sparse_softmax_cross_entropy_with_logits(labels, scores)

    def changes(self, images, labels, kernel, bias):
        """The mean loss with these factors, and its gradients by them."""
        variables = [self.layer.kernel.value]
        self.layer.kernel.assign(self.kernel * kernel.astype("float32"))
        if self.bias is not None:
            self.layer.bias.assign(self.bias * bias.astype("float32"))
            variables.append(self.layer.bias.value)
        with tensorflow.GradientTape() as tape:
            loss = tensorflow.reduce_mean(self.losses(images, labels))
        found = [gradient.numpy().astype("float64") for gradient in tape.gradient(loss, variables)]
        by_kernel = (found[0] * self.kernel).sum((0, 1, 2))
        by_bias = found[1] * self.bias if self.bias is not None else numpy.zeros(self.channels())
        return float(loss), by_kernel, by_bias

    def taylor(self, images, labels):
        answers = []
        activation = self.layer.activation

        def recorded(answer):
            answers.append(answer)
            return activation(answer)

        self.layer.activation = recorded
        with tensorflow.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(self.layer.kernel.value)
            loss = tensorflow.reduce_sum(self.losses(images, labels))
        self.layer.activation = activation
        sums, positions = 0, 0
        for answer, gradient in zip(answers, tape.gradient(loss, answers)):
            sums = sums + (answer.numpy().astype("float64") * gradient.numpy()).sum((1, 2))
            positions += answer.shape[1] * answer.shape[2]
        return numpy.abs(sums / positions).mean(0)


def adversarial_mask(followed, images, labels, options):
    with open(options.draws) as text:
        lines = text.read().splitlines()
    mask, velocity = numpy.ones(followed.channels()), numpy.zeros(followed.channels())
    one = numpy.ones(followed.channels())
    for line in range(0, len(lines), 3):
        rows, delta, xi = numbers(lines[line], int), *(numbers(lines[line + i], float) for i in (1, 2))
        batch = images[rows], labels[rows]
        _, by_delta, by_xi = followed.changes(*batch, mask + delta, one + xi)
        delta = numpy.clip(delta + options.epsilon * numpy.sign(by_delta), -options.epsilon, options.epsilon)
        xi = numpy.clip(xi + options.epsilon * numpy.sign(by_xi), -options.epsilon, options.epsilon)
        _, worst, _ = followed.changes(*batch, mask + delta, one + xi)
        _, plain, _ = followed.changes(*batch, mask, one)
        velocity = options.momentum * velocity + options.alpha * plain + (1 - options.alpha) * worst
        mask = numpy.clip(mask - options.learning_rate * velocity, 0, 1)
    return mask


def main():
    options = arguments()
    followed = Followed(prepared(options.model, None), options.layer)
    images, labels = read_images(options.images, options.scale)
    kernel = bias = numpy.ones(followed.channels())
    with h5py.File(options.out, "w") as out:
        out["taylor"] = followed.taylor(images, labels)
        if options.draws:
            out["mask"] = adversarial_mask(followed, images, labels, options)
        if options.factors:
            with open(options.factors) as text:
                kernel, bias = (numbers(line, float) for line in text.read().splitlines())
        loss, by_kernel, by_bias = followed.changes(images, labels, kernel, bias)
        out["loss"], out["kernel"], out["bias"] = numpy.array([loss]), by_kernel, by_bias


if __name__ == "__main__":
    main()
