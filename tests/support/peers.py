"""Independent implementations of AWS services, each a process of its own with an endpoint."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

from support.home import HUB

DYNALITE = Path(__file__).parents[1] / "contract" / "dynalite"


class Peer:
    """Starts `command`, which says when it is ready. Use as a context manager."""

    def __init__(self, command, port, ready, **environment):
        self.command, self.ready = command, ready
        self.environment = os.environ | environment
        self.endpoint = f"http://127.0.0.1:{port}"

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True,
                                        stderr=subprocess.STDOUT, env=self.environment)
        said = []
        for line in self.process.stdout:
            said.append(line)
            if re.search(self.ready, line):
                # moto writes a line for each request; nobody may read them, so nobody stores them.
                subprocess.Popen(["cat"], stdin=self.process.stdout, stdout=subprocess.DEVNULL)
                return self
        raise RuntimeError(f"{self.command[0]} did not start:\n{''.join(said)}")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        self.process.stdout.close()


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def moto(account=HUB):
    """All services, whoever asks as `account`; with None, as the account of the asker's role."""
    port = free_port()
    fixed = {"MOTO_ACCOUNT_ID": account} if account else {}
    return Peer([sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)], port,
                "Running on http", **fixed)


def moto_with_functions():
    """All of moto's services, and functions that run, in the account of the asker's role."""
    port = free_port()
    return Peer([sys.executable, Path(__file__).parent / "moto_with_functions.py", "-H", "127.0.0.1",
                 "-p", str(port)], port, "Running on http")


def dynalite():
    """DynamoDB alone, and strict about it."""
    if not (DYNALITE / "node_modules").is_dir():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=DYNALITE, check=True)
    port = free_port()
    return Peer([DYNALITE / "node_modules" / ".bin" / "dynalite", "--host", "127.0.0.1", "--port",
                 str(port), "--createTableMs", "0", "--deleteTableMs", "0"], port, "listening")
