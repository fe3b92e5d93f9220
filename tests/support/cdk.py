"""The AWS CDK's command line, and a checkout for it to work in, against a peer of AWS's."""

import ast
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import boto3

from support.home import DSDASH, HUB, REGION, ROOT

PACKAGES = ROOT / "tests" / "cdk" / "node_modules"
HUB_APP = ("--app", "build/release/dsdash synth hub")


def install_cdk():
    subprocess.run([ROOT / "web" / "install_packages.sh", PACKAGES.parent], check=True)


class Checkout:
    """A folder like the project's: cdk.json, the program and a package of the functions."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="dsdash-cdk-"))
        shutil.copy(ROOT / "cdk.json", self.folder)
        for name in ("build/release", "build/lambda/package", "home"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "build/release/dsdash").symlink_to(DSDASH)
        self.bootstrap = self.folder / "build/lambda/package/bootstrap"
        self.package("#!/bin/sh\n")

    def package(self, bootstrap):
        self.bootstrap.write_text(bootstrap)
        self.bootstrap.chmod(0o755)

    def assembly(self, stack):
        files = {"manifest": "manifest.json", "template": f"{stack}.template.json",
                 "assets": f"{stack}.assets.json"}
        return {kind: json.loads((self.folder / "cdk.out" / name).read_text())
                for kind, name in files.items() if (self.folder / "cdk.out" / name).exists()}

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


class Cloud:
    """The accounts of a moto that tells them apart by their roles' credentials."""

    def __init__(self, endpoint):
        self.endpoint = endpoint

    def keys(self, account):
        """Credentials in `account`, as the variables that AWS's clients read."""
        sts = boto3.client("sts", region_name=REGION, endpoint_url=self.endpoint,
                           aws_access_key_id="a", aws_secret_access_key="b")
        role = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/admin",
                               RoleSessionName="test")["Credentials"]
        return {"AWS_ACCESS_KEY_ID": role["AccessKeyId"],
                "AWS_SECRET_ACCESS_KEY": role["SecretAccessKey"],
                "AWS_SESSION_TOKEN": role["SessionToken"]}

    def client(self, service, account=HUB):
        keys = {name.lower(): value for name, value in self.keys(account).items()}
        return boto3.client(service, region_name=REGION, endpoint_url=self.endpoint, **keys)

    def policy_of(self, role):
        """The document of the policy that the hub's stack gives a role; it has the role's name."""
        document = self.client("iam").get_role_policy(
            RoleName=role, PolicyName=role)["PolicyDocument"]
        # moto gives a template's policy as Python writes it.
        return ast.literal_eval(document) if isinstance(document, str) else document

    def make_asset_bucket(self, account):
        self.client("s3", account).create_bucket(
            Bucket=f"cdk-hnb659fds-assets-{account}-{REGION}",
            CreateBucketConfiguration={"LocationConstraint": REGION})

    def cdk(self, checkout, *words, account=HUB):
        """Runs `cdk`, as somebody with administrator's rights in `account`."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "CDK_"))}
        return subprocess.run(
            [PACKAGES / ".bin" / "cdk", *words, "--no-notices"], cwd=checkout.folder, text=True,
            capture_output=True, timeout=300, check=False, stdin=subprocess.DEVNULL,
            env=kept | self.keys(account) | {
                "HOME": str(checkout.folder / "home"), "AWS_REGION": REGION,
                "AWS_ENDPOINT_URL": self.endpoint, "AWS_EC2_METADATA_DISABLED": "true",
                "CI": "true", "NO_COLOR": "1",
                # moto looks for a template in S3 under the name that S3 itself has.
                "AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION": f"https://s3.{REGION}.amazonaws.com",
                "CDK_DISABLE_CLI_TELEMETRY": "true", "NODE_OPTIONS": "--no-warnings"})

    def deploy(self, checkout, *words, account=HUB):
        # moto cannot update by a change set.
        return self.cdk(checkout, "deploy", *words, "--require-approval", "never",
                        "--method=direct", account=account)
