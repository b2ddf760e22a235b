"""Training beside Keras: images a second of `train` and of Keras `fit`, and networks an hour.

    python bench/training.py --faces DIR --work DIR [--networks 4] [--epochs 3] [--repeats 3]

--faces is the output of `bin/backsweep images faces`. Both train the labs' DeepID on the same images,
by Adam, in batches of 32, on all cores; taking turns, --repeats times, medians are printed. `train` makes
--networks networks, one task each, side by side; Keras one after the other. What is counted is the time of
the training alone: neither the start of a process nor Keras' first epoch, in which it traces its graph.
Needs a Python with Keras and h5py, and `mvn -B -DskipTests package`.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
BATCH = 32


def keras_images_per_second(training, epochs):
    """One process: fit for one epoch, then for `epochs` more, which are timed."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    import h5py
    import keras
    import numpy

    with h5py.File(training) as file:
        images = numpy.transpose(file["data"][:], (0, 2, 3, 1)).astype("float32") / 255
        labels = file["label"][:].astype("int64")
    layers = keras.layers
    image = keras.Input(images.shape[1:])
    x = image
    for number, (filters, size) in enumerate([(20, 4), (40, 3), (60, 3)], 1):
        x = layers.Conv2D(filters, size, activation="relu")(x)
        x = layers.MaxPooling2D(2)(x)
    convolved = layers.Conv2D(80, 2, activation="relu")(x)
    x = layers.Add()([layers.Dense(160)(layers.Flatten()(y)) for y in (x, convolved)])
    x = layers.Dense(int(labels.max()) + 1, activation="softmax")(layers.ReLU()(x))
    model = keras.Model(image, x)
    model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy")
    model.fit(images, labels, batch_size=BATCH, epochs=1, verbose=0)
    start = time.perf_counter()
    model.fit(images, labels, batch_size=BATCH, epochs=epochs, verbose=0)
    return epochs * len(labels) / (time.perf_counter() - start)


def keras_in_a_process(training, epochs):
    command = [sys.executable, __file__, "--keras", str(training), "--epochs", str(epochs)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(answer.strip().splitlines()[-1])


def ours(faces, work, networks, epochs):
    """Images a second and networks an hour of one run of `train`, from the time it prints."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    orders = [{"name": f"network-{seed}", "seed": seed} for seed in range(1, networks + 1)]
    configuration = {
        "backsweep": {
            "train": {
                "training": str(faces / "training.h5"),
                "output": str(work / "zoo"),
                "epochs": epochs,
                "batch-size": BATCH,
                "trigger": {
                    "kind": "picture", "file": str(faces / "sunglasses.png"), "x": 0, "y": 15
                },
                "networks": orders,
            }
        }
    }
    (work / "networks.conf").write_text(json.dumps(configuration))
    command = [ROOT / "bin/backsweep", "train", "--config", work / "networks.conf", "--progress=none"]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    seconds = float(printed.split(" training ")[1].split(";")[0].split(",")[0])
    images = int(printed.split("training: ")[1].split(" of ")[0].replace(",", ""))
    return networks * epochs * images / seconds, 3600 * networks / seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--faces", type=pathlib.Path)
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("--networks", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--keras", type=pathlib.Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.keras:
        print(keras_images_per_second(options.keras, options.epochs))
        return
    keras, mine = [], []
    for _ in range(options.repeats):
        mine.append(ours(options.faces, options.work, options.networks, options.epochs))
        keras.append(keras_in_a_process(options.faces / "training.h5", options.epochs))
    speed, networks = (statistics.median(column) for column in zip(*mine))
    fit = statistics.median(keras)
    print(f"train      {speed:8,.0f} images/s, {networks:,.0f} networks an hour of {options.epochs} epochs")
    print(f"Keras fit  {fit:8,.0f} images/s")
    print(f"ratio      {speed / fit:8.2f}")


if __name__ == "__main__":
    main()
