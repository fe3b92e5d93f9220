"""What the extraction function does, in Python with boto3: the same calls in the same order, the
lists paged to their end. It is what the C++ bootstrap is measured against (lambda_bench.py)."""

import datetime
import json
import os
import uuid

import boto3

sagemaker = boto3.client("sagemaker")
events = boto3.client("events")


def count(operation, items, **filters):
    pages = sagemaker.get_paginator(operation).paginate(
        PaginationConfig={"PageSize": 100}, **filters)
    return sum(len(page[items]) for page in pages)


def total_completed_training_jobs():
    return count("list_training_jobs", "TrainingJobSummaries", StatusEquals="Completed")


def number_endpoints_in_service():
    return count("list_endpoints", "Endpoints", StatusEquals="InService")


def completed_training_jobs_24h():
    since = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=24)
    return count("list_training_jobs", "TrainingJobSummaries", StatusEquals="Completed",
                 LastModifiedTimeAfter=since)


METRICS = {"TotalCompletedTrainingJobs": total_completed_training_jobs,
           "NumberEndPointsInService": number_endpoints_in_service,
           "CompletedTrainingJobs24h": completed_training_jobs_24h}


def handler(event, _context):
    names = os.environ["METRICS"].split(",")
    entries = [{"Source": "metric_extractor", "DetailType": "metric_extractor",
                "Detail": json.dumps({
                    "MetricName": name, "MetricValue": METRICS[name](),
                    "ExtractionDate": str(datetime.datetime.now(datetime.timezone.utc))[:26],
                    "Metadata": {}, "Environment": os.environ["ENVIRONMENT"],
                    "ProjectName": os.environ["PROJECT_NAME"]})} for name in names]
    put = events.put_events(Entries=entries)
    events.put_events(Entries=[{
        "Source": "ds-dashboard", "DetailType": "extraction_report",
        "Detail": json.dumps({"FetchId": event.get("FetchId") or str(uuid.uuid4()),
                              "Metrics": names, "Failures": []})}])
    return {"Metrics": names, "FailedEntryCount": put["FailedEntryCount"]}
