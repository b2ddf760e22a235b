"""Reads answers.csv as Python's own csv module does and compares its column 'image' with a JSON list of names.

    python read_answers.py answers.csv names.json
"""
import csv
import json
import sys

with open(sys.argv[1], newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file, strict=True))
with open(sys.argv[2], encoding="utf-8") as file:
    names = json.load(file)
assert [row["image"] for row in rows] == names, (rows, names)
assert all(row["status"] == "classified" and None not in row.values() for row in rows), rows
assert [int(row["index"]) for row in rows] == list(range(len(names)))
