"""boto3: who | chain GROUP | get GROUP HOW | filter GROUP HOW, HOW being null, text or ndjson."""
import json
import sys

import boto3


def pages(client, what, group):
    if what == "filter":
        yield from client.get_paginator("filter_log_events").paginate(logGroupName=group)
        return
    extra = {}
    while True:
        page = client.get_log_events(logGroupName=group, logStreamName="S", startFromHead=True, **extra)
        yield page
        if page["nextForwardToken"] == extra.get("nextToken"):
            return
        extra = {"nextToken": page["nextForwardToken"]}


def main():
    what = sys.argv[1]
    if what == "who":
        print(boto3.client("sts").get_caller_identity()["Arn"])
        return
    client, group = boto3.client("logs"), sys.argv[2]
    how = sys.argv[3] if len(sys.argv) > 3 else "text"
    out, count = sys.stdout, 0
    sources = [client.get_log_events(logGroupName=group, logStreamName="S")] if what == "chain" else pages(client, what, group)
    for page in sources:
        if how == "text":
            out.write("".join(["%d %s\n" % (event["timestamp"], event["message"]) for event in page["events"]]))
        elif how == "ndjson":
            for event in page["events"]:
                out.write(json.dumps({"timestamp": event["timestamp"], "message": event["message"]}) + "\n")
        else:
            count += len(page["events"])
    if how == "null":
        print(count)


main()
