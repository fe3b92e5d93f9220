"""`dsdash simulate` fills a hub through the public event path: what the summary says is in the
hub, once, and what it says is wrong can be seen there."""

import datetime
import json
import unittest

from support.home import HUB, Home

SPOKES, METRICS, DAYS = 4, 5, 3
FLEET = ("--spokes", SPOKES, "--metrics", METRICS, "--days", DAYS, "--seed", 7)
UNTIL = datetime.datetime(2026, 3, 4, 12, tzinfo=datetime.timezone.utc)
TABLE, STATE = "ds-dashboard-hub-table", "ds-dashboard-hub-state"


def at(hours):
    return (UNTIL + datetime.timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M:%S.000000")


class Simulate(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home(accounts=()))
        cls.summary = cls.simulate()

    @classmethod
    def simulate(cls, hours=0):
        """The hub's account is made by the first."""
        return cls.home.dsdash_json("simulate", *FLEET, "--until", at(hours))[0]

    def records(self):
        """Every record in the hub."""
        pages = self.home.client("dynamodb").get_paginator("scan").paginate(TableName=TABLE)
        return [item for page in pages for item in page["Items"]]

    def reports(self):
        page = self.home.client("dynamodb").query(
            TableName=STATE, KeyConditionExpression="StateKey = :key",
            ExpressionAttributeValues={":key": {"S": "report"}})
        return page["Items"]

    def test_1_stores_what_the_summary_says(self):
        self.assertEqual(self.summary["Hub"], HUB)
        self.assertEqual(self.summary["Accounts"], SPOKES)
        self.assertEqual(self.summary["Series"], SPOKES * METRICS)
        self.assertEqual(self.summary["Added"], self.summary["Records"])
        records = self.records()
        self.assertEqual(len(records), self.summary["Records"])
        series = {(r["AccountId"]["S"], r["MetricName"]["S"]) for r in records}
        self.assertEqual(len(series), SPOKES * METRICS)
        # Nearly every hour of each series; some are missing because things go wrong.
        self.assertGreater(len(records), SPOKES * METRICS * DAYS * 24 * 0.9)
        self.assertFalse([r for r in records if "OriginalExtractionDate" in r])
        self.assertEqual(self.home.dsdash_json("dead-letters", "list", "--account", "hub"), [])

    def test_2_shows_what_goes_wrong(self):
        last = {}
        for record in self.records():
            account, metric = record["AccountId"]["S"], record["MetricName"]["S"]
            key = account, metric
            last[key] = max(last.get(key, ""), record["ExtractionDate"]["S"])
        overdue = {key for key, date in last.items() if date < at(-2)}
        silent = {account for account, metric in overdue
                  if metric == "TotalCompletedTrainingJobs"}
        self.assertEqual(len(silent), 1)
        failing = {key for key in overdue if key[0] not in silent}
        self.assertEqual({metric for _, metric in failing}, {"ModelAUC"})
        self.assertEqual(len(failing), 1)

        reports = {report["AccountId"]["S"]: report for report in self.reports()}
        self.assertEqual(len(reports), SPOKES)
        failures = {account: report["Failures"] for account, report in reports.items()
                    if report["Failures"].get("L")}
        self.assertEqual(set(failures), {account for account, _ in failing})
        self.assertIn("/models/", json.dumps(failures))

    def test_3_adds_nothing_when_it_is_run_again(self):
        again = self.simulate()
        self.assertEqual(again["Records"], self.summary["Records"])
        self.assertEqual(again["Added"], 0)
        self.assertEqual(len(self.records()), self.summary["Records"])

    def test_4_goes_on_with_the_same_fleet(self):
        before = {(r["MetricName"]["S"], r["ExtractionDate"]["S"]): r for r in self.records()}
        later = self.simulate(hours=2)
        after = {(r["MetricName"]["S"], r["ExtractionDate"]["S"]): r for r in self.records()}
        self.assertEqual(len(after), later["Records"])
        self.assertEqual({key: after.get(key) for key in before}, before)
        # Two more hours of three spokes, of which one metric of one fails.
        self.assertEqual(later["Added"], 2 * ((SPOKES - 1) * METRICS - 1))

    def test_5_refuses_another_fleet_in_the_same_hub(self):
        other = self.home.dsdash("simulate", *FLEET[:-1], 8, "--until", at(0), check=False)
        self.assertEqual(other.returncode, 1)
        self.assertIn("another simulated fleet", other.stderr)
        self.assertIn("--spokes 4 --metrics 5 --days 3 --interval 60 --seed 7", other.stderr)

    def test_6_refuses_what_is_out_of_range(self):
        for option, value in (("--spokes", 0), ("--spokes", 1001), ("--metrics", 101),
                              ("--days", 1826), ("--interval", 4), ("--seed", -1),
                              ("--until", "tomorrow"), ("--until", "2999-01-01 00:00:00")):
            refused = self.home.dsdash("simulate", option, value, check=False)
            self.assertEqual(refused.returncode, 2, option)
            self.assertIn(option, refused.stderr)

    def test_7_refuses_a_hub_that_would_not_keep_it(self):
        with Home() as home:
            home.dsdash("deploy", "hub", "--account", "hub", "-c", "retention_days=2")
            refused = home.dsdash("simulate", *FLEET, check=False)
            self.assertEqual(refused.returncode, 1)
            self.assertIn("keeps records for 2 days only", refused.stderr)
            fewer = home.dsdash_json("simulate", "--spokes", 2, "--days", 1, "--seed", 7)
            self.assertEqual(fewer[0]["Added"], fewer[0]["Records"])


if __name__ == "__main__":
    unittest.main()
