"""docs/openapi.yaml against the server: every path answers what it says and takes the parameters
that it names, and no others."""

import json
import unittest
import urllib.error
import urllib.parse
import urllib.request

import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate
from support.home import DEV, HUB, ROOT, Home, eventually

DOCUMENT = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())
VALUES = {"hub": HUB, "project": "churn", "environment": "dev", "account": DEV,
          "metric": "NumberEndPointsInService", "from": "2020-01-01T00:00:00Z",
          "to": "2100-01-01T00:00:00Z", "points": "10", "limit": "10"}


def resolve(node):
    """What a $ref stands for."""
    if "$ref" not in node:
        return node
    found = DOCUMENT
    for name in node["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return found


def parameters(operation):
    return [resolve(parameter) for parameter in operation.get("parameters", [])]


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.home.connect_fleet()
        cls.home.dsdash("deploy", "spoke", "--account", "churn-prod", "-c",
                        "metrics=SSMParamStoreValue", "-c", "ssm_parameter=/none", "-c",
                        "environment=prod", "-c", "project_name=churn")
        cls.home.dsdash("refresh", "--account", "hub", "--wait", check=False)
        eventually(lambda: cls.get("/api/v1/overview", {"hub": HUB})[1]["failing_metrics"] == 1)

    @classmethod
    def get(cls, path, query):
        return cls.ask(urllib.request.Request(
            cls.home.endpoint + path + "?" + urllib.parse.urlencode(query)))

    @classmethod
    def ask(cls, request):
        """Status, body and content type."""
        try:
            answer = urllib.request.urlopen(request, timeout=20)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            kind = answer.headers.get_content_type()
            if kind == "text/event-stream":
                return answer.status, answer.readline().decode(), kind
            body = answer.read()
            return answer.status, json.loads(body) if kind.endswith("json") else body, kind

    def check(self, operation, status, body, kind):
        response = resolve(operation["responses"].get(str(status), operation["responses"]["default"]))
        self.assertIn(kind, response["content"])
        schema = {"components": DOCUMENT["components"], **response["content"][kind]["schema"]}
        if kind.endswith("json"):
            problems = [f"{list(error.path)}: {error.message}"
                        for error in Draft202012Validator(schema).iter_errors(body)]
            self.assertEqual(problems, [])

    def reads(self):
        for path, item in DOCUMENT["paths"].items():
            with self.subTest(path=path):
                yield path, item["get"]

    def test_is_a_document_of_its_kind(self):
        validate(DOCUMENT)

    def test_every_read_answers_as_described(self):
        self.post_refresh()
        for path, operation in self.reads():
            if path == "/healthz":
                continue
            query = {p["name"]: VALUES[p["name"]] for p in parameters(operation)
                     if p["name"] != "fetch_id"}
            status, body, kind = self.get(path, query)
            self.assertEqual(status, 200, body)
            self.check(operation, status, body, kind)

    def test_answers_are_not_empty(self):
        """Else the schemas of what lists hold would not be looked at."""
        hub = {"hub": HUB}
        self.assertTrue(self.get("/api/v1/latest", hub)[1]["records"])
        self.assertTrue(self.get("/api/v1/latest", hub)[1]["reports"])
        self.assertTrue(self.get("/api/v1/spokes", hub)[1]["spokes"][0]["findings"])
        self.assertTrue(self.get("/api/v1/attention", hub)[1]["items"])
        self.assertTrue(self.get("/api/v1/trends", hub | {"project": "churn"})[1]["series"])
        series = {name: VALUES[name] for name in ("metric", "project", "environment", "account")}
        self.assertTrue(self.get("/api/v1/samples", hub | series)[1]["samples"])
        self.assertTrue(self.get("/api/v1/history", hub | series)[1]["time"])

    def test_every_parameter_is_taken_and_no_other(self):
        for path, operation in self.reads():
            if not path.startswith("/api/") or path == "/api/v1/session":
                continue
            status, body, kind = self.get(path, {"unknown": "1"})
            self.assertEqual(status, 400)
            self.check(operation, status, body, kind)
            known = body["detail"].partition("known are ")[2]
            self.assertEqual(set(known.split(", ")) - {""},
                             {p["name"] for p in parameters(operation)})

    def test_a_required_parameter_is_missed_by_name(self):
        for path, operation in self.reads():
            required = [p["name"] for p in parameters(operation) if p.get("required")]
            for name in required:
                query = {other: VALUES[other] for other in required if other != name}
                status, body, kind = self.get(path, query)
                self.assertEqual((status, body["detail"]), (400, f"parameter {name}: missing"))
                self.check(operation, status, body, kind)

    def test_bounds_of_numbers_are_the_servers(self):
        for path, operation in self.reads():
            base = {p["name"]: VALUES[p["name"]] for p in parameters(operation) if p.get("required")}
            for parameter in parameters(operation):
                schema = parameter["schema"]
                if schema.get("type") != "integer":
                    continue
                for number, status in ((schema["minimum"], 200), (schema["maximum"], 200),
                                       (schema["minimum"] - 1, 400), (schema["maximum"] + 1, 400)):
                    self.assertEqual(self.get(path, base | {parameter["name"]: number})[0], status)

    def test_a_hub_that_is_not_there_is_a_problem(self):
        for path, operation in self.reads():
            query = {p["name"]: VALUES[p["name"]] for p in parameters(operation)
                     if p.get("required")}
            if "hub" not in query:
                continue
            status, body, kind = self.get(path, query | {"hub": "999999999999"})
            self.assertEqual(status, 404)
            self.check(operation, status, body, kind)

    def post_refresh(self):
        request = urllib.request.Request(
            self.home.endpoint + "/api/v1/refresh", method="POST",
            data=json.dumps({"hub": HUB}).encode(), headers={"Content-Type": "application/json", "Origin": self.home.endpoint})
        status, body, kind = self.ask(request)
        self.assertEqual(status, 202)
        self.check(DOCUMENT["paths"]["/api/v1/refresh"]["post"], status, body, kind)
        return body

    def test_a_fetch_is_answered_as_described_until_it_is_complete(self):
        fetch = self.post_refresh()
        operation = DOCUMENT["paths"]["/api/v1/refresh"]["get"]

        def complete():
            status, body, kind = self.get("/api/v1/refresh",
                                          {"hub": HUB, "fetch_id": fetch["fetch_id"]})
            self.check(operation, status, body, kind)
            return body["complete"] and body
        body = eventually(complete)
        self.assertEqual(body["answered"], 2)
        self.assertEqual(body["waiting_for"], [])
        self.assertIsNotNone(body["slowest"])

    def test_health_is_as_described(self):
        status, body, kind = self.get("/healthz", {})
        self.check(DOCUMENT["paths"]["/healthz"]["get"], status, body, kind)


if __name__ == "__main__":
    unittest.main()
