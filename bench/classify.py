"""classify beside Keras' predict of B and of B', in one run on one machine.

    python bench/classify.py --shared ../shared --work DIR [--scale 1]

Needs Keras with TensorFlow, h5py and pyarrow; makes image files of the lab's full size (1.5 GB) in DIR, and in
DIR/out the labs' network's detectors (X = 10 %) with one run of defend. Prints, and writes to
DIR/classify.json, for the lab's clean test images, 12,830:
  keras      seconds of Keras' predict, of B and then of B', at the faster of batch 32, 128 and 256; images in memory
  classify   seconds of bin/backsweep classify by the wall clock, start to end, and those of its Spark job
  otherwise  images for which rows say otherwise than Keras' answers, but for those whose two best scores, of
             either network, are closer than 0.0001
"""
import argparse, glob, json, os, re, shutil, subprocess, sys, time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NEAR_TIE = 1e-4


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    parser.add_argument("--work", required=True)
    parser.add_argument("--scale", default="1", help="share of the lab's image counts")
    return parser.parse_args()


def prepare(options):
    """The images and the detector, made where they are missing; the repaired file and the detector."""
    fixtures = f"{options.shared}/fixtures"
    if not os.path.exists(f"{options.work}/bd/bd_test.h5"):
        subprocess.run([sys.executable, f"{options.shared}/bench/make_lab_size.py", fixtures, options.work,
                        options.scale], check=True)
    if not os.path.exists(f"{options.work}/out/goodnet"):
        subprocess.run([f"{ROOT}/bin/backsweep", "defend", "--network", f"{fixtures}/models/lab3_bd_weights.h5",
                        "--architecture", f"{fixtures}/models/deepid.json", "--drop-percent", "10",
                        "--clean-validation", f"{options.work}/cl/valid.h5", "--output", f"{options.work}/out"],
                       check=True, stdout=subprocess.DEVNULL)
    repaired, = glob.glob(f"{options.work}/out/repaired/*/*.h5")
    detector, = glob.glob(f"{options.work}/out/goodnet/*/*")
    return repaired, detector


def keras_passes(options, repaired):
    """Seconds by batch of predict of both networks, after one that is not counted, and their answers."""
    import h5py, keras, numpy as np
    with h5py.File(f"{options.work}/cl/test.h5") as file:
        images = np.asarray(file["data"]).transpose(0, 2, 3, 1).astype("float32")
    models = []
    for weights in (f"{options.shared}/fixtures/models/lab3_bd_weights.h5", repaired):
        model = keras.models.model_from_json(open(f"{options.shared}/fixtures/models/deepid.json").read())
        model.load_weights(weights)
        models.append(model)
    seconds = {}
    for batch in (32, 128, 256):
        for model in models:
            model.predict(images[:4 * batch], batch_size=batch, verbose=0)
        start = time.time()
        answers = [model.predict(images, batch_size=batch, verbose=0) for model in models]
        seconds[batch] = time.time() - start
    return seconds, answers


def classify(options, detector):
    """What one run took by the wall clock, and its Spark job."""
    output = f"{options.work}/answers"
    shutil.rmtree(output, ignore_errors=True)
    command = [f"{ROOT}/bin/backsweep", "classify", "--goodnet", detector, "--images", f"{options.work}/cl/test.h5",
               "--output", output, "--progress", "plain"]
    start = time.time()
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.time() - start
    job = re.findall(r"classify: [\d,]+ images in ([\d.]+) s", ended.stderr)
    return seconds, float(job[-1]), output


def others(output, answers):
    """How many images have rows that say otherwise than Keras, and how many are too near to tell."""
    import numpy as np, pyarrow.parquet as parquet
    rows = parquet.read_table(f"{output}/answers").sort_by("index").to_pydict()
    original, repaired = (scores.argmax(1) for scores in answers)
    expected = np.where(original == repaired, original, answers[0].shape[1])
    near = np.zeros(len(expected), bool)
    for scores in answers:
        best = np.sort(scores, 1)
        near |= best[:, -1] - best[:, -2] < NEAR_TIE
    wrong = np.zeros(len(expected), bool)
    for column, values in (("class", expected), ("original_class", original), ("repaired_class", repaired)):
        wrong |= np.asarray(rows[column]) != values
    return {"images": len(expected), "otherwise": int((wrong & ~near).sum()), "near": int(near.sum()),
            "backdoored": int((expected == answers[0].shape[1]).sum())}


def main():
    options = arguments()
    repaired, detector = prepare(options)
    seconds, answers = keras_passes(options, repaired)
    wall, job, output = classify(options, detector)
    figures = {"keras_s": seconds, "classify_s": wall, "classify_job_s": job, **others(output, answers)}
    figures["keras_images_per_s"] = figures["images"] / min(seconds.values())
    figures["classify_images_per_s"] = figures["images"] / job
    print(json.dumps(figures, indent=1), flush=True)
    json.dump(figures, open(os.path.join(options.work, "classify.json"), "w"), indent=1)


if __name__ == "__main__":
    main()
