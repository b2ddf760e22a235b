"""How the time of a sweep grows, in plain passes of Keras over the same images.

    python bench/sweeps.py --work DIR [--networks 1,4,16,20] [--scales 1] [--executors 0] [--repeats 3]

Needs Keras with TensorFlow, h5py and pyarrow; makes image files of the lab's size, or a share of it, in
DIR/SCALE. Sweeps copies of the lab's network, each with one bias changed a little: other files, the same
work. `--executors 0` is local mode, on all cores; 1,2 are clusters of so many executors with one core.
Prints, and writes to DIR/sweeps.json, for each scale, number of executors and number of networks, as
medians: seconds from start to end, those per network, plain passes (Keras predict at its faster batch
over all images) per network, the share of the time outside of statistics, curves and verification, and
the most memory that was resident.
"""
import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import time

from against_keras import ROOT, SETS, make_images, plain_pass

COMPUTING = ("statistics", "curves", "verification")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    parser.add_argument("--work", required=True)
    parser.add_argument("--networks", default="1,4,16,20")
    parser.add_argument("--scales", default="1")
    parser.add_argument("--executors", default="0")
    parser.add_argument("--repeats", type=int, default=3)
    return parser.parse_args()


def numbers(text):
    return [int(number) for number in text.split(",")]


def make_networks(options, count):
    import h5py
    folder = os.path.join(options.work, "networks")
    os.makedirs(folder, exist_ok=True)
    files = [os.path.join(folder, f"lab-{number:03d}.h5") for number in range(count)]
    for number, path in enumerate(files):
        if not os.path.exists(path):
            shutil.copyfile(f"{options.shared}/fixtures/models/lab3_bd_weights.h5", path)
            with h5py.File(path, "r+") as file:
                file["output/output/bias:0"][1282] += 1e-4 * number
    return files


def sweep(options, images, networks, executors):
    """What one sweep into a new output took and said of itself."""
    output = os.path.join(options.work, "out")
    shutil.rmtree(output, ignore_errors=True)
    command = [f"{ROOT}/bin/backsweep", "sweep", "--output", output, "--progress", "none",
               "--architecture", f"{options.shared}/fixtures/models/deepid.json"]
    for network in networks:
        command += ["--network", network]
    for name, path in SETS.items():
        value = os.path.join(images, path)
        command += ["--poisoned", "poisoned=" + value] if name == "poisoned" else ["--" + name, value]
    environment = dict(os.environ)
    if executors:
        environment["BACKSWEEP_SPARK_OPTIONS"] = f"--master local-cluster[{executors},1,1024]"
    start = time.time()
    ended = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    seconds = time.time() - start
    line = re.search(r"^Time .*", ended.stdout, re.M).group()
    stages = {stage: float(value) for stage, value in re.findall(r"([\w-]+) ([\d.]+)[,;]", line)}
    resident = re.search(r"at most (.*) resident", line)
    return {"seconds": seconds, "computing": sum(stages.get(stage, 0) for stage in COMPUTING),
            "stages": stages, "resident": resident and resident.group(1)}


def summary(runs, networks, plain):
    middle = sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]
    seconds = statistics.median(run["seconds"] for run in runs)
    return {"networks": networks, "seconds": seconds, "seconds_per_network": seconds / networks,
            "plain_passes_per_network": seconds / networks / plain,
            "outside_of_computing": 1 - middle["computing"] / middle["seconds"],
            "stages": middle["stages"], "resident": middle["resident"]}


def measured(options, scale):
    lab = argparse.Namespace(shared=options.shared, work=os.path.join(options.work, scale), scale=scale,
                             repeats=options.repeats)
    os.makedirs(lab.work, exist_ok=True)
    make_images(lab)
    counts = numbers(options.networks)
    networks = make_networks(options, max(counts))
    plain = min(plain_pass(lab, networks[0], f"{options.shared}/fixtures/models/deepid.json").values())
    for executors in numbers(options.executors):
        for count in counts:
            runs = [sweep(options, lab.work, networks[:count], executors) for _ in range(options.repeats)]
            yield {"scale": scale, "executors": executors, "plain_pass_s": plain,
                   **summary(runs, count, plain)}


def main():
    options = arguments()
    options.shared = os.path.abspath(options.shared)
    options.work = os.path.abspath(options.work)
    figures = []
    for scale in options.scales.split(","):
        for figure in measured(options, scale):
            print(json.dumps(figure), flush=True)
            figures.append(figure)
    with open(os.path.join(options.work, "sweeps.json"), "w") as file:
        json.dump(figures, file, indent=1)


if __name__ == "__main__":
    main()
