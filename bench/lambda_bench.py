#!/usr/bin/env python3
"""Cold start, warm invocation and memory of Lambda's bootstrap, beside Python with boto3 making the
same calls to the same endpoint in the same run.

    bench/lambda_bench.py [--bootstrap FILE] [--runs 20] [--warm 200] [--plain]

Over TLS unless --plain. Medians, with the least and the largest of the runs. All runs on one
processor, as in a small Lambda function: to wake another one takes up to 40 us a call, by chance.
Times are taken at the endpoint (lambda_endpoint), whose own some 20 us a call are part of them; "CPU
in all" is the process's own, which a busy machine does not change much. Ends with 1 when a ratio is
below what the project promises (HELD), or the two made different calls."""

import argparse
import json
import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.fake_aws import Authority  # noqa: E402

# What a prototype of the bootstrap reached on an idle machine. On a busy one the times say little, and
# a ratio may be too low without any fault of ours.
HELD = {"start to first answer": 29, "warm invocation": 11, "memory at its peak": 9.5}
ENDPOINT = str(ROOT / "build/release/bench/lambda_endpoint")
ROOTS = "/usr/share/ca-certificates/mozilla/Amazon_Root_CA_{}.crt"


def memory_mb(pid, field):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {field} of process {pid}")


class Endpoint:
    """A lambda_endpoint for one process: use as a context manager."""

    def __init__(self, program, authority, invocations):
        words = [program, "--invocations", str(invocations)]
        if authority:
            words += ["--certificate", authority.certificate, "--key", authority.key]
        self.scheme = "https" if authority else "http"
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ports = self.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"lambda_endpoint ended with {self.process.wait()}")
        return json.loads(line)

    def environment(self):
        return {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.ports['runtime_api']}",
                "AWS_ENDPOINT_URL_SAGEMAKER": f"{self.scheme}://localhost:{self.ports['sagemaker']}",
                "AWS_ENDPOINT_URL_EVENTBRIDGE": f"{self.scheme}://localhost:{self.ports['events']}"}

    def report(self, process):
        """What `process` did, when it has done it all."""
        while not select.select([self.process.stdout], [], [], 1)[0]:
            if process.poll() is not None:
                raise SystemExit(f"{process.args[0]} ended with {process.returncode}")
        report = self.read()
        if report["failure"]:
            raise SystemExit(f"{process.args[0]} failed: {report['failure']}")
        return report


def sandbox(folder, authority):
    """Environment of an extraction of three metrics, with its certificates in `folder`."""
    # As many certificates as the bootstrap has compiled in, so that it gains nothing by them.
    bundle = Path(folder) / "bundle.pem"
    bundle.write_text("".join(Path(ROOTS.format(i)).read_text() for i in range(1, 5))
                      + Path(authority.file).read_text())
    return {
        "AWS_CA_BUNDLE": str(bundle), "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_SESSION_TOKEN": "token", "AWS_LAMBDA_FUNCTION_NAME": "f", "_HANDLER": "extraction",
        "HOME": str(folder), "PATH": os.environ["PATH"], "PROJECT_NAME": "churn",
        "ENVIRONMENT": "dev", "METRICS": "TotalCompletedTrainingJobs,NumberEndPointsInService,"
                                         "CompletedTrainingJobs24h"}


def run_once(command, endpoint, environment):
    started = time.monotonic_ns()
    process = subprocess.Popen(command, env=environment | endpoint.environment(),
                               stdout=subprocess.DEVNULL)
    report = endpoint.report(process)
    given, answered = report["given"], report["answered"]
    figures = {"start to first next": (report["first_asked"] - started) / 1e6,
               "first invocation": (answered[0] - given[0]) / 1e6,
               "start to first answer": (answered[0] - started) / 1e6,
               "warm invocation": statistics.median(
                   (end - begin) / 1e6 for begin, end in zip(given[1:], answered[1:])),
               "memory at its peak": memory_mb(process.pid, "VmHWM"),
               "of it anonymous": memory_mb(process.pid, "RssAnon")}
    process.kill()  # as Lambda does: it waits for its next invocation
    usage = os.wait4(process.pid, 0)[2]
    process.returncode = -signal.SIGKILL
    figures["CPU in all"] = (usage.ru_utime + usage.ru_stime) * 1000
    return figures, {"calls": report["calls"], "connections": report["connections"]}


def show(name, unit, ours, theirs):
    def text(values):
        return f"{statistics.median(values):8.2f} ({min(values):.2f}-{max(values):.2f})"
    ratio = statistics.median(theirs) / statistics.median(ours)
    held = HELD.get(name)
    low = held is not None and ratio < held
    note = "" if held is None else f"  held: {held}x" + ("  TOO LOW" if low else "")
    print(f"{name:22} {unit:3} {text(ours):28} {text(theirs):30} {ratio:6.1f}x{note}")
    return low


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--bootstrap", default=str(ROOT / "build/lambda/package/bootstrap"))
    parser.add_argument("--endpoint", default=ENDPOINT)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--warm", type=int, default=200, help="warm invocations in each run")
    parser.add_argument("--plain", action="store_true", help="without TLS")
    options = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(folder, "localhost")
        environment = sandbox(folder, authority)
        commands = {"ours": [options.bootstrap],
                    "theirs": [sys.executable, str(ROOT / "bench/lambda/python_runtime.py")]}

        def run(who, warm):
            with Endpoint(options.endpoint, None if options.plain else authority,
                          1 + warm) as endpoint:
                return run_once(commands[who], endpoint, environment)

        figures = {who: [] for who in commands}
        for who in commands:  # the files come into the page cache
            run(who, 1)
        for _ in range(options.runs):
            made = {}
            for who in commands:
                measured, made[who] = run(who, options.warm)
                figures[who].append(measured)
            if made["ours"] != made["theirs"]:
                raise SystemExit(f"different calls: {made['ours']} and {made['theirs']}")

    print(f"{len(made['ours']['calls'])} calls an invocation, over "
          f"{sum(made['ours']['connections'])} {'plain' if options.plain else 'TLS'} connections, "
          f"{options.runs} runs with {options.warm} warm invocations each; the binary has "
          f"{Path(options.bootstrap).stat().st_size:,} bytes")
    print(f"{'':26} {'bootstrap':28} {'Python + boto3':30}  ratio")
    low = [show(name, "MB" if "memory" in name or "anonymous" in name else "ms",
                *([run[name] for run in figures[who]] for who in ("ours", "theirs")))
           for name in figures["ours"][0]]
    return 1 if any(low) else 0


if __name__ == "__main__":
    sys.exit(main())
