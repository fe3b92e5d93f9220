#!/usr/bin/env python3
"""Runs clang-tidy over the project's sources and remembers which of them were clean.

A source is looked at again when it, a header of ours that it includes (through others, too), the
checks or clang-tidy itself have changed. So the second run is quick and the result the same. What was clean is
remembered outside the checkout, as ccache does, so that a fresh clone gains by it too.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

TIDY = "clang-tidy-19"
ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
# Where an include in quotes is looked for, after the includer's own folder.
INCLUDE_FOLDERS = [ROOT / "src", ROOT / "examples", ROOT]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")


def included_files(file: pathlib.Path) -> list[pathlib.Path]:
    found = []
    for name in INCLUDE.findall(file.read_text()):
        for folder in [file.parent, *INCLUDE_FOLDERS]:
            if (folder / name).is_file():
                found.append((folder / name).resolve())
                break
    return found


def closure(source: pathlib.Path) -> list[pathlib.Path]:
    seen = {source}
    waiting = [source]
    while waiting:
        for file in included_files(waiting.pop()):
            if file not in seen:
                seen.add(file)
                waiting.append(file)
    return sorted(seen)


def fingerprint(source: pathlib.Path, command: str, common: bytes) -> str:
    digest = hashlib.sha256(common + command.replace(str(ROOT), "").encode())
    for file in closure(source):
        digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def check(source: pathlib.Path, build: pathlib.Path) -> subprocess.CompletedProcess:
    # GCC's own warning options mean nothing to clang, and libstdc++ 12's std::stable_sort uses what
    # clang calls deprecated.
    options = ["--quiet", "--extra-arg=-Wno-unknown-warning-option",
               "--extra-arg=-Wno-deprecated-declarations", "-p", str(build)]
    return subprocess.run([TIDY, *options, str(source)], capture_output=True, text=True)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--build", type=pathlib.Path, required=True)
    arguments.add_argument("--jobs", type=int, default=1)
    options = arguments.parse_args()

    version = subprocess.run([TIDY, "--version"], capture_output=True, check=True).stdout
    common = version + (ROOT / ".clang-tidy").read_bytes()
    marks = CACHE / "dsdash-tidy"
    marks.mkdir(parents=True, exist_ok=True)

    commands = json.loads((options.build / "compile_commands.json").read_text())
    # A source that several targets compile is looked at once.
    command_of = {pathlib.Path(entry["file"]).resolve(): entry["command"] for entry in commands}
    waiting = []
    for source, command in command_of.items():
        if source.is_relative_to(options.build.resolve()):
            continue  # made by the build
        mark = marks / fingerprint(source, command, common)
        if not mark.exists():
            waiting.append((source, mark))

    dirty = 0
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        runs = {pool.submit(check, source, options.build): (source, mark) for source, mark in waiting}
        for run in concurrent.futures.as_completed(runs):
            source, mark = runs[run]
            if run.result().returncode == 0:
                mark.touch()
                continue
            dirty += 1
            print(run.result().stdout, run.result().stderr, sep="", file=sys.stderr)
            print(f"{source.relative_to(ROOT)}: not clean", file=sys.stderr)
    print(f"{len(waiting)} sources looked at, {dirty} of them not clean")
    return 1 if dirty else 0


if __name__ == "__main__":
    sys.exit(main())
