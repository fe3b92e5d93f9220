"""What a function may do: each of its calls is put to the policies of its role, as moto keeps them.
moto's own authorization leaves out resources, so no statement that names one would match."""

import ast
import json

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.iam.models import iam_backends


def allows(account, role, action, resource):
    """Whether the role of that name in `account` may do `action` to `resource`."""
    answers = {IAMPolicy({"policy_document": document}).is_action_permitted(action, resource)
               for document in policies_of(account, role)}
    return PermissionResult.PERMITTED in answers and PermissionResult.DENIED not in answers


def policies_of(account, role):
    roles = iam_backends[account]["aws"].roles.values()
    for policy in (p for r in roles if r.name == role for p in r.policies.values()):
        # Those of CloudFormation come as objects or as Python writes these.
        yield json.dumps(ast.literal_eval(policy) if isinstance(policy, str) else policy)


def parameter(name):
    return "parameter/" + name.removeprefix("/")


def event_bus(name):
    return name if name.startswith("arn:") else f"event-bus/{name}"


# What IAM is asked about, as the service authorization reference says; of what is not here, "*".
RESOURCES = {
    "ssm:GetParameter": lambda r: [parameter(r["Name"])],
    "ssm:GetParametersByPath": lambda r: [parameter(r["Path"])],
    "events:DescribeEventBus": lambda r: [event_bus(r.get("Name", "default"))],
    "events:PutEvents": lambda r: [event_bus(e.get("EventBusName", "default"))
                                   for e in r["Entries"]],
    "events:PutRule": lambda r: ["rule/" + r["Name"]],
    "events:DeleteRule": lambda r: ["rule/" + r["Name"]],
    "events:ListTargetsByRule": lambda r: ["rule/" + r["Rule"]],
    "events:PutTargets": lambda r: ["rule/" + r["Rule"]],
    "events:RemoveTargets": lambda r: ["rule/" + r["Rule"]],
    "dynamodb:PutItem": lambda r: ["table/" + r["TableName"]],
    "dynamodb:UpdateItem": lambda r: ["table/" + r["TableName"]],
    "dynamodb:Query": lambda r: ["table/" + r["TableName"]],
}


def permissions_needed(action, request, region, account):
    """Pairs of action and resource, for a call whose body is `request`."""
    service = action.partition(":")[0]
    for resource in RESOURCES.get(action, lambda _: ["*"])(request):
        is_whole = resource == "*" or resource.startswith("arn:")
        yield action, resource if is_whole else f"arn:aws:{service}:{region}:{account}:{resource}"
    if action == "events:PutTargets":
        for role in (t["RoleArn"] for t in request["Targets"] if "RoleArn" in t):
            yield "iam:PassRole", role
