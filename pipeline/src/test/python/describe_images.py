"""Prints what h5py finds in a file of images, a line for each data set.

    python describe_images.py FILE     (needs h5py and numpy)

A line: name, type, axes with x between them, sha256 of the values as big-endian float32, row-major.
"""

import hashlib
import sys

import h5py

with h5py.File(sys.argv[1]) as file:
    for name in sorted(file):
        values = file[name][()]
        digest = hashlib.sha256(values.astype(">f4").tobytes()).hexdigest()
        print(name, values.dtype, "x".join(map(str, values.shape)), digest)
