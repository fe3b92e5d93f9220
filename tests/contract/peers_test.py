"""One set of calls against the embedded home and against moto: where moto follows AWS, we agree.

What each answers is reduced to the part that AWS's documentation fixes: values, counts, the code of
an error. Where moto is known to be wrong (see MOTO_IS_WRONG) its answer is expected to differ."""

import re
import signal
import socket
import subprocess
import sys
import unittest

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from support.home import HUB, REGION, Home

BUS = f"arn:aws:events:{REGION}:{HUB}:event-bus/default"
FUNCTION = f"arn:aws:lambda:{REGION}:{HUB}:function:ds-dashboard-connection"


class Moto:
    """moto_server as the account 111111111111."""

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**__import__("os").environ, "MOTO_ACCOUNT_ID": HUB})
        for line in self.process.stdout:
            if re.search(r"Running on http", line):
                break
        self.endpoint = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.process.stdout.close()

    def client(self, service):
        return boto3.client(service, region_name=REGION, endpoint_url=self.endpoint,
                            aws_access_key_id="a", aws_secret_access_key="b",
                            config=Config(retries={"max_attempts": 1}))


def code(call, **arguments):
    try:
        call(**arguments)
        return "none"
    except ClientError as error:
        return error.response["Error"]["Code"]


def ssm(peer):
    client = peer.client("ssm")
    put = lambda **more: client.put_parameter(Name="/c/a", Value="1", Type="String", **more)
    yield "put", put()["Version"]
    yield "put again", code(put)
    yield "overwrite", put(Overwrite=True)["Version"]
    yield "get", client.get_parameter(Name="/c/a")["Parameter"]["Value"]
    yield "get missing", code(client.get_parameter, Name="/c/none")
    yield "max results", code(client.get_parameters_by_path, Path="/c", MaxResults=11)
    for i in range(23):
        client.put_parameter(Name=f"/c/many/{i:02}", Value="v", Type="String")
    pages = client.get_paginator("get_parameters_by_path").paginate(Path="/c/many")
    yield "pages", [len(p["Parameters"]) for p in pages]
    one_level = client.get_parameters_by_path(Path="/c")["Parameters"]
    yield "one level", [p["Name"] for p in one_level]
    yield "delete missing", code(client.delete_parameter, Name="/c/none")
    yield "delete", client.delete_parameters(Names=["/c/a", "/c/none"])["DeletedParameters"]


def events(peer):
    client = peer.client("events")
    entry = {"Source": "a", "DetailType": "b", "Detail": "{}"}
    yield "ten", client.put_events(Entries=[entry] * 10)["FailedEntryCount"]
    yield "eleven", code(client.put_events, Entries=[entry] * 11)
    yield "malformed", client.put_events(Entries=[entry | {"Detail": "{"}])["Entries"][0]["ErrorCode"]
    yield "bad pattern", code(client.put_rule, Name="c", EventPattern='{"source":"a"}')
    yield "rule", client.put_rule(Name="c", EventPattern='{"source":["a"]}')["RuleArn"]
    yield "missing rule", code(client.describe_rule, Name="none")
    yield "targets of none", code(client.put_targets, Rule="none",
                                  Targets=[{"Id": "1", "Arn": FUNCTION}])
    client.put_targets(Rule="c", Targets=[{"Id": "1", "Arn": FUNCTION}])
    yield "targets", [t["Id"] for t in client.list_targets_by_rule(Rule="c")["Targets"]]
    yield "delete with targets", code(client.delete_rule, Name="c")
    client.remove_targets(Rule="c", Ids=["1"])
    client.disable_rule(Name="c")
    yield "state", client.describe_rule(Name="c")["State"]
    yield "prefix", [r["Name"] for r in client.list_rules(NamePrefix="c")["Rules"]]
    client.delete_rule(Name="c")
    yield "no bus", code(client.put_rule, Name="c", EventBusName="none",
                         EventPattern='{"source":["a"]}')
    client.put_permission(StatementId="s", Principal="222222222222", Action="events:PutEvents")
    yield "permission", '"s"' in client.describe_event_bus()["Policy"].replace(" ", "")
    yield "remove missing permission", code(client.remove_permission, StatementId="none")
    yield "bad principal", code(client.put_permission, StatementId="t", Principal="123",
                                Action="events:PutEvents")
    client.remove_permission(StatementId="s")
    many = [{"Id": str(i), "Arn": FUNCTION} for i in range(6)]
    client.put_rule(Name="six", EventPattern='{"source":["a"]}')
    yield "six targets", code(client.put_targets, Rule="six", Targets=many)


def sagemaker(peer):
    client = peer.client("sagemaker")
    yield "no jobs", client.list_training_jobs()["TrainingJobSummaries"]
    yield "no endpoints", client.list_endpoints(StatusEquals="InService")["Endpoints"]
    yield "missing job", code(client.describe_training_job, TrainingJobName="none")


def functions(peer):
    yield "missing", code(peer.client("lambda").invoke, FunctionName="none")


# moto's known differences from AWS: (service, question) -> what AWS documents instead.
MOTO_IS_WRONG = {
    ("events", "bad principal"): "accepts any principal",
    ("events", "six targets"): "has no limit of five targets a rule",
    ("sagemaker", "missing job"): "answers ValidationException where AWS answers ResourceNotFound",
}


class Peers(unittest.TestCase):
    def test_the_embedded_home_answers_as_moto_does(self):
        with Home(accounts=[("hub", HUB)]) as home, Moto() as moto:
            for calls in (ssm, events, sagemaker, functions):
                service = calls.__name__
                ours, theirs = dict(calls(home)), dict(calls(moto))
                for question, answer in theirs.items():
                    with self.subTest(service=service, question=question):
                        if (service, question) in MOTO_IS_WRONG:
                            self.assertNotEqual(ours[question], answer)
                        else:
                            self.assertEqual(ours[question], answer)


if __name__ == "__main__":
    unittest.main()
