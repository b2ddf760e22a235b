"""Mean activation of every channel of a layer, and its standard deviation over the images.

    python mean_activations.py OUT MODEL LAYER DIVISOR (IMAGES PLACES)...

IMAGES are HDF5 files with data (image, channel, height, width), of which those at PLACES (1,5,...) count. OUT
has a line for each channel, file by file: the mean over images and positions, and the standard deviation
over images of the mean over positions.
"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy

if __name__ == "__main__":
    out, path, layer, divisor = sys.argv[1:5]
    model = keras.models.load_model(path, compile=False)
    seen = keras.Model(model.inputs, model.get_layer(layer).output)
    with open(out, "w") as lines:
        for file, places in zip(sys.argv[5::2], sys.argv[6::2]):
            with h5py.File(file) as images:
                data = images["data"][:][[int(place) for place in places.split(",")]].astype("float32").transpose(0, 2, 3, 1)
            found = seen.predict(data / numpy.float32(divisor), verbose=0).astype("float64")
            means = found.reshape(len(found), -1, found.shape[-1]).mean(axis=1)
            for mean, deviation in zip(means.mean(axis=0), means.std(axis=0)):
                lines.write("%r %r\n" % (float(mean), float(deviation)))
