"""Requests that no honest client sends. Each gets AWS's error, logs one line and changes nothing."""

import contextlib
import datetime
import hashlib
import hmac
import http.client
import json
import socket
import sqlite3
import time
import unittest

from support.home import DEV, HUB, PROD, REGION, Home, eventually

JSON = "application/x-amz-json-1.1"
PUT = {"Name": "/x", "Value": "1", "Type": "String"}


def sign(keys, service, headers, body, when):
    """The least SigV4 that signs a POST to /; independent of the program's own."""
    date = when.strftime("%Y%m%d")
    names = ";".join(sorted(headers))
    canonical = "\n".join(["POST", "/", ""] + [f"{n}:{headers[n]}" for n in sorted(headers)]
                          + ["", names, hashlib.sha256(body).hexdigest()])
    scope = f"{date}/{REGION}/{service}/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", when.strftime("%Y%m%dT%H%M%SZ"), scope,
                      hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + keys["aws_secret_access_key"]).encode()
    for part in (date, REGION, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return (f"AWS4-HMAC-SHA256 Credential={keys['aws_access_key_id']}/{scope}, "
            f"SignedHeaders={names}, Signature={signature}")


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.home.connect_fleet()

    def post(self, target, body, *, profile="hub", service=None, skew_s=0, edit=None, raw=None):
        """Signs and sends; `edit` may change the headers after signing, `raw` the body."""
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        when = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=skew_s)
        host = self.home.endpoint.removeprefix("http://")
        headers = {"host": host, "content-type": JSON, "x-amz-target": target,
                   "x-amz-date": when.strftime("%Y%m%dT%H%M%SZ")}
        service = service or {"AmazonSSM": "ssm", "AWSEvents": "events",
                              "DynamoDB_20120810": "dynamodb"}[target.split(".")[0]]
        headers["authorization"] = sign(self.home.keys(profile), service, headers, body, when)
        if edit:
            edit(headers)
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request("POST", "/", body=raw if raw is not None else body, headers=headers)
        answer = connection.getresponse()
        text = answer.read()
        try:
            fields = json.loads(text)
        except ValueError:
            fields = {"raw": text.decode(errors="replace")}
        return answer.status, fields.get("__type", "").split("#")[-1], fields

    def raw(self, data):
        """Sends bytes as they are; the answer's status line."""
        host, port = self.home.endpoint.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                connection.sendall(data)
                connection.shutdown(socket.SHUT_WR)
            return connection.makefile("rb").readline().decode().strip()

    def state(self):
        """All that the accounts' files hold."""
        rows = {}
        for name, account in self.home.accounts.items():
            file = self.home.data / "accounts" / f"{account}.db"
            with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
                rows[name] = list(database.iterdump())
        return rows

    @contextlib.contextmanager
    def refused(self):
        """Within it, one line is logged and nothing changes."""
        eventually(lambda: not any(self.waiting(account) for account in self.home.accounts.values()))
        lines, before = len(self.home.log), self.state()
        yield
        eventually(lambda: len(self.home.log) > lines)
        # A line that came late would be counted with the next case; a request that is answered
        # after it has been logged after it.
        self.home.client("ssm").describe_parameters()
        time.sleep(0.05)
        logged = self.home.log[lines:]
        self.assertEqual(len(logged), 1, logged)
        self.assertIn("refused", logged[0])
        self.assertEqual(self.state(), before)

    def waiting(self, account):
        file = self.home.data / "accounts" / f"{account}.db"
        with contextlib.closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            return database.execute("SELECT count(*) FROM delivery").fetchone()[0]

    def test_a_rightly_signed_request_passes(self):
        status, _, fields = self.post("AmazonSSM.GetParameter",
                                      {"Name": "/monitored_projects/churn/dev"})
        self.assertEqual(status, 200, fields)

    def test_refuses_requests_without_signature(self):
        with self.refused():
            status, code, _ = self.post("AmazonSSM.PutParameter", PUT,
                                        edit=lambda h: h.pop("authorization"))
        self.assertEqual((status // 100, code), (4, "MissingAuthenticationTokenException"))

    def test_refuses_a_changed_body(self):
        with self.refused():
            status, code, _ = self.post("AmazonSSM.PutParameter", PUT,
                                        raw=json.dumps(PUT).replace("1", "2").encode())
        self.assertEqual((status, code), (400, "InvalidSignatureException"))

    def test_refuses_old_and_future_signatures(self):
        for skew_s in (-16 * 60, 16 * 60):
            with self.refused():
                status, code, _ = self.post("AmazonSSM.PutParameter", PUT, skew_s=skew_s)
            self.assertEqual((status, code), (400, "InvalidSignatureException"))

    def test_refuses_an_unknown_key(self):
        def other_key(headers):
            headers["authorization"] = headers["authorization"].replace("AKIA", "AKIB")
        with self.refused():
            status, code, _ = self.post("AmazonSSM.PutParameter", PUT, edit=other_key)
        self.assertEqual((status // 100, code), (4, "UnrecognizedClientException"))

    def test_refuses_a_session_token(self):
        def token(headers):
            headers["x-amz-security-token"] = "FwoGZXIvYXdzE"
        with self.refused():
            status, code, _ = self.post("AmazonSSM.PutParameter", PUT, edit=token)
        self.assertEqual((status, code), (400, "UnrecognizedClientException"))

    def test_refuses_a_signature_for_another_service(self):
        with self.refused():
            status, code, _ = self.post("AmazonSSM.PutParameter", PUT, service="events")
        self.assertEqual((status, code), (400, "InvalidSignatureException"))

    def test_refuses_malformed_json(self):
        for body in (b"{", b"", b"[]", b"\xff\xfe", b'{"Name": NaN}', b"[" * 100_000):
            with self.refused():
                status, code, _ = self.post("AmazonSSM.PutParameter", body)
            self.assertEqual((status, code), (400, "SerializationException"), body[:20])

    def test_refuses_entries_by_themselves(self):
        good = {"Source": "s", "DetailType": "d", "Detail": "{}"}
        for change, code in (({"Detail": '{"MetricValue": NaN}'}, "MalformedDetail"),
                             ({"Detail": '{"a":' * 100_000 + "1" + "}" * 100_000}, "MalformedDetail"),
                             ({"Source": ""}, "InvalidArgument"),
                             ({"EventBusName": "nope"}, "ResourceNotFoundException")):
            with self.refused():
                status, _, fields = self.post("AWSEvents.PutEvents", {"Entries": [good | change]})
            self.assertEqual((status, fields["FailedEntryCount"]), (200, 1))
            self.assertEqual(fields["Entries"][0]["ErrorCode"], code)

    def test_refuses_eleven_entries(self):
        entry = {"Source": "metric_extractor", "DetailType": "metric_extractor", "Detail": "{}"}
        with self.refused():
            status, code, _ = self.post("AWSEvents.PutEvents", {"Entries": [entry] * 11})
        self.assertEqual((status, code), (400, "ValidationException"))

    def test_refuses_a_megabyte_of_entries(self):
        with self.refused():
            status, code, _ = self.post("AWSEvents.PutEvents", {"Entries": [
                {"Source": "s", "DetailType": "d", "Detail": json.dumps({"a": "x" * 1_100_000})}]})
        self.assertEqual((status, code), (400, "ValidationException"))

    def test_refuses_a_rule_for_a_bus_that_is_not_there(self):
        with self.refused():
            status, code, _ = self.post("AWSEvents.PutRule", {
                "Name": "r", "EventBusName": "nope", "EventPattern": '{"source":["a"]}'})
        self.assertEqual((status, code), (400, "ResourceNotFoundException"))

    def test_refuses_the_role_of_another_account(self):
        with self.refused():
            status, code, _ = self.post("AWSEvents.PutTargets", {
                "Rule": f"forwardTo{HUB}", "Targets": [{
                    "Id": "1", "Arn": f"arn:aws:events:{REGION}:{HUB}:event-bus/default",
                    "RoleArn": f"arn:aws:iam::{DEV}:role/trusted"}]}, profile="churn-prod")
        self.assertEqual((status, code), (400, "AccessDeniedException"))

    def test_refuses_unknown_operations_as_aws_does(self):
        with self.refused():
            status, code, _ = self.post("AmazonSSM.MakeCoffee", {})
        self.assertEqual((status, code), (400, "UnknownOperationException"))

    def test_refuses_an_oversized_body(self):
        head = (f"POST / HTTP/1.1\r\nHost: h\r\nX-Amz-Target: AmazonSSM.PutParameter\r\n"
                f"Content-Length: {18 * 1024 * 1024}\r\n\r\n").encode()
        with self.refused():
            status = self.raw(head + b" " * 100_000)
        self.assertEqual(status, "HTTP/1.1 413 Content Too Large")

    def test_refuses_what_is_no_http(self):
        for data, status in (
                (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n", 400),
                (b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                 400),
                (b"GET / HTTP/1.1\r\nHost: h\r\nX: " + b"x" * 20_000 + b"\r\n\r\n", 431),
                (b"\x16\x03\x01\x02\x00\n", 400)):
            with self.refused():
                answer = self.raw(data)
            self.assertEqual(answer.split()[1], str(status), data[:40])

    def test_answers_unknown_paths_with_404(self):
        connection = http.client.HTTPConnection(self.home.endpoint.removeprefix("http://"))
        connection.request("GET", "/../../etc/passwd")
        self.assertEqual(connection.getresponse().status, 404)

    def put_metric(self, profile, name, project, environment, metadata="{}"):
        detail = {"MetricName": name, "MetricValue": 1, "Metadata": "Metadata",
                  "ExtractionDate": "2026-01-01 00:00:00.000000",
                  "Environment": environment, "ProjectName": project}
        answer = self.home.client("events", profile).put_events(Entries=[{
            "Source": "metric_extractor", "DetailType": "metric_extractor",
            "Detail": json.dumps(detail).replace('"Metadata": "Metadata"',
                                                 f'"Metadata": {metadata}')}])
        self.assertEqual(answer["FailedEntryCount"], 0)
        return answer["Entries"][0]["EventId"]

    def assert_quarantined(self, event_id):
        def is_listed():
            letters = self.home.dsdash_json("dead-letters", "list", "--account", "hub")
            return any(event_id in letter["DeadLetterId"] for letter in letters)

        eventually(is_listed)

    def stored(self, name):
        return self.home.client("dynamodb").query(
            TableName="ds-dashboard-hub-table", KeyConditionExpression="MetricName = :m",
            ExpressionAttributeValues={":m": {"S": name}})["Items"]

    def test_quarantines_a_spoke_that_claims_another_accounts_project(self):
        self.assert_quarantined(self.put_metric("churn-dev", "Stolen", "churn", "prod"))
        self.assertEqual(self.stored("Stolen"), [])

    def test_quarantines_metadata_that_no_item_could_hold(self):
        for name, metadata in (("Deep", '{"a":' * 900 + "1" + "}" * 900),
                               ("Large", json.dumps({"a": "x" * 410_000}))):
            event = self.put_metric("churn-dev", name, "churn", "dev", metadata)
            self.assert_quarantined(event)
            self.assertEqual(self.stored(name), [])

    def test_quarantines_an_account_that_is_not_registered(self):
        self.home.dsdash("account", "create", "stranger", "--id", "444444444444",
                         "--region", REGION)
        self.home.dsdash("deploy", "spoke", "--account", "stranger", "-c",
                         "metrics=NumberEndPointsInService", "-c", "environment=dev",
                         "-c", "project_name=strange")
        hub = self.home.client("events")
        policy = json.loads(hub.describe_event_bus()["Policy"])
        hub.put_permission(StatementId="stranger", Principal="444444444444",
                           Action="events:PutEvents", EventBusName="default")
        self.home.dsdash("put-parameter", "--account", "stranger", "/monitors/TestHub", HUB)
        self.home.dsdash("invoke", "ds-dashboard-connection", "--account", "stranger",
                         "--payload", '{"action":"EBRule"}')
        self.assert_quarantined(self.put_metric("stranger", "Stranger", "strange", "dev"))
        self.assertEqual(self.stored("Stranger"), [])
        hub.put_permission(Policy=json.dumps(policy))

    def test_lets_no_account_see_another(self):
        stranger = self.home.client("ssm", "churn-prod")
        with self.refused(), self.assertRaises(stranger.exceptions.ParameterNotFound):
            stranger.get_parameter(Name="/monitored_projects/churn/prod")
        self.assertEqual(self.home.client("ssm", "hub").get_parameter(
            Name="/monitored_projects/churn/prod")["Parameter"]["Value"], PROD)


if __name__ == "__main__":
    unittest.main()
