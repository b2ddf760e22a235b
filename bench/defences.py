"""Defences side by side on BadNets whose making is known, and on the labs' own network.

    python bench/defences.py --work DIR [--fixtures DIR] [--only-table]

Draws faces, trains the networks of conf/zoo.conf, poisons the test images, and defends every BadNet
by all criteria of conf/defences.conf and STRIP, then by fine-pruning; what is there already is not
made again. With the fixtures also the labs' network, which is fine-tuned on the few real faces there
are. Prints tables in Markdown, of means and standard deviations over the networks and of the
detectors, from what `defend` wrote. Needs pandas and pyarrow.
"""

import argparse
import pathlib
import subprocess
import sys

import pandas

HOME = pathlib.Path(__file__).resolve().parent.parent
TUNED = ["mean-activation", "anp", "none"]
TRIGGERS = {
    "sunglasses": "kind=picture,file=faces/sunglasses.png,x=0,y=15",
    "square": "kind=pattern,size=4",
    "blended": "kind=blended,seed=1",
}
GROUPS = {
    "plain": ["sunglasses", "square", "blended", "bn-sunglasses", "bn-square", "bn-blended"],
    "pruning-aware": ["sunglasses-aware", "square-aware", "blended-aware", "bn-sunglasses-aware"],
}
SHARES = ["clean_accuracy", "attack_success_rate", "robust_accuracy", "defence_effectiveness"]


def backsweep(work, *arguments):
    print("backsweep", *arguments, file=sys.stderr, flush=True)
    subprocess.run([HOME / "bin/backsweep", *map(str, arguments)], cwd=work, check=True, stdout=sys.stderr)


def trigger(network):
    return network.removeprefix("bn-").removesuffix("-aware")


def defend(work, network, poisoned, learned, *more):
    common = ["defend", "--config", HOME / "conf/defences.conf", "--network", network,
              "--poisoned", poisoned, "--output", "out", "--progress", "none", *more]
    backsweep(work, *common)
    backsweep(work, *common, "--criterion", ",".join(TUNED), "--fine-tune", learned)


def make(work):
    backsweep(work, "images", "faces", "--fine-tuning", "50", "--output", "faces", "--progress", "none")
    backsweep(work, "train", "--config", HOME / "conf/zoo.conf", "--progress", "none")
    for name, how in TRIGGERS.items():
        if not (work / f"{name}.h5").exists():
            backsweep(work, "poison", "--images", "faces/test.h5", "--target", "0", "--trigger", how,
                      "--set", "without-target-class=true", "--output", f"{name}.h5")
    for network in [name for names in GROUPS.values() for name in names]:
        name = trigger(network)
        defend(work, f"zoo/{network}.h5", f"{name}={name}.h5", "faces/fine-tuning.h5")


def make_lab(work, fixtures):
    data = fixtures / "data"
    defend(work, fixtures / "models/lab3_bd_weights.h5",
           f"sunglasses={data / 'impressions_poisoned.h5'}", data / "faces_clean.h5",
           "--architecture", fixtures / "models/deepid.json",
           "--clean-validation", data / "impressions_valid.h5",
           "--clean-test", data / "impressions_test.h5")


def table(work, name):
    rows = pandas.read_parquet(work / "out/results" / name)
    units = pandas.read_parquet(work / "out/results/units")
    latest = units.sort_values(["finished", "attempt"]).drop_duplicates("unit", keep="last")
    rows = rows.merge(latest[latest.status == "done"][["unit", "attempt"]], on=["unit", "attempt"])
    return rows.assign(badnet=rows.network.str.rsplit("-", n=1).str[0])


def label(row):
    if not row.fine_tuned:
        return "random" if row.criterion.startswith("random-") else row.criterion
    return "fine-tuning only" if row.criterion == "none" else f"fine-pruning, {row.criterion}"


def spread(values, digits=1):
    known = values.dropna()
    if known.empty:
        return "-"
    return f"{known.mean():.{digits}f}" + (f" ± {known.std():.{digits}f}" if len(known) > 1 else "")


def repaired(work, networks, drop):
    """The rows of each defence at a drop, one a network, and those of doing nothing."""
    evaluations = table(work, "evaluations")
    evaluations = evaluations[evaluations.badnet.isin(networks)].copy()
    evaluations["defence"] = evaluations.apply(label, axis=1)
    at = evaluations[(evaluations.drop_percent == drop) | (evaluations.drop_percent == 0)]
    nothing = at[(at.subject == "original")].drop_duplicates("badnet").assign(defence="nothing")
    # A row without a step repairs nothing: the network stays what it was.
    repaired = at[(at.subject == "repaired") & at.step.notna()]
    repaired = repaired[(repaired.criterion != "none") | repaired.fine_tuned]
    never = at[(at.subject == "original") & at.step.isna()]
    return dict(list(pandas.concat([nothing, repaired, never]).groupby("defence", sort=False)))


def measures(rows):
    """Clean accuracy with ASR, RA, and DER; what is repaired in no way has a DER of one half."""
    shares = [spread(rows[column] * 100) for column in SHARES[:3]]
    return [f"{shares[0]}, {shares[1]}", shares[2], spread(rows[SHARES[3]].fillna(0.5), 2)]


def summary(work, networks):
    """A row for each defence at the first and the last drop."""
    first, last = (repaired(work, networks, drop) for drop in (2, 10))
    aurocs = table(work, "detectors")
    aurocs = aurocs[aurocs.badnet.isin(networks) & aurocs.criterion.notna()].copy()
    aurocs["criterion"] = aurocs.criterion.str.replace(r"random-.*", "random", regex=True)
    lines = []
    for defence, rows in first.items():
        cells = [*measures(rows), *measures(last[defence]),
                 spread(aurocs[aurocs.criterion == defence].auroc, 2)]
        lines.append(f"| {defence} | " + " | ".join(cells) + " |")
    return lines


def flags(row):
    return f"{100 * row.true_positive_rate:.1f} / {100 * row.false_positive_rate:.1f} %"


def detectors(work, networks):
    """A row for each network: G by the first criterion, beside STRIP; shares in percent."""
    rows = table(work, "detectors")
    lines = []
    for badnet in networks:
        own = rows[rows.badnet == badnet]
        if own.empty or "strip" not in set(own.detector):
            continue
        g = own[own.criterion == TUNED[0]].iloc[0]
        strip = own[own.detector == "strip"].iloc[0]
        lines.append(
            f"| `{badnet}` | {g.auroc:.3f} | {strip.auroc:.3f}"
            f" | {flags(g)} | {flags(strip)} |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--fixtures", type=pathlib.Path, help="where the labs' network is")
    parser.add_argument("--only-table", action="store_true", help="of what is there already")
    arguments = parser.parse_args()
    work = arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    groups = dict(GROUPS)
    if not arguments.only_table:
        make(work)
    if arguments.fixtures:
        groups["labs'"] = ["lab3_bd_weights"]
        if not arguments.only_table:
            make_lab(work, arguments.fixtures.resolve())
    for group, networks in groups.items():
        print(f"\n{len(networks)} {group} networks\n")
        print("| defence | X = 2 %: accuracy, ASR | RA | DER | X = 10 %: accuracy, ASR | RA | DER | AUROC of G |")
        print("|---|---|---|---|---|---|---|---|")
        print("\n".join(summary(work, networks)))
    print("\n| network | AUROC of G | of STRIP | G flags, poisoned / clean | STRIP flags |")
    print("|---|---|---|---|---|")
    for networks in groups.values():
        print("\n".join(detectors(work, networks)))


if __name__ == "__main__":
    main()
