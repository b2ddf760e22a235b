"""Loads models in Keras, saves them again, goes on to train them for one batch and saves them again.

    python goes_on_with.py CLASSES FILE...

FILE.images and FILE.answers are as in answers_of.py, which must have run before; labels are 0, 1, ...,
CLASSES - 1, 0, ... Writes FILE.resaved.h5 (before training), FILE.trained.h5 (after) and FILE.layers: a
line for each layer, its name and class, in the order of model.layers. Fails where a model is not one
tensor in, one tensor out, where a layer is not found by its name, where training changes nothing, and
where Keras warns of what it reads.
"""

import os
import sys
import warnings

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy

from answers_of import images

for file in sys.argv[2:]:
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        model = keras.models.load_model(file, compile=False)
        asked = images(file + ".images")
        model(asked[:1])
    model.summary(print_fn=lambda line: None)
    with open(file + ".layers", "w") as out:
        for layer in model.layers:
            assert model.get_layer(layer.name) is layer
            out.write("%s %s\n" % (layer.name, type(layer).__name__))
    beginning = keras.Model(model.input, model.layers[1].output)
    assert beginning(asked[:1]).shape[0] == 1
    model.save(file + ".resaved.h5")
    labels = numpy.arange(len(asked)) % int(sys.argv[1])
    before = [numpy.array(weight) for weight in model.get_weights()]
    # Eagerly, as to trace every model takes longer than one batch.
    adam = keras.optimizers.Adam(1e-3)
    model.compile(adam, "sparse_categorical_crossentropy", run_eagerly=True)
    loss = model.fit(asked / 255, labels, batch_size=len(asked), epochs=1, verbose=0).history["loss"]
    assert numpy.isfinite(loss).all(), loss
    assert any((one != other).any() for one, other in zip(before, model.get_weights()))
    model.save(file + ".trained.h5")
