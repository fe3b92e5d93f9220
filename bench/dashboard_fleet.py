"""The folder with the fleet that the dashboard is measured with (load_fleet/dashboard_fleet.hpp). It
stays in build/bench for the next run, which loads the hours that have passed since."""

import json
import shutil
import subprocess
from pathlib import Path

from support.home import DSDASH, HUB, ROOT, Home

SPOKES = 150
ENVIRONMENTS = ("dev", "int", "prod")
LOADER = Path(DSDASH).parent / "bench" / "load_fleet"


def spoke(number):
    """The account, project and environment of a spoke."""
    project, environment = divmod(number, len(ENVIRONMENTS))
    return f"{222222222000 + number}", f"project-{project:02}", ENVIRONMENTS[environment]


def deploy(home):
    home.dsdash("deploy", "hub", "--account", "hub")
    for number in range(SPOKES):
        account, project, environment = spoke(number)
        home.dsdash("put-parameter", "--account", "hub",
                    f"/monitored_projects/{project}/{environment}", account)
    for action in ("EBPut", "EBRule"):
        home.dsdash("invoke", "ds-dashboard-connection", "--account", "hub",
                    "--payload", json.dumps({"action": action}))


def load(days):
    """The Home of a fleet of `days` days up to now, not started; and what the loader told."""
    home = Home((("hub", HUB),), data=ROOT / "build" / "bench" / f"fleet-{days}")
    file = home.data / "accounts" / f"{HUB}.db"
    begun, done = home.data / "load-begun", home.data / "load-done"
    if home.data.exists() and (begun.exists() or not done.exists()):
        shutil.rmtree(home.data)  # a load that was interrupted
    if not home.data.exists():
        home.data.mkdir(parents=True)
        with home:
            deploy(home)
    begun.touch()
    loader = subprocess.run([LOADER, "--file", file, "--days", str(days)], check=True, text=True,
                            stdout=subprocess.PIPE)
    done.touch()
    begun.unlink()
    return home, {name: float(number)
                  for name, number in map(str.split, loader.stdout.splitlines())}
