"""`dsdash dashboard` as strangers reach it: what access_test.py holds `dsdash serve` to, over a hub
whose tables are moto's."""

import http.client
import json
import unittest
import urllib.parse
from datetime import timedelta

from support.aws_hub import FETCH, AwsHubTest
from support.home import DEV, HUB, PROD, REGION, eventually
from support.sign_in import SignIn, make_certificate

SECRET, SECRET_ACCOUNT = "secret-project", "444444444444"
READS = ("hubs", "overview", "latest", "trends?project=churn", "spokes", "attention", "metrics")


class AwsAccess(SignIn, AwsHubTest):
    def setUp(self):
        super().setUp()
        self.certificate, self.key = make_certificate(self.folder)
        self.tls = ("--tls-certificate", self.certificate, "--tls-key", self.key)
        self.cache = self.folder / ".cache" / "dsdash" / f"{HUB}-{REGION}"

    def make_hub(self):
        """With a project that not everybody may see, beside churn."""
        super().make_hub()
        self.register(SECRET_ACCOUNT, SECRET, "dev")
        self.archive_history(1)
        self.archive_secret()
        self.quarantine("e-1", SECRET_ACCOUNT)

    def later(self):
        """Than all that was archived."""
        return self.noon + timedelta(seconds=len(self.records))

    def archive_secret(self, value="424242"):
        self.archive("Jobs", SECRET_ACCOUNT, self.later(), value, SECRET, "dev")

    def fetch(self):
        secret = {"AccountId": SECRET_ACCOUNT, "ProjectName": SECRET, "Environment": "dev"}
        return super().fetch() | {"Spokes": [*FETCH["Spokes"], secret]}

    def open(self, *options):
        """For strangers."""
        self.start(*self.tls, "--host", "dash.example.com", *options, listen="0.0.0.0:0")
        self.port = urllib.parse.urlsplit(self.url).port
        AwsAccess.server = self

    def token_verb(self, verb, *words, place=("--profile", "hub")):
        done = self.dsdash("token", verb, *words, *place)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def token(self, name, role, *projects, **options):
        words = [word for project in projects for word in ("--project", project)]
        made = self.token_verb("create", "--name", name, "--role", role, *words, "--output", "json",
                               **options)
        return json.loads(made)[0]["Token"]

    def read(self, resource, headers):
        joint = "&" if "?" in resource else "?"
        query = "" if resource in ("hubs", "metrics") else f"{joint}hub={HUB}"
        return self.request("GET", f"/api/v1/{resource}{query}", headers=headers)

    def fetch_now(self, headers):
        return self.request("POST", "/api/v1/refresh", json.dumps({"hub": HUB}), headers)

    def listen(self, cookie):
        """A stream of events that has begun."""
        connection = self.connect()
        self.addCleanup(connection.close)
        connection.request("GET", f"/api/v1/events?hub={HUB}", headers={"Cookie": cookie})
        stream = connection.getresponse()
        self.assertEqual(stream.status, 200)
        self.assertIn("latest", self.next_change(stream))
        return stream

    def next_change(self, stream):
        """What the next event names; nothing at the end of the stream."""
        for line in stream:
            if line.startswith(b"data: "):
                return json.loads(line.removeprefix(b"data: "))["what"]
        return None

    # -- who gets in

    def test_nobody_reads_anything_but_the_page_without_a_token(self):
        self.make_hub()
        self.open()
        for path in ("/api/v1/hubs", f"/api/v1/latest?hub={HUB}", "/api/v1/session",
                     f"/api/v1/events?hub={HUB}", "/api/v1/refresh", "/metrics", "/none"):
            self.assert_problem(self.request("GET", path), 401)
        self.assert_problem(self.fetch_now(self.own()), 401)
        self.assertEqual(self.request("GET", "/").status, 200)
        self.assertEqual(self.request("GET", "/healthz").status, 200)
        self.assertIn(f"dsdash token create --cache {self.cache} --name", "".join(self.log))

        plain = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        plain.request("GET", "/")
        self.assertEqual(plain.getresponse().status, 400, "TLS only")
        plain.close()

    def test_asks_for_its_own_name_and_its_own_page(self):
        self.make_hub()
        self.open()
        token = self.token("ann", "operator")
        bearer = {"Authorization": f"Bearer {token}"}
        for host in ("evil.example", "127.0.0.1.evil.example", "0.0.0.0", ""):
            for path in ("/", "/api/v1/hubs"):
                self.assert_problem(self.request("GET", path, headers=bearer, host=host), 421)
        for host in ("localhost", "127.0.0.1:1", "dash.example.com"):
            answer = self.request("GET", "/api/v1/hubs", headers=bearer, host=host)
            self.assertEqual(answer.status, 200, host)

        cookie = self.session(token)
        for origin in ("https://evil.example", "null", f"http://localhost:{self.port}"):
            other = {"Origin": origin, "Cookie": cookie, "Content-Type": "application/json"}
            self.assert_problem(self.fetch_now(other), 403)
            stream = self.request("GET", f"/api/v1/events?hub={HUB}", headers=other)
            self.assert_problem(stream, 403)
            sign_in = self.request("POST", "/api/v1/session", json.dumps({"token": token}), other)
            self.assert_problem(sign_in, 403)
        self.assertNotIn("lambda:InvokeFunction", self.aws.asked)

    def test_guesses_are_held_up(self):
        self.make_hub()
        self.open()
        statuses = [self.sign_in(f"dsdash_{n:064x}").status for n in range(6)]
        self.assertEqual(statuses, [401] * 5 + [429])

    # -- who may do what

    def test_only_an_operator_fetches(self):
        self.make_hub()
        self.open()
        viewer = self.session(self.token("ann", "viewer"))
        self.assertEqual(self.status_with(viewer, f"/api/v1/latest?hub={HUB}"), 200)
        self.assert_problem(self.fetch_now(self.own(Cookie=viewer)), 403)
        self.assertNotIn("lambda:InvokeFunction", self.aws.asked)
        answer = self.fetch_now(self.own(Cookie=self.session(self.token("bob", "operator"))))
        self.assertEqual(answer.status, 202, answer.text)
        self.assertEqual(answer.json["fetch_id"], FETCH["FetchId"])
        self.assertIn("lambda:InvokeFunction", self.aws.asked)

    def test_a_token_for_some_projects_sees_nothing_of_others(self):
        self.make_hub()
        self.open()
        whole = {"Authorization": f"Bearer {self.token('all', 'viewer')}"}
        limited = {"Authorization": f"Bearer {self.token('team', 'operator', 'churn')}"}

        def texts(headers):
            answers = [self.read(resource, headers) for resource in READS]
            answers.append(self.request("GET", "/metrics", headers=headers))
            for kind in ("history", "samples"):
                series = urllib.parse.urlencode({"metric": "Jobs", "project": SECRET,
                                                 "environment": "dev", "account": SECRET_ACCOUNT})
                answers.append(self.read(f"{kind}?{series}", headers))
            self.assertEqual({answer.status for answer in answers}, {200})
            return [answer.text for answer in answers]

        eventually(lambda: "424242" in texts(whole)[-1])
        eventually(lambda: "quarantined" in self.read("attention", whole).text)
        self.assertGreaterEqual(sum(SECRET in text for text in texts(whole)), 4)
        for text in texts(limited):
            for secret in (SECRET, SECRET_ACCOUNT, "424242", "e-1"):
                self.assertNotIn(secret, text)
        accounts = {r["account_id"] for r in self.read("latest", limited).json["records"]}
        self.assertEqual(accounts, {DEV, PROD})
        self.assertEqual(self.read("overview", limited).json["quarantined"], 0)

        fetch = self.fetch_now(self.own(**limited))
        self.assertEqual([spoke["account_id"] for spoke in fetch.json["spokes"]], [DEV])
        progress = self.read("refresh", limited).text
        self.assertNotIn(SECRET_ACCOUNT, progress)
        self.assertIn(SECRET_ACCOUNT, self.read("refresh", whole).text)

    def test_a_stream_tells_of_the_tokens_projects_only(self):
        self.make_hub()
        self.open()
        whole = self.listen(self.session(self.token("all", "viewer")))
        limited = self.listen(self.session(self.token("team", "viewer", "churn")))

        def until_latest(stream):
            while "latest" not in self.next_change(stream):
                pass

        self.archive_secret("434343")
        until_latest(whole)
        self.archive("Jobs", DEV, self.later(), "78")
        until_latest(whole)
        # Each was told of in a look of its own: had the first been told here, too, there were two.
        until_latest(limited)
        token = {"Authorization": f"Bearer {self.token('see', 'viewer', 'churn')}"}
        values = {r["value"] for r in self.read("latest", token).json["records"]}
        self.assertIn("78", values)
        self.token_verb("revoke", "team")
        left = list(iter(lambda: self.next_change(limited), None))
        self.assertFalse([names for names in left if "latest" in names])

    def test_says_that_it_is_out_of_date_and_not_why_to_who_may_not_know(self):
        self.make_hub()
        self.open()
        whole = {"Authorization": f"Bearer {self.token('all', 'viewer')}"}
        limited = {"Authorization": f"Bearer {self.token('team', 'viewer', 'churn')}"}
        self.aws.errors = {"dynamodb:Query": "ThrottlingException"}
        eventually(lambda: "out_of_date" in self.read("attention", limited).text, 40)
        self.assertIn("dynamodb:Query", self.read("attention", whole).text)
        self.assertNotIn("dynamodb:Query", self.read("attention", limited).text)

    # -- the tokens

    def test_a_revoked_token_ends_its_session_and_its_stream(self):
        self.make_hub()
        token = self.token("ann", "viewer")  # before the dashboard runs
        self.open()
        self.assertNotIn("nobody can sign in", "".join(self.log))
        cookie = self.session(token)
        stream = self.listen(cookie)
        self.token_verb("revoke", "ann", place=("--cache", self.cache))
        self.assertEqual(self.status_with(cookie), 401)
        self.assertEqual(self.ask_as(token, "/api/v1/hubs").status, 401)
        while self.next_change(stream) is not None:
            pass
        self.token("ann", "viewer")
        self.assertEqual(self.status_with(cookie), 401)

    def test_tokens_are_kept_hashed_beside_the_cache_they_open(self):
        self.make_hub()
        with (self.folder / "credentials").open("a") as file:
            file.write("[other]\naws_access_key_id=k\naws_secret_access_key=s\n"
                       "aws_account_id=555555555555\n")
        other = self.token("ann", "operator", place=("--profile", "other"))
        self.open()
        self.assertEqual(self.ask_as(other, "/api/v1/hubs").status, 401)
        own = self.token("ann", "operator")
        self.assertEqual(self.ask_as(own, "/api/v1/hubs").status, 200)
        file = self.cache / "dashboard-tokens.json"
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.cache.stat().st_mode & 0o777, 0o700)
        self.assertNotIn(own.removeprefix("dsdash_"), file.read_text())
        self.assertIn("ann", self.token_verb("list"))
        for line in self.log:
            self.assertNotIn(own, line)
        # Whoever may write the file may make tokens.
        self.cache.chmod(0o777)
        file.write_text(file.read_text() + " ")
        self.assertEqual(self.ask_as(own, "/api/v1/hubs").status, 503)
        self.cache.chmod(0o700)
        self.assertEqual(self.ask_as(own, "/api/v1/hubs").status, 200)

    # -- what does not start

    def test_is_refused_what_serve_is_refused(self):
        other = self.folder / "other"
        other.mkdir()
        _, other_key = make_certificate(other)
        missing = self.folder / "missing.pem"
        for said, *options in (
                ("0.0.0.0 is not a loopback address, and this server has no TLS",),
                ("are needed together", "--tls-certificate", self.certificate),
                ("are needed together", "--tls-key", self.key),
                ("cannot read the certificate", "--tls-certificate", missing,
                 "--tls-key", self.key),
                ("cannot read the private key", "--tls-certificate", self.certificate,
                 "--tls-key", missing),
                ("holds no certificate", "--tls-certificate", self.key, "--tls-key", self.key),
                ("is not that of the certificate", "--tls-certificate", self.certificate,
                 "--tls-key", other_key)):
            self.assertIn(said, self.run_in_vain(*options, listen="0.0.0.0:0"))
        self.assertFalse(self.aws.asked)
        self.assertFalse(self.cache.exists())

    def test_is_refused_a_cache_that_is_not_its_own(self):
        self.make_hub()
        self.cache.mkdir(parents=True)
        self.cache.chmod(0o777)
        self.assertIn(f"everybody on this machine may write to {self.cache}",
                      self.run_in_vain(*self.tls, listen="0.0.0.0:0"))
        self.cache.chmod(0o700)
        self.open()
        self.assertIn("another dsdash dashboard uses the cache",
                      self.run_in_vain(*self.tls, listen="0.0.0.0:0"))
        self.token("ann", "viewer")

    def test_loopback_may_have_tls_and_stays_open(self):
        self.make_hub()
        self.start(*self.tls)
        self.port = urllib.parse.urlsplit(self.url).port
        AwsAccess.server = self
        self.assertTrue(self.url.startswith("https://"))
        session = self.request("GET", "/api/v1/session")
        self.assertEqual(session.json["role"], "operator")


if __name__ == "__main__":
    unittest.main()
