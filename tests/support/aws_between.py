"""Stands between the program and a peer: writes down what is asked for, cuts pages short, answers
with errors, and plays the hub's refresh function."""

import http.client
import json
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self, status, body, content_type="application/x-amz-json-1.0"):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        self.exchange()

    def do_GET(self):
        self.exchange()

    def exchange(self):
        between = self.server.between
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        service = self.headers["Authorization"].split("/")[3]
        operation = self.headers.get("X-Amz-Target", "").split(".")[-1]
        if service == "lambda":
            operation = "InvokeFunction" if self.path.endswith("/invocations") else "GetFunction"
        wanted = json.loads(body) if body and operation == "Query" else {}
        error = between.note(f"{service}:{operation}", wanted)
        if error == "lost":
            self.close_connection = True
            return
        if error:
            message = f"not authorized to perform: {service}:{operation}"
            self.answer(400, json.dumps({"__type": error, "message": message}).encode())
            return
        if operation == "InvokeFunction":
            self.answer(200, json.dumps(between.refresh()).encode(), "application/json")
            return
        if between.page_items and wanted.get("TableName") == "ds-dashboard-hub-table":
            body = json.dumps(wanted | {"Limit": between.page_items}).encode()
        headers = {k: v for k, v in self.headers.items()
                   if k.lower() not in ("content-length", "connection", "accept-encoding")}
        peer = http.client.HTTPConnection(between.host, timeout=30)
        peer.request(self.command, self.path, body, headers)
        answer = peer.getresponse()
        text = answer.read()
        peer.close()
        self.answer(answer.status, text, answer.headers.get("Content-Type", "text/plain"))

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Who asked was killed."""


class Between:
    """Use as a context manager. `refresh()` answers for the function."""

    def __init__(self, endpoint, refresh):
        self.host = urllib.parse.urlsplit(endpoint).netloc
        self.refresh = refresh
        self.page_items = None
        self.errors = {}  # by "service:Operation": a code, or "lost" for no answer at all
        self.asked = set()
        self.pages = []  # the queries for records
        self.pages_left = None  # those that are answered before the connection is lost
        self.lock = threading.Lock()

    def __enter__(self):
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.between = self
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.endpoint = f"http://127.0.0.1:{self.server.server_port}"
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def note(self, operation, query):
        with self.lock:
            self.asked.add(operation)
            if query.get("TableName") == "ds-dashboard-hub-table":
                if self.pages_left == 0:
                    return "lost"
                self.pages.append(query)
                if self.pages_left:
                    self.pages_left -= 1
            return self.errors.get(operation)
