"""Runtime API and AWS in one process, as fast as Python can: their time is inside all that is
measured. Answers are fixed; signatures are not looked at (tests do that)."""

import asyncio
import json
import threading
import time

PAGES = {"ListTrainingJobs": "TrainingJobSummaries", "ListEndpoints": "Endpoints"}
ITEMS_A_PAGE = 10


def aws_answer(operation, given):
    """Lists have two pages."""
    if operation in PAGES:
        page = {PAGES[operation]: [{}] * ITEMS_A_PAGE}
        return page if "NextToken" in given else page | {"NextToken": "2"}
    return {"FailedEntryCount": 0,
            "Entries": [{"EventId": f"e-{i}"} for i in range(len(given["Entries"]))]}


class Peer(asyncio.Protocol):
    """Reads one request after the other; subclasses answer."""

    def __init__(self, endpoint):
        self.endpoint, self.buffer = endpoint, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, rest = self.buffer.split(b"\r\n\r\n", 1)
            lines = head.decode().split("\r\n")
            fields = {name.lower(): value.strip() for name, _, value in
                      (line.partition(":") for line in lines[1:])}
            length = int(fields.get("content-length", 0))
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            self.answer(lines[0].split(" "), fields, rest[:length])

    def reply(self, status, body, fields=""):
        self.transport.write(f"HTTP/1.1 {status} OK\r\nContent-Length: {len(body)}\r\n{fields}\r\n"
                             .encode() + body)


class Aws(Peer):
    def answer(self, _, fields, body):
        operation = fields["x-amz-target"].split(".")[1]
        self.endpoint.operations.append(operation)
        self.reply(200, json.dumps(aws_answer(operation, json.loads(body))).encode())


class RuntimeApi(Peer):
    def answer(self, words, _, body):
        now = time.perf_counter()
        if words[0] == "GET":
            self.endpoint.asked(self, now)
        else:
            self.reply(202, b"{}")
            self.endpoint.answered(words[1].rsplit("/", 1)[1], body, now)


class Endpoint:
    """Gives one process `invocations` invocations and remembers when each was given and answered,
    and when the process first asked."""

    def __init__(self, tls):
        self.loop = asyncio.new_event_loop()
        self.reset(0)
        self.aws_port = self.listen(Aws, tls)
        self.runtime_port = self.listen(RuntimeApi, None)
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def listen(self, peer, tls):
        server = self.loop.run_until_complete(
            self.loop.create_server(lambda: peer(self), "127.0.0.1", 0, ssl=tls))
        return server.sockets[0].getsockname()[1]

    def reset(self, invocations):
        self.left = invocations
        self.first_asked = None
        self.given = []
        self.durations = []
        self.ends = []
        self.operations = []
        self.failure = None
        self.done = threading.Event()

    def asked(self, peer, now):
        self.first_asked = self.first_asked or now
        if self.left == 0:
            self.done.set()  # and no answer any more
            return
        self.left -= 1
        deadline_ms = int(time.time() * 1000) + 60_000
        arn = "arn:aws:lambda:eu-west-1:222222222222:function:f"
        self.given.append(time.perf_counter())
        peer.reply(200, b'{"FetchId":"f"}',
                   f"Lambda-Runtime-Aws-Request-Id: r-{self.left}\r\n"
                   f"Lambda-Runtime-Deadline-Ms: {deadline_ms}\r\n"
                   f"Lambda-Runtime-Invoked-Function-Arn: {arn}\r\n")

    def answered(self, kind, body, now):
        self.durations.append(now - self.given[-1])
        self.ends.append(now)
        if kind != "response" or b'"Reason"' in body:
            self.failure = body.decode()
