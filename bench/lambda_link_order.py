#!/usr/bin/env python3
"""Writes src/lambda/link_order.txt: every function that Lambda's bootstrap runs through from its
start to its third extraction, so that the linker can put them together. Worth running after larger
changes, when lambda_bench.py shows that the bootstrap's memory has grown.

    apt-get install valgrind
    ninja -C build/release bootstrap lambda_endpoint    # as the shipped one, with names
    bench/lambda_link_order.py
"""

import re
import subprocess
import tempfile
from pathlib import Path

from lambda_bench import ENDPOINT, ROOT, Authority, Endpoint, sandbox

BOOTSTRAP = ROOT / "build/release/package/bootstrap"
ORDER = ROOT / "src/lambda/link_order.txt"
# "fn=(12) name": a function's first mention where it has costs; recursion appends "'2".
FUNCTION = re.compile(r"^fn=\(\d+\) ([^'\n]+)", re.MULTILINE)


def main():
    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(folder, "localhost")
        profile = Path(folder) / "profile"
        command = ["valgrind", "--quiet", "--tool=callgrind", "--demangle=no",
                   f"--callgrind-out-file={profile}", str(BOOTSTRAP)]
        with Endpoint(ENDPOINT, authority, 3) as endpoint:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL,
                                       env=sandbox(folder, authority) | endpoint.environment())
            endpoint.report(process)
            process.terminate()
            process.wait()
        # Callees are named where they are called, callers where they have costs of their own.
        names = set(FUNCTION.findall(profile.read_text().replace("\ncfn=", "\nfn=")))
    ORDER.write_text("".join(f"{name}\n" for name in sorted(names)))
    print(f"{ORDER.relative_to(ROOT)}: {len(names)} functions")


if __name__ == "__main__":
    main()
