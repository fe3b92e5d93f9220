"""AWS as one small HTTP service: it checks every signature with botocore and answers what a test
says. With TLS it has a certificate of a CA of its own."""

import json
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

KEY, SECRET, TOKEN = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "session-token"


def expected_signature(method, path, headers, body):
    """The Authorization that botocore makes of the same request."""
    authorization = headers["Authorization"]
    scope = authorization.split("Credential=")[1].split(",")[0].split("/")
    names = authorization.split("SignedHeaders=")[1].split(",")[0].split(";")
    request = AWSRequest(method=method, url=f"http://{headers['Host']}{path}", data=body,
                         headers={name: headers[name] for name in names})
    request.context["timestamp"] = headers["X-Amz-Date"]
    auth = SigV4Auth(Credentials(KEY, SECRET), scope[3], scope[2])
    to_sign = auth.string_to_sign(request, auth.canonical_request(request))
    return auth.signature(to_sign, request)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        service = self.server.service
        body = self.rfile.read(int(self.headers["Content-Length"]))
        operation = self.headers["X-Amz-Target"].split(".")[-1]
        with service.lock:
            service.calls.append((operation, json.loads(body), dict(self.headers)))
        signature = self.headers["Authorization"].split("Signature=")[1]
        if service.check_signatures and signature != expected_signature(
                self.command, self.path, self.headers, body):
            status, answer = 403, {"__type": "SignatureDoesNotMatch", "message": "not ours"}
        elif operation in service.hanging:
            service.released.wait(60)
            self.close_connection = True
            return
        else:
            answer = service.answers.get(operation, {})
            if callable(answer):
                answer = answer(json.loads(body))
            status, answer = answer if isinstance(answer, tuple) else (200, answer)
        text = answer.encode() if isinstance(answer, str) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def setup(self):
        with self.server.service.lock:
            self.server.service.connections += 1
        super().setup()

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # a client that refuses our certificate closes the connection


class FakeAws:
    """Use as a context manager. `answers`: operation -> JSON, (status, JSON or text), or a function
    of the input. `hanging`: operations that are never answered."""

    def __init__(self, answers=None, tls=None, check_signatures=True):
        self.answers = answers or {}
        self.hanging = set()
        self.check_signatures = check_signatures
        self.released = threading.Event()
        self.lock = threading.Lock()
        self.calls = []
        self.connections = 0
        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.service = self
        self.port = self.server.server_address[1]
        self.scheme = "https" if tls else "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls.certificate, tls.key)
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True,
                                                     do_handshake_on_connect=False)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def url(self, host="127.0.0.1"):
        return f"{self.scheme}://{host}:{self.port}"

    def operations(self):
        with self.lock:
            return [operation for operation, *_ in self.calls]


class Authority:
    """A certificate authority in `folder`, and a certificate of it for `name`."""

    def __init__(self, folder, name):
        folder = Path(folder)
        self.file, self.key = str(folder / "ca.pem"), str(folder / "key.pem")
        self.certificate = str(folder / "certificate.pem")
        ca_key, request = str(folder / "ca-key.pem"), str(folder / "request.pem")
        extensions = folder / "extensions"
        extensions.write_text(f"subjectAltName=DNS:{name}\n")

        def openssl(*words):
            subprocess.run(["openssl", *words], check=True, capture_output=True)

        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        openssl("req", "-x509", *key, "-keyout", ca_key, "-out", self.file, "-subj", "/CN=test CA",
                "-days", "2")
        openssl("req", *key, "-keyout", self.key, "-out", request, "-subj", f"/CN={name}")
        openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", ca_key, "-out",
                self.certificate, "-days", "2", "-extfile", str(extensions))


def refresh_answers(spokes=1):
    """What the refresh function needs."""
    return {"GetParametersByPath": {"Parameters": [
                {"Name": f"/monitored_projects/churn/dev{i}", "Value": "222222222222"}
                for i in range(spokes)]},
            "PutEvents": lambda given: {"FailedEntryCount": 0, "Entries": [
                {"EventId": f"event-{i}-{time.time_ns()}"} for i in range(len(given["Entries"]))]}}
