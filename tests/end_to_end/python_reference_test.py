"""The Python reference's spokes report to our hub, and our spokes to its hub.

tests/data/python_reference.json holds what its functions put; its archive is one call, made here as
it makes it: table.put_item(Item=event["detail"])."""

import json
import unittest
from pathlib import Path

import boto3

from support.home import METRICS, REGION, Home, eventually
from support.peers import moto

RECORDED = json.loads(
    Path(__file__).parents[1].joinpath("data/python_reference.json").read_text(encoding="utf-8"))


def as_put(event):
    """The PutEvents entry that became `event`."""
    return {"Source": event["source"], "Resources": event["resources"],
            "DetailType": event["detail-type"], "Detail": json.dumps(event["detail"])}


def quarantined(home):
    page = home.client("dynamodb").query(
        TableName="ds-dashboard-hub-state", KeyConditionExpression="StateKey = :key",
        ExpressionAttributeValues={":key": {"S": "quarantine"}})
    return [json.loads(item["Event"]["S"]) for item in page["Items"]]


class PythonReference(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.home.connect_fleet()

    def test_its_spoke_reports_to_our_hub(self):
        events = [e for e in RECORDED["events"] if e["source"] == "metric_extractor"]
        spoke = self.home.client("events", "churn-dev")
        for event in events:
            self.assertEqual(spoke.put_events(Entries=[as_put(event)])["FailedEntryCount"], 0)

        def all_there():
            latest = self.home.dsdash_json("latest", "--account", "hub", "--project", "Project1")
            return latest if len(latest) == 4 and len(quarantined(self.home)) == 1 else None

        latest = {row["MetricName"]: row["MetricValue"] for row in eventually(all_there)}
        self.assertEqual(latest, {"TotalCompletedTrainingJobs": 3, "NumberEndPointsInService": 0,
                                  "CompletedTrainingJobs24h": 3, "SSMParamStoreValueMyName": 0.5})
        self.assertEqual(quarantined(self.home)[0]["detail"]["MetricValue"], "Alice")

    def test_our_spoke_answers_its_hub(self):
        # Events of accounts that are not registered are kept as they came: a hub without an archive.
        home = self.enterContext(Home())
        home.connect_fleet()
        for environment in ("dev", "prod"):
            home.dsdash("delete-parameter", "--account", "hub",
                        f"/monitored_projects/churn/{environment}")
        fetch = next(e for e in RECORDED["events"] if e["source"] == "metric_fetch")
        home.client("events").put_events(Entries=[as_put(fetch)])

        def all_metrics():
            found = [e for e in quarantined(home) if e["source"] == "metric_extractor"]
            return found if len(found) == 2 * len(METRICS.split(",")) else None

        events = eventually(all_metrics)
        with moto() as peer:
            dynamodb = boto3.resource("dynamodb", region_name=REGION, endpoint_url=peer.endpoint,
                                      aws_access_key_id="a", aws_secret_access_key="b")
            table = dynamodb.create_table(
                TableName="ds-dashboard-hub-table", BillingMode="PAY_PER_REQUEST",
                KeySchema=[{"AttributeName": "MetricName", "KeyType": "HASH"},
                           {"AttributeName": "ExtractionDate", "KeyType": "RANGE"}],
                AttributeDefinitions=[{"AttributeName": "MetricName", "AttributeType": "S"},
                                      {"AttributeName": "ExtractionDate", "AttributeType": "S"}])
            for event in events:
                table.put_item(Item=event["detail"])
            rows = table.scan()["Items"]
        self.assertEqual(len(rows), len(events))
        for row in rows:
            self.assertEqual(row.keys(), RECORDED["events"][0]["detail"].keys())
            self.assertRegex(row["ExtractionDate"], r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$")


if __name__ == "__main__":
    unittest.main()
