"""`dsdash dashboard` over a hub on AWS: its tables are moto's, and what the dashboard shows is
compared with the items in them, before and after the network, the process or an event is lost."""

import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import unittest
import urllib.error
import urllib.parse
import urllib.request
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import boto3

from support.aws_between import Between
from support.home import DEV, DSDASH, HUB, PROD, REGION, ROOT, eventually
from support.peers import moto

TABLE, STATE = "ds-dashboard-hub-table", "ds-dashboard-hub-state"
KEYS = {TABLE: ("MetricName", "ExtractionDate"), STATE: ("StateKey", "SortKey")}
FETCH = {"FetchId": "f-1", "Spokes": [
    {"AccountId": DEV, "ProjectName": "churn", "Environment": "dev"}]}
SPOKES = {DEV: "dev", PROD: "prod"}
PAGE = 40


def text_of(date):
    return date.strftime("%Y-%m-%d %H:%M:%S.%f")


class AwsDashboard(unittest.TestCase):
    def setUp(self):
        self.moto = self.enterContext(moto())
        self.aws = self.enterContext(Between(self.moto.endpoint, self.fetch))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="dsdash-test-")))
        (self.folder / "credentials").write_text(
            f"[hub]\naws_access_key_id=AKIDEXAMPLE\naws_secret_access_key=s\naws_account_id={HUB}\n")
        kept = {k: v for k, v in os.environ.items()
                if not k.startswith(("AWS_", "DSDASH_", "XDG_"))}
        self.environment = kept | {
            "HOME": str(self.folder), "AWS_REGION": REGION, "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_SHARED_CREDENTIALS_FILE": str(self.folder / "credentials"),
            "AWS_CONFIG_FILE": str(self.folder / "none"), "AWS_ENDPOINT_URL": self.aws.endpoint}
        self.dynamodb = self.client("dynamodb")
        self.records = {}  # items by (metric, date)
        self.noon = datetime.now(timezone.utc).replace(tzinfo=None) - timedelta(minutes=10)

    def client(self, service):
        return boto3.client(service, region_name=REGION, endpoint_url=self.moto.endpoint,
                            aws_access_key_id="k", aws_secret_access_key="s")

    def make_hub(self):
        for table, keys in KEYS.items():
            self.dynamodb.create_table(
                TableName=table, BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"} for n in keys],
                KeySchema=[{"AttributeName": n, "KeyType": kind}
                           for n, kind in zip(keys, ("HASH", "RANGE"))])
        for account, environment in SPOKES.items():
            self.client("ssm").put_parameter(
                Name=f"/monitored_projects/churn/{environment}", Type="String", Value=account)

    def archive(self, metric, account, date, value, **more):
        """As the hub's archive does."""
        date = text_of(date)
        item = {"MetricName": {"S": metric}, "ExtractionDate": {"S": date},
                "MetricValue": {"N": value}, "Metadata": {"M": {"unit": {"S": "1"}}},
                "ProjectName": {"S": "churn"}, "Environment": {"S": SPOKES[account]},
                "AccountId": {"S": account}, "EventId": {"S": str(uuid.uuid4())}} | more
        self.dynamodb.put_item(TableName=TABLE, Item=item)
        self.records[metric, date] = item
        latest, *previous = self.items(metric, account)[:6]
        dates = {f"PreviousDate{n}": i["ExtractionDate"] for n, i in enumerate(previous, 1)}
        series = f"churn#{SPOKES[account]}#{account}#{metric}"
        self.dynamodb.put_item(TableName=STATE, Item=latest | dates | {
            "StateKey": {"S": "latest"}, "SortKey": {"S": series}})

    def archive_history(self, hours):
        for hour in range(hours):
            for account in SPOKES:
                for metric in ("Jobs", "Auc"):
                    # Each account reports a little later than the other.
                    late = timedelta(microseconds=1 + list(SPOKES).index(account))
                    self.archive(metric, account, self.noon - timedelta(hours=hour) + late,
                                 f"0.9125000000000000000000000000000{hour:06d}7")

    def report(self, fetch_id="", seconds=0):
        self.dynamodb.put_item(TableName=STATE, Item={
            "StateKey": {"S": "report"}, "SortKey": {"S": DEV}, "AccountId": {"S": DEV},
            "ProjectName": {"S": "churn"}, "Environment": {"S": "dev"}, "FetchId": {"S": fetch_id},
            "ReportDate": {"S": text_of(self.noon + timedelta(seconds=seconds))},
            "Metrics": {"L": [{"S": "Jobs"}, {"S": "Auc"}]},
            "Failures": {"L": []}, "DurationMs": {"N": "12"}})

    def quarantine(self, event_id):
        event = {"version": "0", "id": event_id, "detail-type": "metric_extractor",
                 "source": "metric_extractor", "account": DEV, "time": "2026-11-23T12:00:00Z",
                 "region": REGION, "resources": [], "detail": {"MetricValue": "many"}}
        self.dynamodb.put_item(TableName=STATE, Item={
            "StateKey": {"S": "quarantine"}, "SortKey": {"S": event_id},
            "Event": {"S": json.dumps(event)}, "Reason": {"S": "MetricValue: no number"},
            "QuarantineDate": {"S": text_of(self.noon)}})

    def fetch(self):
        self.report("f-1", seconds=60)
        self.archive("Jobs", DEV, self.noon + timedelta(minutes=2), "77")
        return FETCH | {"FetchDate": text_of(self.noon)}

    def start(self, poll=5):
        self.log = []
        self.process = subprocess.Popen(
            [DSDASH, "dashboard", "--profile", "hub", "--listen", "127.0.0.1:0", "--poll",
             str(poll)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=self.environment)
        self.addCleanup(self.process.stdout.close)
        for line in self.process.stdout:
            self.log.append(line)
            if found := re.search(r"ready on (http://\S+)", line):
                self.url = found.group(1)
                break
        else:
            self.stop()
            self.fail("it did not start:\n" + "".join(self.log))
        reader = threading.Thread(target=self.log.extend, args=(self.process.stdout,), daemon=True)
        reader.start()
        self.addCleanup(reader.join)
        self.addCleanup(self.stop, signal.SIGKILL)

    def stop(self, how=signal.SIGTERM):
        """The process of the last start()."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(timeout=30)

    def run_in_vain(self):
        done = subprocess.run(
            [DSDASH, "dashboard", "--profile", "hub", "--listen", "127.0.0.1:0"], text=True,
            capture_output=True, env=self.environment, timeout=90, check=False)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        return done.stderr

    def get(self, resource, **query):
        query = urllib.parse.urlencode({"hub": HUB} | query)
        with urllib.request.urlopen(f"{self.url}/api/v1/{resource}?{query}", timeout=10) as answer:
            return json.load(answer)

    def series(self, metric, account):
        return {"metric": metric, "project": "churn", "environment": SPOKES[account],
                "account": account}

    def items(self, metric, account):
        """Those in the hub, newest first."""
        found = [i for i in self.records.values()
                 if i["MetricName"]["S"] == metric and i["AccountId"]["S"] == account]
        return sorted(found, key=lambda i: i["ExtractionDate"]["S"], reverse=True)

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
        done = subprocess.run(
            [DSDASH, "latest", "--profile", "hub", "--output", "json"], text=True,
            capture_output=True, env=self.environment, timeout=60, check=False)
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
