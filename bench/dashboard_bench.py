#!/usr/bin/env python3
"""What the dashboard costs with a fleet of 150 spokes and 30 metrics: 4,500 series with a value every
hour of two years, 79 million records.

    bench/dashboard_bench.py [--days 730] [--spokes 150] [--runs 60] [--no-browser]

A `dsdash serve` of its own, asked over HTTP on loopback by one client over one connection. "wall" ends
with the answer's last byte; "CPU" is the processor time of all of serve's threads, which a busy machine
changes little. Peers read the same file, or write the same answer, in turns with serve."""

import argparse
import http.client
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import dashboard_fleet  # noqa: E402
from support.home import HUB  # noqa: E402

LATEST_SQL = """SELECT metric_name, project_name, environment, account_id, ts, value, previous_1
FROM latest JOIN series USING (series_id) JOIN metric USING (metric_id) JOIN project USING (project_id)
ORDER BY 1, 2, 3, 4"""
# Two years in 500 points, from every record; the roll-ups only tell in which hours there are some.
HISTORY_SQL = """SELECT (h.ts - {first}) / {width}, min(h.ts), min(h.value), max(h.value), avg(h.value),
count(*) FROM series s JOIN metric USING (metric_id) JOIN hourly r ON r.subject = 0 AND r.id = s.series_id
CROSS JOIN history h ON h.hour = r.hour AND h.metric_id = s.metric_id AND h.series_id = s.series_id
WHERE metric_name = '{metric}' AND account_id = '{account}' GROUP BY 1"""


def show(what, values, unit):
    """One line: median, and the range."""
    digits = 0 if statistics.median(values) >= 1000 else 2
    print(f"  {what:<62} {statistics.median(values):>9,.{digits}f} {unit}"
          f"  ({min(values):,.{digits}f} - {max(values):,.{digits}f})", flush=True)


def cpu_ms(pid):
    """Processor time of all threads that live, exact to the nanosecond. serve keeps its threads."""
    spent = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            spent += int((task / "schedstat").read_text().split()[0])
        except FileNotFoundError:
            pass
    return spent / 1e6


def memory_mb(pid, name):
    found = re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(found[1]) / 1024


class Client:
    """One connection to the served hub."""

    def __init__(self, home):
        self.pid = home.server.pid
        self.connection = http.client.HTTPConnection(home.endpoint.removeprefix("http://"))

    def get(self, path, **headers):
        """(body, headers, ms of wall, ms of CPU)"""
        cpu, begun = cpu_ms(self.pid), time.perf_counter()
        self.connection.request("GET", path, headers=headers)
        response = self.connection.getresponse()
        body = response.read()
        wall = (time.perf_counter() - begun) * 1000
        if response.status not in (200, 304):
            sys.exit(f"dashboard_bench: {path}: {response.status} {body[:200]}")
        return body, response.headers, wall, cpu_ms(self.pid) - cpu

    def ask(self, name, **parameters):
        return self.get(f"/api/v1/{name}?{urllib.parse.urlencode({'hub': HUB} | parameters)}")


def timed(work):
    begun = time.perf_counter()
    answer = work()
    return answer, (time.perf_counter() - begun) * 1000


def sqlite_shell(file, sql):
    done = subprocess.run(["sqlite3", "-readonly", "-json", file, sql], check=True,
                          stdout=subprocess.PIPE)
    return done.stdout


def series_of(number, spokes):
    account, project, environment = dashboard_fleet.spoke(number % spokes)
    return {"metric": f"metric-{3 + number % 27:02}", "project": project,
            "environment": environment, "account": account}


class Figures:
    """Values by what was measured, in the order in which it first was."""

    def __init__(self):
        self.values = {}

    def note(self, what, unit, value):
        self.values.setdefault((what, unit), []).append(value)

    def answer(self, what, answer):
        body, _, wall, cpu = answer
        self.note(f"{what}: wall", "ms", wall)
        self.note(f"{what}: CPU", "ms", cpu)
        return body

    def show(self):
        for (what, unit), values in self.values.items():
            show(what, values, unit)


def bench_latest(client, file, runs):
    figures = Figures()
    client.ask("latest")
    for _ in range(runs):
        body = figures.answer("latest of every series", client.ask("latest"))
        tag = client.ask("latest")[1]["ETag"]
        figures.answer("  unchanged (304)", client.get(f"/api/v1/latest?hub={HUB}",
                                                       **{"If-None-Match": tag}))
        zipped = figures.answer("  gzipped", client.get(f"/api/v1/latest?hub={HUB}",
                                                        **{"Accept-Encoding": "gzip"}))
        answer = json.loads(body)
        _, spent = timed(lambda: json.dumps(answer))  # noqa: B023
        figures.note("  Python's json writes the same answer, read already", "ms", spent)
        rows, spent = timed(lambda: sqlite_shell(file, LATEST_SQL))
        figures.note("  the sqlite3 shell prints the same rows as JSON, its start included", "ms",
                     spent)
    if len(answer["records"]) != len(json.loads(rows)):
        sys.exit("dashboard_bench: not every series is among the latest")
    figures.show()
    print(f"  {len(answer['records']):,} series, {len(body):,} bytes, {len(zipped):,} gzipped")


def bench_history(client, file, days, spokes, runs):
    figures = Figures()
    to = time.time()
    start = to - days * 86_400
    span = {name: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(when))
            for name, when in (("from", start), ("to", to))}
    for number in range(runs):
        series = series_of(number, spokes)
        body = figures.answer(f"history of a series, {days} days in 500 points",
                              client.ask("history", points=500, **series, **span))
        figures.answer("  the same series again",
                       client.ask("history", points=500, **series, **span))
        if number % 6 == 0:
            sql = HISTORY_SQL.format(first=int(start * 1e6), width=int((to - start) / 500 * 1e6),
                                     metric=series["metric"], account=series["account"])
            _, spent = timed(lambda: sqlite_shell(file, sql))  # noqa: B023
            figures.note("  the sqlite3 shell groups the same records, its start included", "ms",
                         spent)
    figures.show()
    answer = json.loads(body)
    print(f"  {len(answer['time'])} points of {sum(answer['count']):,} records, {len(body):,} bytes")


def bench_others(client, spokes, runs):
    figures = Figures()
    for number in range(runs):
        for name in ("overview", "attention", "spokes"):
            figures.answer(name, client.ask(name))
        figures.answer("trends of a project (90 series)",
                       client.ask("trends", project=series_of(3 * number, spokes)["project"]))
        metrics = figures.answer("/metrics (OpenMetrics)", client.get("/metrics"))
    figures.show()
    attention = json.loads(client.ask("attention")[0])["items"]
    print(f"  {len(attention)} items of attention; /metrics {len(metrics):,} bytes")


def bench_page_bytes(client):
    zipped = {"Accept-Encoding": "gzip"}
    page = client.get("/", **zipped)[0]
    html = client.get("/")[0].decode()
    sizes = {"/": len(page)}
    for path in sorted(set(re.findall(r'(?:src|href)="(/[^"]+)"', html))):
        sizes[path] = len(client.get(path, **zipped)[0])
    print(f"  page, script and style, gzipped: {sum(sizes.values()) / 1024:.1f} KB  ("
          + ", ".join(f"{path} {size / 1024:.1f}" for path, size in sizes.items()) + ")")


def install_packages():
    for folder in ("tests/page", "web"):
        subprocess.run([ROOT / "web" / "install_packages.sh", ROOT / folder], check=True)


def bench_browser(home, runs):
    done = subprocess.run(["node", ROOT / "bench" / "page_load.mjs", home.endpoint, str(runs)],
                          check=True, text=True, stdout=subprocess.PIPE)
    figures = Figures()
    for line in done.stdout.splitlines():
        for what, value in json.loads(line).items():
            figures.note(what, "ms", value)
    figures.show()


def bench_scrolling():
    done = subprocess.run(["node", "--test", ROOT / "tests" / "page" / "scrolling.test.mjs"],
                          check=False, text=True, stdout=subprocess.PIPE)
    print("  script of a frame while 10,000 rows are scrolled (tests/page/scrolling.test.mjs)")
    for line in re.findall(r"^(?:# )?(.+: median .* ms)$", done.stdout, re.MULTILINE):
        print(f"    {line}")
    if done.returncode:
        sys.exit("dashboard_bench: scrolling takes too much script")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--days", type=int, default=730)
    arguments.add_argument("--spokes", type=int, default=dashboard_fleet.SPOKES_MAX)
    arguments.add_argument("--runs", type=int, default=60)
    arguments.add_argument("--no-browser", action="store_true")
    options = arguments.parse_args()

    if not options.no_browser:
        install_packages()
    home, loaded = dashboard_fleet.load(options.days, options.spokes)
    file = home.data / "accounts" / f"{HUB}.db"
    records = sqlite3.connect(f"file:{file}?mode=ro", uri=True).execute(
        "SELECT sum(count) FROM daily WHERE subject = 0").fetchone()[0]
    print(f"  {records:,} records of {options.spokes} spokes x 30 metrics over"
          f" {options.days} days, {file.stat().st_size / records:.0f} bytes each")
    if loaded["records"] > 1_000_000:
        print(f"  loaded {loaded['records'] / loaded['seconds']:,.0f} records/s, moved and rolled up")
    with home:
        time.sleep(1)
        print(f"  serve before the first question: {memory_mb(home.server.pid, 'VmRSS'):.1f} MB"
              " resident")
        client = Client(home)
        bench_latest(client, file, options.runs)
        bench_history(client, file, options.days, options.spokes, options.runs)
        bench_others(client, options.spokes, options.runs)
        bench_page_bytes(client)
        if not options.no_browser:
            bench_browser(home, max(5, options.runs // 4))
        print(f"  serve after all of that: {memory_mb(home.server.pid, 'VmRSS'):.1f} MB resident,"
              f" {memory_mb(home.server.pid, 'VmHWM'):.1f} MB at its peak")
    if not options.no_browser:
        bench_scrolling()


if __name__ == "__main__":
    main()
