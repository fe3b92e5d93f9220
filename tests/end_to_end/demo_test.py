"""The demo tells its story with the programs of this build, in a folder and on a port of its own."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from support.home import DSDASH, ROOT

BUILD = Path(DSDASH).resolve().parent

# Stands in for dsdash: one verb fails, as if the server had refused it.
FAILING_VERB = f"""#!/bin/sh
[ "$1 $2" != "dead-letters list" ] || exit 1
exec {DSDASH} "$@"
"""


class Demo(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="dsdash-demo-"))
        self.data = self.folder / "data"
        self.addCleanup(shutil.rmtree, self.folder)

    def demo(self, *options):
        return subprocess.run(
            [ROOT / "examples/demo/demo.sh", "--listen", "127.0.0.1:0", "--data", self.data, *options],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def test_the_hub_shows_what_really_ran(self):
        told = self.demo("--once", "--build", BUILD)
        self.assertEqual(told.returncode, 0, told.stdout)
        self.assertEqual(told.stdout.count("\nright "), 16, told.stdout)

    def test_a_check_that_cannot_ask_fails(self):
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "examples").symlink_to(BUILD / "examples")
        (programs / "dsdash").write_text(FAILING_VERB)
        (programs / "dsdash").chmod(0o755)
        told = self.demo("--once", "--build", programs)
        self.assertEqual(told.returncode, 1, told.stdout)
        for account in ("hub", "churn-dev", "churn-prod"):
            self.assertIn(f"WRONG    {account}, events that could not be delivered: nothing",
                          told.stdout)
        self.assertIn("demo: 3 differ", told.stdout)

    def test_a_second_demo_leaves_the_first_ones_data(self):
        self.data.mkdir()
        (self.data / "january.csv").write_text("of the first\n")
        with open(self.data / "demo.lock", "w") as lock:
            lock.write("http://127.0.0.1:8080, process 17\n")
            lock.flush()
            fcntl.flock(lock, fcntl.LOCK_EX)
            told = self.demo("--once", "--build", BUILD)
        self.assertEqual(told.returncode, 1)
        self.assertIn("another demo runs", told.stdout)
        self.assertIn("http://127.0.0.1:8080, process 17", told.stdout)
        self.assertEqual((self.data / "january.csv").read_text(), "of the first\n")

    def test_a_folder_of_something_else_is_not_wiped(self):
        self.data.mkdir()
        (self.data / "thesis.tex").write_text("five years\n")
        told = self.demo("--once", "--build", BUILD)
        self.assertEqual(told.returncode, 1)
        self.assertIn("is not a demo's data folder", told.stdout)
        self.assertEqual(os.listdir(self.data), ["thesis.tex"])

    def test_an_unknown_option_is_refused_with_the_usage(self):
        for options in (["--bogus"], ["--once", "now"], ["--data"]):
            told = self.demo(*options)
            self.assertEqual(told.returncode, 2)
            self.assertTrue(told.stdout.startswith("usage:"), told.stdout)
        self.assertFalse(self.data.exists())


if __name__ == "__main__":
    unittest.main()
