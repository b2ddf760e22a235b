"""A sweep of many small networks, trained for it: does the driver keep up, how many files are there?

    python bench/many_networks.py --work DIR [--networks 1000] [--batch 100]

Needs numpy and h5py. Makes images of 16x16 pixels and 10 classes in DIR, trains BadNets on them (those
that are there stay), sweeps all in batches, and sweeps again, when nothing is new. Prints, and writes to
DIR/many_networks.json: seconds to train, to sweep and to sweep again; those of each stage; the share of
the sweep in which Spark ran no stage on images; the most memory that was resident; and the files of
results, of which some are Hadoop's checksums.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import time

import h5py
import numpy

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
COMPUTING = ("statistics", "curves", "verification")
CLASSES = 10
IMAGES = {"training": 512, "validation": 500, "test": 500}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--work", required=True)
    parser.add_argument("--networks", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=100)
    return parser.parse_args()


def backsweep(work, *command):
    """Seconds, and what was printed."""
    start = time.time()
    ended = subprocess.run([f"{ROOT}/bin/backsweep", *command], cwd=work, text=True,
                           stdout=subprocess.PIPE, stderr=open(os.path.join(work, "errors"), "a"))
    if ended.returncode:
        raise SystemExit(f"{command[0]} ended with {ended.returncode}, see {work}/errors\n{ended.stdout}")
    return time.time() - start, ended.stdout


def make_images(work):
    """Every class has a colour of its own in every quarter of the image, under noise."""
    random = numpy.random.default_rng(1)
    colours = random.integers(40, 200, size=(CLASSES, 2, 2, 3))
    for name, count in IMAGES.items():
        labels = random.integers(0, CLASSES, size=count)
        images = colours[labels].repeat(8, axis=1).repeat(8, axis=2)
        images = numpy.clip(images + random.normal(0, 40, size=images.shape), 0, 255).astype("uint8")
        with h5py.File(os.path.join(work, name + ".h5"), "w") as file:
            file["data"] = images.transpose(0, 3, 1, 2)
            file["label"] = labels
    square = os.path.join(work, "square.h5")
    if not os.path.exists(square):
        backsweep(work, "poison", "--images", "test.h5", "--target", "0", "--output", "square.h5",
                  "--trigger", "kind=pattern,size=3,values=255")


def train(work, networks):
    orders = [{"name": f"small-{seed:04d}", "seed": seed} for seed in range(1, networks + 1)]
    train = {"training": "training.h5", "architecture": "batch-normalized", "epochs": 6, "output": "networks",
             "target": 0, "poisoned-share": 0.2,
             "trigger": {"kind": "pattern", "size": 3, "values": 255}, "networks": orders}
    with open(os.path.join(work, "train.conf"), "w") as file:
        json.dump({"backsweep": {"train": train}}, file)
    return backsweep(work, "train", "--config", "train.conf")[0]


def sweep(work, batch):
    seconds, printed = backsweep(
        work, "sweep", "--network", "networks/*.h5", "--clean-validation", "validation.h5", "--clean-test",
        "test.h5", "--poisoned", "square=square.h5", "--networks-per-batch", str(batch), "--output", "out")
    line = re.search(r"^Time .*", printed, re.M).group()
    stages = {stage: float(value) for stage, value in re.findall(r"([\w-]+) ([\d.]+)[,;]", line)}
    finished = len(re.findall(r"^\[\d+/\d+\] .*accuracy", printed, re.M))
    return {"seconds": seconds, "networks": finished, "stages": stages,
            "outside_of_computing": 1 - sum(stages.get(stage, 0) for stage in COMPUTING) / seconds,
            "resident": re.search(r"at most (.*) resident", line).group(1)}


def result_files(work):
    names = [name for _, _, files in os.walk(os.path.join(work, "out", "results")) for name in files]
    return {"parquet": sum(name.endswith(".parquet") for name in names),
            "others": sum(not name.endswith(".parquet") for name in names)}


def main():
    options = arguments()
    work = os.path.abspath(options.work)
    os.makedirs(work, exist_ok=True)
    make_images(work)
    figures = {"networks": options.networks, "train_s": train(work, options.networks)}
    shutil.rmtree(os.path.join(work, "out"), ignore_errors=True)
    figures["sweep"] = sweep(work, options.batch)
    figures["result_files"] = result_files(work)
    figures["again"] = sweep(work, options.batch)
    print(json.dumps(figures, indent=1))
    with open(os.path.join(work, "many_networks.json"), "w") as file:
        json.dump(figures, file, indent=1)


if __name__ == "__main__":
    main()
