"""The whole story on AWS's own protocols, as docs/aws.md tells it: two spokes and a hub are deployed
to moto by the CDK, and our bootstrap runs there as Lambda would run it."""

import json
import os
import shutil
import subprocess
import time
import unittest

from support.cdk import HUB_APP, Checkout, Cloud, install_cdk
from support.fake_runtime import BOOTSTRAP
from support.home import DEV, DSDASH, HUB, PROD, REGION
from support.peers import moto_with_functions

STRANGER = "999999999999"
METRICS = "TotalCompletedTrainingJobs,NumberEndPointsInService,SSMParamStoreValue"
# For each spoke: training jobs, endpoints, and what stands in /models/auc. The last is not there.
SPOKES = {DEV: ("dev", 3, 1, "0.91250000000000000000000000000000000007"), PROD: ("prod", 1, 2, None)}
TABLE, STATE = "ds-dashboard-hub-table", "ds-dashboard-hub-state"


class Story(unittest.TestCase):
    """One test after the other, in the order of their names: each needs what those before did."""

    @classmethod
    def setUpClass(cls):
        install_cdk()
        cls.cloud = Cloud(cls.enterClassContext(moto_with_functions()).endpoint)
        cls.checkout = Checkout()
        cls.addClassCleanup(cls.checkout.remove)
        shutil.copy(BOOTSTRAP, cls.checkout.bootstrap)
        subprocess.run(["strip", cls.checkout.bootstrap], check=True)
        for account in (HUB, *SPOKES):
            cls.cloud.make_asset_bucket(account)
        cls.write_profiles()

    @classmethod
    def write_profiles(cls):
        folder = cls.checkout.folder / "home"
        text = ""
        for name, account in (("hub", HUB), ("dev", DEV), ("prod", PROD)):
            keys = cls.cloud.keys(account)
            text += f"[{name}]\n" + "".join(f"{k.lower()}={v}\n" for k, v in keys.items())
        (folder / "credentials").write_text(text)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "DSDASH_"))}
        cls.environment = kept | {
            "AWS_SHARED_CREDENTIALS_FILE": str(folder / "credentials"), "AWS_REGION": REGION,
            "AWS_CONFIG_FILE": str(folder / "none"), "AWS_ENDPOINT_URL": cls.cloud.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true"}

    def dsdash(self, *words, profile="hub", ends_with=0):
        done = subprocess.run([DSDASH, *words, "--profile", profile, "--output", "json"], text=True,
                              capture_output=True, env=self.environment, timeout=60, check=False)
        self.assertEqual(done.returncode, ends_with, f"{words}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout) if done.stdout else done.stderr

    def invoke(self, account, function, payload):
        answer = self.cloud.client("lambda", account).invoke(
            FunctionName=function, Payload=json.dumps(payload))
        text = answer["Payload"].read()
        self.assertNotIn("FunctionError", answer, text)
        return json.loads(text)

    def connect(self, account, action):
        """What happened to each account: {"222222222222": "created"}"""
        answer = self.invoke(account, "ds-dashboard-connection", {"action": action})
        return {a["AccountId"]: a["Result"] for a in answer["Accounts"]}

    def wait_for(self, read, expected, seconds=60):
        end = time.monotonic() + seconds
        while read() != expected and time.monotonic() < end:
            time.sleep(0.1)
        self.assertEqual(read(), expected)

    def rows(self):
        items = self.cloud.client("dynamodb").scan(TableName=TABLE)["Items"]
        return sorted((i["AccountId"]["S"], i["Environment"]["S"], i["MetricName"]["S"],
                       i["MetricValue"]["N"]) for i in items)

    def expected_rows(self):
        rows = []
        for account, (environment, jobs, endpoints, auc) in SPOKES.items():
            values = {"TotalCompletedTrainingJobs": jobs, "NumberEndPointsInService": endpoints}
            if auc:
                values["SSMParamStoreValue"] = auc
            rows += [(account, environment, name, str(v)) for name, v in values.items()]
        return sorted(rows)

    def put_event(self, account, bus_owner, detail, detail_type="metric_extractor"):
        answer = self.cloud.client("events", account).put_events(Entries=[{
            "Source": "metric_extractor", "DetailType": detail_type, "Detail": json.dumps(detail),
            "EventBusName": f"arn:aws:events:{REGION}:{bus_owner}:event-bus/default"}])
        return answer["Entries"][0]

    def quarantined(self):
        return self.cloud.client("dynamodb").query(
            TableName=STATE, KeyConditionExpression="StateKey = :k",
            ExpressionAttributeValues={":k": {"S": "quarantine"}})["Items"]

    def test_01_is_deployed_by_the_seeds_commands(self):
        done = self.cloud.deploy(self.checkout, *HUB_APP)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for account, (environment, *_) in SPOKES.items():
            done = self.cloud.deploy(
                self.checkout, "-c", f"metrics={METRICS}", "-c", f"environment={environment}", "-c",
                "project_name=churn", "-c", "ssm_parameter=/models/auc", account=account)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_02_is_connected_by_parameters_and_two_actions(self):
        for account, (environment, *_) in SPOKES.items():
            self.cloud.client("ssm", account).put_parameter(
                Name="/monitors/TestHub", Type="String", Value=HUB)
            self.cloud.client("ssm").put_parameter(
                Name=f"/monitored_projects/churn/{environment}", Type="String", Value=account)
        spokes = (HUB, *SPOKES)
        self.assertEqual(self.connect(HUB, "EBPut"), dict.fromkeys(SPOKES, "created"))
        for account in SPOKES:
            self.assertEqual(self.connect(account, "EBPut"), {HUB: "created"})
        self.assertEqual(self.connect(HUB, "EBRule"), dict.fromkeys(SPOKES, "created"))
        for account in SPOKES:
            self.assertEqual(self.connect(account, "EBRule"), {HUB: "created"})
        for action in ("EBPut", "EBRule"):
            for account in spokes:
                self.assertEqual(set(self.connect(account, action).values()), {"unchanged"})
        target = self.cloud.client("events", DEV).list_targets_by_rule(
            Rule="forward-ds-dashboard-metrics-1")["Targets"][0]
        queue = self.cloud.client("sqs", DEV).get_queue_url(
            QueueName=target["DeadLetterConfig"]["Arn"].rpartition(":")[2])
        self.assertTrue(queue["QueueUrl"])

    def test_03_brings_the_numbers_of_every_spoke_to_the_hub_once(self):
        for account, (_, jobs, endpoints, auc) in SPOKES.items():
            sagemaker = self.cloud.client("sagemaker", account)
            for i in range(jobs):
                sagemaker.create_training_job(
                    TrainingJobName=f"train-{i}", RoleArn=f"arn:aws:iam::{account}:role/r",
                    AlgorithmSpecification={"TrainingImage": "i", "TrainingInputMode": "File"},
                    OutputDataConfig={"S3OutputPath": "s3://b/"},
                    ResourceConfig={"InstanceType": "ml.m5.large", "InstanceCount": 1,
                                    "VolumeSizeInGB": 1},
                    StoppingCondition={"MaxRuntimeInSeconds": 60})
            sagemaker.create_model(ModelName="m", ExecutionRoleArn=f"arn:aws:iam::{account}:role/r")
            sagemaker.create_endpoint_config(EndpointConfigName="c", ProductionVariants=[{
                "VariantName": "v", "ModelName": "m", "InitialInstanceCount": 1,
                "InstanceType": "ml.m5.large"}])
            for i in range(endpoints):
                sagemaker.create_endpoint(EndpointName=f"serve-{i}", EndpointConfigName="c")
            if auc:
                self.cloud.client("ssm", account).put_parameter(
                    Name="/models/auc", Type="String", Value=auc)
        fetched = self.invoke(HUB, "ds-dashboard-fetch-new-data", {})
        self.assertEqual({s["AccountId"] for s in fetched["Spokes"]}, set(SPOKES))
        self.wait_for(self.rows, self.expected_rows())

    def test_04_is_read_with_our_own_commands(self):
        rows = self.dsdash("latest")
        self.assertEqual(
            sorted((r["AccountId"], r["Environment"], r["MetricName"], str(r["MetricValue"]))
                   for r in rows if r["MetricName"] != "SSMParamStoreValue"),
            [r for r in self.expected_rows() if r[2] != "SSMParamStoreValue"])
        history = self.dsdash("history", "--metric", "TotalCompletedTrainingJobs", "--environment", "dev")
        self.assertEqual(len(history), 1, history)
        answered = self.dsdash("refresh", "--wait", "--timeout", "50")
        self.assertEqual({a["AccountId"] for a in answered}, set(SPOKES), answered)
        self.assertEqual(
            len(self.dsdash("history", "--metric", "TotalCompletedTrainingJobs", "--environment", "dev")), 2)

    def test_05_stores_nothing_twice_and_nothing_of_strangers(self):
        item = self.cloud.client("dynamodb").scan(TableName=TABLE)["Items"][0]
        before = self.rows()
        detail = {"MetricName": item["MetricName"]["S"], "MetricValue": item["MetricValue"]["N"],
                  "ExtractionDate": item["ExtractionDate"]["S"], "Metadata": {},
                  "Environment": item["Environment"]["S"], "ProjectName": item["ProjectName"]["S"]}
        self.assertIn("EventId", self.put_event(item["AccountId"]["S"], HUB, detail))
        self.assertIn("ErrorCode", self.put_event(STRANGER, HUB, detail), "the bus lets nobody in")
        claimed = detail | {"Environment": "prod" if detail["Environment"] == "dev" else "dev"}
        self.assertIn("EventId", self.put_event(item["AccountId"]["S"], HUB, claimed))
        self.wait_for(lambda: len(self.quarantined()), 1)
        self.assertIn("another account", self.quarantined()[0]["Reason"]["S"])
        self.assertEqual(self.rows(), before)
        letters = self.dsdash("dead-letters", "list")
        self.assertEqual([(x["Kind"], x["Account"]) for x in letters],
                         [("quarantine", item["AccountId"]["S"])])

    def test_06_doctor_says_what_is_wrong_and_what_mends_it(self):
        findings = self.dsdash("doctor", "--timeout", "30", ends_with=1)
        wrong = {(f["AccountId"], f["Check"]) for f in findings if f["State"] == "wrong"}
        self.assertLessEqual({(PROD, "report")}, wrong)
        report = next(f for f in findings if f["AccountId"] == PROD and f["Check"] == "report")
        self.assertIn("/models/auc", report["Message"])
        well = {(f["AccountId"], f["Check"]) for f in findings if f["State"] == "ok"}
        for account in SPOKES:
            for check in ("parameter", "permission", "rule", "target", "role", "permission there",
                          "dead letters", "ping", "last metric"):
                self.assertIn((account, check), well, findings)

    def test_07_keeps_what_the_hub_refuses_until_it_is_replayed(self):
        self.cloud.client("events").remove_permission(RemoveAllPermissions=True)
        self.invoke(DEV, "ds-dashboard-metric-extraction", {})
        self.wait_for(lambda: len(self.dsdash("dead-letters", "list", profile="dev")), 4)
        findings = self.dsdash("doctor", "--no-ping", profile="dev", ends_with=1)
        self.assertIn(("dead letters", "wrong"), {(f["Check"], f["State"]) for f in findings})
        before = len(self.rows())
        refused = self.dsdash("dead-letters", "replay", "--all", profile="dev", ends_with=1)
        self.assertEqual(refused, [{"Replayed": 0}])
        self.assertEqual(set(self.connect(HUB, "EBPut").values()), {"created"})
        self.assertEqual(self.dsdash("dead-letters", "replay", "--all", profile="dev"),
                         [{"Replayed": 4}])
        self.wait_for(lambda: len(self.rows()), before + 3)
        self.assertEqual(self.dsdash("dead-letters", "list", profile="dev"), [])

    def test_08_keeps_what_a_function_failed_at_until_it_is_replayed(self):
        dynamodb = self.cloud.client("dynamodb")
        table = dynamodb.describe_table(TableName=STATE)["Table"]
        dynamodb.delete_table(TableName=STATE)
        self.put_event(DEV, HUB, {"MetricName": "M", "MetricValue": "no number",
                                  "ProjectName": "churn", "Environment": "dev"})
        self.wait_for(lambda: [x["DeadLetterId"].partition("-")[0]
                               for x in self.dsdash("dead-letters", "list")], ["archive"])
        dynamodb.create_table(
            TableName=STATE, BillingMode="PAY_PER_REQUEST",
            **{k: table[k] for k in ("KeySchema", "AttributeDefinitions")})
        self.assertEqual(self.dsdash("dead-letters", "replay", "--all"), [{"Replayed": 1}])
        self.wait_for(lambda: len(self.quarantined()), 1)
        self.assertEqual([x["Kind"] for x in self.dsdash("dead-letters", "list")], ["quarantine"])

    def test_09_is_disconnected_without_a_trace(self):
        events = self.cloud.client("events")
        events.put_rule(Name="mine", EventPattern='{"source":["mine"]}')
        for account in (*SPOKES, HUB):
            self.assertEqual(set(self.connect(account, "Disconnect").values()), {"removed"})
            client = self.cloud.client("events", account)
            self.assertEqual(client.list_rules(NamePrefix="forward-")["Rules"], [])
            self.assertNotIn("Policy", client.describe_event_bus())
        self.assertEqual([r["Name"] for r in events.list_rules()["Rules"]],
                         ["ds-dashboard-archive", "mine"])

    def test_10_is_taken_away(self):
        for words, account in (((*HUB_APP,), HUB), ((), DEV), ((), PROD)):
            done = self.cloud.cdk(self.checkout, "destroy", *words, "--force", account=account)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertEqual(
                self.cloud.client("lambda", account).list_functions()["Functions"], [])


if __name__ == "__main__":
    unittest.main(failfast=True)
