"""The AWS CDK's command line deploys both stacks to moto, as docs/aws.md says, and takes them away."""

import json
import shutil
import subprocess
import unittest

import jsonschema

from support.cdk import HUB_APP, PACKAGES, Checkout, Cloud, install_cdk
from support.home import HUB, METRICS, REGION
from support.peers import moto

SCHEMAS = PACKAGES / "@aws-cdk" / "cloud-assembly-schema" / "schema"
SPOKE, BOTH, BOOTSTRAPPED = "222222222222", "444444444444", "555555555555"
SPOKE_CONTEXT = ("-c", f"metrics={METRICS}", "-c", "environment=dev", "-c", "project_name=Project1")
HUB_STACK, SPOKE_STACK = "ds-dashboard-hub-stack", "ds-dashboard-spoke-stack"
TABLES = {"ds-dashboard-hub-table", "ds-dashboard-hub-state"}
HUB_FUNCTIONS = {"ds-dashboard-dynamo-write", "ds-dashboard-fetch-new-data",
                 "ds-dashboard-connection"}
SPOKE_FUNCTIONS = {"ds-dashboard-metric-extraction", "ds-dashboard-connection"}


class CdkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        install_cdk()
        cls.cloud = Cloud(cls.enterClassContext(moto(account=None)).endpoint)

    def setUp(self):
        self.checkout = Checkout()
        self.addCleanup(self.checkout.remove)

    def client(self, service, account=HUB):
        return self.cloud.client(service, account)

    def output_of(self, done, fails):
        output = done.stdout + done.stderr
        self.assertEqual(done.returncode != 0, fails, f"{done.args}:\n{output}")
        return output

    def cdk(self, *words, account=HUB, fails=False):
        return self.output_of(self.cloud.cdk(self.checkout, *words, account=account), fails)

    def deploy(self, *words, account=HUB, fails=False):
        return self.output_of(self.cloud.deploy(self.checkout, *words, account=account), fails)

    def diff(self, *words, **options):
        return self.cdk("diff", *words, "--method=template", **options)

    def functions(self, account):
        listed = self.client("lambda", account).list_functions()["Functions"]
        return {f["FunctionName"]: f for f in listed}

    def tables(self, account):
        return set(self.client("dynamodb", account).list_tables()["TableNames"])

    def drop_tables(self, account):
        for name in self.tables(account):
            self.client("dynamodb", account).delete_table(TableName=name)

    def stacks(self, account):
        return {s["StackName"] for s in
                self.client("cloudformation", account).describe_stacks()["Stacks"]}


class Hub(CdkTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cloud.make_asset_bucket(HUB)

    def setUp(self):
        super().setUp()
        self.addCleanup(self.drop_tables, HUB)

    def test_is_deployed_changed_and_taken_away(self):
        before = self.diff(*HUB_APP)
        self.assertIn("[+] AWS::DynamoDB::Table", before)
        self.assertIn("dynamodb:PutItem", before)  # the table of permissions
        self.deploy(*HUB_APP)
        self.assertEqual(self.stacks(HUB), {HUB_STACK})
        self.assertEqual(set(self.functions(HUB)), HUB_FUNCTIONS)
        self.assertIn("There were no differences", self.diff(*HUB_APP))
        self.assertIn("no changes", self.deploy(*HUB_APP))

        schedule = ("-c", "schedule=rate(1 hour)")
        self.assertIn("[+] AWS::Events::Rule", self.diff(*HUB_APP, *schedule))
        self.deploy(*HUB_APP, *schedule)
        rules = self.client("events").list_rules(NamePrefix="ds-dashboard")["Rules"]
        self.assertEqual({r["Name"]: r.get("ScheduleExpression") for r in rules},
                         {"ds-dashboard-archive": None,
                          "ds-dashboard-fetch-schedule": "rate(1 hour)"})

        self.cdk("destroy", *HUB_APP, "--force")
        self.assertEqual(self.stacks(HUB), set())
        self.assertEqual(self.functions(HUB), {})
        self.assertEqual(self.tables(HUB), TABLES, "the tables stay")

        self.deploy(*HUB_APP, "-c", "existing_table=true")
        self.assertEqual(set(self.functions(HUB)), HUB_FUNCTIONS)
        self.cdk("destroy", *HUB_APP, "--force")
        self.assertEqual(self.tables(HUB), TABLES, "what was adopted stays too")

    def test_takes_its_tables_along_when_told_so(self):
        self.deploy(*HUB_APP, "-c", "removal_policy=destroy")
        self.assertEqual(self.tables(HUB), TABLES)
        self.cdk("destroy", *HUB_APP, "--force")
        self.assertEqual(self.tables(HUB), set())

    def test_has_what_the_declaration_says(self):
        self.deploy(*HUB_APP)
        self.addCleanup(self.cdk, "destroy", *HUB_APP, "--force")
        dynamodb = self.client("dynamodb")
        table = dynamodb.describe_table(TableName="ds-dashboard-hub-table")["Table"]
        keys = lambda owner: [(k["AttributeName"], k["KeyType"]) for k in owner["KeySchema"]]
        self.assertEqual(keys(table), [("MetricName", "HASH"), ("ExtractionDate", "RANGE")])
        self.assertEqual({i["IndexName"]: keys(i) for i in table["GlobalSecondaryIndexes"]},
                         {"ProjectName-ExtractionDate-index":
                              [("ProjectName", "HASH"), ("ExtractionDate", "RANGE")]})
        self.assertEqual(table["BillingModeSummary"]["BillingMode"], "PAY_PER_REQUEST")

        archive = self.functions(HUB)["ds-dashboard-dynamo-write"]
        self.assertEqual((archive["Runtime"], archive["Handler"], archive["Architectures"]),
                         ("provided.al2023", "archive", ["x86_64"]))
        self.assertEqual(archive["Role"],
                         f"arn:aws:iam::{HUB}:role/ds-dashboard-dynamo-write-role")
        events = self.client("events")
        target, = events.list_targets_by_rule(Rule="ds-dashboard-archive")["Targets"]
        self.assertEqual(target["Arn"], archive["FunctionArn"])
        self.assertEqual(target["DeadLetterConfig"]["Arn"],
                         f"arn:aws:sqs:{REGION}:{HUB}:ds-dashboard-archive-dead-letters")
        policy = json.loads(self.client("lambda").get_policy(
            FunctionName="ds-dashboard-dynamo-write")["Policy"])
        self.assertEqual(policy["Statement"][0]["Principal"], {"Service": "events.amazonaws.com"})
        policy = self.cloud.policy_of("ds-dashboard-dynamo-write-role")
        resources = {a: s["Resource"] for s in policy["Statement"] for a in s["Action"]}
        self.assertEqual(resources["dynamodb:PutItem"],
                         [f"arn:aws:dynamodb:{REGION}:{HUB}:table/{t}"
                          for t in ("ds-dashboard-hub-table", "ds-dashboard-hub-state")])
        self.assertEqual(resources["dynamodb:UpdateItem"],
                         [f"arn:aws:dynamodb:{REGION}:{HUB}:table/ds-dashboard-hub-state"])
        outputs = self.client("cloudformation").describe_stacks(
            StackName=HUB_STACK)["Stacks"][0]["Outputs"]
        self.assertEqual({o["OutputKey"]: o["OutputValue"] for o in outputs}["AccountId"], HUB)

    def test_updates_the_table_of_the_python_reference(self):
        # As aws-cdk v1 made it of the reference's hub.
        key = [{"AttributeName": "MetricName", "KeyType": "HASH"},
               {"AttributeName": "ExtractionDate", "KeyType": "RANGE"}]
        table = {"Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Delete", "Properties": {
            "TableName": "ds-dashboard-hub-table", "KeySchema": key,
            "AttributeDefinitions": [{"AttributeName": k["AttributeName"], "AttributeType": "S"}
                                     for k in key],
            "ProvisionedThroughput": {"ReadCapacityUnits": 5, "WriteCapacityUnits": 5}}}
        self.client("cloudformation").create_stack(
            StackName=HUB_STACK, TemplateBody=json.dumps(
                {"Resources": {"dsdashboardhubtable8E57CB07": table}}))
        dynamodb = self.client("dynamodb")
        item = {"MetricName": {"S": "M"}, "ExtractionDate": {"S": "2026-01-01 00:00:00.000000"}}
        dynamodb.put_item(TableName="ds-dashboard-hub-table", Item=item)
        diff = self.diff(*HUB_APP)
        self.assertIn("[~] AWS::DynamoDB::Table", diff)
        self.assertNotIn("requires replacement", diff)
        self.deploy(*HUB_APP)
        self.addCleanup(self.cdk, "destroy", *HUB_APP, "--force")
        self.assertEqual(dynamodb.scan(TableName="ds-dashboard-hub-table")["Items"], [item])

    def test_puts_the_code_where_lambda_takes_it_from(self):
        self.deploy(*HUB_APP)
        self.addCleanup(self.cdk, "destroy", *HUB_APP, "--force")
        first = self.functions(HUB)["ds-dashboard-connection"]["CodeSha256"]
        self.checkout.package("#!/bin/sh\nexit 0\n")
        self.assertIn("S3Key", self.diff(*HUB_APP))
        self.deploy(*HUB_APP)
        self.assertNotEqual(self.functions(HUB)["ds-dashboard-connection"]["CodeSha256"], first)

    def test_is_refused_without_code_and_says_how_to_build_it(self):
        shutil.rmtree(self.checkout.folder / "build/lambda")
        for verb in (self.diff, self.deploy):
            self.assertIn("./dev lambda", verb(*HUB_APP, fails=True))
        self.assertEqual(self.stacks(HUB), set())


class Spoke(CdkTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cloud.make_asset_bucket(SPOKE)

    def test_is_deployed_and_taken_away_by_the_seeds_commands(self):
        self.deploy(*SPOKE_CONTEXT, account=SPOKE)
        self.assertEqual(self.stacks(SPOKE), {SPOKE_STACK})
        functions = self.functions(SPOKE)
        self.assertEqual(set(functions), SPOKE_FUNCTIONS)
        self.assertEqual(
            functions["ds-dashboard-metric-extraction"]["Environment"]["Variables"],
            {"METRICS": METRICS, "PROJECT_NAME": "Project1", "ENVIRONMENT": "dev"})
        # Without context, as a person types it.
        self.cdk("destroy", "--force", account=SPOKE)
        self.assertEqual(self.stacks(SPOKE), set())
        self.assertEqual(self.functions(SPOKE), {})

    def test_is_refused_with_a_list_when_context_is_missing_or_unknown(self):
        for words, wrong in (((), "metrics"),
                             ((*SPOKE_CONTEXT, "-c", "colour=blue"), "colour"),
                             (("-c", "metrics=Nope", *SPOKE_CONTEXT[2:]), "Nope")):
            with self.subTest(words=words):
                output = self.cdk("synth", *words, account=SPOKE, fails=True)
                self.assertIn(wrong, output)
                self.assertIn("NumberEndPointsInService", output)
        for verb in (self.diff, self.deploy):
            self.assertIn("project_name", verb(account=SPOKE, fails=True))
        self.assertEqual(self.stacks(SPOKE), set())

    def test_is_left_alone_by_one_who_ignores_errors(self):
        self.deploy(*SPOKE_CONTEXT, account=SPOKE)
        self.addCleanup(self.cdk, "destroy", "--force", account=SPOKE)
        self.deploy("--ignore-errors", account=SPOKE, fails=True)
        self.assertEqual(set(self.functions(SPOKE)), SPOKE_FUNCTIONS)

    def test_takes_context_that_does_not_fit_the_environment(self):
        settings = self.checkout.folder / "cdk.json"
        app = json.loads(settings.read_text())
        settings.write_text(json.dumps(app | {"context": {"other:tool": "x" * 200_000}}))
        self.cdk("synth", *SPOKE_CONTEXT, account=SPOKE)
        self.assertIn("assets", self.checkout.assembly(SPOKE_STACK))


class Account(CdkTest):
    def test_may_be_hub_and_spoke(self):
        self.cloud.make_asset_bucket(BOTH)
        self.addCleanup(self.drop_tables, BOTH)
        self.deploy(*HUB_APP, account=BOTH)
        self.deploy(*SPOKE_CONTEXT, "-c", "connection=existing", account=BOTH)
        self.assertEqual(set(self.functions(BOTH)), HUB_FUNCTIONS | SPOKE_FUNCTIONS)
        self.cdk("destroy", "--force", account=BOTH)
        self.assertEqual(set(self.functions(BOTH)), HUB_FUNCTIONS)
        self.cdk("destroy", *HUB_APP, "--force", account=BOTH)
        self.assertEqual(self.functions(BOTH), {})

    def test_may_be_bootstrapped_and_deployed_to_through_its_roles(self):
        # Runs the app of cdk.json, without context.
        self.cdk("bootstrap", account=BOOTSTRAPPED)
        roles = ("-c", "bootstrap=roles")
        self.deploy(*SPOKE_CONTEXT, *roles, account=BOOTSTRAPPED)
        self.assertEqual(set(self.functions(BOOTSTRAPPED)), SPOKE_FUNCTIONS)
        self.cdk("destroy", "--force", *roles, account=BOOTSTRAPPED)
        # The bucket that came with it will do for one's own rights.
        self.deploy(*SPOKE_CONTEXT, account=BOOTSTRAPPED)
        self.cdk("destroy", "--force", account=BOOTSTRAPPED)
        self.assertEqual(self.functions(BOOTSTRAPPED), {})

    def test_without_a_bucket_is_told_to_be_bootstrapped(self):
        self.assertIn("bootstrapped", self.deploy(*SPOKE_CONTEXT, account="666666666666",
                                                  fails=True))


class Assembly(CdkTest):
    """What stands in cdk.out, judged by the CDK's own schema and by cfn-lint."""

    VARIANTS = (
        (HUB_STACK, HUB_APP),
        (HUB_STACK, (*HUB_APP, "-c", "schedule=rate(1 hour)", "-c", "removal_policy=destroy",
                     "-c", "retention_days=30")),
        (HUB_STACK, (*HUB_APP, "-c", "connection=existing", "-c", "existing_table=true")),
        (HUB_STACK, (*HUB_APP, "-c", "bootstrap=roles")),
        (SPOKE_STACK, SPOKE_CONTEXT),
        (SPOKE_STACK, ("-c", "metrics=SSMParamStoreValue", "-c", "ssm_parameter=/models/auc",
                       *SPOKE_CONTEXT[2:])),
        (SPOKE_STACK, (*SPOKE_CONTEXT, "-c", "connection=existing")),
    )

    def validate(self, assembly):
        schema = json.loads((SCHEMAS / "cloud-assembly.schema.json").read_text())
        jsonschema.validate(assembly["manifest"], schema)
        if "assets" in assembly:
            schema = json.loads((SCHEMAS / "assets.schema.json").read_text())
            jsonschema.validate(assembly["assets"], schema)

    def test_passes_the_schema_and_cfn_lint(self):
        templates = []
        for number, (stack, words) in enumerate(self.VARIANTS):
            self.cdk("synth", "--quiet", *words)
            assembly = self.checkout.assembly(stack)
            with self.subTest(stack=stack, words=words):
                self.validate(assembly)
            templates.append(self.checkout.folder / f"{number}.json")
            templates[-1].write_text(json.dumps(assembly["template"]))
        done = subprocess.run(["cfn-lint", "--regions", REGION, "--", *templates], text=True,
                              capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)

    def test_passes_the_schema_when_it_tells_of_an_error(self):
        self.cdk("synth", fails=True)
        assembly = self.checkout.assembly(SPOKE_STACK)
        self.validate(assembly)
        self.assertTrue(assembly["template"]["Resources"])

    def test_is_the_same_for_everybody(self):
        self.cdk("synth", "--quiet", *SPOKE_CONTEXT)
        first = self.checkout.assembly(SPOKE_STACK)
        self.cdk("synth", "--quiet", *SPOKE_CONTEXT, account=SPOKE)
        self.assertEqual(self.checkout.assembly(SPOKE_STACK), first)


if __name__ == "__main__":
    unittest.main()
