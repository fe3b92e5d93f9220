import assert from "node:assert/strict";
import test from "node:test";
import type { LatestRecord } from "../api";
import type { Sample } from "./api";
import { fileName, pointsCsv, pointsWithin, samplesCsv } from "./csv";

const series: LatestRecord = {
  project_name: 'churn, "new"',
  environment: "dev",
  account_id: "222222222222",
  metric_name: "Runs",
  extraction_date: "2026-11-23 12:00:00.000123",
  value: "1",
  number: 1,
  state: "fresh",
  expected_interval_s: 3600,
};

function sample(change: Partial<Sample>): Sample {
  return {
    extraction_date: "2026-11-23 12:00:00.000123",
    original_extraction_date: null,
    value: "12345678901234567890.123456789012345678",
    number: 1.2345678901234567e19,
    event_id: "e-1",
    delivery_delay_s: 0.25,
    metadata: {},
    ...change,
  };
}

test("a value is written exactly, with more digits than a double has", () => {
  const [head, line] = samplesCsv(series, [sample({ metadata: { job: "a,b" } })]).split("\r\n");
  assert.equal(
    head,
    "project_name,environment,account_id,metric_name,extraction_date,original_extraction_date,value,event_id,delivery_delay_s,metadata",
  );
  assert.equal(
    line,
    '"churn, ""new""",dev,222222222222,Runs,2026-11-23 12:00:00.000123,,12345678901234567890.123456789012345678,e-1,0.25,"{""job"":""a,b""}"',
  );
});

test("a delay that is not known is empty, one of zero is 0", () => {
  const delays = [null, 0].map((delivery_delay_s) => samplesCsv(series, [sample({ delivery_delay_s })]).split(",").at(-2));
  assert.deepEqual(delays, ["", "0"]);
});

test("points carry their least, mean, greatest and last value", () => {
  const bands = { time: [1_800_000_000], min: [1], mean: [2], max: [3], last: [2.5], count: [9], raw: false };
  assert.equal(
    pointsCsv({ ...series, project_name: "churn" }, bands).split("\r\n")[1],
    "churn,dev,222222222222,Runs,2027-01-15T08:00:00.000Z,1,2,3,2.5,9",
  );
});

test("only points of the span are saved", () => {
  const column = [1, 2, 3, 4];
  const bands = { time: [10, 20, 30, 40], min: column, max: column, mean: column, last: column, count: column, raw: true };
  const kept = (from: number, to: number) => pointsWithin(bands, { from, to });
  assert.deepEqual([kept(20, 40).time, kept(20, 40).count], [[20, 30], [2, 3]]);
  assert.deepEqual([kept(0, 99).time, kept(0, 10).time, kept(41, 99).time], [bands.time, [], []]);
});

test("a file's name is one of any file system, whatever the project is called", () => {
  const span = { from: 1_800_000_000, to: 1_800_086_400 };
  assert.equal(fileName({ ...series, project_name: "churn" }, span, ".csv"), "churn_dev_222222222222_Runs_2027-01-15_2027-01-16.csv");
  const hostile = { ...series, project_name: "../../etc/passwd", environment: 'a"b:c\n', account_id: "" };
  assert.equal(fileName(hostile, span, ".json"), "-..-etc-passwd_a-b-c-_Runs_2027-01-15_2027-01-16.json");
});
