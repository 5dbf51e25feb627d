#!/usr/bin/env python3
"""Walks over many pages of a service that misbehaves: every event once, in order.

    walks.py CROSSLOG SANDBOX [SEED...]     ends with "N passed, N failed"

A seed decides the events, where pages end, and a fault script: throttling, 5xx, cut and
foreign answers, closed connections, sessions that expire under way, empty pages, tokens
that come twice. Each is one test for each of the commands that walk.
"""
import json
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "sandbox"))

from client import Sandbox  # noqa: E402
from program import Program  # noqa: E402

SEEDS = range(12)
ACCOUNT, REGION, START = "999999999999", "us-east-1", 1_700_000_000_000


def make_events(chance, seed):
    """[(stream, timestamp, message)] in the service's order; many share a millisecond."""
    time, events = START, []
    for number in range(chance.randrange(40, 160)):
        time += chance.choice((0, 0, 0, 1, 7, 5_000, 400_000))
        events.append((chance.choice("abc"), time, "%d-%d" % (seed, number)))
    return events


def make_faults(chance, operation, tokens_twice):
    """Spread so that no request fails more often than it is tried."""
    faults = []
    for skip in range(0, 40, 3):
        fault = chance.choice((
            {"throttle": True}, {"error": {"code": "ServiceUnavailable", "status": 503}}, {"truncate": chance.randrange(1, 90)},
            {"html": True}, {"close": True}, {"close": True, "reset": True}, {"cut_body_after": chance.randrange(1, 50)},
            {"expire_session": True}, {"empty_page": True}, {}, {}) + (({"same_token": True},) if tokens_twice else ()))
        if fault:
            faults.append({"service": "logs", "operation": operation, "skip": skip, "count": 1, **fault})
    return faults


def commands(chance):
    """(words, operation, whether a token may come twice, the streams that are read, lines or JSON)"""
    size = str(chance.randrange(1, 30))
    return (
        (["logs", "filter-log-events", "--log-group-name", "walk", "--page-size", size, "--query", "events[].message"],
         "FilterLogEvents", False, "abc", json.loads),
        (["logs", "filter-log-events", "--log-group-name", "walk", "--log-stream-names", "a", "c", "--query", "events[].message"],
         "FilterLogEvents", False, "ac", json.loads),
        (["logs", "get-log-events", "--all", "--start-from-head", "--log-group-name", "walk", "--log-stream-name", "a", "--limit", size,
          "--query", "events[].message"], "GetLogEvents", False, "a", json.loads),
        (["get", "walk", "--since", str(START), "--until", str(START + 100_000_000), "--format", "{message}"], "FilterLogEvents", True, "abc", str.split))


def walk(box, crosslog, seed):
    """What went wrong, for each command."""
    chance = random.Random(seed)
    events = make_events(chance, seed)
    box.control("POST", "/log-groups", {"account": ACCOUNT, "log_group": {"name": "walk", "region": REGION, "streams": [
        {"name": stream, "events": [{"timestamp": time, "message": message} for name, time, message in events if name == stream]}
        for stream in "abc"]}})
    for words, operation, tokens_twice, streams, read in commands(chance):
        program = Program(crosslog)
        faults = make_faults(chance, operation, tokens_twice)
        box.control("POST", "/faults", faults)
        env = program.environment_in(box, AWS_MAX_ATTEMPTS="8", AWS_NEW_RETRIES_2026="true", CROSSLOG_NO_CACHE="1")
        result = program.run(*words, "--profile", "crossb", env=env)
        program.close()
        wanted = [(time, message) for name, time, message in events if name in streams]
        problem = "" if result.rc == 0 else "exit status %d: %s" % (result.rc, result.err[-400:])
        if not problem:
            time_of = {message: time for _, time, message in events}
            got = [(time_of.get(message), message) for message in read(result.out)]
            # Events of one millisecond in different streams have no order of their own.
            if sorted(got) != sorted(wanted):
                problem = "lost %s, more than once %s" % (sorted(set(wanted) - set(got)),
                                                          sorted(event for event in set(got) if got.count(event) > 1))
            elif [time for time, _ in got] != [time for time, _ in wanted]:
                problem = "not in the order of time"
        yield "seed %d: %s" % (seed, " ".join(words)), problem and problem + "\n  faults " + json.dumps(faults)


def main():
    if len(sys.argv) < 3:
        sys.exit("usage: walks.py CROSSLOG SANDBOX [SEED...]")
    crosslog, sandbox = (os.path.abspath(path) for path in sys.argv[1:3])
    passed = failed = 0
    for seed in [int(word) for word in sys.argv[3:]] or SEEDS:
        box = Sandbox(sandbox, "--quota", "off", "--page-events", str(3 + seed % 9), "--page-window", str(120_000 + seed * 100_000))
        for name, problem in walk(box, crosslog, seed):
            passed, failed = (passed, failed + 1) if problem else (passed + 1, failed)
            if problem:
                print("FAIL %s: %s" % (name, problem))
        box.stop()
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
