"""Runs the contract suite (contract_test) against moto and dynalite, as it runs against the embedded
home; with DSDASH_CONTRACT_AWS=1 also against the account that the AWS environment names."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

from support.home import HUB, REGION
from support.peers import dynalite, moto

CONTRACT_TEST = os.environ["CONTRACT_TEST"]

# Where a peer is known to be wrong: it must fail these, or the list is out of date.
MOTO_IS_WRONG = {
    "EventBusContract.RefusesAnEntryThatIsTooLarge": "has no limit of 1 MB",
    "EventBusContract.RefusesASixthTarget": "has no limit of five targets a rule",
    "EventBusContract.RefusesAPermissionForWhatIsNoAccount": "accepts any principal",
    "ItemContract.RefusesNumbersBeyondItsRange": "stores any digits",
    "ItemContract.GivesNumbersBackInTheirCanonicalForm": "stores 0010.500 as it is written",
    "ItemContract.RefusesAMalformedExpression": "answers HTTP 500",
    "SageMakerContract.AnswersNotFoundForAJobThatIsNotThere": "answers ValidationException",
}
DYNALITE_IS_WRONG = {}
DYNAMODB_TESTS = "MetricTable*:HubState*:Item*:PythonReference*"


def run_suite(environment, tests="*"):
    """The names of the tests that ran, and of those the ones that failed, with what they said."""
    with tempfile.TemporaryDirectory(prefix="dsdash-test-") as folder:
        report = Path(folder, "report.json")
        done = subprocess.run(
            [CONTRACT_TEST, f"--gtest_filter={tests}", f"--gtest_output=json:{report}"],
            env=environment | {"DSDASH_CONTRACT_HOME": "remote"}, text=True,
            capture_output=True, timeout=550, check=False)
        if not report.is_file():
            raise AssertionError(f"contract_test ended early:\n{done.stdout[-5000:]}{done.stderr}")
        suites = json.loads(report.read_text(encoding="utf-8"))["testsuites"]
    ran, failed = set(), {}
    for suite in suites:
        for test in suite["testsuite"]:
            name = f"{suite['name']}.{test['name']}"
            ran.add(name)
            if "failures" in test:
                failed[name] = "\n".join(failure["failure"] for failure in test["failures"])
    return ran, failed


class ContractSuite(unittest.TestCase):
    def check(self, known_failures, ran, failed):
        self.assertTrue(ran)
        for name in sorted(ran):
            with self.subTest(name):
                if name in known_failures:
                    self.assertIn(name, failed, f"passes now, though it {known_failures[name]}")
                else:
                    self.assertNotIn(name, failed, failed.get(name))
        self.assertLessEqual(known_failures.keys(), ran, "there is no such test")

    def check_peer(self, peer, known_failures, tests="*"):
        with peer, tempfile.TemporaryDirectory(prefix="dsdash-test-") as folder:
            config = Path(folder, "config")
            config.write_text(
                f"[default]\nregion = {REGION}\naws_account_id = {HUB}\n"
                f"endpoint_url = {peer.endpoint}\n"
                "aws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = example\n",
                encoding="utf-8")
            kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
            self.check(known_failures, *run_suite(
                kept | {"AWS_CONFIG_FILE": str(config),
                        "AWS_SHARED_CREDENTIALS_FILE": str(Path(folder, "credentials"))}, tests))

    def test_moto_keeps_the_contract(self):
        self.check_peer(moto(), MOTO_IS_WRONG)

    def test_dynalite_keeps_the_contract(self):
        self.check_peer(dynalite(), DYNALITE_IS_WRONG, DYNAMODB_TESTS)

    if os.environ.get("DSDASH_CONTRACT_AWS") == "1":

        def test_aws_keeps_the_contract(self):
            self.check({}, *run_suite(dict(os.environ)))


if __name__ == "__main__":
    unittest.main()
