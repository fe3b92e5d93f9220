"""kill -9 of `serve` in the middle of 50,000 puts: no acknowledged event is lost, none is doubled."""

import json
import threading
import time
import unittest

from support.home import Home, eventually

EVENTS = 50_000
CLIENTS = 4
KILLS = 3


class Putter(threading.Thread):
    """Puts its share of the events, ten a call, and remembers those that were acknowledged.

    A call without an answer is put again, as an SDK would: the events keep their dates."""

    def __init__(self, home, number, count, acknowledged):
        super().__init__(daemon=True)
        self.home, self.number, self.count, self.acknowledged = home, number, count, acknowledged

    def entry(self, i):
        micros = self.number * self.count + i
        return {"Source": "metric_extractor", "DetailType": "metric_extractor",
                "Detail": json.dumps({
                    "MetricName": f"M{self.number}", "MetricValue": i, "Metadata": {},
                    "ExtractionDate": f"2026-01-01 00:{micros // 1000000 // 60:02}:"
                                      f"{micros // 1000000 % 60:02}.{micros % 1000000:06}",
                    "Environment": "dev", "ProjectName": "churn"})}

    def run(self):
        events = self.home.client("events", "churn-dev", connect_timeout=5, read_timeout=10)
        for start in range(0, self.count, 10):
            entries = [self.entry(i) for i in range(start, start + 10)]
            while True:
                try:
                    answer = events.put_events(Entries=entries)
                except Exception:  # the server is down: nothing was acknowledged
                    time.sleep(0.05)
                    continue
                if answer["FailedEntryCount"] == 0:
                    break
            self.acknowledged.append(10)


class Crash(unittest.TestCase):
    def test_kill_9_loses_and_doubles_nothing(self):
        with Home() as home:
            home.connect_fleet()
            acknowledged = []
            putters = [Putter(home, n, EVENTS // CLIENTS, acknowledged) for n in range(CLIENTS)]
            for putter in putters:
                putter.start()
            for kill in range(1, KILLS + 1):
                while sum(acknowledged) < kill * EVENTS // (KILLS + 1):
                    time.sleep(0.01)
                home.restart_after_kill()
            for putter in putters:
                putter.join()
            self.assertEqual(sum(acknowledged), EVENTS)
            table = home.client("dynamodb", "hub")

            def count(name):
                pages = table.get_paginator("query").paginate(
                    TableName="ds-dashboard-hub-table", Select="COUNT",
                    KeyConditionExpression="MetricName = :m",
                    ExpressionAttributeValues={":m": {"S": name}})
                return sum(page["Count"] for page in pages)

            def all_arrived():
                return sum(count(f"M{n}") for n in range(CLIENTS)) >= EVENTS

            eventually(all_arrived, seconds=90)
            time.sleep(1)  # what is still queued may only be redeliveries: they must add nothing
            for n in range(CLIENTS):
                self.assertEqual(count(f"M{n}"), EVENTS // CLIENTS)


if __name__ == "__main__":
    unittest.main()
