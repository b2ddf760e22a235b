"""The rows that count of the tables that Backsweep wrote, and what failed.

Every result belongs to an attempt at a unit of work, and the `settings` of a unit name the units that it was
made of. Of the attempts at a unit the latest counts, if it ended with `done`. Of a network that was defended
with several settings (another scale, another layer, other validation images) those count that it was defended
with last; of a criterion its last order, of the image sets of one name the last. What was made of anything
else does not count, nor does what a killed run left behind.
"""
import json
import os

import pandas as pd

OUT = os.environ.get("BACKSWEEP_OUT", "../out")

PARTS = ["validation_curve", "clean_test_curve", "poisoned_curve", "repair"]
NAMES = ["statistics", "criterion", "order", "image_set", "rule", "drop_percent", *PARTS]

# Units of a kind with the same names count where they agree with the last of them.
LAST = [
    ("curve", ["network"], "statistics"),
    ("curve", ["network", "criterion"], "order"),
    ("curve", ["network", "criterion", "image_set"], "unit"),
    ("evaluation", ["repair", "poisoned_curve"], "unit"),
    ("fine_tuning", ["repair"], "unit"),
    ("activations", ["network", "statistics", "image_set"], "unit"),
]


def rows(table, out=OUT):
    """Those of a table that count."""
    return pd.read_parquet(f"{out}/results/{table}").merge(done(units(out))[["unit", "attempt"]])


def failures(out=OUT):
    """The units that failed, but for what was done later after all."""
    found = units(out)
    last = found.drop_duplicates(["network", "kind", "criterion", "rule", "drop_percent", *PARTS], keep="last")
    defended = last["network"].map(done(found).groupby("network")["finished"].max())
    is_mended = (last["kind"] == "defence") & (last["finished"] < defended)
    return last[(last["status"] == "failed") & ~is_mended]


def units(out):
    """The latest attempt at each unit, where it was made of what counts; done or failed."""
    found = pd.read_parquet(f"{out}/results/units").sort_values(["finished", "attempt"])
    found = found.drop_duplicates("unit", keep="last", ignore_index=True)
    found = found.join(pd.DataFrame(map(json.loads, found["settings"]), columns=NAMES).fillna(""))
    for kind, same_names, choice in LAST:
        same = found[(found["kind"] == kind) & (found["status"] == "done")]
        found = found.drop(same.index[same[choice] != same.groupby(same_names)[choice].transform("last")])
    for part in PARTS:
        found = found[found[part].isin(["", *found.loc[found["status"] == "done", "unit"]])]
    return found


def done(found):
    """Those of units that are done; statistics, and what was made of them, only where a curve was too."""
    finished = found[found["status"] == "done"]
    statistics = finished.loc[finished["kind"] == "curve", "statistics"]
    is_used = (finished["kind"] != "statistics") | finished["unit"].isin(statistics)
    return finished[is_used & finished["statistics"].isin(["", *statistics])]
