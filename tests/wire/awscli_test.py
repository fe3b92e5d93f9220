"""The seed's own commands, as its page prints them, through the AWS CLI."""

import json
import shutil
import unittest

from support.home import DEV, HUB, METRICS, PROD, Home, eventually

AWS = shutil.which("aws")


class AwsCli(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())

    def aws(self, profile, *words, check=True):
        return self.home.run(AWS, "--endpoint-url", self.home.endpoint, "--profile", profile,
                             *words, check=check)

    def invoke(self, profile, action):
        self.aws(profile, "lambda", "invoke", "--function-name", "ds-dashboard-connection",
                 "--payload", f'{{ "action": "{action}"}}', "lambda.out.json")
        return json.loads((self.home.data / "lambda.out.json").read_text())

    def test_the_seeds_commands_connect_a_hub_and_its_spokes(self):
        self.home.dsdash("deploy", "hub", "--account", "hub")
        for name, environment, account in (("churn-dev", "dev", DEV), ("churn-prod", "prod", PROD)):
            self.home.dsdash("deploy", "spoke", "--account", name, "-c", f"metrics={METRICS}",
                             "-c", f"environment={environment}", "-c", "project_name=Project1")
            self.aws(name, "ssm", "put-parameter", "--name", "/monitors/TestHub",
                     "--type", "String", "--value", HUB, "--overwrite")
            self.aws("hub", "ssm", "put-parameter",
                     "--name", f"/monitored_projects/TestProject/{environment}",
                     "--type", "String", "--value", account, "--overwrite")

        self.assertEqual({r["Result"] for r in self.invoke("hub", "EBPut")["Accounts"]}, {"created"})
        for spoke in ("churn-dev", "churn-prod"):
            self.invoke(spoke, "EBPut")
            self.invoke(spoke, "EBRule")
        self.assertEqual({r["AccountId"] for r in self.invoke("hub", "EBRule")["Accounts"]},
                         {DEV, PROD})

        self.aws("hub", "lambda", "invoke", "--function-name", "ds-dashboard-fetch-new-data",
                 "lambda.out.json")

        def six_values():
            found = json.loads(self.aws(
                "hub", "dynamodb", "scan", "--table-name", "ds-dashboard-hub-table").stdout)
            return found["Count"] >= 6 and found["Items"]

        for item in eventually(six_values):
            self.assertEqual(item["ProjectName"]["S"], "Project1")

    def test_says_who_one_is(self):
        answer = json.loads(self.aws("churn-dev", "sts", "get-caller-identity").stdout)
        self.assertEqual(answer["Account"], DEV)

    def test_shows_an_error_as_aws_would(self):
        done = self.aws("hub", "ssm", "get-parameter", "--name", "/nowhere", check=False)
        self.assertIn("(ParameterNotFound)", done.stderr)

    def test_takes_entries_from_the_command_line(self):
        entry = [{"Source": "metric_extractor", "DetailType": "metric_extractor", "Resources": [],
                  "Detail": "{}"}]
        answer = json.loads(self.aws("hub", "events", "put-events", "--entries",
                                     json.dumps(entry)).stdout)
        self.assertEqual(answer["FailedEntryCount"], 0)


if __name__ == "__main__":
    unittest.main()
