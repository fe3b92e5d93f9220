"""A `dsdash serve` of its own for a test: accounts, clients, the CLI, and an end to it all."""

import configparser
import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DSDASH = os.environ.get("DSDASH", str(ROOT / "build" / "release" / "dsdash"))
REGION = "eu-west-1"
HUB, DEV, PROD = "111111111111", "222222222222", "333333333333"
METRICS = "TotalCompletedTrainingJobs,NumberEndPointsInService,CompletedTrainingJobs24h"


class Home:
    """Hosts accounts in a temporary folder, or in `data`, which stays. Use as a context manager."""

    def __init__(self, accounts=(("hub", HUB), ("churn-dev", DEV), ("churn-prod", PROD)), data=None):
        self.data = data or Path(tempfile.mkdtemp(prefix="dsdash-test-"))
        self.is_kept = data is not None
        self.accounts = dict(accounts)
        self.server = None
        self.endpoint = None
        self.log = []

    def __enter__(self):
        self.start()
        for name, account in self.accounts.items():
            if not (self.data / "accounts" / f"{account}.db").exists():
                self.dsdash("account", "create", name, "--id", account, "--region", REGION)
        return self

    def __exit__(self, *_):
        self.stop()
        if not self.is_kept:
            shutil.rmtree(self.data, ignore_errors=True)

    def start(self, listen="127.0.0.1:0", *options):
        self.server = subprocess.Popen(
            [DSDASH, "serve", "--data", str(self.data), "--listen", listen, *map(str, options)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for line in self.server.stdout:
            self.log.append(line)
            found = re.search(r"ready on (https?://\S+)", line)
            if found:
                self.endpoint = found.group(1)
                break
        else:
            raise RuntimeError("serve did not start:\n" + "".join(self.log))
        threading.Thread(target=self.log.extend, args=(self.server.stdout,), daemon=True).start()

    def stop(self, how=signal.SIGTERM):
        if self.server and self.server.poll() is None:
            self.server.send_signal(how)
            self.server.wait(timeout=30)

    def restart_after_kill(self):
        self.stop(signal.SIGKILL)
        self.start(listen=self.endpoint.removeprefix("http://"))

    def environment(self):
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "DSDASH_"))}
        return kept | {
            "DSDASH_DATA": str(self.data),
            "DSDASH_ENDPOINT_URL": self.endpoint or "",
            "AWS_SHARED_CREDENTIALS_FILE": str(self.data / "credentials"),
            "AWS_CONFIG_FILE": str(self.data / "config"),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_PAGER": "",
        }

    def run(self, *words, check=True, timeout=60):
        done = subprocess.run([str(w) for w in words], env=self.environment(), text=True,
                              capture_output=True, timeout=timeout, cwd=self.data, check=False)
        if check and done.returncode != 0:
            raise AssertionError(f"{words} ended with {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def dsdash(self, *words, **options):
        return self.run(DSDASH, *words, **options)

    def dsdash_json(self, *words):
        return json.loads(self.dsdash(*words, "--output", "json").stdout)

    def keys(self, profile):
        credentials = configparser.ConfigParser()
        credentials.read(self.data / "credentials")
        return dict(credentials[profile])

    def client(self, service, profile="hub", **config):
        import boto3
        from botocore.config import Config

        keys = self.keys(profile)
        return boto3.client(
            service, region_name=REGION, endpoint_url=self.endpoint,
            aws_access_key_id=keys["aws_access_key_id"],
            aws_secret_access_key=keys["aws_secret_access_key"],
            config=Config(retries={"max_attempts": 1}, **config))

    def connect_fleet(self):
        """Deploys hub and spokes, stores the parameters and connects, as the seed's page says."""
        self.dsdash("deploy", "hub", "--account", "hub")
        for name, environment in (("churn-dev", "dev"), ("churn-prod", "prod")):
            self.dsdash("deploy", "spoke", "--account", name, "-c", f"metrics={METRICS}",
                        "-c", f"environment={environment}", "-c", "project_name=churn")
            self.dsdash("put-parameter", "--account", name, "/monitors/TestHub", HUB)
            self.dsdash("put-parameter", "--account", "hub",
                        f"/monitored_projects/churn/{environment}", self.accounts[name])
        for action in ("EBPut", "EBRule"):
            for name in self.accounts:
                self.dsdash("invoke", "ds-dashboard-connection", "--account", name,
                            "--payload", json.dumps({"action": action}))


def eventually(check, seconds=20):
    """Repeats `check` until it returns something true, and returns that."""
    end = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"{check.__name__} did not come true within {seconds} s")
        time.sleep(0.05)
