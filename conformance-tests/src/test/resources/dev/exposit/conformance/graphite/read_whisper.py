"""Prints the newest value of each file below a folder: read_whisper.py FOLDER SINCE, SINCE in seconds since the epoch.

One line for each file that has a value since then: a JSON array of its path in the folder, the value's timestamp and
the value. All in one process, since there are thousands of files.
"""

import json
import os
import sys

import whisper

root, since = sys.argv[1], int(sys.argv[2])
for folder, _, files in os.walk(root):
    for file in files:
        if not file.endswith(".wsp"):
            continue
        path = os.path.join(folder, file)
        (start, _, step), values = whisper.fetch(path, since)
        for i in reversed(range(len(values))):
            if values[i] is not None:
                print(json.dumps([os.path.relpath(path, root), start + i * step, values[i]]))
                break
