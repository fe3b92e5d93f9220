"""The dashboard as strangers reach it: TLS, a sign-in, and who is kept out of what. A certificate
is made as docs/access.md says; the clients are Python's, curl and the program itself."""

import json
import subprocess
import threading
import time
import unittest

from support.home import DSDASH, HUB, Home, eventually
from support.sign_in import ORIGIN_HOST, SignIn, make_certificate

SECRET = "secret-project"


class TlsHome(Home):
    """Off loopback, with a certificate of its own for localhost and 127.0.0.1."""

    def start(self, listen="0.0.0.0:0"):
        self.certificate, self.key = self.data / "dash.pem", self.data / "dash.key"
        if not self.certificate.exists():
            make_certificate(self.data)
        super().start(listen, "--tls-certificate", self.certificate, "--tls-key", self.key,
                      "--host", "dash.example.com")
        self.port = int(self.endpoint.rsplit(":", 1)[1])
        self.endpoint = f"https://{ORIGIN_HOST}:{self.port}"

    def environment(self):
        return super().environment() | {"AWS_CA_BUNDLE": str(self.certificate)}

    def token(self, name, role, *projects):
        words = [word for project in projects for word in ("--project", project)]
        return self.dsdash_json("token", "create", "--name", name, "--role", role,
                                *words)[0]["Token"]


class Access(SignIn, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.server = cls.enterClassContext(TlsHome())
        cls.home.connect_fleet()
        # A project that not everybody may see, beside churn.
        for project, account in (("churn", "churn-dev"), (SECRET, "churn-prod")):
            cls.home.dsdash("deploy", "spoke", "--account", account, "-c", "environment=dev",
                            "-c", "metrics=TotalCompletedTrainingJobs",
                            "-c", f"project_name={project}")
        cls.home.dsdash("put-parameter", "--account", "hub", f"/monitored_projects/{SECRET}/dev",
                        cls.home.accounts["churn-prod"])
        for account in ("churn-dev", "churn-prod"):
            cls.home.dsdash("invoke", "ds-dashboard-metric-extraction", "--account", account)
        cls.operator = cls.home.token("operator", "operator")

        def both_projects_arrived():
            latest = cls.ask_as(cls.operator, f"/api/v1/latest?hub={HUB}").json
            return {"churn", SECRET} <= {r["project_name"] for r in latest["records"]}

        eventually(both_projects_arrived)

    def new_home_for_failures(self):
        """Failures are counted by address, and all tests come from one."""
        home = self.enterContext(TlsHome(accounts=(("hub", HUB),)))
        shared = Access.server
        Access.server = home
        self.addCleanup(setattr, Access, "server", shared)
        return home

    # -- TLS

    def test_is_refused_off_loopback_without_a_certificate(self):
        done = self.home.run(DSDASH, "serve", "--data", self.home.data / "other",
                             "--listen", "0.0.0.0:0", check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn("0.0.0.0 is not a loopback address", done.stderr)
        self.assertIn("--tls-certificate", done.stderr)

    def test_a_key_of_another_certificate(self):
        other = self.home.data / "other.key"
        subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt",
                        "ec_paramgen_curve:prime256v1", "-out", other],
                       check=True, capture_output=True)
        done = self.home.run(DSDASH, "serve", "--data", self.home.data / "mismatch",
                             "--listen", "0.0.0.0:0", "--tls-certificate", self.home.certificate,
                             "--tls-key", other, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("is not that of the certificate", done.stderr)

    def test_curl_and_the_program_itself_believe_the_certificate(self):
        self.assertEqual(self.home.dsdash("latest", "--account", "hub").returncode, 0)
        curl = self.home.run("curl", "-sS", "--cacert", self.home.certificate,
                             f"{self.home.endpoint}/healthz")
        self.assertEqual(json.loads(curl.stdout), {"status": "ok"})
        doubting = self.home.run("curl", "-sS", f"{self.home.endpoint}/healthz", check=False)
        self.assertNotEqual(doubting.returncode, 0)

    def test_loopback_may_have_tls_and_stays_open(self):
        home = TlsHome(accounts=())
        self.addCleanup(home.stop)
        home.start("127.0.0.1:0")
        curl = home.run("curl", "-sS", "--cacert", home.certificate,
                        f"{home.endpoint}/api/v1/session")
        self.assertEqual(json.loads(curl.stdout)["role"], "operator")

    # -- the sign-in

    def test_nobody_reads_anything_but_the_page_without_a_token(self):
        for path in ("/api/v1/hubs", f"/api/v1/latest?hub={HUB}", "/api/v1/history",
                     "/api/v1/session", "/api/v1/events", "/api/v1/refresh", "/metrics", "/none"):
            for method in ("GET", "POST", "DELETE"):
                if (method, path) == ("POST", "/api/v1/session"):
                    continue
                self.assert_problem(self.request(method, path, headers=self.own()), 401)
        self.assertEqual(self.request("GET", "/").status, 200)
        self.assertEqual(self.request("GET", "/assets/page.js").status, 200)

    def test_a_session_in_a_cookie_that_no_script_and_no_other_site_gets(self):
        answer = self.sign_in(self.operator)
        self.assertRegex(answer.headers["Set-Cookie"],
                         r"^dsdash_session=[0-9a-f]{64}; Path=/; Max-Age=604800; HttpOnly; Secure; "
                         r"SameSite=Strict$")
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        session = self.request("GET", "/api/v1/session", headers={"Cookie": cookie}).json
        self.assertEqual(session, {"role": "operator", "projects": None, "name": "operator"})
        self.assertEqual(self.status_with(cookie), 200)
        out = self.request("DELETE", "/api/v1/session", headers=self.own(Cookie=cookie))
        self.assertEqual(out.status, 204)
        self.assertEqual(self.status_with(cookie), 401)

    def test_a_session_id_that_an_attacker_planted(self):
        planted = "dsdash_session=" + "a" * 64
        answer = self.sign_in(self.operator, Cookie=planted)
        self.assertEqual(answer.status, 204)
        self.assertNotIn("a" * 64, answer.headers["Set-Cookie"])
        self.assertEqual(self.status_with(planted), 401)
        # One more cookie of that name: neither counts.
        good = answer.headers["Set-Cookie"].split(";")[0]
        self.assertEqual(self.status_with(f"{planted}; {good}"), 401)
        self.assertEqual(self.status_with(good), 200)

    def test_a_revoked_token_and_its_sessions(self):
        token = self.home.token("leaver", "viewer")
        cookie = self.session(token)
        self.assertEqual(self.status_with(cookie), 200)
        self.home.dsdash("token", "revoke", "leaver")
        self.assertEqual(self.status_with(cookie), 401)
        self.assertEqual(self.ask_as(token, "/api/v1/hubs").status, 401)
        # A new token of the same name does not bring the old sessions back.
        again = self.home.token("leaver", "viewer")
        self.assertEqual(self.status_with(cookie), 401)
        self.assertEqual(self.ask_as(again, "/api/v1/hubs").status, 200)

    def test_a_restart_ends_sessions_but_not_tokens(self):
        cookie = self.session(self.operator)
        self.home.stop()
        self.home.start(f"0.0.0.0:{self.home.port}")
        self.assertEqual(self.status_with(cookie), 401)
        self.assertEqual(self.ask_as(self.operator, "/api/v1/hubs").status, 200)

    # -- other sites

    def test_a_write_from_another_site(self):
        cookie = self.session(self.operator)
        for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {},
                        {"Origin": f"http://{ORIGIN_HOST}:{self.home.port}"},
                        {"Origin": self.origin(), "Sec-Fetch-Site": "cross-site"},
                        {"Sec-Fetch-Site": "none"}, {"Referer": f"{self.origin()}/"}):
            for method, path in (("DELETE", "/api/v1/session"), ("POST", "/api/v1/refresh")):
                answer = self.request(method, path, headers=headers | {"Cookie": cookie})
                self.assert_problem(answer, 403)
            answer = self.request("POST", "/api/v1/session", json.dumps({"token": self.operator}),
                                  headers | {"Content-Type": "application/json"})
            self.assert_problem(answer, 403)
            self.assertIsNone(answer.headers["Set-Cookie"])
        self.assertEqual(self.status_with(cookie), 200)

    def test_a_read_or_a_stream_from_another_site(self):
        cookie = self.session(self.operator)
        for path in ("/api/v1/hubs", "/api/v1/events"):
            for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
                            {"Origin": "https://evil.example"}):
                answer = self.request("GET", path, headers=headers | {"Cookie": cookie})
                self.assert_problem(answer, 403)
                self.assertIsNone(answer.headers["Access-Control-Allow-Origin"])

    def test_a_name_that_is_not_the_servers(self):
        token = {"Authorization": f"Bearer {self.operator}"}
        for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "",
                     f"user@localhost:{self.home.port}", "0.0.0.0", "[::1]"):
            for path in ("/", "/api/v1/hubs"):
                self.assert_problem(self.request("GET", path, headers=token, host=host), 421)
        for host in ("localhost", "127.0.0.1:1", "dash.example.com", "DASH.example.com:8443"):
            self.assertEqual(self.request("GET", "/api/v1/hubs", headers=token, host=host).status,
                             200, host)

    # -- guessing

    def test_a_brute_force(self):
        home = self.new_home_for_failures()
        token = home.token("ann", "viewer")
        statuses = []

        def guess(n):
            statuses.append(self.sign_in(f"dsdash_{n:064x}").status)

        guesses = [threading.Thread(target=guess, args=(n,)) for n in range(20)]
        for one in guesses:
            one.start()
        for one in guesses:
            one.join()
        self.assertEqual(sorted(statuses), [401] * 5 + [429] * 15)
        refused = self.sign_in(token)
        self.assert_problem(refused, 429)
        self.assertIn(int(refused.headers["Retry-After"]), range(1, 61))
        # Scripts with the right token go on, and with a wrong one are held up apart.
        for n in range(6):
            last = self.ask_as(f"dsdash_{n}", "/api/v1/hubs").status
        self.assertEqual(last, 429)
        self.assertEqual(self.ask_as(token, "/api/v1/hubs").status, 200)

    # -- projects

    def test_a_token_for_some_projects_sees_nothing_of_others(self):
        token = self.home.token("churn-team", "viewer", "churn")
        cookie = {"Cookie": self.session(token)}

        def get(path):
            return self.request("GET", path, headers=cookie)

        session = get("/api/v1/session").json
        self.assertEqual((session["role"], session["projects"]), ("viewer", ["churn"]))
        latest = get(f"/api/v1/latest?hub={HUB}")
        self.assertEqual({r["project_name"] for r in latest.json["records"]}, {"churn"})
        self.assertEqual({r["project_name"] for r in latest.json["reports"]}, {"churn"})
        self.assertNotIn(SECRET, latest.text)

        series = f"/api/v1/history?hub={HUB}&metric=TotalCompletedTrainingJobs&environment=dev"
        secret = self.home.accounts["churn-prod"]
        whole = self.ask_as(self.operator, f"{series}&project={SECRET}&account={secret}").json
        self.assertTrue(whole["time"], "there is something to guess")
        ends = "&from=2020-01-01T00:00:00Z&to=2030-01-01T00:00:00Z"
        none = get(f"{series}&project=no-such-project{ends}")
        for guess in (f"&project={SECRET}", f"&project={SECRET}&account={secret}",
                      f"&project={SECRET.upper()}", f"&project=churn%00{SECRET}",
                      f"&project={SECRET}%20"):
            answer = get(series + guess + ends)
            self.assertEqual(answer.text, none.text, guess)
        self.assertEqual(get(f"{series}&project=churn&project={SECRET}").status, 400)
        own = get(f"{series}&project=churn&account={self.home.accounts['churn-dev']}").json
        self.assertTrue(own["time"])

    # -- the rest of the port

    def test_the_aws_protocols_are_as_before(self):
        identity = self.home.client("sts", "hub").meta.endpoint_url
        self.assertEqual(identity, self.home.endpoint)
        answer = self.request("POST", "/", "{}", {
            "X-Amz-Target": "AmazonSSM.GetParametersByPath",
            "Content-Type": "application/x-amz-json-1.1",
            "Authorization": f"Bearer {self.operator}"})
        self.assertEqual(answer.status, 400, "a dashboard token opens no AWS operation")
        self.assertIn("Exception", answer.json["__type"])

    def test_the_log_holds_no_secret(self):
        cookie = self.session(self.operator)
        self.sign_in("dsdash_wrong-guess")
        self.ask_as("dsdash_other-guess", "/api/v1/hubs")
        time.sleep(0.2)
        log = "".join(self.home.log)
        self.assertIn("operator signed in to the dashboard from 127.0.0.1", log)
        self.assertIn("refused a sign-in to the dashboard from 127.0.0.1", log)
        for secret in (self.operator, cookie.split("=")[1], "wrong-guess", "other-guess"):
            self.assertNotIn(secret, log)
        stored = (self.home.data / "dashboard-tokens.json")
        self.assertEqual(stored.stat().st_mode & 0o777, 0o600)
        self.assertNotIn(self.operator.removeprefix("dsdash_"), stored.read_text())


if __name__ == "__main__":
    unittest.main()
