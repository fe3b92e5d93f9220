"""Requests that no honest client sends. Each gets AWS's error and changes nothing."""

import datetime
import hashlib
import hmac
import http.client
import json
import unittest

from support.home import HUB, PROD, REGION, Home, eventually

JSON = "application/x-amz-json-1.1"


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

    def test_a_rightly_signed_request_passes(self):
        status, _, fields = self.post("AmazonSSM.GetParameter",
                                      {"Name": "/monitored_projects/churn/dev"})
        self.assertEqual(status, 200, fields)

    def test_refuses_requests_without_signature(self):
        status, code, _ = self.post("AmazonSSM.GetParameter", {"Name": "/x"},
                                    edit=lambda h: h.pop("authorization"))
        self.assertEqual((status // 100, code), (4, "MissingAuthenticationTokenException"))

    def test_refuses_a_changed_body(self):
        status, _, fields = self.post("AmazonSSM.GetParameter", {"Name": "/x"},
                                      raw=b'{"Name": "/y"}')
        self.assertEqual(status // 100, 4)
        self.assertIn("signature", json.dumps(fields).lower())

    def test_refuses_old_and_future_signatures(self):
        for skew_s in (-16 * 60, 16 * 60):
            status, _, fields = self.post("AmazonSSM.GetParameter", {"Name": "/x"}, skew_s=skew_s)
            self.assertEqual(status // 100, 4, fields)
            self.assertIn("signature", json.dumps(fields).lower())

    def test_refuses_an_unknown_key(self):
        def other_key(headers):
            headers["authorization"] = headers["authorization"].replace("AKIA", "AKIB")
        status, code, _ = self.post("AmazonSSM.GetParameter", {"Name": "/x"}, edit=other_key)
        self.assertEqual((status // 100, code), (4, "UnrecognizedClientException"))

    def test_refuses_a_session_token(self):
        def token(headers):
            headers["x-amz-security-token"] = "FwoGZXIvYXdzE"
        status, _, _ = self.post("AmazonSSM.GetParameter", {"Name": "/x"}, edit=token)
        self.assertEqual(status // 100, 4)

    def test_refuses_a_signature_for_another_service(self):
        status, _, _ = self.post("AmazonSSM.GetParameter", {"Name": "/x"}, service="events")
        self.assertEqual(status // 100, 4)

    def test_refuses_malformed_json(self):
        for body in (b"{", b"", b"[]", b"\xff\xfe", b'{"Name": NaN}', b"[" * 100_000):
            status, code, _ = self.post("AmazonSSM.PutParameter", body)
            self.assertEqual(status, 400, body[:20])
            self.assertIn(code, {"SerializationException", "ValidationException"})

    def test_refuses_nan_and_deep_nesting_in_a_detail(self):
        for detail in ('{"MetricValue": NaN}', '{"a":' * 100_000 + "1" + "}" * 100_000):
            status, _, fields = self.post("AWSEvents.PutEvents", {"Entries": [
                {"Source": "s", "DetailType": "d", "Detail": detail}]})
            self.assertEqual(status, 200)
            self.assertEqual(fields["Entries"][0]["ErrorCode"], "MalformedDetail")

    def test_refuses_unknown_operations_as_aws_does(self):
        status, code, _ = self.post("AmazonSSM.MakeCoffee", {})
        self.assertEqual((status // 100, code), (4, "UnknownOperationException"))

    def test_refuses_a_megabyte_of_entries(self):
        status, code, _ = self.post("AWSEvents.PutEvents", {"Entries": [
            {"Source": "s", "DetailType": "d", "Detail": json.dumps({"a": "x" * 1_100_000})}]})
        self.assertEqual(status, 400)
        self.assertIn(code, {"ValidationException", "PutEventsRequestEntrySizeExceeded"})

    def test_refuses_an_oversized_body(self):
        try:
            status, _, _ = self.post("AmazonSSM.PutParameter", b" " * (18 * 1024 * 1024))
            self.assertEqual(status, 413)
        except (BrokenPipeError, ConnectionResetError):
            pass  # closed while we were still sending, as servers do

    def test_answers_unknown_paths_with_404(self):
        connection = http.client.HTTPConnection(self.home.endpoint.removeprefix("http://"))
        connection.request("GET", "/../../etc/passwd")
        self.assertEqual(connection.getresponse().status, 404)

    def put_metric(self, profile, name, project, environment):
        detail = {"MetricName": name, "MetricValue": 1, "Metadata": {},
                  "ExtractionDate": "2026-01-01 00:00:00.000000",
                  "Environment": environment, "ProjectName": project}
        answer = self.home.client("events", profile).put_events(Entries=[{
            "Source": "metric_extractor", "DetailType": "metric_extractor",
            "Detail": json.dumps(detail)}])
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
        with self.assertRaises(Exception):
            self.home.client("ssm", "churn-prod").get_parameter(
                Name="/monitored_projects/churn/prod")
        self.assertEqual(self.home.client("ssm", "hub").get_parameter(
            Name="/monitored_projects/churn/prod")["Parameter"]["Value"], PROD)


if __name__ == "__main__":
    unittest.main()
