"""Makes small results from nothing, runs the notebooks on them, and checks what they show.

    python notebooks/execute.py [--write] [--work DIR]

Needs what requirements.txt names. Without --write the notebooks stay as they are, and must have outputs of
the kinds that they get here; with it they get those of this run. In DIR (else a temporary folder) faces are
drawn, three networks trained on them, attacked and defended, one of them with two settings, of which the
last must count; what is there already is not made again. Fails where a cell does, where one says nothing
that should, where a table is not what the commands printed, and where results.py takes other rows than count.
"""
import argparse
import base64
import concurrent.futures
import html.parser
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import nbclient
import nbformat
import pandas
import PIL.Image
import traitlets.config

import results
from history import HISTORY

HERE = pathlib.Path(__file__).resolve().parent
NAMES = ["01-pruning-curves", "02-compare-networks", "03-from-the-labs"]
SILENT = {"setup"}
LARGEST = 100_000
# X, step, accuracy and ASR of B and of B', four shares of G, DER.
LABS_COLUMNS = 11
# As the sweep has them; the notebooks show the first.
CRITERIA = ["mean-activation", "channel-lipschitz"]
SHARE = r"([0-9.]+)"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the outputs in the notebooks")
    parser.add_argument("--work", help="where inputs and results are made")
    options = parser.parse_args()
    committed = {name: nbformat.read(file(name), as_version=4) for name in NAMES}
    check_rule()
    with tempfile.TemporaryDirectory(prefix="backsweep-notebooks-") as scratch:
        work = pathlib.Path(options.work or scratch).resolve()
        work.mkdir(parents=True, exist_ok=True)
        swept, defended = make_results(work)
        os.environ["BACKSWEEP_OUT"] = str(work / "out")
        with concurrent.futures.ThreadPoolExecutor() as pool:
            executed = dict(zip(NAMES, pool.map(execute, NAMES, [work] * len(NAMES))))
    for name, notebook in executed.items():
        check_outputs(name, notebook)
        if not options.write:
            check_same_kinds(name, committed[name], notebook)
    check_labs_table(executed[NAMES[0]], defended)
    check_best_repairs(executed[NAMES[1]], swept, defended)
    check_labs_verdict(executed[NAMES[2]], defended)
    if options.write:
        for name, notebook in executed.items():
            nbformat.write(notebook, file(name))
    for name in NAMES:
        check_committed(name, work)


def file(name):
    return HERE / f"{name}.ipynb"


def make_results(work):
    """What `sweep` printed, and then `defend`, with other settings of one of the networks, into work/out."""
    examples = HERE / "example"
    backsweep(work, "images", "faces", "--output", "faces", "--set", "identities=20",
              "--set", "training=100", "--set", "fine-tuning=1")
    poison = ["poison", "--images", "faces/test.h5", "--target", "0", "--output"]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(lambda command: backsweep(work, *command), [
            ["train", "--config", examples / "train.conf"],
            [*poison, "sunglasses.h5", "--trigger", "kind=picture,file=faces/sunglasses.png,x=0,y=15"],
            [*poison, "white_square.h5", "--trigger", "kind=pattern,size=4"],
        ]))
    broken = work / "networks/white_square_truncated.h5"
    broken.write_bytes((work / "networks/white_square.h5").read_bytes()[:100_000])
    swept = backsweep(work, "sweep", "--config", examples / "sweep.conf")
    return swept, backsweep(work, "defend", "--network", "networks/sunglasses.h5", "--clean-validation",
                            "faces/validation.h5", "--clean-test", "faces/test.h5",
                            "--poisoned", "sunglasses=sunglasses.h5", "--criterion",
                            ",".join(CRITERIA), "--output", "out")


def backsweep(work, *command):
    """What a command printed."""
    start = time.time()
    errors = work / "errors"
    # Half a minute is too short for what the better compiler of the JVM gains.
    options = {"SPARK_SUBMIT_OPTS": f"-XX:TieredStopAtLevel=1 {os.environ.get('SPARK_SUBMIT_OPTS', '')}"}
    with open(errors, "a") as log:
        ended = subprocess.run([HERE.parent / "bin/backsweep", *command], cwd=work, text=True,
                               env=os.environ | options, stdout=subprocess.PIPE, stderr=log)
    if ended.returncode:
        raise SystemExit(f"{command[0]} ended with {ended.returncode}:\n{ended.stdout}\n{errors.read_text()}")
    say(f"{command[0]}: {time.time() - start:.0f} s")
    return ended.stdout


def execute(name, work):
    """The notebook, run on the results, without anything that belongs to this machine or moment."""
    start = time.time()
    notebook = nbformat.read(file(name), as_version=4)
    with tempfile.TemporaryDirectory(prefix="kernel-") as sockets:
        # By default the kernel would listen on a port.
        no_port = traitlets.config.Config(KernelManager={"transport": "ipc", "ip": f"{sockets}/kernel"})
        nbclient.NotebookClient(notebook, kernel_name="python3", config=no_port, timeout=300,
                                record_timing=False, resources={"metadata": {"path": str(HERE)}}).execute()
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                         "language_info": {"name": "python"}}
    for cell in code(notebook):
        for data in (output.get("data", {}) for output in cell.outputs):
            if "text/html" in data:
                data["text/html"] = data["text/html"].replace(f"{work}/", "")
                # The same table again, as wide as the paths were.
                del data["text/plain"]
            if "image/png" in data:
                data["image/png"] = smaller(data["image/png"])
    say(f"{name}: {time.time() - start:.0f} s")
    return notebook


def smaller(picture):
    """A PNG, base64, with a palette: charts have few colours."""
    with PIL.Image.open(io.BytesIO(base64.b64decode(picture))) as image:
        palette = image.convert("RGB").quantize(64, dither=PIL.Image.Dither.NONE)
    file = io.BytesIO()
    palette.save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode()


def code(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def kinds(cell):
    return [sorted(output.get("data", {output.output_type: None})) for output in cell.outputs]


def check_outputs(name, notebook):
    for cell in code(notebook):
        warnings = [output.text for output in cell.outputs if output.output_type == "stream"]
        require(not warnings, f"{name}, cell {cell.id}, wrote {warnings}")
        require(bool(cell.outputs) != (cell.id in SILENT), f"{name}, cell {cell.id}, shows {kinds(cell)}")


def check_same_kinds(name, committed, notebook):
    for old, new in zip(code(committed), code(notebook), strict=True):
        require(kinds(old) == kinds(new),
                f"{name}, cell {old.id}: the committed outputs are {kinds(old)}, but this run gave {kinds(new)};"
                " give --write and commit")


def check_committed(name, work):
    size = file(name).stat().st_size
    require(size < LARGEST, f"{name} has {size} bytes, more than {LARGEST}")
    text = file(name).read_text()
    for private in (str(work), str(HERE.parent), str(pathlib.Path.home()) + "/"):
        require(private not in text, f"{name} has a path of this machine: {private}")
    say(f"{name}: {size:,} bytes")


def defence(printed):
    """The network that `defend` had, and of each criterion the table that it printed, as texts."""
    network, = re.findall(r"^Network +(\S+): ", printed, re.MULTILINE)
    original = re.search(rf"clean accuracy {SHARE} % .*attack success {SHARE} %", printed).groups()
    tables = {}
    for block in re.split(r"^In the order of ", printed, flags=re.MULTILINE)[1:]:
        lines = re.findall(rf"^  {SHARE} % +(\d+) +\d+/\d+" + rf" +{SHARE}" * 7 + "$", block, re.MULTILINE)
        tables[block[:block.index(":")]] = [[x, step, *original, *shares] for x, step, *shares in lines]
    require(list(tables) == CRITERIA, f"defend printed tables of {list(tables)}, not of {CRITERIA}")
    return network, tables


def check_labs_table(notebook, printed):
    """The table of the first notebook is the one that `defend` printed."""
    _, tables = defence(printed)
    found = [row[-LABS_COLUMNS:] for row in table(notebook, "table")]
    require_equal("the labs' table", numbers(found), numbers(tables[CRITERIA[0]]))


def check_labs_verdict(notebook, printed):
    """Steps, B', G and DER of the last notebook are those that `defend` printed."""
    _, tables = defence(printed)
    lines = numbers(tables[CRITERIA[0]])
    found = numbers(row[-3:] for row in table(notebook, "verdict"))
    require_equal("the labs' verdict", found, [[x, step, der] for x, step, *_, der in lines])
    # By step: the clean test set's and the poisoned set's share of B', then of G, then what G flags.
    found = numbers(table(notebook, "goodnet"))[1:]
    require_equal("the labs' G", found, [[step, *shares, fpr, tpr]
                                         for _, step, _, _, *shares, tpr, fpr, _ in lines])


def check_best_repairs(notebook, swept, defended):
    """The best repairs of the second notebook are those that `sweep` printed, or later `defend`."""
    lines = re.findall(rf"^\[.*\] (\S+)  accuracy {SHARE}, ASR {SHARE}; (.*)$", swept, re.MULTILINE)
    printed = {network: re.findall(rf"{SHARE} %: {SHARE} / {SHARE} \((\S+)\)", repairs)
               for network, _, _, repairs in lines}
    network, tables = defence(defended)
    require(network in printed, f"sweep did not print {network}, but {list(printed)}")
    printed[network] = [best(lines) for lines in zip(*tables.values(), strict=True)]
    expected = [(criterion, *numbers([shares])[0])
                for network in sorted(printed) for *shares, criterion in printed[network]]
    found = [(criterion, *numbers([[x, accuracy, success]])[0])
             for x, criterion, _, accuracy, success, _ in (row[-6:] for row in table(notebook, "best"))]
    require_equal("the best repairs", found, expected)


def best(lines):
    """Of the lines of all criteria at some X the best: X, accuracy, ASR, criterion. The greatest DER, then the
    least ASR, then the greatest accuracy, then the first criterion by name."""
    _, _, _, criterion, line = min((-float(line[-1]), float(line[5]), -float(line[4]), criterion, line)
                                   for criterion, line in zip(CRITERIA, lines, strict=True))
    return [line[0], *line[4:6], criterion]


def check_rule():
    """Which rows results.py counts, and what failed, on a history with all that can happen."""
    units = pandas.DataFrame(HISTORY, columns=["mark", "network", "kind", "unit", "settings"])
    units["settings"] = units["settings"].map(json.dumps)
    units["status"] = units["mark"].map({"+": "done", "-": "done", "!": "failed", ".": "failed"})
    units["finished"] = units.index
    units["attempt"] = units["reason"] = [f"{place}: {unit}" for place, unit in units["unit"].items()]
    orphans = pandas.DataFrame([("once", "orphan"), ("nobody's", "orphan")], columns=["unit", "attempt"])
    written = pandas.concat([units[["unit", "attempt"]], orphans])
    with tempfile.TemporaryDirectory() as out:
        for name, frame in {"units": units[::-1], "things": written}.items():
            folder = pathlib.Path(out, "results", name, "batch=1")
            folder.mkdir(parents=True)
            frame.to_parquet(folder / "part.parquet")
        require_equal("the attempts that count", list(results.rows("things", out)["attempt"]),
                      list(units.loc[units["mark"] == "+", "attempt"]))
        require_equal("what failed", list(results.failures(out)["reason"]),
                      list(units.loc[units["mark"] == "!", "reason"]))


class Cells(html.parser.HTMLParser):
    """The texts of the body of a table, row by row."""

    def __init__(self):
        super().__init__()
        self.rows = []
        self.is_body = False

    def handle_starttag(self, tag, attributes):
        self.is_body |= tag == "tbody"
        if tag == "tr" and self.is_body:
            self.rows.append([])

    def handle_data(self, data):
        if self.is_body and data.strip():
            self.rows[-1].append(data.strip())


def table(notebook, cell):
    parser = Cells()
    (found,) = [one for one in code(notebook) if one.id == cell]
    parser.feed(found.outputs[-1].data["text/html"])
    return parser.rows


def numbers(rows):
    return [[float(value) for value in row] for row in rows]


def require_equal(what, found, expected):
    require(bool(expected) and found == expected, f"{what}:\n{found}\nbut the command has\n{expected}")


def require(holds, otherwise):
    if not holds:
        raise SystemExit(f"notebooks: {otherwise}")


def say(what):
    print(f"notebooks: {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
