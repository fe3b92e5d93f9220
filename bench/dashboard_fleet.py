"""The folder with the fleet that the dashboard is measured with (load_fleet/dashboard_fleet.hpp). It
stays in build/bench for the next run, which loads the hours that have passed since; a load that was ended goes on."""

import json
import shutil
import subprocess
from pathlib import Path

from support.home import DSDASH, HUB, ROOT, Home

SPOKES_MAX = 150
ENVIRONMENTS = ("dev", "int", "prod")
LOADER = Path(DSDASH).parent / "bench" / "load_fleet"


def spoke(number):
    """The account, project and environment of a spoke."""
    project, environment = divmod(number, len(ENVIRONMENTS))
    return f"{222222222000 + number}", f"project-{project:02}", ENVIRONMENTS[environment]


def deploy(home, spokes):
    home.dsdash("deploy", "hub", "--account", "hub")
    for number in range(spokes):
        account, project, environment = spoke(number)
        home.dsdash("put-parameter", "--account", "hub",
                    f"/monitored_projects/{project}/{environment}", account)
    for action in ("EBPut", "EBRule"):
        home.dsdash("invoke", "ds-dashboard-connection", "--account", "hub",
                    "--payload", json.dumps({"action": action}))


def load(days, spokes):
    """The Home of so large a fleet up to now, not started; and what the loader told."""
    home = Home((("hub", HUB),), data=ROOT / "build" / "bench" / f"fleet-{spokes}x{days}")
    file = home.data / "accounts" / f"{HUB}.db"
    is_deployed = home.data / "is-deployed"
    if not is_deployed.exists():
        shutil.rmtree(home.data, ignore_errors=True)
        home.data.mkdir(parents=True)
        with home:
            deploy(home, spokes)
        is_deployed.touch()
    loader = subprocess.run([LOADER, "--file", file, "--days", str(days),
                             "--spokes", str(spokes)], check=True, text=True,
                            stdout=subprocess.PIPE)
    return home, {name: float(number)
                  for name, number in map(str.split, loader.stdout.splitlines())}
