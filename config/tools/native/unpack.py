"""Unpacks the members of a wheel that match one of the patterns: `unpack.py WHEEL FOLDER PATTERN…`; with no pattern, prints its METADATA."""
import fnmatch
import sys
import zipfile

wheel, folder, patterns = sys.argv[1], sys.argv[2], sys.argv[3:]
with zipfile.ZipFile(wheel) as archive:
    names = archive.namelist()
    if not patterns:
        (metadata,) = fnmatch.filter(names, "*.dist-info/METADATA")
        print(archive.read(metadata).decode())
    # folders move between versions of TensorFlow: a pattern may match nothing
    for name in sorted({name for pattern in patterns for name in fnmatch.filter(names, pattern)}):
        archive.extract(name, folder)
