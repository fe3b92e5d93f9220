"""What README.md says to type "By hand" works when it is pasted."""

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import unittest
from pathlib import Path

from support.home import DSDASH, ROOT

BUILD = Path(DSDASH).resolve().parent
BUILDING = "./dev build\n"
LISTEN = "127.0.0.1:8080"


def commands_by_hand():
    section = re.search(r"\n## By hand\n(.*?)\n## ", (ROOT / "README.md").read_text(), re.DOTALL)
    return "".join(line[4:] + "\n" for line in section.group(1).splitlines() if line[:4] == " " * 4)


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return "127.0.0.1:%d" % probe.getsockname()[1]


class Readme(unittest.TestCase):
    def test_the_commands_by_hand_work_as_printed(self):
        folder = Path(tempfile.mkdtemp(prefix="dsdash-readme-"))
        self.addCleanup(shutil.rmtree, folder)
        (folder / "build").mkdir()
        (folder / "build" / "release").symlink_to(BUILD)
        commands = commands_by_hand()
        self.assertTrue(commands.startswith(BUILDING), commands)
        address = free_address()
        commands = commands.removeprefix(BUILDING).replace(LISTEN, address)
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith(("AWS_", "DSDASH_"))}
        pasted = subprocess.run(
            ["bash", "-ec", "trap 'kill $(jobs -p); wait' EXIT\n" + commands], cwd=folder,
            env=environment | {"HOME": str(folder), "DSDASH_ENDPOINT_URL": f"http://{address}"},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.assertEqual(pasted.returncode, 0, pasted.stdout)
        self.assertRegex(pasted.stdout, r"\bchurn +dev +222222222222 +TotalCompletedTrainingJobs +1\b")
        self.assertIn("FetchId", json.loads((folder / "out.json").read_text()), pasted.stdout)


if __name__ == "__main__":
    unittest.main()
