"""Runs the JavaScript SDK's tests (sdk_js/) against a home of their own."""

import shutil
import subprocess
import unittest
from pathlib import Path

from support.home import Home

FOLDER = Path(__file__).parent / "sdk_js"


class JavaScriptSdk(unittest.TestCase):
    def test_passes_its_own_tests(self):
        if not (FOLDER / "node_modules").is_dir():
            subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=FOLDER, check=True)
        with Home() as home:
            home.connect_fleet()
            done = subprocess.run([shutil.which("node"), "--test", FOLDER], text=True, timeout=120,
                                  env=home.environment(), capture_output=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
