"""moto, and what the story of hub and spokes needs beside: functions run, and may do what their
roles allow; rules start them and forward to other accounts' buses, and those ask their policies. A
program: takes moto.server's words.

Where AWS documents it, this does as AWS: a function runs with its role's credentials, is tried
three times when it is invoked asynchronously, and what fails for good goes to the dead-letter queue
that is declared; an event keeps its sender's account and goes to no third account."""

import datetime
import hashlib
import io
import json
import os
import queue
import re
import sys
import threading
import time
import traceback
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from moto import server  # noqa: E402
from moto.awslambda.models import LambdaFunction, lambda_backends  # noqa: E402
from moto.events.models import EventsBackend, events_backends  # noqa: E402
from moto.moto_server.werkzeug_app import DomainDispatcherApplication  # noqa: E402
from moto.sqs.models import sqs_backends  # noqa: E402
from moto.sts.models import sts_backends  # noqa: E402

from support.fake_runtime import Runtime  # noqa: E402
from support.function_roles import allows, permissions_needed  # noqa: E402

ATTEMPTS = 3  # of an asynchronous invocation
DELIVERIES = ThreadPoolExecutor(16)


def start(work, *arguments):
    DELIVERIES.submit(work, *arguments).add_done_callback(
        lambda done: done.exception() and traceback.print_exception(done.exception()))


class Function:
    """A function's package, and the processes that serve it: one for each invocation that is under
    way, of which those that are idle stay warm."""

    def __init__(self, function):
        self.of = function
        self.folder = Path(RUNNING.enter_context(TemporaryDirectory(prefix="dsdash-function-")))
        with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as package:
            for member in package.infolist():
                path = Path(package.extract(member, self.folder))
                path.chmod(member.external_attr >> 16 & 0o777)
        role = sts_backends[function.account_id]["aws"].assume_role(
            function.region, "sandbox", function.role, None, 3600, None)
        CALLERS[role.access_key_id] = function
        self.environment = function.environment_vars | {
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name, "AWS_REGION": function.region,
            "AWS_ACCESS_KEY_ID": role.access_key_id,
            "AWS_SECRET_ACCESS_KEY": role.secret_access_key,
            "AWS_SESSION_TOKEN": role.session_token,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MOTO_PORT']}"}
        self.idle = queue.LifoQueue()

    def invoke(self, payload):
        """(answer as JSON text, whether it failed)"""
        try:
            runtime = self.idle.get_nowait()
        except queue.Empty:
            runtime = RUNNING.enter_context(Runtime(self.of.function_arn))
            runtime.start(self.of.handler, self.environment, (str(self.folder / "bootstrap"),))
        done = runtime.invoke(payload.encode(), int(self.of.timeout))
        if runtime.violations:
            raise RuntimeError(f"{self.of.function_name} did {runtime.violations}")
        self.idle.put(runtime)
        return json.dumps(done.answer), done.kind == "error"


RUNNING = ExitStack()  # what ends with this program
CALLERS = {}  # the function that an access key belongs to
DEAD_LETTERS = {}  # the queue of the rule that starts a function
FUNCTIONS = {}
FUNCTIONS_LOCK = threading.Lock()


def run(function, payload):
    key = (function.function_arn, hashlib.sha256(function.code_bytes).digest(),
           json.dumps(function.environment_vars))
    with FUNCTIONS_LOCK:
        if key not in FUNCTIONS:
            FUNCTIONS[key] = Function(function)
    return FUNCTIONS[key].invoke(payload)


def run_asynchronously(function, payload):
    for _ in range(ATTEMPTS):
        answer, failed = run(function, payload)
        if not failed:
            return
    # moto does not keep a function's DeadLetterConfig; its rule names the same queue.
    queue_arn = DEAD_LETTERS.get(function.function_arn)
    if queue_arn:
        send_message(queue_arn, payload, {"RequestID": str(uuid.uuid4()), "ErrorCode": "200",
                                      "ErrorMessage": json.loads(answer)["errorMessage"]})


def send_message(queue_arn, body, attributes):
    region, account, name = queue_arn.split(":")[3:]
    sqs_backends[account][region].send_message(name, body, {
        key: {"DataType": "String", "StringValue": value} for key, value in attributes.items()})


def invoke(function, body, request_headers, response_headers):
    body = body.decode() if isinstance(body, bytes) else body or "{}"
    kind = request_headers.get("X-Amz-Invocation-Type", "RequestResponse")
    if kind == "Event":
        start(run_asynchronously, function, body)
        return ""
    answer, failed = run(function, body)
    if failed:
        response_headers["X-Amz-Function-Error"] = "Unhandled"
    return answer.encode()


def put_events(backend, entries):
    answers = []
    for entry in entries:
        bus = entry.get("EventBusName") or "default"
        owner = bus.split(":")[4] if bus.startswith("arn:") else backend.account_id
        sent = datetime.datetime.fromtimestamp(float(entry.get("Time") or time.time()), datetime.UTC)
        envelope = {
            "version": "0", "id": str(uuid.uuid4()), "detail-type": entry["DetailType"],
            "source": entry["Source"], "account": backend.account_id,
            "time": sent.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "region": backend.region_name, "resources": entry.get("Resources", [])}
        event = Event(envelope, entry["Detail"])
        receiver = events_backends[owner][backend.region_name]
        if owner != backend.account_id and not lets_in(receiver, backend.account_id):
            answers.append({"ErrorCode": "AccessDeniedException", "ErrorMessage": f"not on {bus}"})
            continue
        deliver(receiver, event, owner != backend.account_id)
        answers.append({"EventId": envelope["id"]})
    return answers


class Event:
    def __init__(self, envelope, detail):
        self.envelope = envelope
        # The detail's text stays as it is: a number has more digits than Python's.
        self.text = json.dumps(envelope)[:-1] + f', "detail": {detail}}}'
        self.value = envelope | {"detail": json.loads(detail)}


def deliver(backend, event, received):
    for rule in backend.describe_event_bus("default").rules.values():
        if rule.state != "ENABLED" or not rule.event_pattern.matches_event(event.value):
            continue
        for target in rule.targets:
            start(deliver_to, backend, rule, target, event, received)


def deliver_to(backend, rule, target, event, received):
    service, region, account, resource = target["Arn"].split(":", 5)[2:]
    if service == "lambda":
        function = lambda_backends[account][region].get_function(resource.removeprefix("function:"))
        if "DeadLetterConfig" in target:
            DEAD_LETTERS[function.function_arn] = target["DeadLetterConfig"]["Arn"]
        run_asynchronously(function, event.text)
    elif not received:
        receiver = events_backends[account][region]
        refusal = refuse(backend, receiver, target)
        if refusal is None:
            deliver(receiver, event, True)
        elif "DeadLetterConfig" in target:
            send_message(target["DeadLetterConfig"]["Arn"], event.text, {
                "RULE_ARN": rule.arn, "TARGET_ARN": target["Arn"], "ERROR_CODE": "NO_PERMISSIONS",
                "ERROR_MESSAGE": refusal})


def refuse(backend, receiver, target):
    """Why EventBridge may not deliver to another account's bus; None: it may."""
    role = target.get("RoleArn", "").partition(":role/")[2]
    if not allows(backend.account_id, role, "events:PutEvents", target["Arn"]):
        return f"the rule's role {role or '(none)'} does not allow it"
    if not lets_in(receiver, backend.account_id):
        return f"the policy of {target['Arn']} does not allow it"
    return None


def lets_in(receiver, account):
    policy = json.loads(receiver.describe_event_bus("default").policy or '{"Statement": []}')
    return any(f"arn:aws:iam::{account}:root" in listed(statement["Principal"].get("AWS", []))
               for statement in policy["Statement"] if "Condition" not in statement)


def listed(value):
    return [value] if isinstance(value, str) else value


def guard(serve):
    """Answers a function's call that its role does not allow; hands on all others."""

    def call(application, environ, start_response):
        scope = re.search("Credential=([^/]+)/[^/]+/([^/]+)/([^/]+)/",
                          environ.get("HTTP_AUTHORIZATION", ""))
        key, region, service = scope.groups() if scope else (None, None, None)
        function = CALLERS.get(key)
        if function is None:
            return serve(application, environ, start_response)
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        operation = environ["HTTP_X_AMZ_TARGET"].rpartition(".")[2]
        refusal = refuse_call(function, f"{service}:{operation}", json.loads(body), region)
        if refusal is None:
            return serve(application, environ | {"wsgi.input": io.BytesIO(body)}, start_response)
        answer = json.dumps({"__type": "AccessDeniedException", "message": refusal}).encode()
        start_response("400 Bad Request", [("Content-Type", "application/x-amz-json-1.1"),
                                           ("Content-Length", str(len(answer)))])
        return [answer]

    return call


def refuse_call(function, action, request, region):
    for needed, resource in permissions_needed(action, request, region, function.account_id):
        if not allows(function.account_id, function.role.rpartition("/")[2], needed, resource):
            return (f"User: {function.role} is not authorized to perform: {needed}"
                    f" on resource: {resource}")
    return None


LambdaFunction.invoke = invoke
EventsBackend.put_events = put_events
DomainDispatcherApplication.__call__ = guard(DomainDispatcherApplication.__call__)

if __name__ == "__main__":
    with RUNNING:
        server.main()
