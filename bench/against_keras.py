"""Backsweep beside the labs' loop in Keras, in one run on one machine.

    python bench/against_keras.py --shared ../shared --work DIR [--scale 1] [--skip-loop]

Needs Keras with TensorFlow, h5py and pyarrow; makes image files of the lab's full size (1.5 GB) in DIR.
Prints, and writes to DIR/figures.json:
  plain pass   Keras predict of the network over all images, at the faster of batch 32 and 128
  loop         the labs' procedure, one pass a step (not charged for loading its images)
  first        bin/backsweep defend by the wall clock, start to end, image files to results
  second       another network on the same images, whose import is skipped
  sunglasses   a third one, nearly all of whose channels are at work, on the same images
and whether every count of the curve is the loop's; of every network the channel statistics and curves in plain
passes, and how many of the 61 steps an image were computed.
"""
import argparse, json, os, re, shutil, statistics, subprocess, sys, time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SETS = {"clean-validation": "cl/valid.h5", "clean-test": "cl/test.h5", "poisoned": "bd/bd_test.h5"}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    parser.add_argument("--work", required=True)
    parser.add_argument("--scale", default="1", help="share of the lab's image counts")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--skip-loop", action="store_true", help="minutes shorter; no ratios to the loop")
    return parser.parse_args()


def make_images(options):
    if not os.path.exists(os.path.join(options.work, "bd", "bd_test.h5")):
        subprocess.run([sys.executable, f"{options.shared}/bench/make_lab_size.py",
                        f"{options.shared}/fixtures", options.work, options.scale], check=True)


def plain_pass(options, network, architecture):
    """Seconds of Keras' predict over all images, for both batch sizes: medians."""
    import h5py, keras, numpy as np
    model = keras.models.model_from_json(open(architecture).read())
    model.load_weights(network)
    images = []
    for path in SETS.values():
        with h5py.File(os.path.join(options.work, path)) as file:
            images.append(np.asarray(file["data"]).transpose(0, 2, 3, 1).astype("float32"))
    seconds = {32: [], 128: []}
    for batch in list(seconds) * (options.repeats + 1):
        start = time.time()
        for pixels in images:
            model.predict(pixels, batch_size=batch, verbose=0)
        seconds[batch].append(time.time() - start)
    return {batch: statistics.median(times[1:]) for batch, times in seconds.items()}


def loop(options, network):
    out = os.path.join(options.work, "loop")
    subprocess.run([sys.executable, f"{options.shared}/bench/lab_reference.py", "--model", network, "--out", out,
                    "--valid", f"{options.work}/cl/valid.h5", "--test", f"{options.work}/cl/test.h5",
                    "--poisoned", f"{options.work}/bd/bd_test.h5"], check=True, stdout=subprocess.DEVNULL)
    return json.load(open(f"{out}/timing.json"))["sweep_s"]


def other_network(options, network):
    """The same network with one bias changed a little: another file, the same work."""
    import h5py
    other = os.path.join(options.work, "other_weights.h5")
    shutil.copyfile(network, other)
    with h5py.File(other, "r+") as file:
        file["output/output/bias:0"][1282] += 1e-3
    return other


def defend(options, network, architecture, output, scale):
    """What one run took and said of itself."""
    command = [f"{ROOT}/bin/backsweep", "defend", "--network", network, "--architecture", architecture,
               "--input-scale", scale, "--output", output]
    for name, path in SETS.items():
        value = os.path.join(options.work, path)
        command += ["--poisoned", "poisoned=" + value] if name == "poisoned" else ["--" + name, value]
    start = time.time()
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.time() - start
    times = re.search(r"^Time .*", ended.stdout, re.M).group()
    stages = {stage: float(value) for stage, value in re.findall(r"(\w+) ([\d.]+)[,;]", times)}
    return {"seconds": seconds, "times": times, "statistics_and_curves_s": stages["statistics"] + stages["curves"],
            "steps_computed": [float(steps) for steps in re.findall(r", ([\d.]+) of \d+ steps", ended.stderr)]}


def summary(runs, plain_pass):
    middle = sorted(runs, key=lambda run: run["seconds"])[len(runs) // 2]
    work = statistics.median(run["statistics_and_curves_s"] for run in runs)
    return {"median_s": statistics.median(run["seconds"] for run in runs), "times": middle["times"],
            "plain_passes": work / plain_pass, "steps_computed": middle["steps_computed"]}


def differences(options, output):
    """Cells of the loop's curve that differ from the table's."""
    import csv, pyarrow.dataset as dataset
    rows = dataset.dataset(f"{output}/results/pruning_curve", partitioning="hive").to_table().to_pylist()
    first = min(row["batch"] for row in rows)
    ours = {(row["step"], row["image_set"]): row["label_hits"] for row in rows if row["batch"] == first}
    columns = dict(zip(SETS, ("valid_correct", "test_correct", "poisoned_target")))
    with open(os.path.join(options.work, "loop", "curve.csv")) as file:
        return [(row["step"], name, row[column], ours[int(row["step"]), name])
                for row in csv.DictReader(file) for name, column in columns.items()
                if int(row[column]) != ours[int(row["step"]), name]]


def main():
    options = arguments()
    network = f"{options.shared}/fixtures/models/lab3_bd_weights.h5"
    architecture = f"{options.shared}/fixtures/models/deepid.json"
    make_images(options)
    figures = {"plain_pass_s": plain_pass(options, network, architecture)}
    output = os.path.join(options.work, "out")
    networks = {"first": (network, "1"), "second": (other_network(options, network), "1"),
                "sunglasses": (f"{options.shared}/fixtures/models/sunglasses_bd_weights.h5", "255")}
    runs = {name: [] for name in networks}
    for _ in range(options.repeats):
        shutil.rmtree(output, ignore_errors=True)
        for name, (file, scale) in networks.items():
            runs[name].append(defend(options, file, architecture, output, scale))
    for name, measured in runs.items():
        figures[name] = summary(measured, min(figures["plain_pass_s"].values()))
    if not options.skip_loop:
        figures["loop_s"] = loop(options, network)
        figures["different_counts"] = differences(options, output)
        for name in ("first", "second"):
            figures[name]["loop_over"] = figures["loop_s"] / figures[name]["median_s"]
    print(json.dumps(figures, indent=1), flush=True)
    json.dump(figures, open(os.path.join(options.work, "figures.json"), "w"), indent=1)


if __name__ == "__main__":
    main()
