"""Counts what a network, its repaired copies and the detectors answer, by Keras and TensorFlow alone.

    python count_repair.py SCALE ORIGINAL IMAGES,IMAGES,... REPAIRED GOODNET [REPAIRED GOODNET...]

Printed for every repair and file of images: images, answers of the repaired copy equal to the label,
those equal to the original's, those equal to both, answers of the detector equal to the label, images
that it flags, and images of which the two best classes of either network are closer than 0.0001.
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy
import tensorflow


def read(path):
    with h5py.File(path) as file:
        return numpy.transpose(numpy.array(file["data"], "float32"), (0, 2, 3, 1)), numpy.array(file["label"])


def count(scores, detected, label):
    before, after = (found.argmax(axis=1) for found in scores)
    best = [numpy.sort(found, axis=1) for found in scores]
    ties = numpy.any([found[:, -1] - found[:, -2] < 1e-4 for found in best], axis=0)
    counts = [len(label), (after == label).sum(), (after == before).sum()]
    counts += [((after == before) & (after == label)).sum(), (detected == label).sum()]
    return counts + [(detected == scores[0].shape[1]).sum(), ties.sum()]


def answers(network, pixels):
    return network.predict(pixels / scale, verbose=0)


def detections(goodnet, pixels):
    batches = numpy.split(pixels, range(50, len(pixels), 50))
    return numpy.concatenate([goodnet(image=batch)["probability"].numpy() for batch in batches]).argmax(axis=1)


scale = float(sys.argv[1])
sets = [read(path) for path in sys.argv[3].split(",")]
original = keras.models.load_model(sys.argv[2], compile=False)
before = [answers(original, pixels) for pixels, _ in sets]
for repaired, goodnet in zip(sys.argv[4::2], sys.argv[5::2]):
    copy = keras.models.load_model(repaired, compile=False)
    detector = tensorflow.saved_model.load(goodnet).signatures["serving_default"]
    for (pixels, label), scores in zip(sets, before):
        counts = count([scores, answers(copy, pixels)], detections(detector, pixels), label)
        print(*map(int, counts), sep=",")
