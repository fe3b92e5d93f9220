#!/usr/bin/env python3
"""Measures dsdash and prints what docs/performance.md keeps. ./dev bench builds what this runs.

Each figure is the median of several rounds, with the lowest and the highest beside it. What is
compared takes turns within a round, so that a machine that is busy slows both alike.
"""

import argparse
import datetime
import http.client
import json
import os
import platform
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
from support.home import DEV, DSDASH, HUB, REGION, Home  # noqa: E402

TOOLS = Path(DSDASH).parent / "bench"
PROJECTS = 24  # those of fleet.hpp


def show(what, values, unit):
    """One line: median, and the range."""
    digits = 0 if statistics.median(values) >= 100 else 2
    print(f"  {what:<58} {statistics.median(values):>9,.{digits}f} {unit}"
          f"  ({min(values):,.{digits}f} - {max(values):,.{digits}f})", flush=True)


def run_tool(name, *words):
    """What a tool printed, as {name: number}."""
    done = subprocess.run([str(TOOLS / name), *map(str, words)], check=True, text=True,
                          stdout=subprocess.PIPE)
    return {name: float(number) for name, number in map(str.split, done.stdout.splitlines())}


def cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid, name):
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    raise KeyError(name)


class Hub:
    """A served hub, and an account that may put metrics of the fleet's projects there."""

    def __init__(self, home):
        self.home = home
        home.dsdash("deploy", "hub", "--account", "hub")
        for project in range(PROJECTS):
            home.dsdash("put-parameter", "--account", "hub",
                        f"/monitored_projects/project-{project:02}/dev", DEV)
        home.dsdash("invoke", "ds-dashboard-connection", "--account", "hub",
                    "--payload", json.dumps({"action": "EBPut"}))
        self.file = sqlite3.connect(f"file:{home.data}/accounts/{HUB}.db?mode=ro", uri=True)

    def number(self, sql):
        return self.file.execute(sql).fetchone()[0]

    def load(self, seconds):
        return run_tool("put_events_load", "--data", self.home.data, "--profile", "sender",
                        "--event-bus", f"arn:aws:events:{REGION}:{HUB}:event-bus/default",
                        "--endpoint-url", self.home.endpoint, "--seconds", seconds)

    def wait_until_archived(self):
        while self.number("SELECT EXISTS (SELECT 1 FROM delivery)"):
            time.sleep(0.02)


def bench_put_events(rounds, seconds):
    print(f"\nSigned PutEvents of 10 metric events over HTTP, 32 connections, {seconds} s a round,"
          "\nload generator included; and the same records straight into plain SQLite")
    figures = {}

    def note(what, value):
        figures.setdefault(what, []).append(value)

    with Home((("hub", HUB), ("sender", DEV))) as home:
        hub = Hub(home)
        stored = 0
        for number in range(rounds):
            begun, begun_cpu = time.monotonic(), cpu_seconds(home.server.pid)
            load = hub.load(seconds)
            note("waiting", hub.number("SELECT count(*) FROM delivery"))
            hub.wait_until_archived()
            spent = time.monotonic() - begun
            events = int(load["events_acknowledged"])
            stored += events
            in_table = hub.number("SELECT count(*) FROM stored_record")
            if in_table != stored:
                sys.exit(f"bench: {stored} events were acknowledged and {in_table} are stored")
            note("acknowledged", load["events_per_second"])
            note("archived", events / spent)
            note("p50", load["latency_ms_p50"])
            note("p99", load["latency_ms_p99"])
            note("cpu", (cpu_seconds(home.server.pid) - begun_cpu) / events * 1e6)
            for together in (10, 320):
                file = home.data / f"plain-{number}-{together}.db"
                plain = run_tool("plain_sqlite_load", "--file", file, "--records", events,
                                 "--records-a-transaction", together)["records_per_second"]
                note(f"plain{together}", plain)
                note(f"ratio{together}", load["events_per_second"] / plain)
                for part in home.data.glob(file.name + "*"):
                    part.unlink()
        show("acknowledged on disk", figures["acknowledged"], "events/s")
        show("from the first put until all are in the metric table", figures["archived"], "events/s")
        show("still waiting for the archive when the load ends", figures["waiting"], "events")
        show("a request's latency, p50", figures["p50"], "ms")
        show("a request's latency, p99", figures["p99"], "ms")
        show("serve's processor time, archive included", figures["cpu"], "us/event")
        show("plain SQLite, 10 records a transaction", figures["plain10"], "records/s")
        show("plain SQLite, 320 records a transaction", figures["plain320"], "records/s")
        show("acknowledged / plain SQLite, 10 a transaction", figures["ratio10"], "times")
        show("acknowledged / plain SQLite, 320 a transaction", figures["ratio320"], "times")
        print(f"  every one of {stored:,} acknowledged events is in the table, once")


def bench_metric_table(records):
    print("\nThe metric table by itself", flush=True)
    subprocess.run([TOOLS / "metric_table_bench", "--records", str(records)], check=True)


def start_serve(data):
    """A `serve` and the ms until it answered its first request."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.monotonic()
    server = subprocess.Popen([DSDASH, "serve", "--data", str(data), "--listen",
                               f"127.0.0.1:{port}"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
            return server, (time.monotonic() - begun) * 1000
        except ConnectionRefusedError:
            time.sleep(0.0005)


def bench_serve(starts):
    print(f"\n`serve` of three accounts, a hub with its two spokes, {starts} starts")
    first_answer, memory = [], []
    with Home() as home:
        home.connect_fleet()
        home.stop()
        for _ in range(starts):
            server, spent = start_serve(home.data)
            first_answer.append(spent)
            time.sleep(1)  # idle
            memory.append(memory_mb(server.pid, "VmRSS"))
            server.send_signal(signal.SIGTERM)
            server.wait()
    show("start of the process to the first answered request", first_answer, "ms")
    show("resident memory after a second without requests", memory, "MB")


def bench_extraction(runs):
    print(f"\nExtraction of three metrics, {runs} runs")
    wall = []
    with Home() as home:
        home.connect_fleet()
        environment = home.environment()
        command = [DSDASH, "invoke", "ds-dashboard-metric-extraction", "--account", "churn-dev"]
        for _ in range(runs):
            begun = time.monotonic()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
            wall.append((time.monotonic() - begun) * 1000)
    show("`dsdash invoke`, its start and end included", wall, "ms")


def bench_lambda(runs):
    print("\nAWS Lambda's bootstrap, and Python with boto3 making the same calls", flush=True)
    python = os.environ.get("DSDASH_PYTHON") or sys.executable
    done = subprocess.run([python, str(ROOT / "bench/lambda_bench.py"), "--runs", str(runs)],
                          check=False)
    if done.returncode:
        sys.exit("bench: the bootstrap is not as much better as the project promises")


def bench_dashboard(days, runs):
    print(f"\nThe dashboard over a fleet of 4,500 series with a value every hour of {days} days",
          flush=True)
    done = subprocess.run([sys.executable, str(ROOT / "bench/dashboard_bench.py"),
                           "--days", str(days), "--runs", str(runs)], check=False)
    if done.returncode:
        sys.exit("bench: the dashboard could not be measured")


def describe_machine():
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    commit = subprocess.run(["git", "-C", str(ROOT), "describe", "--always", "--dirty"],
                            capture_output=True, text=True, check=False).stdout.strip()
    print(f"{datetime.date.today()}, {commit}; {model}, {os.cpu_count()} cores,"
          f" Linux {platform.release()}, SQLite {sqlite3.sqlite_version};"
          f" load {os.getloadavg()[0]:.1f} before the start")
    print("Each figure: median (lowest - highest)", flush=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quick", action="store_true",
                           help="fewer rounds, and a tenth of the records")
    arguments.add_argument("--only", choices=["events", "table", "serve", "extraction", "lambda",
                                                  "dashboard"])
    options = arguments.parse_args()
    parts = {
        "events": lambda: bench_put_events(*((3, 3) if options.quick else (7, 5))),
        "table": lambda: bench_metric_table(1_000_000 if options.quick else 10_000_000),
        "serve": lambda: bench_serve(5 if options.quick else 15),
        "extraction": lambda: bench_extraction(10 if options.quick else 50),
        "lambda": lambda: bench_lambda(5 if options.quick else 20),
        "dashboard": lambda: bench_dashboard(*((30, 20) if options.quick else (730, 60))),
    }
    describe_machine()
    for name, part in parts.items():
        if options.only in (None, name):
            part()


if __name__ == "__main__":
    main()
