"""What a second executor brings: the curve stage on local-cluster[2,1] beside local-cluster[1,1].

    python bench/executors.py --images DIR [--shared ../shared] [--network FILE.h5] [--repeats 4]

DIR holds image files as bench/against_keras.py makes them. The runs take turns, every one with an output
of its own. Prints the seconds of the curve stage, the medians, and how many times faster two executors are.
"""
import argparse, json, os, re, shutil, statistics, subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--images", required=True)
    parser.add_argument("--shared", default=os.path.join(ROOT, "..", "shared"))
    parser.add_argument("--network", default="lab3_bd_weights.h5", help="one of the shared networks")
    parser.add_argument("--repeats", type=int, default=4)
    return parser.parse_args()


def curve_seconds(options, executors):
    models = os.path.join(options.shared, "fixtures", "models")
    output = os.path.join(options.images, "executors-out")
    shutil.rmtree(output, ignore_errors=True)
    environment = dict(os.environ, BACKSWEEP_SPARK_OPTIONS=f"--master local-cluster[{executors},1,1024]")
    printed = subprocess.run(
        [f"{ROOT}/bin/backsweep", "defend", "--network", f"{models}/{options.network}",
         "--architecture", f"{models}/deepid.json", "--clean-validation", f"{options.images}/cl/valid.h5",
         "--clean-test", f"{options.images}/cl/test.h5", "--poisoned", f"sunglasses={options.images}/bd/bd_test.h5",
         "--output", output],
        check=True, capture_output=True, text=True, env=environment).stdout
    return float(re.search(r"^Time .* curves ([\d.]+)", printed, re.M).group(1))


def main():
    options = arguments()
    seconds = {1: [], 2: []}
    for _ in range(options.repeats):
        for executors, measured in seconds.items():
            measured.append(curve_seconds(options, executors))
    one, two = (statistics.median(measured) for measured in seconds.values())
    print(json.dumps({"one_executor_s": seconds[1], "two_executors_s": seconds[2], "times_faster": one / two}, indent=1))


main()
