"""Prunes a network in Keras as the labs do, one full pass a step, and counts its answers.

    python count_answers.py ARCHITECTURE WEIGHTS LAYER ORDER FILE...

ORDER is a CSV file with a column `channel`. FILE has data, label and true_label. Printed for every
file and step: file, step, images, answers equal to the label, answers equal to the true label,
images whose true label is not their label, answers of these equal to the label.
"""

import csv
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy

architecture, weights, layer, order = sys.argv[1:5]
with open(architecture) as text:
    model = keras.models.model_from_json(text.read())
model.load_weights(weights)
with open(order) as text:
    channels = [int(row["channel"]) for row in csv.DictReader(text)]

sets = []
for path in sys.argv[5:]:
    with h5py.File(path) as file:
        images = numpy.transpose(numpy.array(file["data"], "float32"), (0, 2, 3, 1))
        sets.append((path, images, numpy.array(file["label"]), numpy.array(file["true_label"])))

convolution = model.get_layer(layer)
for step in range(len(channels) + 1):
    if step:
        kernel, bias = convolution.get_weights()
        kernel[..., channels[step - 1]] = 0
        bias[channels[step - 1]] = 0
        convolution.set_weights([kernel, bias])
    for path, images, label, true_label in sets:
        answers = numpy.argmax(model.predict(images, batch_size=128, verbose=0), axis=1)
        differs = label != true_label
        counts = [len(answers), (answers == label).sum(), (answers == true_label).sum()]
        counts += [differs.sum(), ((answers == label) & differs).sum()]
        print(path, step, *map(int, counts), sep=",")
