"""A Lambda runtime in a few lines: less than the one that AWS itself imports, so that Python is let
off lightly."""

import http.client
import json
import os

from extraction import handler

runtime = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
PREFIX = "/2018-06-01/runtime/invocation/"

while True:
    runtime.request("GET", PREFIX + "next")
    reply = runtime.getresponse()
    event = json.loads(reply.read())
    if reply.status != 200:
        break
    request_id = reply.headers["Lambda-Runtime-Aws-Request-Id"]
    runtime.request("POST", f"{PREFIX}{request_id}/response", json.dumps(handler(event, None)),
                    {"Content-Type": "application/json"})
    runtime.getresponse().read()
