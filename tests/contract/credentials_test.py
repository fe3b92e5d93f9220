"""Credentials as AWS's own configuration names them, before moto with its checks of signatures and
policies on: the bootstrap signs with what it found, and botocore's verifier in moto judges."""

import json
import sys
import tempfile
import unittest
import urllib.request
from pathlib import Path

import boto3

from support.fake_runtime import Runtime
from support.home import HUB, REGION
from support.peers import moto

ROLE = f"arn:aws:iam::{HUB}:role/reader"
ALLOW = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["ssm:*", "events:*", "sts:*"], "Resource": "*"}]})
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{HUB}:user/base"},
     "Action": "sts:AssumeRole"}]})


class Credentials(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.moto = cls.enterClassContext(moto())
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        iam = cls.client("iam", "a", "b")
        iam.create_user(UserName="base")
        iam.put_user_policy(UserName="base", PolicyName="p", PolicyDocument=ALLOW)
        cls.keys = iam.create_access_key(UserName="base")["AccessKey"]
        iam.create_role(RoleName="reader", AssumeRolePolicyDocument=TRUST)
        iam.put_role_policy(RoleName="reader", PolicyName="p", PolicyDocument=ALLOW)
        cls.client("ssm", "a", "b").put_parameter(Name="/monitored_projects/churn/dev", Type="String",
                                             Value="222222222222")
        urllib.request.urlopen(urllib.request.Request(
            cls.moto.endpoint + "/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"}))

    @classmethod
    def client(cls, service, key, secret):
        return boto3.client(service, region_name=REGION, endpoint_url=cls.moto.endpoint,
                            aws_access_key_id=key, aws_secret_access_key=secret)

    def run_with(self, config, credentials="", **variables):
        (self.folder / "config").write_text(config)
        (self.folder / "credentials").write_text(credentials)
        with Runtime() as runtime:
            runtime.start("refresh", {
                "AWS_CONFIG_FILE": str(self.folder / "config"), "AWS_PROFILE": "dev",
                "AWS_SHARED_CREDENTIALS_FILE": str(self.folder / "credentials"),
                "AWS_ENDPOINT_URL": self.moto.endpoint} | variables)
            done = runtime.invoke({}, seconds=60)
            self.assertEqual(runtime.violations, [])
            return done

    def base(self, secret=None):
        return (f"[base]\naws_access_key_id={self.keys['AccessKeyId']}\n"
                f"aws_secret_access_key={secret or self.keys['SecretAccessKey']}\n")

    def assert_worked(self, done):
        self.assertEqual(done.kind, "response", done.answer)
        self.assertEqual(done.answer["Spokes"][0]["AccountId"], "222222222222")

    def test_assumes_a_profiles_role(self):
        self.assert_worked(self.run_with(
            f"[profile dev]\nrole_arn={ROLE}\nsource_profile=base\n", self.base()))

    def test_takes_a_session_token_from_a_process(self):
        sts = self.client("sts", self.keys["AccessKeyId"], self.keys["SecretAccessKey"])
        role = sts.assume_role(RoleArn=ROLE, RoleSessionName="session")["Credentials"]
        document = self.folder / "document"
        document.write_text(json.dumps({"Version": 1} | role, default=lambda t: t.isoformat()))
        self.assert_worked(self.run_with(
            f"[profile dev]\ncredential_process={sys.executable} -c "
            f"\"print(open('{document}').read())\"\n"))

    def test_is_refused_with_a_wrong_secret(self):
        done = self.run_with(f"[profile dev]\nrole_arn={ROLE}\nsource_profile=base\n",
                             self.base(secret="wrong"))
        self.assertEqual(done.kind, "error")
        self.assertEqual(done.error_type, "SignatureDoesNotMatch")
        self.assertIn("sts:AssumeRole", done.answer["errorMessage"])


if __name__ == "__main__":
    unittest.main()
