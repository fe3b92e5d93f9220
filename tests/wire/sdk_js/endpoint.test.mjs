// The AWS SDK for JavaScript v3 against a running endpoint (DSDASH_ENDPOINT_URL, profile "hub").
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListRulesCommand, PutEventsCommand, PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { ListEndpointsCommand, ListTrainingJobsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { GetParameterCommand, PutParameterCommand, SSMClient, paginateGetParametersByPath } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";

const profile = readFileSync(process.env.AWS_SHARED_CREDENTIALS_FILE, "utf8").split("[hub]")[1];
const key = (name) => profile.match(new RegExp(`${name}\\s*=\\s*(\\S+)`))[1];
const config = {
    endpoint: process.env.DSDASH_ENDPOINT_URL,
    region: "eu-west-1",
    maxAttempts: 1,
    credentials: { accessKeyId: key("aws_access_key_id"), secretAccessKey: key("aws_secret_access_key") },
};

test("STS knows the caller", async () => {
    const answer = await new STSClient(config).send(new GetCallerIdentityCommand({}));
    assert.equal(answer.Account, "111111111111");
});

test("SSM stores, pages and names what is missing", async () => {
    const ssm = new SSMClient(config);
    for (let i = 0; i < 12; i++) {
        await ssm.send(new PutParameterCommand({ Name: `/js/p${i}`, Value: `${i}`, Type: "String" }));
    }
    let count = 0;
    for await (const page of paginateGetParametersByPath({ client: ssm }, { Path: "/js" })) {
        assert.ok(page.Parameters.every((p) => p.LastModifiedDate instanceof Date));
        count += page.Parameters.length;
    }
    assert.equal(count, 12);
    await assert.rejects(ssm.send(new GetParameterCommand({ Name: "/nowhere" })), { name: "ParameterNotFound" });
});

test("EventBridge takes events and refuses a bad pattern", async () => {
    const events = new EventBridgeClient(config);
    const answer = await events.send(new PutEventsCommand({
        Entries: [{ Source: "a", DetailType: "b", Detail: "{}", Time: new Date(), Resources: ["arn:aws:x:::y"] }],
    }));
    assert.equal(answer.FailedEntryCount, 0);
    assert.match(answer.Entries[0].EventId, /^[0-9a-f-]{36}$/);
    await assert.rejects(events.send(new PutRuleCommand({ Name: "r", EventPattern: '{"a":[]}' })), {
        name: "InvalidEventPatternException",
    });
    const rules = await events.send(new ListRulesCommand({}));
    assert.ok(rules.Rules.length > 0);
});

test("Lambda invokes a function", async () => {
    const lambda = new LambdaClient(config);
    const names = (await lambda.send(new ListFunctionsCommand({}))).Functions.map((f) => f.FunctionName);
    assert.ok(names.includes("ds-dashboard-connection"));
    const answer = await lambda.send(new InvokeCommand({
        FunctionName: "ds-dashboard-connection",
        Payload: JSON.stringify({ action: "EBPut" }),
    }));
    assert.equal(answer.StatusCode, 200);
    assert.equal(answer.FunctionError, undefined);
    assert.ok(Array.isArray(JSON.parse(answer.Payload.transformToString()).Accounts));
});

test("DynamoDB keeps exact numbers", async () => {
    const table = new DynamoDBClient(config);
    const TableName = "ds-dashboard-hub-table";
    const Item = {
        MetricName: { S: "js" }, ExtractionDate: { S: "2026-01-01 00:00:00.000000" },
        MetricValue: { N: "0.1000000000000000000000000000000000001" }, Metadata: { M: {} },
        Environment: { S: "dev" }, ProjectName: { S: "p" },
    };
    await table.send(new PutItemCommand({ TableName, Item }));
    const { MetricName, ExtractionDate } = Item;
    const got = await table.send(new GetItemCommand({ TableName, Key: { MetricName, ExtractionDate } }));
    assert.deepEqual(got.Item.MetricValue, Item.MetricValue);
    const found = await table.send(new QueryCommand({
        TableName, KeyConditionExpression: "MetricName = :m", ExpressionAttributeValues: { ":m": MetricName },
    }));
    assert.equal(found.Count, 1);
    await assert.rejects(table.send(new PutItemCommand({ TableName, Item: { MetricName } })), {
        name: "ValidationException",
    });
});

test("SageMaker lists jobs and endpoints", async () => {
    const sagemaker = new SageMakerClient(config);
    assert.deepEqual((await sagemaker.send(new ListTrainingJobsCommand({}))).TrainingJobSummaries, []);
    assert.deepEqual((await sagemaker.send(new ListEndpointsCommand({ StatusEquals: "InService" }))).Endpoints, []);
});
