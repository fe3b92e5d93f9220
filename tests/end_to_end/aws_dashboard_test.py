"""`dsdash dashboard` over a hub on AWS: its tables are moto's, and what the dashboard shows is
compared with the items in them, before and after the network, the process or an event is lost."""

import json
import re
import signal
import unittest
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

from support.aws_hub import SPOKES, STATE, AwsHubTest
from support.home import DEV, HUB, PROD, REGION, ROOT, eventually

PAGE = 40


class AwsDashboard(AwsHubTest):
    def get(self, resource, **query):
        query = urllib.parse.urlencode({"hub": HUB} | query)
        with urllib.request.urlopen(f"{self.url}/api/v1/{resource}?{query}", timeout=10) as answer:
            return json.load(answer)

    def series(self, metric, account):
        return {"metric": metric, "project": "churn", "environment": SPOKES[account],
                "account": account}

    def expected_samples(self, metric, account):
        return [{"extraction_date": i["ExtractionDate"]["S"], "value": i["MetricValue"]["N"],
                 "event_id": i["EventId"]["S"], "metadata": {"unit": "1"}}
                for i in self.items(metric, account)]

    def samples(self, metric, account):
        samples = self.get("samples", limit=1000, **self.series(metric, account))["samples"]
        return [{name: s[name] for name in
                 ("extraction_date", "value", "event_id", "metadata")} for s in samples]

    def shows_all(self):
        return all(self.samples(m, a) == self.expected_samples(m, a)
                   for m in ("Jobs", "Auc") for a in SPOKES)

    def latest(self):
        return {(r["metric_name"], r["account_id"]): (r["extraction_date"], r["value"])
                for r in self.get("latest")["records"]}

    def states(self):
        return {(r["metric_name"], r["account_id"]): r["state"]
                for r in self.get("latest")["records"]}

    def expected_latest(self):
        newest = {(m, a): self.items(m, a)[0] for m in ("Jobs", "Auc") for a in SPOKES}
        return {k: (i["ExtractionDate"]["S"], i["MetricValue"]["N"]) for k, i in newest.items()}

    def attention(self):
        return {item["kind"] for item in self.get("attention")["items"]}

    def test_shows_what_the_tables_hold(self):
        self.make_hub()
        self.archive_history(60)
        self.report()
        self.aws.page_items = PAGE
        self.start()
        self.assertEqual(self.latest(), self.expected_latest())
        eventually(self.shows_all)
        plot = self.get("history", **self.series("Jobs", PROD))
        items = self.items("Jobs", PROD)[::-1]
        self.assertTrue(plot["raw"])
        self.assertEqual(plot["last"], [float(i["MetricValue"]["N"]) for i in items])
        self.assertEqual([datetime.fromtimestamp(t, timezone.utc).strftime("%Y-%m-%d %H:%M:%S")
                          for t in plot["time"]], [i["ExtractionDate"]["S"][:19] for i in items])
        self.assertEqual(self.get("latest")["reports"][0]["account_id"], DEV)

        self.archive("Jobs", DEV, self.noon + timedelta(minutes=1), "123456789012345678901234567890")
        self.archive("Jobs", DEV, self.noon + timedelta(minutes=2), "5")
        eventually(lambda: self.latest() == self.expected_latest())
        eventually(self.shows_all)

        cache = self.folder / ".cache" / "dsdash" / f"{HUB}-{REGION}"
        self.assertEqual(cache.stat().st_mode & 0o777, 0o700)
        self.assertEqual({f.stat().st_mode & 0o777 for f in cache.iterdir()}, {0o600})
        self.assertIn("another dsdash dashboard uses the cache", self.run_in_vain())
        self.assertEqual(self.stop(), 0)

    def test_says_the_same_of_series_as_the_command_line(self):
        self.make_hub()
        # The newest value so many hours before noon, and those before it.
        series = {("Jobs", DEV): (0, 1, 2), ("Jobs", PROD): (2, 3, 4),
                  ("Auc", DEV): (6, 7, 8), ("Auc", PROD): (6, 30, 54)}
        states = dict(zip(series, ("fresh", "late", "silent", "fresh")))
        for (metric, account), hours in series.items():
            # No two accounts in the same microsecond.
            late = timedelta(microseconds=list(SPOKES).index(account))
            for ago in hours:
                self.archive(metric, account, self.noon + late - timedelta(hours=ago), str(ago))
        done = self.dsdash("latest", "--profile", "hub", "--output", "json")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual({(r["MetricName"], r["AccountId"]): r["State"]
                          for r in json.loads(done.stdout)}, states)
        self.aws.pages_left = 0  # the newest values are there, their histories not yet
        self.start()
        self.assertEqual(self.states(), states)
        self.aws.pages_left = None
        eventually(self.shows_all, 40)
        self.assertEqual(self.states(), states)

    def test_goes_on_after_kill_9_where_it_was(self):
        self.make_hub()
        self.archive_history(60)
        self.aws.page_items, self.aws.pages_left = PAGE, 2
        self.start()
        eventually(lambda: self.aws.pages_left == 0)
        self.assertEqual(self.latest(), self.expected_latest())
        self.stop(signal.SIGKILL)
        self.aws.pages_left = None
        self.start()
        self.assertEqual(self.latest(), self.expected_latest())
        eventually(self.shows_all)
        # 120 records a metric are four pages, the last of them empty; one may be read twice.
        self.assertLessEqual(len(self.aws.pages), 9)

        self.stop(signal.SIGKILL)
        self.archive("Auc", PROD, self.noon + timedelta(minutes=1), "1")
        self.start()
        self.assertTrue(self.shows_all())

    def test_shows_what_is_there_while_aws_does_not_answer(self):
        self.make_hub()
        self.archive_history(2)
        self.start()
        eventually(self.shows_all)
        for error in ("ThrottlingException", "lost"):
            self.aws.errors = {"dynamodb:Query": error}
            eventually(lambda: "out_of_date" in self.attention(), 40)
            self.assertTrue(self.shows_all())
            self.archive("Jobs", DEV, self.noon + timedelta(seconds=len(self.records)), "8")
            self.aws.errors = {}
            eventually(lambda: self.latest() == self.expected_latest(), 40)
            eventually(lambda: "out_of_date" not in self.attention())
        self.aws.errors = {"dynamodb:Query": "lost"}
        self.stop()
        self.start()  # from the cache alone
        self.assertEqual(self.latest(), self.expected_latest())
        self.assertTrue(any("showing what is there" in line for line in self.log), self.log)

    def test_quarantined_events_come_and_go(self):
        self.make_hub()
        self.archive_history(1)
        self.quarantine("e-1")
        self.quarantine("e-2")
        self.start()
        self.assertEqual(self.get("overview")["quarantined"], 2)
        eventually(lambda: "quarantined" in self.attention())
        self.dynamodb.delete_item(TableName=STATE, Key={"StateKey": {"S": "quarantine"},
                                                        "SortKey": {"S": "e-1"}})
        eventually(lambda: self.get("overview")["quarantined"] == 1)
        self.dynamodb.delete_item(TableName=STATE, Key={"StateKey": {"S": "quarantine"},
                                                        "SortKey": {"S": "e-2"}})
        eventually(lambda: "quarantined" not in self.attention(), 60)

    def test_fetch_now_invokes_the_hubs_function(self):
        self.make_hub()
        self.archive_history(1)
        self.start(poll=3600)
        request = urllib.request.Request(
            f"{self.url}/api/v1/refresh", json.dumps({"hub": HUB}).encode(),
            {"Content-Type": "application/json", "Origin": self.url})
        with urllib.request.urlopen(request, timeout=10) as answer:
            self.assertEqual(json.load(answer)["fetch_id"], "f-1")
        eventually(lambda: self.latest() == self.expected_latest())
        eventually(lambda: self.get("refresh", fetch_id="f-1")["complete"])

    def test_asks_for_nothing_but_what_the_documentation_lists(self):
        self.test_fetch_now_invokes_the_hubs_function()
        eventually(lambda: self.get("spokes")["spokes"][0]["findings"])
        text = (ROOT / "docs" / "aws.md").read_text()
        section = text.partition("## Dashboard\n")[2].partition("\n## ")[0]
        listed = set(re.findall(r"`([a-z]+:[A-Z]\w+)`", section))
        self.assertLessEqual(self.aws.asked, listed)

    def test_says_which_permission_is_missing(self):
        self.make_hub()
        self.aws.errors = {"dynamodb:Query": "AccessDeniedException"}
        self.assertIn("permission dynamodb:Query;", self.run_in_vain())
        self.aws.errors = {"ssm:GetParametersByPath": "AccessDeniedException"}
        self.assertIn("permission ssm:GetParametersByPath;", self.run_in_vain())
        self.aws.errors = {"dynamodb:Query": "ExpiredTokenException"}
        self.assertIn("credentials have expired", self.run_in_vain())

    def test_does_without_what_it_need_not_look_at(self):
        self.make_hub()
        self.archive_history(1)
        denied = "AccessDeniedException"
        self.aws.errors = {"events:DescribeRule": denied, "sqs:GetQueueUrl": denied,
                           "lambda:GetFunction": denied, "events:DescribeEventBus": denied}
        self.start()
        self.assertEqual(self.latest(), self.expected_latest())
        self.assertEqual(len(self.get("spokes")["spokes"]), 2)

    def test_account_without_tables_is_no_hub(self):
        self.assertIn("is the hub's stack deployed there?", self.run_in_vain())


if __name__ == "__main__":
    unittest.main()
