"""Mean entropies, in bits, of what a model answers on blends of images with clean ones.

    python blend_entropies.py OUT MODEL DIVISOR ALPHA CLEAN PLACES [IMAGES PLACES]...

CLEAN and IMAGES are HDF5 files with data (image, channel, height, width); PLACES are those of the images
that are taken, with commas. Every image of IMAGES is blended with all of CLEAN, in float32. OUT has a line
for each, in their order.
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy


def images(path, places):
    with h5py.File(path) as file:
        data = file["data"][()].astype("float32").transpose(0, 2, 3, 1)
    return data[[int(place) for place in places.split(",")]]


if __name__ == "__main__":
    out, path, divisor, alpha, clean, places = sys.argv[1:7]
    model = keras.models.load_model(path, compile=False)
    alpha = numpy.float32(alpha)
    overlays = images(clean, places)
    with open(out, "w") as lines:
        for file, measured in zip(sys.argv[7::2], sys.argv[8::2]):
            for image in images(file, measured):
                blends = (numpy.float32(1) - alpha) * image + alpha * overlays
                assert blends.dtype == numpy.float32
                answers = model.predict(blends / numpy.float32(divisor), verbose=0).astype("float64")
                logs = numpy.log2(answers, out=numpy.zeros_like(answers), where=answers > 0)
                lines.write("%r\n" % float(-(answers * logs).sum(axis=1).mean()))
