"""boto3 as a client of the endpoint: real requests are understood, errors raise boto3's types."""

import json
import unittest

from support.home import DEV, HUB, METRICS, REGION, Home, eventually


class WireTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.home = cls.enterClassContext(Home())
        cls.home.connect_fleet()


class Ssm(WireTest):
    def setUp(self):
        self.ssm = self.home.client("ssm")

    def test_pages_parameters_by_ten(self):
        for i in range(23):
            self.ssm.put_parameter(Name=f"/paging/p{i:02}", Value=str(i), Type="String")
        pages = list(self.ssm.get_paginator("get_parameters_by_path").paginate(Path="/paging"))
        self.assertEqual([len(p["Parameters"]) for p in pages], [10, 10, 3])
        values = [p["Value"] for page in pages for p in page["Parameters"]]
        self.assertEqual(values, [str(i) for i in range(23)])

    def test_refuses_to_overwrite_unless_told(self):
        self.ssm.put_parameter(Name="/once", Value="1", Type="String")
        with self.assertRaises(self.ssm.exceptions.ParameterAlreadyExists):
            self.ssm.put_parameter(Name="/once", Value="2", Type="String")
        answer = self.ssm.put_parameter(Name="/once", Value="2", Type="String", Overwrite=True)
        self.assertEqual(answer["Version"], 2)
        self.assertEqual(self.ssm.get_parameter(Name="/once")["Parameter"]["Value"], "2")

    def test_names_what_is_missing(self):
        with self.assertRaises(self.ssm.exceptions.ParameterNotFound):
            self.ssm.get_parameter(Name="/nowhere")
        answer = self.ssm.get_parameters(Names=["/nowhere", "/monitored_projects/churn/dev"])
        self.assertEqual(answer["InvalidParameters"], ["/nowhere"])
        self.assertEqual([p["Value"] for p in answer["Parameters"]], [DEV])

    def test_deletes_parameters(self):
        self.ssm.put_parameter(Name="/gone", Value="1", Type="String")
        answer = self.ssm.delete_parameters(Names=["/gone", "/never"])
        self.assertEqual(answer["DeletedParameters"], ["/gone"])
        self.assertEqual(answer["InvalidParameters"], ["/never"])


class Events(WireTest):
    def setUp(self):
        self.events = self.home.client("events")

    def test_takes_ten_entries_and_refuses_eleven(self):
        entry = {"Source": "a", "DetailType": "b", "Detail": "{}"}
        answer = self.events.put_events(Entries=[entry] * 10)
        self.assertEqual(answer["FailedEntryCount"], 0)
        self.assertEqual(len({e["EventId"] for e in answer["Entries"]}), 10)
        with self.assertRaises(self.events.exceptions.ClientError) as refused:
            self.events.put_events(Entries=[entry] * 11)
        self.assertEqual(refused.exception.response["Error"]["Code"], "ValidationException")

    def test_refuses_one_malformed_entry_and_takes_its_neighbour(self):
        answer = self.events.put_events(Entries=[
            {"Source": "a", "DetailType": "b", "Detail": "{"},
            {"Source": "a", "DetailType": "b", "Detail": "{}"}])
        self.assertEqual(answer["FailedEntryCount"], 1)
        self.assertEqual(answer["Entries"][0]["ErrorCode"], "MalformedDetail")
        self.assertIn("EventId", answer["Entries"][1])

    def test_matches_patterns_as_aws_does(self):
        event = {"id": "1", "source": "metric_extractor", "detail-type": "t", "account": HUB,
                 "time": "2026-01-01T00:00:00Z", "region": REGION, "resources": [],
                 "detail": {"MetricValue": 7}}
        def matches(pattern):
            return self.events.test_event_pattern(
                EventPattern=json.dumps(pattern), Event=json.dumps(event))["Result"]
        self.assertTrue(matches({"detail": {"MetricValue": [{"numeric": [">", 5]}]}}))
        self.assertFalse(matches({"detail": {"MetricValue": [{"numeric": [">", 7]}]}}))
        with self.assertRaises(self.events.exceptions.InvalidEventPatternException):
            matches({"source": "metric_extractor"})

    def test_keeps_rules_and_targets(self):
        function = f"arn:aws:lambda:{REGION}:{HUB}:function:ds-dashboard-dynamo-write"
        self.events.put_rule(Name="r", EventPattern='{"source":["never"]}', Description="d")
        self.events.put_targets(Rule="r", Targets=[{"Id": "1", "Arn": function}])
        self.assertEqual(self.events.describe_rule(Name="r")["State"], "ENABLED")
        self.events.disable_rule(Name="r")
        self.assertEqual(self.events.list_rules(NamePrefix="r")["Rules"][0]["State"], "DISABLED")
        targets = self.events.list_targets_by_rule(Rule="r")["Targets"]
        self.assertEqual([(t["Id"], t["Arn"]) for t in targets], [("1", function)])
        with self.assertRaises(self.events.exceptions.ClientError) as refused:
            self.events.delete_rule(Name="r")
        self.assertEqual(refused.exception.response["Error"]["Code"], "ValidationException")
        self.events.remove_targets(Rule="r", Ids=["1"])
        self.events.delete_rule(Name="r")
        with self.assertRaises(self.events.exceptions.ResourceNotFoundException):
            self.events.describe_rule(Name="r")

    def test_knows_no_other_bus(self):
        with self.assertRaises(self.events.exceptions.ResourceNotFoundException):
            self.events.put_rule(Name="r", EventBusName="nope", EventPattern='{"source":["a"]}')

    def test_lets_nobody_put_on_a_bus_that_does_not_allow_them(self):
        dev = self.home.client("events", "churn-dev")
        prod_bus = f"arn:aws:events:{REGION}:333333333333:event-bus/default"
        dev.put_rule(Name="sneak", EventPattern='{"source":["a"]}')
        for role in (f"arn:aws:iam::{DEV}:role/any", f"arn:aws:iam::{HUB}:role/any"):
            with self.assertRaises(dev.exceptions.ClientError) as refused:
                dev.put_targets(Rule="sneak", Targets=[
                    {"Id": "1", "Arn": prod_bus, "RoleArn": role}])
            self.assertEqual(refused.exception.response["Error"]["Code"], "AccessDeniedException")
        self.assertEqual(dev.list_targets_by_rule(Rule="sneak")["Targets"], [])
        dev.delete_rule(Name="sneak")

    def test_limits_a_policy_to_10240_characters(self):
        policy = {"Version": "2012-10-17", "Statement": [
            {"Sid": "s", "Effect": "Allow", "Action": "events:PutEvents",
             "Principal": {"AWS": [f"arn:aws:iam::{i:012}:root" for i in range(400)]},
             "Resource": f"arn:aws:events:{REGION}:{HUB}:event-bus/default"}]}
        with self.assertRaises(self.events.exceptions.PolicyLengthExceededException):
            self.events.put_permission(Policy=json.dumps(policy))


class Lambda(WireTest):
    def setUp(self):
        self.functions = self.home.client("lambda")

    def test_lists_the_hubs_functions(self):
        names = {f["FunctionName"] for f in self.functions.list_functions()["Functions"]}
        self.assertLessEqual({"ds-dashboard-connection", "ds-dashboard-dynamo-write",
                              "ds-dashboard-fetch-new-data"}, names)

    def test_invokes_and_says_what_it_did(self):
        answer = self.functions.invoke(FunctionName="ds-dashboard-connection",
                                       Payload=b'{"action": "EBPut"}')
        self.assertEqual(answer["StatusCode"], 200)
        self.assertNotIn("FunctionError", answer)
        results = json.loads(answer["Payload"].read())["Accounts"]
        self.assertEqual({r["Result"] for r in results}, {"unchanged"})

    def test_reports_a_function_error_in_the_payload(self):
        answer = self.functions.invoke(FunctionName="ds-dashboard-connection",
                                       Payload=b'{"action": "Nonsense"}')
        self.assertEqual(answer["FunctionError"], "Unhandled")
        self.assertIn("EBPut", json.loads(answer["Payload"].read())["errorMessage"])

    def test_names_an_unknown_function(self):
        with self.assertRaises(self.functions.exceptions.ResourceNotFoundException):
            self.functions.invoke(FunctionName="nope")

    def test_takes_events_for_later(self):
        answer = self.functions.invoke(FunctionName="ds-dashboard-fetch-new-data",
                                       InvocationType="Event", Payload=b"{}")
        self.assertEqual(answer["StatusCode"], 202)


class DynamoDb(WireTest):
    TABLE = "ds-dashboard-hub-table"

    def setUp(self):
        self.table = self.home.client("dynamodb")

    def put(self, metric, date, value, **more):
        item = {"MetricName": {"S": metric}, "ExtractionDate": {"S": date},
                "MetricValue": {"N": value}, "Metadata": {"M": {}},
                "Environment": {"S": "dev"}, "ProjectName": {"S": "p"}}
        return self.table.put_item(TableName=self.TABLE, Item=item, **more)

    def test_describes_the_seeds_table(self):
        self.assertIn(self.TABLE, self.table.list_tables()["TableNames"])
        keys = self.table.describe_table(TableName=self.TABLE)["Table"]["KeySchema"]
        self.assertEqual(keys, [{"AttributeName": "MetricName", "KeyType": "HASH"},
                                {"AttributeName": "ExtractionDate", "KeyType": "RANGE"}])

    def test_gives_back_exact_decimals(self):
        value = "12345678901234567890.123456789012345678"
        self.put("exact", "2026-01-01 00:00:00.000000", value)
        item = self.table.get_item(TableName=self.TABLE, Key={
            "MetricName": {"S": "exact"}, "ExtractionDate": {"S": "2026-01-01 00:00:00.000000"}})
        self.assertEqual(item["Item"]["MetricValue"], {"N": value})

    def test_pages_a_query_both_ways(self):
        dates = [f"2026-01-01 00:00:{i:02}.000000" for i in range(7)]
        for i, date in enumerate(dates):
            self.put("paged", date, str(i))
        for forward in (True, False):
            pages = list(self.table.get_paginator("query").paginate(
                TableName=self.TABLE, KeyConditionExpression="MetricName = :m",
                ExpressionAttributeValues={":m": {"S": "paged"}}, ScanIndexForward=forward,
                PaginationConfig={"PageSize": 3}))
            got = [i["ExtractionDate"]["S"] for page in pages for i in page["Items"]]
            self.assertEqual(got, dates if forward else dates[::-1])

    def test_queries_the_project_index(self):
        self.put("by-project", "2026-02-01 00:00:00.000000", "1")
        answer = self.table.query(
            TableName=self.TABLE, IndexName="ProjectName-ExtractionDate-index",
            KeyConditionExpression="ProjectName = :p AND begins_with(ExtractionDate, :d)",
            FilterExpression="#v >= :one", ProjectionExpression="MetricName, #v",
            ExpressionAttributeNames={"#v": "MetricValue"},
            ExpressionAttributeValues={":p": {"S": "p"}, ":d": {"S": "2026-02"},
                                       ":one": {"N": "1"}})
        self.assertEqual(answer["Items"], [{"MetricName": {"S": "by-project"},
                                            "MetricValue": {"N": "1"}}])

    def test_refuses_what_is_no_metric_record(self):
        for broken in ({"MetricName": {"S": "m"}, "ExtractionDate": {"S": "2026"}},
                       {"MetricName": {"S": "m"}, "ExtractionDate": {"S": "yesterday"},
                        "MetricValue": {"N": "1"}}):
            with self.assertRaises(self.table.exceptions.ClientError) as refused:
                self.table.put_item(TableName=self.TABLE, Item=broken)
            self.assertEqual(refused.exception.response["Error"]["Code"], "ValidationException")

    def test_holds_a_condition(self):
        date = "2026-03-01 00:00:00.000000"
        condition = {"ConditionExpression": "attribute_not_exists(MetricName)"}
        self.put("once", date, "1", **condition)
        with self.assertRaises(self.table.exceptions.ConditionalCheckFailedException) as refused:
            self.put("once", date, "2", ReturnValuesOnConditionCheckFailure="ALL_OLD", **condition)
        self.assertEqual(refused.exception.response["Item"]["MetricValue"], {"N": "1"})

    def test_checks_numbers_as_dynamodb(self):
        for metric, value in (("digits", "1" * 39), ("nan", "NaN")):
            with self.assertRaises(self.table.exceptions.ClientError) as refused:
                self.put(metric, "2026-03-01 00:00:00.000000", value)
            self.assertEqual(refused.exception.response["Error"]["Code"], "ValidationException")

    def test_names_an_unknown_table(self):
        with self.assertRaises(self.table.exceptions.ResourceNotFoundException):
            self.table.describe_table(TableName="nope")


class SageMaker(WireTest):
    def setUp(self):
        self.sagemaker = self.home.client("sagemaker", "churn-dev")

    def test_lists_what_the_ledger_holds(self):
        for i in range(12):
            self.home.dsdash("job", "run", "--account", "churn-dev", "--name", f"job-{i}", "--",
                             "true")
        self.home.dsdash("job", "run", "--account", "churn-dev", "--name", "bad", "--", "false",
                         check=False)
        self.assertEqual(len(self.sagemaker.list_training_jobs()["TrainingJobSummaries"]), 10)
        pages = self.sagemaker.get_paginator("list_training_jobs").paginate(
            StatusEquals="Completed", PaginationConfig={"PageSize": 4})
        self.assertEqual(sum(len(p["TrainingJobSummaries"]) for p in pages), 12)
        job = self.sagemaker.describe_training_job(TrainingJobName="bad")
        self.assertEqual(job["TrainingJobStatus"], "Failed")
        self.assertIn("1", job["FailureReason"])


class Sts(WireTest):
    def test_knows_accounts_by_their_keys(self):
        for profile, account in self.home.accounts.items():
            answer = self.home.client("sts", profile).get_caller_identity()
            self.assertEqual(answer["Account"], account)


class Story(WireTest):
    def test_values_travel_from_spoke_to_hub(self):
        self.home.client("lambda").invoke(FunctionName="ds-dashboard-fetch-new-data")
        table = self.home.client("dynamodb")

        def both_environments():
            items = table.scan(TableName="ds-dashboard-hub-table",
                               FilterExpression="ProjectName = :p",
                               ExpressionAttributeValues={":p": {"S": "churn"}})["Items"]
            seen = {(i["Environment"]["S"], i["MetricName"]["S"]) for i in items}
            return len(seen) == 2 * len(METRICS.split(","))

        eventually(both_environments)


if __name__ == "__main__":
    unittest.main()
