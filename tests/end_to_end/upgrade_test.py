"""A data folder that an older version of the program has deployed to goes on working."""

import sqlite3
import unittest

from support.home import HUB, Home, eventually

OLDER_POLICY = """UPDATE function SET role_policy = replace(role_policy, 'dynamodb:UpdateItem', 'dynamodb:GetItem')
WHERE name = 'ds-dashboard-dynamo-write' AND role_policy LIKE '%dynamodb:UpdateItem%'"""


class Upgrade(unittest.TestCase):
    def test_functions_have_the_roles_that_this_version_declares(self):
        with Home() as home:
            home.connect_fleet()
            home.stop()
            with sqlite3.connect(home.data / "accounts" / f"{HUB}.db") as hub:
                self.assertEqual(hub.execute(OLDER_POLICY).rowcount, 1)
            hub.close()
            home.start()
            home.dsdash("refresh", "--account", "hub", "--wait")
            eventually(lambda: len(home.dsdash_json("latest", "--account", "hub")) == 6)
            self.assertEqual(home.dsdash_json("dead-letters", "list", "--account", "hub"), [])


if __name__ == "__main__":
    unittest.main()
