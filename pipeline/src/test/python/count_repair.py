"""Counts what a network, its repaired copy and the detector answer, by Keras and TensorFlow alone.

    python count_repair.py SCALE ORIGINAL REPAIRED GOODNET IMAGES...

Printed for every file of images: images, answers of the repaired copy equal to the label, those equal
to the original's, those equal to both, answers of the detector equal to the label, images that it
flags, and images of which the two best classes of either network are closer than 0.0001.
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy
import tensorflow

scale, original, repaired, goodnet = sys.argv[1:5]
networks = [keras.models.load_model(path, compile=False) for path in (original, repaired)]
detector = tensorflow.saved_model.load(goodnet).signatures["serving_default"]

for path in sys.argv[5:]:
    with h5py.File(path) as file:
        pixels = numpy.transpose(numpy.array(file["data"], "float32"), (0, 2, 3, 1))
        label = numpy.array(file["label"])
    scores = [model.predict(pixels / float(scale), verbose=0) for model in networks]
    before, after = (found.argmax(axis=1) for found in scores)
    best = [numpy.sort(found, axis=1) for found in scores]
    ties = numpy.any([found[:, -1] - found[:, -2] < 1e-4 for found in best], axis=0)
    classes = scores[0].shape[1]
    detected = numpy.concatenate(
        [detector(image=pixels[i : i + 50])["probability"].numpy() for i in range(0, len(pixels), 50)]
    ).argmax(axis=1)
    counts = [len(label), (after == label).sum(), (after == before).sum()]
    counts += [((after == before) & (after == label)).sum(), (detected == label).sum()]
    counts += [(detected == classes).sum(), ties.sum()]
    print(*map(int, counts), sep=",")
