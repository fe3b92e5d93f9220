"""How strangers reach a dashboard: a certificate as docs/access.md makes it, and a client."""

import http.client
import json
import ssl
import subprocess

ORIGIN_HOST = "localhost"


def make_certificate(folder):
    """The certificate, for localhost and 127.0.0.1, and its key."""
    certificate, key = folder / "dash.pem", folder / "dash.key"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=dsdash",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key


class SignIn:
    """For a TestCase: asks `server`, which has a certificate and a port."""

    server = None

    @classmethod
    def connect(cls):
        trust = ssl.create_default_context(cafile=str(cls.server.certificate))
        return http.client.HTTPSConnection(ORIGIN_HOST, cls.server.port, timeout=30, context=trust)

    @classmethod
    def request(cls, method, path, body=None, headers=(), host=None):
        """Status, headers and body; each on a connection of its own."""
        connection = cls.connect()
        fields = dict(headers)
        if host is not None:
            fields["Host"] = host
        connection.request(method, path, body=body, headers=fields)
        answer = connection.getresponse()
        answer.text = answer.read().decode()
        if answer.text and "json" in answer.headers.get("Content-Type", ""):
            answer.json = json.loads(answer.text)
        connection.close()
        return answer

    @classmethod
    def ask_as(cls, token, path):
        return cls.request("GET", path, headers={"Authorization": f"Bearer {token}"})

    @classmethod
    def origin(cls):
        return f"https://{ORIGIN_HOST}:{cls.server.port}"

    def own(self, **more):
        """The headers of a request that the page sends."""
        return {"Origin": self.origin(), "Sec-Fetch-Site": "same-origin",
                "Content-Type": "application/json"} | more

    def sign_in(self, token, **headers):
        return self.request("POST", "/api/v1/session", json.dumps({"token": token}),
                            self.own(**headers))

    def session(self, token):
        answer = self.sign_in(token)
        self.assertEqual(answer.status, 204, answer.text)
        return answer.headers["Set-Cookie"].split(";")[0]

    def status_with(self, cookie, path="/api/v1/hubs"):
        return self.request("GET", path, headers={"Cookie": cookie}).status

    def assert_problem(self, answer, status):
        self.assertEqual(answer.status, status, answer.text)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertEqual(answer.json["status"], status)
