"""moto, and what the story of hub and spokes needs beside: functions run, rules start them and
forward to other accounts' buses, and those ask their policies. A program: takes moto.server's words.

Where AWS documents it, this does as AWS: a function runs with its role's credentials, is tried three
times when it is invoked asynchronously, and what fails for good goes to the dead-letter queue that
is declared; an event keeps its sender's account and goes to no third account."""

import datetime
import fnmatch
import hashlib
import io
import json
import os
import sys
import threading
import time
import traceback
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import mkdtemp

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from moto import server  # noqa: E402
from moto.awslambda.models import LambdaFunction, lambda_backends  # noqa: E402
from moto.events.models import EventsBackend, events_backends  # noqa: E402
from moto.iam.models import iam_backends  # noqa: E402
from moto.sqs.models import sqs_backends  # noqa: E402
from moto.sts.models import sts_backends  # noqa: E402

from support.fake_runtime import Runtime  # noqa: E402

ATTEMPTS = 3  # of an asynchronous invocation
DELIVERIES = ThreadPoolExecutor(16)


def start(work, *arguments):
    DELIVERIES.submit(work, *arguments).add_done_callback(
        lambda done: done.exception() and traceback.print_exception(done.exception()))


class Sandbox:
    """A function's package and process. It serves one invocation after the other and stays warm."""

    def __init__(self, function):
        self.lock = threading.Lock()
        self.runtime = Runtime(function.function_arn)
        folder = Path(mkdtemp(prefix="dsdash-function-"))
        with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as package:
            for member in package.infolist():
                path = Path(package.extract(member, folder))
                path.chmod(member.external_attr >> 16 & 0o777)
        role = sts_backends[function.account_id]["aws"].assume_role(
            function.region, "sandbox", function.role, None, 3600, None)
        self.runtime.start(function.handler, function.environment_vars | {
            "AWS_LAMBDA_FUNCTION_NAME": function.function_name, "AWS_REGION": function.region,
            "AWS_ACCESS_KEY_ID": role.access_key_id, "AWS_SECRET_ACCESS_KEY": role.secret_access_key,
            "AWS_SESSION_TOKEN": role.session_token,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MOTO_PORT']}",
        }, (str(folder / "bootstrap"),))


DEAD_LETTERS = {}  # the queue of the rule that starts a function
SANDBOXES = {}
SANDBOXES_LOCK = threading.Lock()


def run(function, payload):
    """(answer as JSON text, whether it failed)"""
    key = (function.function_arn, hashlib.sha256(function.code_bytes).digest(),
           json.dumps(function.environment_vars))
    with SANDBOXES_LOCK:
        sandbox = SANDBOXES.get(key) or SANDBOXES.setdefault(key, Sandbox(function))
    with sandbox.lock:
        done = sandbox.runtime.invoke(payload.encode(), int(function.timeout))
    if sandbox.runtime.violations:
        raise RuntimeError(f"{function.function_name} did {sandbox.runtime.violations}")
    return json.dumps(done.answer), done.kind == "error"


def run_asynchronously(function, payload):
    for _ in range(ATTEMPTS):
        answer, failed = run(function, payload)
        if not failed:
            return
    # moto does not keep a function's DeadLetterConfig; its rule names the same queue.
    queue = DEAD_LETTERS.get(function.function_arn)
    if queue:
        send_message(queue, payload, {"RequestID": str(uuid.uuid4()), "ErrorCode": "200",
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
        envelope = {
            "version": "0", "id": str(uuid.uuid4()), "detail-type": entry["DetailType"],
            "source": entry["Source"], "account": backend.account_id,
            "time": datetime.datetime.fromtimestamp(
                float(entry.get("Time") or time.time()), datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
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
    if not any(allows(statement, target["Arn"]) for statement in statements_of(backend, role)):
        return f"the rule's role {role or '(none)'} does not allow it"
    if not lets_in(receiver, backend.account_id):
        return f"the policy of {target['Arn']} does not allow it"
    return None


def statements_of(backend, role):
    roles = iam_backends[backend.account_id]["aws"].roles.values()
    for policy in (p for r in roles if r.name == role for p in r.policies.values()):
        # CloudFormation's come as objects, and moto writes some of them as Python does.
        yield from (policy if isinstance(policy, dict) else json.loads(
            policy.replace("'", '"')))["Statement"]


def allows(statement, bus):
    return "events:PutEvents" in statement["Action"] and any(
        fnmatch.fnmatchcase(bus, pattern) for pattern in listed(statement["Resource"]))


def lets_in(receiver, account):
    policy = json.loads(receiver.describe_event_bus("default").policy or '{"Statement": []}')
    return any(f"arn:aws:iam::{account}:root" in listed(statement["Principal"].get("AWS", []))
               for statement in policy["Statement"] if "Condition" not in statement)


def listed(value):
    return [value] if isinstance(value, str) else value


LambdaFunction.invoke = invoke
EventsBackend.put_events = put_events

if __name__ == "__main__":
    server.main()
