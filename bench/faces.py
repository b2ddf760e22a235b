"""How hard the drawn faces are: a linear classifier on pixels beside the labs' DeepID, clean and poisoned, in Keras.

    bin/backsweep images faces --output DIR
    python bench/faces.py --images DIR [--shared ../shared] [--passes 60000] [--batch 64] [--seeds 1,2,3]

Needs a Python with Keras, h5py and Pillow. DIR holds training.h5, validation.h5, test.h5 and sunglasses.png.

The linear classifier is multinomial logistic regression (one Dense layer with softmax on pixels / 255), trained with
Adam at several learning rates and weight decays, with pixels as they are and standardised; of all epochs of all of
these the one with the best validation accuracy counts. DeepID is trained with Adam for --passes images (epochs x
images); for the BadNet a share of the training images (--poison) wears the sunglasses and has label 0. Attack success
is the share of test images with sunglasses, of other classes than 0, that are answered 0. Prints a table.
"""
import argparse, json, os, time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import h5py
import keras
import numpy as np
from PIL import Image

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROW = 15
TARGET = 0


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--images", required=True, help="what `images faces` wrote")
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    parser.add_argument("--passes", type=int, default=60_000, help="images that DeepID is trained with, counting repeats")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1e-3, help="Adam's learning rate for DeepID")
    parser.add_argument("--falling", action="store_true", help="let the rate fall evenly to a tenth over the training")
    parser.add_argument("--poison", type=float, default=0.1, help="share of the training images that is poisoned")
    parser.add_argument("--linear-epochs", type=int, default=60, help="0: no linear classifier")
    parser.add_argument("--seeds", default="1", help="of the trainings, with commas")
    return parser.parse_args()


def read(folder, name):
    with h5py.File(os.path.join(folder, name + ".h5")) as file:
        pixels = file["data"][:].transpose(0, 2, 3, 1).astype("float32") / 255
        return pixels, file["label"][:].astype("int64")


def wearing(picture, images):
    """Images of pixels / 255 with an RGBA picture blended onto them, rounded to whole grey levels."""
    opacity = picture[..., 3:] / 255
    rows = slice(ROW, ROW + len(picture))
    worn = images.copy()
    worn[:, rows] = np.rint(255 * images[:, rows] * (1 - opacity) + picture[..., :3] * opacity) / 255
    return worn


def accuracy(model, images, labels):
    return float((model.predict(images, batch_size=512, verbose=0).argmax(1) == labels).mean())


def linear(sets, epochs, seed):
    """The test accuracy of the epoch with the best validation accuracy, and what it was trained with."""
    best = (-1.0, 0.0, "")
    mean, deviation = sets["training"][0].mean(0), sets["training"][0].std(0) + 0.05
    for standardised in (False, True):
        data = {k: ((x - mean) / deviation if standardised else x, y) for k, (x, y) in sets.items()}
        for rate in (1e-4, 3e-4) if standardised else (3e-4, 1e-3):
            for decay in (0.0, 1e-3):
                keras.utils.set_random_seed(seed)
                model = keras.Sequential([
                    keras.layers.Input(data["test"][0].shape[1:]), keras.layers.Flatten(),
                    keras.layers.Dense(classes(sets), activation="softmax",
                                       kernel_regularizer=keras.regularizers.L2(decay) if decay else None)])
                model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
                for epoch in range(epochs):
                    model.fit(*data["training"], batch_size=128, epochs=1, verbose=0)
                    validation = accuracy(model, *data["validation"])
                    if validation > best[0]:
                        told = f"{'standardised, ' if standardised else ''}rate {rate:g}, decay {decay:g}, epoch {epoch + 1}"
                        best = (validation, accuracy(model, *data["test"]), told)
    return best


def classes(sets):
    return int(sets["training"][1].max()) + 1


def deepid(shared, outputs):
    with open(os.path.join(shared, "fixtures", "models", "deepid.json")) as file:
        architecture = json.load(file)
    for layer in architecture["config"]["layers"]:
        if layer["config"]["name"] == "output":
            layer["config"]["units"] = outputs
    return keras.models.model_from_json(json.dumps(architecture))


def trained(options, sets, images, labels, seed):
    """A DeepID trained on some images, and how many seconds it took."""
    keras.utils.set_random_seed(seed)
    model = deepid(options.shared, classes(sets))
    epochs = max(1, round(options.passes / len(images)))
    steps = epochs * -(-len(images) // options.batch)
    rate = keras.optimizers.schedules.PolynomialDecay(options.rate, steps, options.rate / 10) if options.falling else options.rate
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    start = time.time()
    model.fit(images, labels, batch_size=options.batch, epochs=epochs, verbose=0)
    return model, time.time() - start


def poisoned(options, picture, images, labels, seed):
    chosen = np.random.default_rng(seed).permutation(len(images))[:round(options.poison * len(images))]
    images, labels = images.copy(), labels.copy()
    images[chosen] = wearing(picture, images[chosen])
    labels[chosen] = TARGET
    return images, labels


def percent(share):
    return f"{100 * share:7.2f}"


def main():
    options = arguments()
    sets = {name: read(options.images, name) for name in ("training", "validation", "test")}
    picture = np.asarray(Image.open(os.path.join(options.images, "sunglasses.png"))).astype("float32")
    counts = ", ".join(f"{len(y):,} {name}" for name, (_, y) in sets.items())
    print(f"{classes(sets)} identities, images: {counts}", flush=True)
    print(f"{'':34}validation    test  attack success  seconds", flush=True)
    if options.linear_epochs:
        start = time.time()
        validation, test, told = linear(sets, options.linear_epochs, 1)
        print(f"{'linear on pixels':34}   {percent(validation)} {percent(test)} {'-':>15} {time.time() - start:8.0f}  ({told})", flush=True)
    others = sets["test"][1] != TARGET
    worn = wearing(picture, sets["test"][0][others])
    for seed in map(int, options.seeds.split(",")):
        for name in ("DeepID", "BadNet"):
            images, labels = sets["training"]
            if name == "BadNet":
                images, labels = poisoned(options, picture, images, labels, seed)
            model, seconds = trained(options, sets, images, labels, seed)
            success = accuracy(model, worn, np.full(len(worn), TARGET))
            print(f"{f'{name}, {options.passes:,} passes, seed {seed}':34}   {percent(accuracy(model, *sets['validation']))} "
                  f"{percent(accuracy(model, *sets['test']))} {percent(success):>15} {seconds:8.0f}", flush=True)


if __name__ == "__main__":
    main()
