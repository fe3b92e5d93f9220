#!/usr/bin/env python3
"""Cold start, warm invocation and memory of Lambda's bootstrap, beside Python with boto3 making the
same calls to the same endpoint in the same run.

    bench/lambda_bench.py [--bootstrap FILE] [--runs 20] [--warm 200] [--plain]

Over TLS unless --plain. Medians, with the least and the largest of the runs. Times are taken at the
endpoint, whose own are part of them, which makes ratios smaller; "CPU in all" is the process's own,
which a busy machine does not change much. Ends with 1 when a ratio is below what the project promises
(HELD), or the two made different calls."""

import argparse
import os
import signal
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "bench" / "lambda"), str(ROOT / "tests")]

from endpoint import Endpoint  # noqa: E402
from support.fake_aws import Authority  # noqa: E402

# About half of what a prototype of the bootstrap reached on an idle machine. On a busy one the
# times say little, and a ratio may be too low without any fault of ours.
HELD = {"start to first answer": 15, "warm invocation": 5, "memory at its peak": 4.5}
ROOTS = "/usr/share/ca-certificates/mozilla/Amazon_Root_CA_{}.crt"


def memory_mb(pid, field):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise RuntimeError(f"no {field} of process {pid}")


def run_once(command, endpoint, environment, warm):
    endpoint.reset(1 + warm)
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    while not endpoint.done.wait(1):
        if process.poll() is not None:
            raise SystemExit(f"{command[0]} ended with {process.returncode}")
    if endpoint.failure:
        raise SystemExit(f"{command[0]} failed: {endpoint.failure}")
    figures = {"start to first next": (endpoint.first_asked - started) * 1000,
               "first invocation": endpoint.durations[0] * 1000,
               "start to first answer": (endpoint.ends[0] - started) * 1000,
               "warm invocation": statistics.median(endpoint.durations[1:]) * 1000,
               "memory at its peak": memory_mb(process.pid, "VmHWM"),
               "of it anonymous": memory_mb(process.pid, "RssAnon")}
    operations = list(endpoint.operations)
    process.kill()  # as Lambda does: it waits for its next invocation
    usage = os.wait4(process.pid, 0)[2]
    process.returncode = -signal.SIGKILL
    figures["CPU in all"] = (usage.ru_utime + usage.ru_stime) * 1000
    return figures, operations


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
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--warm", type=int, default=200, help="warm invocations in each run")
    parser.add_argument("--plain", action="store_true", help="without TLS")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(folder, "localhost")
        # As many certificates as the bootstrap has compiled in, so that it gains nothing by them.
        bundle = Path(folder) / "bundle.pem"
        bundle.write_text("".join(Path(ROOTS.format(i)).read_text() for i in range(1, 5))
                          + Path(authority.file).read_text())
        tls = None
        if not options.plain:
            tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            tls.load_cert_chain(authority.certificate, authority.key)
        endpoint = Endpoint(tls)
        environment = {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{endpoint.runtime_port}",
            "AWS_ENDPOINT_URL": f"{'https' if tls else 'http'}://localhost:{endpoint.aws_port}",
            "AWS_CA_BUNDLE": str(bundle), "AWS_REGION": "eu-west-1",
            "AWS_DEFAULT_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY": "secret", "AWS_SESSION_TOKEN": "token",
            "AWS_LAMBDA_FUNCTION_NAME": "f", "_HANDLER": "extraction", "HOME": folder,
            "METRICS": "TotalCompletedTrainingJobs,NumberEndPointsInService,"
                       "CompletedTrainingJobs24h", "PROJECT_NAME": "churn", "ENVIRONMENT": "dev",
            "PATH": os.environ["PATH"]}
        commands = {"ours": [options.bootstrap],
                    "theirs": [sys.executable, str(ROOT / "bench/lambda/python_runtime.py")]}
        for command in commands.values():  # the files come into the page cache
            run_once(command, endpoint, environment, 1)
        figures = {who: [] for who in commands}
        for _ in range(options.runs):
            calls = {}
            for who, command in commands.items():
                measured, calls[who] = run_once(command, endpoint, environment, options.warm)
                figures[who].append(measured)
            if calls["ours"] != calls["theirs"]:
                raise SystemExit(f"different calls: {calls['ours'][:9]} and {calls['theirs'][:9]}")

    count = len(calls["ours"]) // (options.warm + 1)
    print(f"{count} calls an invocation, {'plain' if options.plain else 'TLS'}, {options.runs} runs "
          f"with {options.warm} warm invocations each; the binary has "
          f"{Path(options.bootstrap).stat().st_size:,} bytes")
    print(f"{'':26} {'bootstrap':28} {'Python + boto3':30}  ratio")
    low = [show(name, "MB" if "memory" in name or "anonymous" in name else "ms",
                *([run[name] for run in figures[who]] for who in ("ours", "theirs")))
           for name in figures["ours"][0]]
    return 1 if any(low) else 0


if __name__ == "__main__":
    sys.exit(main())
