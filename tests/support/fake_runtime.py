"""Lambda's Runtime API, and a bootstrap as its client. Strict: what the documentation does not
allow is refused and written down in `violations`.
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html"""

import json
import os
import queue
import subprocess
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = os.environ.get("BOOTSTRAP", str(ROOT / "build" / "lambda" / "package" / "bootstrap"))
PREFIX = "/2018-06-01/runtime/"
FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111111111111:function:ds-dashboard-test"


class Invocation:
    def __init__(self, payload, seconds):
        self.id = str(uuid.uuid4())
        self.trace_id = f"Root=1-{self.id[:8]};Sampled=0"
        self.payload = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        self.seconds = seconds
        self.given_at = self.answered_at = None
        self.kind = self.answer = self.error_type = None
        self.done = threading.Event()

    def late(self):
        return self.answered_at > self.given_at + self.seconds


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        runtime = self.server.runtime
        if self.path != PREFIX + "invocation/next":
            return self.refuse(404, f"GET {self.path}")
        if runtime.current:
            return self.refuse(403, "next before the invocation was answered")
        with runtime.lock:
            runtime.first_next_at = runtime.first_next_at or time.monotonic()
        runtime.asked.set()
        invocation = runtime.pending.get()
        if invocation is None:
            return self.reply(500, {"errorMessage": "gone", "errorType": "Container"})
        runtime.current = invocation
        invocation.given_at = time.time()
        deadline_ms = int((invocation.given_at + invocation.seconds) * 1000)
        self.send_response(200)
        for name, value in (("Lambda-Runtime-Aws-Request-Id", invocation.id),
                            ("Lambda-Runtime-Deadline-Ms", deadline_ms),
                            ("Lambda-Runtime-Invoked-Function-Arn", runtime.function_arn),
                            ("Lambda-Runtime-Trace-Id", invocation.trace_id),
                            ("Content-Type", "application/json"),
                            ("Content-Length", len(invocation.payload))):
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(invocation.payload)

    def do_POST(self):
        runtime = self.server.runtime
        if "Content-Length" not in self.headers:
            return self.refuse(411, "a body without its length")
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.path.startswith(PREFIX):
            return self.refuse(404, f"POST {self.path}")
        words = self.path.removeprefix(PREFIX).split("/")
        try:
            answer = json.loads(body)
        except ValueError:
            return self.refuse(400, f"a body that is no JSON: {body!r}")
        if words == ["init", "error"]:
            runtime.init_error = answer
            return self.reply(202, {"status": "OK"})
        current = runtime.current
        if len(words) != 3 or words[0] != "invocation" or words[2] not in ("response", "error"):
            return self.refuse(404, f"POST {self.path}")
        if current is None or words[1] != current.id:
            return self.refuse(400, f"an answer to another invocation than {words[1]}")
        error_type = self.headers["Lambda-Runtime-Function-Error-Type"]
        if words[2] == "error" and (not error_type or set(answer) != {
                "errorMessage", "errorType", "stackTrace"}):
            return self.refuse(400, f"an error of another shape: {answer}")
        current.answered_at = time.time()
        current.kind, current.answer, current.error_type = words[2], answer, error_type
        runtime.current = None
        self.reply(202, {"status": "OK"})
        current.done.set()

    def refuse(self, status, what):
        self.server.runtime.violations.append(what)
        self.reply(status, {"errorMessage": what, "errorType": "Refused"})

    def reply(self, status, answer):
        text = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


class Runtime:
    """Use as a context manager; start() runs the program as Lambda would."""

    def __init__(self, function_arn=FUNCTION_ARN):
        self.function_arn = function_arn
        self.pending = queue.Queue()
        self.current = None
        self.violations = []
        self.init_error = None
        self.first_next_at = None
        self.asked = threading.Event()
        self.lock = threading.Lock()
        self.process = None
        self.log = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.runtime = self
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.pending.put(None)
        if self.process:
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.reader.join(10)
        self.server.shutdown()
        self.server.server_close()

    def start(self, handler, environment, command=(BOOTSTRAP,), root=None):
        """`root`: a folder that becomes the process's whole file system."""
        variables = {"AWS_LAMBDA_RUNTIME_API": self.address, "_HANDLER": handler,
                     "AWS_LAMBDA_FUNCTION_NAME": "ds-dashboard-test", "AWS_REGION": "eu-west-1",
                     "AWS_EC2_METADATA_DISABLED": "true", "PATH": "/usr/bin:/bin"} | environment

        def enter():
            os.chroot(root)
            os.chdir("/")

        self.process = subprocess.Popen(list(command), env=variables, text=True,
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        preexec_fn=enter if root else None)
        self.reader = threading.Thread(target=self.log.extend, args=(self.process.stdout,),
                                       daemon=True)
        self.reader.start()

    def invoke(self, payload, seconds=30):
        invocation = Invocation(payload, seconds)
        self.pending.put(invocation)
        deadline = time.time() + seconds + 10
        while not invocation.done.wait(0.05):
            if self.process.poll() is not None or time.time() > deadline:
                self.reader.join(1)
                raise AssertionError(f"no answer; violations {self.violations}; log:\n"
                                     + "".join(self.log))
        return invocation

    def wait_for_exit(self, seconds=20):
        self.process.wait(seconds)
        self.reader.join(5)
        return self.process.returncode

    def records(self):
        """The log's lines, each of which must be JSON."""
        return [json.loads(line) for line in list(self.log)]
