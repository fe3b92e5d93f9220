"""`dsdash doctor` against a home in which one thing after the other is broken: it names what is
wrong, and the commands that it prints, run by a shell as they stand, mend it."""

import json
import os
import subprocess
import unittest
from pathlib import Path

from support.home import DEV, DSDASH, HUB, METRICS, Home

FETCH_RULE, METRICS_RULE = "forward-ds-dashboard-fetch-1", "forward-ds-dashboard-metrics-1"


class Doctor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.home.connect_fleet()
        cls.home.dsdash("refresh", "--wait", "--account", "hub")

    def setUp(self):
        # Each test begins with a home in which all is well.
        for account in self.home.accounts:
            self.mend(account)

    def doctor(self, account):
        """The exit code, and what is wrong."""
        done = self.home.dsdash("doctor", "--account", account, "--timeout", "10", "--problems",
                                "--output", "json", check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        self.assertEqual(done.stderr, "")
        return done.returncode, json.loads(done.stdout)

    def mend(self, account, rounds=4):
        """Runs the commands that doctor prints until it has nothing to say."""
        for _ in range(rounds):
            code, wrong = self.doctor(account)
            if code == 0:
                self.assertEqual(wrong, [])
                return
            for command in dict.fromkeys(finding["Command"] for finding in wrong):
                if command.startswith("dsdash doctor "):
                    self.mend(command.split()[3], rounds - 1)
                else:
                    self.shell(command)
        self.fail(f"still wrong: {self.doctor(account)[1]}")

    def shell(self, command):
        """Runs `command` as a person would who has dsdash in the PATH."""
        environment = self.home.environment()
        environment["PATH"] = f"{Path(DSDASH).resolve().parent}{os.pathsep}{environment['PATH']}"
        subprocess.run(command, shell=True, env=environment, check=True, capture_output=True,
                       timeout=60)

    def assert_named_and_mended(self, account, *expected):
        """`expected`: (AccountId, Check) of what doctor has to name."""
        code, wrong = self.doctor(account)
        self.assertEqual(code, 1)
        named = {(finding["AccountId"], finding["Check"]) for finding in wrong}
        for finding in expected:
            self.assertIn(finding, named, wrong)
        self.mend(account)

    def delete_rule(self, account, rule):
        events = self.home.client("events", account)
        ids = [t["Id"] for t in events.list_targets_by_rule(Rule=rule)["Targets"]]
        events.remove_targets(Rule=rule, Ids=ids)
        events.delete_rule(Name=rule)

    def test_says_of_a_fleet_that_is_well_what_is_right(self):
        done = self.home.dsdash("doctor", "--account", "hub", "--output", "json")
        findings = json.loads(done.stdout)
        self.assertEqual({finding["State"] for finding in findings}, {"ok"})
        of_dev = {f["Check"]: f["Message"] for f in findings if f["AccountId"] == DEV}
        self.assertEqual(set(of_dev), {
            "parameter", "permission", "rule", "target", "role", "permission there",
            "dead letters", "ping", "last metric", "report"})
        self.assertRegex(of_dev["ping"], r"^answered in \d+ ms$")
        self.assertIn("churn/dev", of_dev["parameter"])

    def test_a_rule_that_is_gone(self):
        self.delete_rule("hub", FETCH_RULE)
        self.assert_named_and_mended("hub", (DEV, "rule"))

    def test_a_rule_that_is_disabled(self):
        self.home.client("events").disable_rule(Name=FETCH_RULE)
        self.assert_named_and_mended("hub", (DEV, "rule"))

    def test_a_target_with_another_role(self):
        self.home.client("events").put_targets(Rule=FETCH_RULE, Targets=[
            {"Id": DEV, "Arn": f"arn:aws:events:eu-west-1:{DEV}:event-bus/default",
             "RoleArn": f"arn:aws:iam::{HUB}:role/another"}])
        self.assert_named_and_mended("hub", (DEV, "role"))

    def test_a_hub_that_no_longer_lets_its_spokes_in(self):
        self.home.client("events").remove_permission(StatementId="ds-dashboard-connection-spokes")
        self.assert_named_and_mended("hub", (DEV, "permission"), (DEV, "ping"))

    def test_a_spoke_that_no_longer_lets_its_hub_in(self):
        self.home.client("events", "churn-dev").remove_permission(
            StatementId="ds-dashboard-connection-hubs")
        self.assert_named_and_mended("hub", (DEV, "permission there"), (DEV, "dead letters"))

    def test_a_hubs_parameter_that_is_gone(self):
        name = "/monitored_projects/churn/dev"
        self.home.dsdash("delete-parameter", name, "--account", "hub")
        self.assert_named_and_mended("hub", (DEV, "parameter"))
        # Mended means disconnected: the parameter is what an account is connected by.
        self.home.dsdash("put-parameter", name, DEV, "--account", "hub")
        self.assert_named_and_mended("hub", (DEV, "permission"), (DEV, "rule"))

    def test_a_parameter_that_names_no_account(self):
        self.home.dsdash("put-parameter", "/monitored_projects/x/dev", "SPOKE", "--account", "hub")
        code, wrong = self.doctor("hub")
        self.assertEqual(code, 1)
        self.assertIn("/monitored_projects/x/dev", wrong[0]["Message"])
        self.home.dsdash("delete-parameter", "/monitored_projects/x/dev", "--account", "hub")

    def test_an_account_that_is_only_heard_of(self):
        self.home.dsdash("delete-parameter", "/monitored_projects/churn/dev", "--account", "hub")
        self.home.dsdash("invoke", "ds-dashboard-metric-extraction", "--account", "churn-dev")
        while not self.home.dsdash_json("dead-letters", "list", "--account", "hub"):
            pass
        self.home.dsdash("disconnect", "--from", DEV, "--account", "hub")
        self.assert_named_and_mended("hub", (DEV, "parameter"))

    def test_a_spokes_rule_that_is_gone(self):
        self.delete_rule("churn-dev", METRICS_RULE)
        self.assert_named_and_mended("churn-dev", (HUB, "rule"))

    def test_a_spokes_rule_that_is_gone_as_its_hub_sees_it(self):
        self.delete_rule("churn-dev", METRICS_RULE)
        self.assert_named_and_mended("hub", (DEV, "ping"))

    def test_a_spokes_parameter_that_is_gone(self):
        self.home.dsdash("delete-parameter", "/monitors/TestHub", "--account", "churn-dev")
        code, wrong = self.doctor("churn-dev")
        self.assertEqual(code, 1)
        self.assertIn((HUB, "parameter"), {(f["AccountId"], f["Check"]) for f in wrong})
        self.home.dsdash("put-parameter", "/monitors/TestHub", HUB, "--account", "churn-dev")

    def test_a_spokes_function_that_nothing_starts(self):
        self.home.client("events", "churn-dev").disable_rule(Name="ds-dashboard-extraction")
        self.assert_named_and_mended("hub", (DEV, "ping"))

    def test_a_spokes_function_that_is_gone(self):
        self.home.dsdash("destroy", "spoke", "--account", "churn-dev")
        _, wrong = self.doctor("hub")
        self.assertIn((DEV, "ping"), {(f["AccountId"], f["Check"]) for f in wrong})
        _, wrong = self.doctor("churn-dev")
        functions = [f for f in wrong if f["Check"] == "function"]
        self.assertIn("ds-dashboard-metric-extraction is not there", functions[1]["Message"])
        # Nothing here knows any more what it was deployed with: the command has gaps.
        self.shell(functions[1]["Command"].replace("<metrics>", METRICS)
                   .replace("<environment>", "dev").replace("<project>", "churn"))

    def test_a_hubs_archive_that_nothing_starts(self):
        self.home.client("events").disable_rule(Name="ds-dashboard-archive")
        self.assert_named_and_mended("hub", (HUB, "rule"))

    def test_a_metric_that_fails(self):
        deploy = ("deploy", "spoke", "--account", "churn-dev", "-c", "environment=dev",
                  "-c", "project_name=churn")
        self.home.dsdash(*deploy, "-c", f"metrics={METRICS},SSMParamStoreValue",
                         "-c", "ssm_parameter=/models/auc")
        self.home.dsdash("refresh", "--wait", "--account", "hub", check=False)
        _, wrong = self.doctor("hub")
        self.assertEqual([(f["AccountId"], f["Check"]) for f in wrong], [(DEV, "report")])
        self.assertIn("SSMParamStoreValue", wrong[0]["Message"])
        self.home.dsdash("put-parameter", "/models/auc", "0.93", "--account", "churn-dev")
        self.mend("hub")


if __name__ == "__main__":
    unittest.main()
