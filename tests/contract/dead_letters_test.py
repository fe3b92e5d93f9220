"""`dsdash dead-letters` of an account on AWS: the queues and the hub's state table are moto's; what
is sent again goes to a bus and to functions that write down what they are given."""

import json
import os
import subprocess
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import boto3

from support.fake_aws import KEY, SECRET, FakeAws
from support.home import DEV, DSDASH, HUB, REGION
from support.peers import moto

STATE = "ds-dashboard-hub-state"
ARCHIVE, EXTRACTION, FORWARDING = (
    f"ds-dashboard-{what}-dead-letters" for what in ("archive", "extraction", "forwarding"))
HUB_BUS = f"arn:aws:events:{REGION}:{HUB}:event-bus/default"
REFUSED = {"FailedEntryCount": 1, "Entries": [
    {"ErrorCode": "AccessDeniedException", "ErrorMessage": "not on this bus"}]}
TAKEN = {"FailedEntryCount": 0, "Entries": [{"EventId": "e-new"}]}


def event(number):
    """As text, for a number has more digits than Python's."""
    return ('{"version":"0","id":"e-%d","detail-type":"metric_extractor","source":"metric_extractor",'
            '"account":"%s","time":"2026-11-23T12:00:00Z","region":"%s","resources":[],'
            '"detail":{"MetricValue":0.91250000000000000000000000000000000007}}'
            % (number, DEV, REGION))


class Functions(BaseHTTPRequestHandler):
    """Lambda's Invoke."""

    def do_POST(self):
        lambdas = self.server
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        kind = self.headers.get("X-Amz-Invocation-Type", "RequestResponse")
        lambdas.invocations.append((self.path.split("/")[3], kind, body))
        answer = b"" if kind == "Event" else json.dumps(lambdas.answer).encode()
        self.send_response(202 if kind == "Event" else 200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


class DeadLetters(unittest.TestCase):
    def setUp(self):
        self.moto = self.enterContext(moto())
        self.bus = self.enterContext(FakeAws({"PutEvents": TAKEN}))
        self.functions = self.enterContext(ThreadingHTTPServer(("127.0.0.1", 0), Functions))
        self.functions.invocations, self.functions.answer = [], {"Outcome": "stored"}
        threading.Thread(target=self.functions.serve_forever, daemon=True).start()
        self.addCleanup(self.functions.shutdown)
        folder = Path(self.enterContext(tempfile.TemporaryDirectory(prefix="dsdash-test-")))
        (folder / "credentials").write_text(
            f"[spoke]\naws_access_key_id={KEY}\naws_secret_access_key={SECRET}\n"
            f"aws_account_id={HUB}\n")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "DSDASH_"))}
        self.environment = kept | {
            "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"), "AWS_REGION": REGION,
            "AWS_CONFIG_FILE": str(folder / "none"),
            "AWS_ENDPOINT_URL_SQS": self.moto.endpoint,
            "AWS_ENDPOINT_URL_DYNAMODB": self.moto.endpoint,
            "AWS_ENDPOINT_URL_EVENTBRIDGE": self.bus.url(),
            "AWS_ENDPOINT_URL_LAMBDA": f"http://127.0.0.1:{self.functions.server_port}"}
        self.sqs, self.dynamodb = self.client("sqs"), self.client("dynamodb")

    def client(self, service):
        return boto3.client(service, region_name=REGION, endpoint_url=self.moto.endpoint,
                            aws_access_key_id=KEY, aws_secret_access_key=SECRET)

    def dsdash(self, *words):
        done = subprocess.run(
            [DSDASH, "dead-letters", *words, "--profile", "spoke", "--output", "json"], text=True,
            capture_output=True, env=self.environment, timeout=60, check=False)
        return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr

    def list(self):
        ended, letters, errors = self.dsdash("list")
        self.assertEqual(ended, 0, errors)
        return letters

    def add(self, queue, number, attributes):
        url = self.sqs.create_queue(QueueName=queue)["QueueUrl"]
        self.sqs.send_message(QueueUrl=url, MessageBody=event(number), MessageAttributes={
            name: {"DataType": "Number" if value.isdigit() else "String", "StringValue": value}
            for name, value in attributes.items()})

    def add_of_rule(self, queue, number, target_arn):
        self.add(queue, number, {
            "RULE_ARN": f"arn:aws:events:{REGION}:{DEV}:rule/r", "TARGET_ARN": target_arn,
            "ERROR_CODE": "NO_PERMISSIONS", "ERROR_MESSAGE": "not allowed", "RETRY_ATTEMPTS": "0"})

    def add_of_function(self, queue, number):
        self.add(queue, number, {"RequestID": "r-1", "ErrorCode": "200", "ErrorMessage": "it threw"})

    def quarantine(self, number):
        self.dynamodb.create_table(
            TableName=STATE, BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": n, "AttributeType": "S"}
                                  for n in ("StateKey", "SortKey")],
            KeySchema=[{"AttributeName": "StateKey", "KeyType": "HASH"},
                       {"AttributeName": "SortKey", "KeyType": "RANGE"}])
        self.dynamodb.put_item(TableName=STATE, Item={
            "StateKey": {"S": "quarantine"}, "SortKey": {"S": f"e-{number}"},
            "Event": {"S": event(number)}, "Reason": {"S": "not registered"},
            "QuarantineDate": {"S": "2026-11-23 12:00:01.000000"}})

    def test_are_none_in_an_account_without_our_stacks(self):
        self.assertEqual(self.list(), [])
        self.assertEqual(self.dsdash("replay", "--all")[:2], (0, [{"Replayed": 0}]))

    def test_are_listed_page_by_page_and_stay_where_they_are(self):
        for number in range(23):
            self.add_of_function(EXTRACTION, number)
        self.add_of_rule(FORWARDING, 23, HUB_BUS)
        self.quarantine(24)
        letters = self.list()
        self.assertEqual(len({letter["DeadLetterId"] for letter in letters}), 25)
        self.assertEqual({(x["Kind"], x["Account"], x["Target"].split(":")[-1], x["Error"])
                          for x in letters},
                         {("delivery", DEV, "ds-dashboard-metric-extraction", "it threw"),
                          ("delivery", DEV, "event-bus/default", "not allowed"),
                          ("quarantine", DEV, "", "not registered")})
        self.assertEqual(self.list(), letters, "looking hides nothing from the next who looks")

    def test_of_functions_are_invoked_again_with_the_same_text(self):
        self.add_of_function(ARCHIVE, 1)
        self.add_of_rule(ARCHIVE, 2, f"arn:aws:lambda:{REGION}:{HUB}:function:ds-dashboard-dynamo-write")
        self.add_of_function(EXTRACTION, 3)
        ids = [letter["DeadLetterId"] for letter in self.list()]
        self.assertEqual(self.dsdash("replay", ids[0], ids[2])[:2], (0, [{"Replayed": 2}]))
        self.assertEqual(self.functions.invocations, [
            ("ds-dashboard-dynamo-write", "Event", event(1)),
            ("ds-dashboard-metric-extraction", "Event", event(3))])
        self.assertEqual([letter["DeadLetterId"] for letter in self.list()], [ids[1]])

    def test_of_another_accounts_bus_stay_until_it_takes_them(self):
        self.add_of_rule(FORWARDING, 1, HUB_BUS)
        self.bus.answers["PutEvents"] = REFUSED
        letter = self.list()[0]["DeadLetterId"]
        ended, replayed, errors = self.dsdash("replay", "--all")
        self.assertEqual((ended, replayed), (1, [{"Replayed": 0}]))
        self.assertIn(f"{letter}: AccessDeniedException: not on this bus", errors)
        self.assertEqual([x["DeadLetterId"] for x in self.list()], [letter])

        self.bus.answers["PutEvents"] = TAKEN
        self.assertEqual(self.dsdash("replay", letter)[:2], (0, [{"Replayed": 1}]))
        entry = self.bus.calls[-1][1]["Entries"][0]
        self.assertEqual(entry["EventBusName"], HUB_BUS)
        self.assertIn("0.91250000000000000000000000000000000007", entry["Detail"])
        self.assertEqual(self.list(), [])
        ended, _, errors = self.dsdash("replay", letter)
        self.assertEqual(ended, 1)
        self.assertIn(f"{letter}: it is not there", errors)

    def test_in_quarantine_leave_it_when_the_archive_takes_them(self):
        self.quarantine(1)
        self.functions.answer = {"Outcome": "quarantined", "Reason": "not registered"}
        ended, _, errors = self.dsdash("replay", "q-e-1")
        self.assertEqual(ended, 1)
        self.assertIn("q-e-1: not registered", errors)
        self.assertEqual([letter["DeadLetterId"] for letter in self.list()], ["q-e-1"])

        self.functions.answer = {"Outcome": "stored"}
        self.assertEqual(self.dsdash("replay", "q-e-1")[:2], (0, [{"Replayed": 1}]))
        self.assertEqual(self.functions.invocations[-1],
                         ("ds-dashboard-dynamo-write", "RequestResponse", event(1)))
        self.assertEqual(self.list(), [])


if __name__ == "__main__":
    unittest.main()
