"""decode.py FOLDER SECONDS: orjson, json and botocore's JSONParser on the pages of FOLDER.

Prints a JSON object a line: decoder, corpus, ns (CPU of the fastest pass), events, check.
The check is of every event's timestamp and message.
"""
import hashlib
import json
import os
import sys
import time

import botocore.parsers
import botocore.session
import orjson


def botocore_decoder(operation):
    session = botocore.session.get_session()
    shape = session.get_service_model("logs").operation_model(operation).output_shape
    parser = botocore.parsers.create_parser("json")
    return lambda body: parser.parse({"body": body, "headers": {}, "status_code": 200}, shape)


def main():
    folder, seconds = sys.argv[1], float(sys.argv[2])
    decoders = {"orjson": {}, "json": {}, "botocore": {}}
    botocore_of = {name: botocore_decoder(name) for name in ("GetLogEvents", "FilterLogEvents")}
    for name in sorted(os.listdir(folder)):
        corpus = name.removesuffix(".json")
        with open(os.path.join(folder, name), "rb") as file:
            body = file.read()
        operation = "GetLogEvents" if corpus in ("get", "giant") else "FilterLogEvents"
        decoders = {"orjson": orjson.loads, "json": json.loads, "botocore": botocore_of[operation]}
        best = dict.fromkeys(decoders)
        for decoder, decode in decoders.items():
            events = decode(body)["events"]
            digest = hashlib.sha256()
            for event in events:
                digest.update(b"%d %s\n" % (event["timestamp"], event["message"].encode("utf-8", "surrogatepass")))
            del event
            best[decoder] = {"decoder": decoder, "corpus": corpus, "ns": None, "bytes": len(body), "events": len(events),
                             "check": digest.hexdigest()}
            del events
        end = time.monotonic() + seconds
        while True:
            for decoder, decode in decoders.items():
                begin = time.thread_time_ns()
                page = decode(body)
                took = time.thread_time_ns() - begin
                del page
                if best[decoder]["ns"] is None or took < best[decoder]["ns"]:
                    best[decoder]["ns"] = took
            if time.monotonic() > end:
                break
        for row in best.values():
            print(json.dumps(row))


main()
