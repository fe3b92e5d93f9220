"""The real bootstrap, run as Lambda runs it: a strict Runtime API on one side, AWS on the other."""

import socket
import tempfile
import threading
import unittest

from support.fake_aws import KEY, SECRET, TOKEN, Authority, FakeAws, refresh_answers
from support.fake_runtime import Runtime

CREDENTIALS = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET,
               "AWS_SESSION_TOKEN": TOKEN}
SPOKE = {"METRICS": "TotalCompletedTrainingJobs,NumberEndPointsInService",
         "PROJECT_NAME": "churn", "ENVIRONMENT": "dev"}


class Bootstrap(unittest.TestCase):
    def run_with(self, aws, handler="refresh", **variables):
        runtime = self.enterContext(Runtime())
        runtime.start(handler, CREDENTIALS | {"AWS_ENDPOINT_URL": aws.url()} | variables)
        self.addCleanup(lambda: self.assertEqual(runtime.violations, []))
        return runtime

    def test_runs_the_handlers_function(self):
        with FakeAws(refresh_answers()) as aws:
            runtime = self.run_with(aws)
            done = runtime.invoke({})
            self.assertEqual(done.kind, "response", done.answer)
            self.assertEqual(done.answer["Spokes"][0]["AccountId"], "222222222222")
            self.assertEqual(aws.operations(), ["GetParametersByPath", "PutEvents"])
            headers = aws.calls[1][2]
            self.assertEqual(headers["X-Amz-Security-Token"], TOKEN)
            self.assertEqual(headers["X-Amzn-Trace-Id"], done.trace_id)

    def test_keeps_its_connection_from_one_invocation_to_the_next(self):
        with FakeAws(refresh_answers()) as aws:
            runtime = self.run_with(aws)
            for _ in range(5):
                self.assertEqual(runtime.invoke({}).kind, "response")
            self.assertEqual(aws.connections, 1)

    def test_extracts_metrics_as_a_spoke(self):
        answers = refresh_answers() | {
            "ListTrainingJobs": {"TrainingJobSummaries": [{}, {}]},
            "ListEndpoints": lambda given: {"Endpoints": [{}], **(
                {} if "NextToken" in given else {"NextToken": "more"})}}
        with FakeAws(answers) as aws:
            done = self.run_with(aws, "extraction", **SPOKE).invoke({"FetchId": "f-1"})
            self.assertEqual(done.kind, "response", done.answer)
            values = {m["MetricName"]: m["MetricValue"] for m in done.answer["Metrics"]}
            self.assertEqual(values, {"TotalCompletedTrainingJobs": "2",
                                      "NumberEndPointsInService": "2"})
            self.assertEqual(done.answer["Failures"], [])
            self.assertEqual(done.answer["FetchId"], "f-1")

    def test_archives_into_the_tables_that_it_was_told(self):
        event = {"version": "0", "id": "event-1", "source": "metric_extractor",
                 "detail-type": "metric_extractor", "account": "222222222222",
                 "region": "eu-west-1", "time": "2026-11-23T12:00:00Z", "resources": [],
                 "detail": {"MetricName": "M", "MetricValue": 0.1, "Metadata": {},
                            "ExtractionDate": "2026-11-23 12:00:00.000000",
                            "Environment": "dev0", "ProjectName": "churn"}}
        with FakeAws(refresh_answers()) as aws:
            runtime = self.run_with(aws, "archive", HUB_TABLE="records", HUB_STATE_TABLE="state")
            done = runtime.invoke(event)
            self.assertEqual(done.kind, "response", done.answer)
            self.assertEqual(done.answer, {"EventId": "event-1", "Outcome": "stored"})
            told = {given["TableName"] for _, given, _ in aws.calls if "TableName" in given}
            self.assertEqual(told, {"records", "state"})
            put = next(given for name, given, _ in aws.calls if name == "PutItem")
            self.assertEqual(put["Item"]["MetricValue"], {"N": "0.1"})
            self.assertEqual(aws.operations(), ["GetParametersByPath", "PutItem", "UpdateItem"])

    def test_tells_the_caller_what_failed_and_lives_on(self):
        denied = (400, {"__type": "AccessDeniedException", "message": "not allowed"})
        with FakeAws(refresh_answers() | {"PutEvents": denied}) as aws:
            runtime = self.run_with(aws)
            done = runtime.invoke({})
            self.assertEqual((done.kind, done.error_type), ("error", "AccessDeniedException"))
            self.assertEqual(done.answer["errorMessage"],
                             "not allowed [events:PutEvents in account 111111111111]")
            aws.answers |= refresh_answers()
            self.assertEqual(runtime.invoke({}).kind, "response")

    def test_retries_what_may_pass(self):
        replies = iter([(500, "<html>oh</html>"), (400, {"__type": "ThrottlingException"})])
        answers = refresh_answers()
        parameters = answers["GetParametersByPath"]
        answers["GetParametersByPath"] = lambda _: next(replies, parameters)
        with FakeAws(answers) as aws:
            self.assertEqual(self.run_with(aws).invoke({}).kind, "response")
            self.assertEqual(aws.operations().count("GetParametersByPath"), 3)

    def test_answers_before_the_deadline_though_a_service_does_not(self):
        with FakeAws(refresh_answers()) as aws:
            aws.hanging.add("PutEvents")
            done = self.run_with(aws).invoke({}, seconds=2)
            self.assertEqual((done.kind, done.error_type), ("error", "Sandbox.Timedout"))
            self.assertFalse(done.late())

    def test_reports_the_other_metrics_though_one_hangs(self):
        with FakeAws(refresh_answers() | {"ListEndpoints": {"Endpoints": []}}) as aws:
            aws.hanging.add("ListTrainingJobs")
            done = self.run_with(aws, "extraction", **SPOKE).invoke({}, seconds=4)
            self.assertEqual(done.kind, "response", done.answer)
            self.assertFalse(done.late())
            self.assertEqual([m["MetricName"] for m in done.answer["Metrics"]],
                             ["NumberEndPointsInService"])
            self.assertEqual([f["MetricName"] for f in done.answer["Failures"]],
                             ["TotalCompletedTrainingJobs"])
            reports = [e for name, given, _ in aws.calls if name == "PutEvents"
                       for e in given["Entries"] if e["DetailType"] == "extraction_report"]
            self.assertEqual(len(reports), 1)

    def test_takes_bad_payloads_for_what_they_are(self):
        with FakeAws(refresh_answers()) as aws:
            runtime = self.run_with(aws)
            for payload in (b"", b"[]", b"{", b"\xff\xfe", b"[" * 100_000, b"null"):
                done = runtime.invoke(payload)
                self.assertEqual(done.kind, "response" if payload == b"" else "error", payload)
            self.assertEqual(runtime.invoke({}).kind, "response")

    def test_reports_a_beginning_that_failed(self):
        for handler, variables, what in (
                ("main.handler", {}, "main.handler"),
                ("refresh", {"AWS_REGION": "EU WEST"}, "a Region must be"),
                ("refresh", {"AWS_ACCESS_KEY_ID": ""}, "no credentials")):
            with self.subTest(handler), FakeAws() as aws:
                runtime = self.run_with(aws, handler, **variables)
                self.assertEqual(runtime.wait_for_exit(), 1)
                self.assertIn(what, runtime.init_error["errorMessage"])
                self.assertEqual(runtime.records()[-1]["level"], "FATAL")

    def test_ends_with_its_runtime(self):
        with FakeAws() as aws:
            runtime = self.run_with(aws)
            runtime.asked.wait(20)
            runtime.pending.put(None)
            self.assertEqual(runtime.wait_for_exit(), 1)

    def test_logs_lines_of_json_without_payload_or_secret(self):
        with FakeAws(refresh_answers()) as aws:
            runtime = self.run_with(aws, "connection")
            first = runtime.invoke({"action": "hush-payload"})
            second = runtime.invoke({"action": "EBPut", "hush-payload": 1})
            self.assertEqual(first.kind, "error")
            runtime.pending.put(None)
            runtime.wait_for_exit()
            records = runtime.records()
            self.assertEqual(records[0]["message"], "the function is ready")
            self.assertIn("OpenSSL 3", records[0]["openssl"])
            self.assertEqual([r.get("requestId") for r in records[1:3]], [first.id, second.id])
            for record in records:
                self.assertTrue({"timestamp", "level", "function", "message"} <= set(record))
            for secret in (SECRET, TOKEN, "hush-payload"):
                self.assertNotIn(secret, "".join(runtime.log))

    def test_leaves_quiet_records_out(self):
        with FakeAws(refresh_answers()) as aws:
            runtime = self.run_with(aws, AWS_LAMBDA_LOG_LEVEL="ERROR")
            runtime.invoke({})
            self.assertEqual(runtime.records(), [])


class Proxy:
    """A CONNECT proxy that counts the tunnels it made, all of them to `port` of loopback."""

    def __init__(self, port):
        self.tunnels, self.target = [], port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            head = b""
            while b"\r\n\r\n" not in head:
                head += client.recv(4096)
            self.tunnels.append(head.split(b"\r\n")[0].decode())
            server = socket.create_connection(("127.0.0.1", self.target))
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self.pump, args=(source, sink), daemon=True).start()

    @staticmethod
    def pump(source, sink):
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass  # the other direction has closed both
        sink.close()


class Tls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.authority = Authority(cls.folder, "aws.test")

    def invoke(self, aws, **variables):
        runtime = self.enterContext(Runtime())
        runtime.start("refresh", CREDENTIALS | variables)
        return runtime.invoke({}, seconds=20)

    def test_speaks_tls_through_a_proxy(self):
        with FakeAws(refresh_answers(), tls=self.authority) as aws:
            proxy = Proxy(aws.port)
            done = self.invoke(aws, AWS_ENDPOINT_URL=aws.url("aws.test"),
                               AWS_CA_BUNDLE=self.authority.file,
                               HTTPS_PROXY=f"http://127.0.0.1:{proxy.port}")
            proxy.listener.close()
            self.assertEqual(done.kind, "response", done.answer)
            self.assertEqual(proxy.tunnels, [f"CONNECT aws.test:{aws.port} HTTP/1.1"])

    def test_trusts_nobody_else(self):
        with FakeAws(refresh_answers(), tls=self.authority) as aws:
            proxy = Proxy(aws.port)
            via = f"http://127.0.0.1:{proxy.port}"
            for name, variables in (
                    ("aws.test", {}),  # Amazon's roots do not know this CA
                    ("other.test", {"AWS_CA_BUNDLE": self.authority.file})):
                with self.subTest(name):
                    done = self.invoke(aws, AWS_ENDPOINT_URL=aws.url(name), HTTPS_PROXY=via,
                                       **variables)
                    self.assertEqual(done.kind, "error")
                    self.assertIn(f"the certificate of {name} is not trusted",
                                  done.answer["errorMessage"])
            proxy.listener.close()
            self.assertEqual(aws.calls, [])


if __name__ == "__main__":
    unittest.main()
