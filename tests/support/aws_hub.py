"""A hub on AWS for a test: moto's tables, items as the hub's archive writes them, and `dsdash
dashboard` over them."""

import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import unittest
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path

import boto3

from support.aws_between import Between
from support.home import DEV, DSDASH, HUB, PROD, REGION
from support.peers import moto

TABLE, STATE = "ds-dashboard-hub-table", "ds-dashboard-hub-state"
KEYS = {TABLE: ("MetricName", "ExtractionDate"), STATE: ("StateKey", "SortKey")}
FETCH = {"FetchId": "f-1", "Spokes": [
    {"AccountId": DEV, "ProjectName": "churn", "Environment": "dev"}]}
SPOKES = {DEV: "dev", PROD: "prod"}


def text_of(date):
    return date.strftime("%Y-%m-%d %H:%M:%S.%f")


class AwsHubTest(unittest.TestCase):
    """A hub whose tables are moto's, and `dsdash dashboard` over it."""

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
            self.register(account, "churn", environment)

    def register(self, account, project, environment):
        self.client("ssm").put_parameter(
            Name=f"/monitored_projects/{project}/{environment}", Type="String", Value=account)

    def archive(self, metric, account, date, value, project="churn", environment=None):
        """As the hub's archive does."""
        date, environment = text_of(date), environment or SPOKES[account]
        item = {"MetricName": {"S": metric}, "ExtractionDate": {"S": date},
                "MetricValue": {"N": value}, "Metadata": {"M": {"unit": {"S": "1"}}},
                "ProjectName": {"S": project}, "Environment": {"S": environment},
                "AccountId": {"S": account}, "EventId": {"S": str(uuid.uuid4())}}
        self.dynamodb.put_item(TableName=TABLE, Item=item)
        self.records[metric, date] = item
        latest, *previous = self.items(metric, account)[:6]
        dates = {f"PreviousDate{n}": i["ExtractionDate"] for n, i in enumerate(previous, 1)}
        series = f"{project}#{environment}#{account}#{metric}"
        self.dynamodb.put_item(TableName=STATE, Item=latest | dates | {
            "StateKey": {"S": "latest"}, "SortKey": {"S": series}})

    def items(self, metric, account):
        """Those in the hub, newest first."""
        found = [i for i in self.records.values()
                 if i["MetricName"]["S"] == metric and i["AccountId"]["S"] == account]
        return sorted(found, key=lambda i: i["ExtractionDate"]["S"], reverse=True)

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

    def quarantine(self, event_id, account=DEV):
        event = {"version": "0", "id": event_id, "detail-type": "metric_extractor",
                 "source": "metric_extractor", "account": account, "time": "2026-11-23T12:00:00Z",
                 "region": REGION, "resources": [], "detail": {"MetricValue": "many"}}
        self.dynamodb.put_item(TableName=STATE, Item={
            "StateKey": {"S": "quarantine"}, "SortKey": {"S": event_id},
            "Event": {"S": json.dumps(event)}, "Reason": {"S": "MetricValue: no number"},
            "QuarantineDate": {"S": text_of(self.noon)}})

    def fetch(self):
        self.report("f-1", seconds=60)
        self.archive("Jobs", DEV, self.noon + timedelta(minutes=2), "77")
        return FETCH | {"FetchDate": text_of(self.noon)}

    def start(self, *options, poll=5, listen="127.0.0.1:0"):
        self.log = []
        self.process = subprocess.Popen(
            [DSDASH, "dashboard", "--profile", "hub", "--listen", listen, "--poll", str(poll),
             *map(str, options)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=self.environment)
        self.addCleanup(self.process.stdout.close)
        for line in self.process.stdout:
            self.log.append(line)
            if found := re.search(r"ready on (https?://\S+)", line):
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

    def dsdash(self, *words):
        return subprocess.run([DSDASH, *map(str, words)], text=True, capture_output=True,
                              env=self.environment, timeout=90, check=False)

    def run_in_vain(self, *options, listen="127.0.0.1:0"):
        """What it says when it does not start."""
        done = self.dsdash("dashboard", "--profile", "hub", "--listen", listen, *options)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        return done.stderr
