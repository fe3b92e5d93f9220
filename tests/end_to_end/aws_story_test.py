"""The whole story on AWS's own protocols, as docs/aws.md tells it: the CDK deploys two spokes and a
hub to moto, and our bootstrap runs there as Lambda would run it."""

import json
import os
import shlex
import shutil
import subprocess
import time
import unittest
import uuid
from datetime import datetime, timedelta, timezone

from support.cdk import HUB_APP, Checkout, Cloud, install_cdk
from support.fake_runtime import BOOTSTRAP
from support.home import DEV, DSDASH, HUB, PROD, REGION, Home
from support.peers import moto_with_functions

STRANGER, REFERENCE = "999999999999", "444444444444"
METRICS = "TotalCompletedTrainingJobs,NumberEndPointsInService,SSMParamStoreValue"
# For each spoke: training jobs, endpoints, and what stands in /models/auc. The last is not there.
SPOKES = {DEV: ("dev", 3, 1, "0.91250000000000000000000000000000000007"),
          PROD: ("prod", 1, 2, None)}
TABLE, STATE = "ds-dashboard-hub-table", "ds-dashboard-hub-state"
ARCHIVE, ARCHIVE_ROLE = "ds-dashboard-dynamo-write", "ds-dashboard-dynamo-write-role"


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

    def doctors_commands(self, profile):
        """What `dsdash doctor` says is to be done."""
        done = subprocess.run(
            [DSDASH, "doctor", "--no-ping", "--profile", profile, "--output", "json"], text=True,
            capture_output=True, env=self.environment, timeout=60, check=False)
        return [shlex.split(f["Command"]) for f in json.loads(done.stdout) if f["Command"]]

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

    def wait_for(self, read, expected, seconds=30):
        end = time.monotonic() + seconds
        while read() != expected and time.monotonic() < end:
            time.sleep(0.1)
        self.assertEqual(read(), expected)

    def scan(self):
        return self.cloud.client("dynamodb").scan(TableName=TABLE)["Items"]

    def rows(self):
        return sorted((i["AccountId"]["S"], i["Environment"]["S"], i["MetricName"]["S"],
                       i["MetricValue"]["N"]) for i in self.scan())

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
        """The reasons."""
        items = self.cloud.client("dynamodb").query(
            TableName=STATE, KeyConditionExpression="StateKey = :k",
            ExpressionAttributeValues={":k": {"S": "quarantine"}})["Items"]
        return {i["Reason"]["S"] for i in items}

    def dead_letters(self, profile, kind="delivery"):
        letters = self.dsdash("dead-letters", "list", profile=profile)
        return [letter["Account"] for letter in letters if letter["Kind"] == kind]

    def set_policy(self, role, document):
        self.cloud.client("iam").put_role_policy(
            RoleName=role, PolicyName=role, PolicyDocument=json.dumps(document))

    def statements(self, account=HUB):
        policy = self.cloud.client("events", account).describe_event_bus().get("Policy")
        return [s["Sid"] for s in json.loads(policy)["Statement"]] if policy else []

    def test_01_is_deployed_by_the_seeds_commands(self):
        done = self.cloud.deploy(self.checkout, *HUB_APP)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for account, (environment, *_) in SPOKES.items():
            done = self.cloud.deploy(
                self.checkout, "-c", f"metrics={METRICS}", "-c", f"environment={environment}", "-c",
                "project_name=churn", "-c", "ssm_parameter=/models/auc", account=account)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_02_connects_a_spoke_by_what_its_doctor_says(self):
        run = []
        blanks = {"/monitors/<hub>": "/monitors/TestHub", "<the hub's account id>": HUB}
        while commands := self.doctors_commands("dev"):
            self.assertLess(len(run), 5, commands)
            for _, *words in commands:
                words = [blanks.get(word, word) for word in words]
                subprocess.run([DSDASH, *words], env=self.environment, check=True, timeout=60,
                               stdout=subprocess.DEVNULL)
                run.append(words[0])
        self.assertEqual(run, ["put-parameter", "invoke", "invoke"])
        self.assertEqual(set(self.connect(DEV, "EBPut").values()), {"unchanged"})
        self.assertEqual(set(self.connect(DEV, "EBRule").values()), {"unchanged"})

    def test_03_connects_the_others_by_parameters_and_two_actions(self):
        self.cloud.client("ssm", PROD).put_parameter(
            Name="/monitors/TestHub", Type="String", Value=HUB)
        for account, (environment, *_) in SPOKES.items():
            self.cloud.client("ssm").put_parameter(
                Name=f"/monitored_projects/churn/{environment}", Type="String", Value=account)
        for action in ("EBPut", "EBRule"):
            self.assertEqual(self.connect(HUB, action), dict.fromkeys(SPOKES, "created"))
            self.assertEqual(self.connect(PROD, action), {HUB: "created"})
        for action in ("EBPut", "EBRule"):
            for account in (HUB, *SPOKES):
                self.assertEqual(set(self.connect(account, action).values()), {"unchanged"})
        target, = self.cloud.client("events", DEV).list_targets_by_rule(
            Rule="forward-ds-dashboard-metrics-1")["Targets"]
        queue = target["DeadLetterConfig"]["Arn"].rpartition(":")[2]
        self.assertTrue(self.cloud.client("sqs", DEV).get_queue_url(QueueName=queue)["QueueUrl"])

    def test_04_brings_the_numbers_of_every_spoke_to_the_hub_once(self):
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

    def test_05_is_read_with_our_own_commands(self):
        # Their JSON has a number in full; Python's float does not.
        rows = self.dsdash("latest")
        self.assertEqual(
            sorted((r["AccountId"], r["Environment"], r["MetricName"], str(r["MetricValue"]))
                   for r in rows if r["MetricName"] != "SSMParamStoreValue"),
            [r for r in self.expected_rows() if r[2] != "SSMParamStoreValue"])
        history = ("history", "--metric", "TotalCompletedTrainingJobs", "--environment", "dev")
        self.assertEqual([r["MetricValue"] for r in self.dsdash(*history)], [3])
        answered = self.dsdash("refresh", "--wait", "--timeout", "50")
        self.assertEqual({a["AccountId"] for a in answered}, set(SPOKES), answered)
        self.assertEqual([r["MetricValue"] for r in self.dsdash(*history)], [3, 3])

    def test_06_stores_nothing_twice(self):
        before = self.rows()
        item = self.scan()[0]
        detail = {name: item[name]["S"] for name in
                  ("MetricName", "ExtractionDate", "Environment", "ProjectName")}
        event = {"version": "0", "id": item["EventId"]["S"], "account": item["AccountId"]["S"],
                 "source": "metric_extractor", "detail-type": "metric_extractor",
                 "time": "2026-01-01T00:00:00Z", "region": REGION, "resources": [],
                 "detail": detail | {"MetricValue": item["MetricValue"]["N"], "Metadata": {}}}
        redelivered, put_again = event, event | {"id": str(uuid.uuid4())}
        for again in (redelivered, put_again):
            self.assertEqual(self.invoke(HUB, ARCHIVE, again)["Outcome"], "duplicate")
        self.assertEqual(self.rows(), before)

    def test_07_doctor_says_what_is_wrong_and_what_mends_it(self):
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

    def test_08_keeps_what_the_hub_refuses_until_it_is_replayed(self):
        events = self.cloud.client("events")
        for statement in self.statements():
            events.remove_permission(StatementId=statement)
        self.invoke(DEV, "ds-dashboard-metric-extraction", {})
        self.wait_for(lambda: self.dead_letters("dev"), [DEV] * 4)  # three metrics and the report
        findings = self.dsdash("doctor", "--no-ping", profile="dev", ends_with=1)
        self.assertIn(("dead letters", "wrong"), {(f["Check"], f["State"]) for f in findings})
        before = len(self.rows())
        refused = self.dsdash("dead-letters", "replay", "--all", profile="dev", ends_with=1)
        self.assertEqual(refused, [{"Replayed": 0}])
        self.assertEqual(set(self.connect(HUB, "EBPut").values()), {"created"})
        self.assertEqual(self.dsdash("dead-letters", "replay", "--all", profile="dev"),
                         [{"Replayed": 4}])
        self.wait_for(lambda: len(self.rows()), before + 3)
        self.assertEqual(self.dead_letters("dev"), [])

    def test_09_keeps_what_the_archive_may_not_store_until_it_is_replayed(self):
        allowed = self.cloud.policy_of(ARCHIVE_ROLE)
        reading = [s for s in allowed["Statement"] if "dynamodb:PutItem" not in s["Action"]]
        self.set_policy(ARCHIVE_ROLE, allowed | {"Statement": reading})
        before = len(self.rows())
        self.invoke(DEV, "ds-dashboard-metric-extraction", {})
        self.wait_for(lambda: len(self.dead_letters("hub")), 4)
        for letter in self.dsdash("dead-letters", "list"):
            self.assertIn("not authorized to perform: dynamodb:PutItem", letter["Error"])
        self.assertEqual(len(self.rows()), before)
        self.set_policy(ARCHIVE_ROLE, allowed)
        self.assertEqual(self.dsdash("dead-letters", "replay", "--all"), [{"Replayed": 4}])
        self.wait_for(lambda: len(self.rows()), before + 3)
        self.assertEqual(self.dead_letters("hub"), [])

    def test_10_keeps_what_a_function_failed_at_until_it_is_replayed(self):
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

    def test_11_keeps_apart_what_an_account_may_not_say(self):
        before = self.rows()
        claimed = {"MetricName": "TotalCompletedTrainingJobs", "MetricValue": 1000000,
                   "ExtractionDate": "2026-01-01 00:00:00.000000", "Metadata": {},
                   "Environment": "prod", "ProjectName": "churn"}
        self.assertIn("ErrorCode", self.put_event(STRANGER, HUB, claimed), "nobody let it in")
        # What somebody else puts into the policy of the hub's bus.
        self.cloud.client("events").put_permission(
            StatementId="theirs", Action="events:PutEvents", Principal=STRANGER)
        for account in (DEV, STRANGER):
            self.assertIn("EventId", self.put_event(account, HUB, claimed))
        expected = {f"churn/prod is registered to another account than {DEV}",
                    f"account {STRANGER} is not registered as a monitored project"}
        self.wait_for(lambda: self.quarantined() & expected, expected)
        self.assertEqual(self.rows(), before)
        self.assertEqual(set(self.dead_letters("hub", "quarantine")), {DEV, STRANGER})

    def test_12_judges_series_by_their_history_as_the_embedded_home_does(self):
        # Each metric's newest value so many hours ago, and those before it. A spoke of the Python
        # reference sends no reports, and nobody has a schedule.
        series = {"Hourly": (1, 2, 3, 4), "Overdue": (2, 3, 4, 5), "Stopped": (5, 6, 7, 8),
                  "Daily": (5, 29, 53), "New": (5,)}
        states = {"Hourly": "fresh", "Overdue": "late", "Stopped": "silent", "Daily": "fresh",
                  "New": "fresh"}
        now = datetime.now(timezone.utc)
        # All are sent twice, the second time out of order.
        sent = [(metric, ago) for metric, hours in series.items() for ago in (*hours[::-1], *hours)]
        events = [{"version": "0", "id": f"{metric}-{ago}", "account": REFERENCE,
                   "source": "metric_extractor", "detail-type": "metric_extractor",
                   "time": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "region": REGION, "resources": [],
                   "detail": {"MetricName": metric, "MetricValue": ago, "Metadata": {},
                              "Environment": "dev", "ProjectName": "reference", "ExtractionDate":
                              (now - timedelta(hours=ago)).strftime("%Y-%m-%d %H:%M:%S.%f")}}
                  for metric, ago in sent]
        registration = "/monitored_projects/reference/dev"
        wanted = ("latest", "--project", "reference")

        ssm = self.cloud.client("ssm")
        ssm.put_parameter(Name=registration, Type="String", Value=REFERENCE)
        for event in events:
            self.invoke(HUB, ARCHIVE, event)
        on_aws = self.dsdash(*wanted)
        ssm.delete_parameter(Name=registration)
        self.assertEqual({r["MetricName"]: r["State"] for r in on_aws}, states)

        with Home(accounts=[("hub", HUB)]) as home:
            home.dsdash("deploy", "hub", "--account", "hub")
            home.dsdash("put-parameter", registration, REFERENCE, "--account", "hub")
            for event in events:
                home.dsdash("invoke", ARCHIVE, "--account", "hub", "--payload", json.dumps(event))
            embedded = home.dsdash_json(*wanted, "--account", "hub")
        self.assertEqual([r | {"Age": 0} for r in embedded], [r | {"Age": 0} for r in on_aws])

    def test_13_is_disconnected_without_a_trace(self):
        events = self.cloud.client("events")
        events.put_rule(Name="mine", EventPattern='{"source":["mine"]}')
        for account in (*SPOKES, HUB):
            self.assertEqual(set(self.connect(account, "Disconnect").values()), {"removed"})
            rules = self.cloud.client("events", account).list_rules(NamePrefix="forward-")["Rules"]
            self.assertEqual(rules, [])
        self.assertEqual([self.statements(a) for a in (HUB, *SPOKES)], [["theirs"], [], []])
        self.assertEqual([r["Name"] for r in events.list_rules()["Rules"]],
                         ["ds-dashboard-archive", "mine"])

    def test_14_is_taken_away(self):
        for words, account in (((*HUB_APP,), HUB), ((), DEV), ((), PROD)):
            done = self.cloud.cdk(self.checkout, "destroy", *words, "--force", account=account)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertEqual(
                self.cloud.client("lambda", account).list_functions()["Functions"], [])


if __name__ == "__main__":
    unittest.main(failfast=True)
