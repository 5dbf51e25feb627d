#!/usr/bin/env python3
"""get, groups, streams and --all from outside, beside a small service that behaves.

    people.py CROSSLOG [-v] [Class.test]     ends with "N passed, N failed[, N skipped]"
"""
import http.server
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

from canned import BASE  # noqa: E402
from program import Program  # noqa: E402
from suite import programs, run  # noqa: E402

ACCOUNT = "123456789012"
NASTY = "red \x1b[31m bell \x07 bidi \u202e end\nforged line\n"


class Refused(Exception):
    def __init__(self, code, message, status=400):
        super().__init__(message)
        self.code, self.status = code, status


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        target = self.headers.get("X-Amz-Target", "")
        status, kind = 200, "application/x-amz-json-1.1"
        try:
            if target:
                answer = json.dumps(self.server.logs.answer(target.split(".")[1], json.loads(body)))
            else:
                kind, answer = "text/xml", ("<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                                            "<GetCallerIdentityResult><Arn>arn:aws:iam::%s:user/u</Arn><UserId>U</UserId><Account>%s</Account>"
                                            "</GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>"
                                            "</GetCallerIdentityResponse>" % (ACCOUNT, ACCOUNT))
        except Refused as refused:
            status, answer = refused.status, json.dumps({"__type": refused.code, "message": str(refused)})
        answer = answer.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


class Logs:
    """Groups, streams and events with the service's paging."""

    def __init__(self):
        self.groups, self.events = [], []  # names; {group, stream, timestamp, message}
        self.streams = {}
        self.page, self.empty_between = 3, 1
        self.lists_groups, self.backwards, self.endless = True, True, False
        self.seen = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.logs = self
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def put(self, group, stream, *events):
        if group not in self.groups:
            self.groups.append(group)
        self.streams.setdefault(group, []).append(stream)
        for timestamp, message in events:
            self.events.append({"group": group, "stream": stream, "timestamp": timestamp, "message": message})

    def answer(self, operation, query):
        self.seen.append((operation, query))
        return getattr(self, operation)(query)

    def group(self, query):
        name = query.get("logGroupName") or query["logGroupIdentifier"].split(":")[6]
        if query.get("logGroupIdentifier", "").endswith("*"):
            raise Refused("InvalidParameterException", "an identifier has no asterisk")
        if name not in self.groups:
            raise Refused("ResourceNotFoundException", "The specified log group does not exist.")
        return name

    def paged(self, name, items, query, size):
        begin = int(query.get("nextToken", "0"))
        answer = {name: items[begin:begin + size]}
        if begin + size < len(items):
            answer["nextToken"] = str(begin + size)
        return answer

    def ListLogGroups(self, query):
        if not self.lists_groups:
            raise Refused("UnknownOperationException", "")
        pattern = re.compile(query.get("logGroupNamePattern", ""))
        arn = "arn:aws:logs:us-east-1:%s:log-group:" % ACCOUNT
        return self.paged("logGroups", [{"logGroupName": name, "logGroupArn": arn + name, "logGroupClass": "STANDARD"}
                                        for name in sorted(self.groups) if pattern.search(name)], query, 2)

    def DescribeLogGroups(self, query):
        return self.paged("logGroups", [{"logGroupName": name} for name in sorted(self.groups)
                                        if name.startswith(query.get("logGroupNamePrefix", ""))], query, 2)

    def DescribeLogStreams(self, query):
        group = self.group(query)
        last = {event["stream"]: event["timestamp"] for event in sorted(self.events, key=lambda e: e["timestamp"])}
        names = sorted(name for name in self.streams[group] if name.startswith(query.get("logStreamNamePrefix", "")))
        if query.get("orderBy") == "LastEventTime":
            names.sort(key=lambda name: last.get(name, 0), reverse=query.get("descending", False))
        return self.paged("logStreams", [dict({"logStreamName": name, "creationTime": 1},
                                              **({"lastEventTimestamp": last[name]} if name in last else {})) for name in names], query, 2)

    def FilterLogEvents(self, query):
        group = self.group(query)
        if len(query.get("logStreamNames", ())) > 100:
            raise Refused("InvalidParameterException", "too many streams")
        if self.endless:
            return {"events": [], "nextToken": str(len(self.seen))}
        found = [dict(event, id=i) for i, event in enumerate(self.events)
                 if event["group"] == group and query.get("startTime", 0) <= event["timestamp"] <= query.get("endTime", 1 << 62)
                 and event["stream"] in query.get("logStreamNames", [event["stream"]])
                 and event["stream"].startswith(query.get("logStreamNamePrefix", ""))
                 and query.get("filterPattern", "") in event["message"]]
        found.sort(key=lambda event: event["timestamp"], reverse=self.backwards and not query.get("startFromHead", True))
        begin, _, empty = query.get("nextToken", "0/0").partition("/")
        begin, empty = int(begin), int(empty)
        size = 0 if begin and empty < self.empty_between else min(self.page, query.get("limit", self.page))
        answer = {"events": [{"logStreamName": event["stream"], "timestamp": event["timestamp"], "message": event["message"],
                              "ingestionTime": event["timestamp"] + 1, "eventId": "%056d" % event["id"]}
                             for event in found[begin:begin + size]], "searchedLogStreams": []}
        if begin + size < len(found):
            answer["nextToken"] = "%d/%d" % (begin + size, 0 if size else empty + 1)
        return answer

    def GetLogEvents(self, query):
        self.group(query)
        found = [event for event in self.events if event["stream"] == query["logStreamName"]]
        begin = int(query.get("nextToken", "f/0")[2:])
        end = min(begin + self.page, len(found))
        return {"events": [{"timestamp": event["timestamp"], "message": event["message"]} for event in found[begin:end]],
                "nextForwardToken": "f/%d" % end, "nextBackwardToken": "b/%d" % begin}


class People(unittest.TestCase):
    def setUp(self):
        self.program = Program(programs.crosslog)
        self.addCleanup(self.program.close)
        self.logs = Logs()
        self.addCleanup(self.logs.close)
        self.env = self.program.environment(**{**BASE, "AWS_ENDPOINT_URL": self.logs.url})
        self.now = int(time.time() * 1000)

    def fill(self, count=20, step=1000):
        for i in range(count):
            self.logs.put("G", "web-%d" % (i % 2), (self.now - (count - i) * step, "message %d" % i))
        self.logs.streams["G"] = ["web-0", "web-1"]

    def run_it(self, *words, rc=0, **more):
        result = self.program.run(*words, **{"env": self.env, **more})
        self.assertEqual(result.rc, rc, result.err)
        return result

    def lines(self, *words, **more):
        return self.run_it(*words, **more).out.splitlines()


class Get(People):
    def test_every_event_once_in_the_order_of_time(self):
        self.fill()
        lines = self.lines("get", "G", "--format", "{stream} {message}")
        self.assertEqual(lines, ["web-%d message %d" % (i % 2, i) for i in range(20)])
        self.assertGreater(len(self.logs.seen), 7)

    def test_a_line_has_time_stream_and_message(self):
        self.logs.put("G", "S", (1771841472500, "hello\n"), (1771841473000, "two\nlines"))
        result = self.run_it("get", "G:S", "--since", "2026-02-23T10:11:12Z", "--until", "1771841473")
        self.assertEqual(result.out, "2026-02-23T10:11:12.500Z S hello\n2026-02-23T10:11:13.000Z S two\nlines\n")
        self.assertEqual(result.err, "")
        self.assertEqual(self.lines("get", "G:S", "--since", "2026-02-23", "--tz", "+05:30", "--format", "{time}")[0],
                         "2026-02-23T15:41:12.500+05:30")

    def test_the_end_is_included_and_ten_minutes_are_read(self):
        self.logs.put("G", "S", (self.now - 700_000, "early"), (self.now - 1000, "late"))
        self.assertEqual(self.lines("get", "G", "--format", "{message}"), ["late"])
        self.assertEqual(self.lines("get", "G", "--since", "1h", "--until", str(self.now - 700_000), "--format", "{message}"), ["early"])

    def test_the_last_ones_either_way(self):
        self.fill(50, 600_000)
        for self.logs.backwards in (True, False):
            self.logs.seen.clear()
            self.assertEqual(self.lines("get", "G", "--last", "4", "--format", "{message}"), ["message %d" % i for i in range(46, 50)])
            self.assertLess(len(self.logs.seen), 20)

    def test_streams_by_name_prefix_and_glob(self):
        self.fill(6)
        for words in (("G:web-1",), ("G:web-*1",), ("G", "--streams", "web-1"), ("G", "--prefix", "web-1")):
            self.assertEqual(self.lines("get", *words, "--format", "{message}"), ["message 1", "message 3", "message 5"], words)
        self.assertEqual(self.lines("get", "G:nope*x"), [])

    def test_more_than_a_hundred_streams(self):
        for i in range(230):
            self.logs.put("G", "s%d" % i, (self.now - 500_000 + (i * 37 % 230) * 1000, str(i * 37 % 230)))
        self.logs.page, self.logs.empty_between = 50, 0
        names = ["s%d" % i for i in range(230)]
        self.assertEqual(self.lines("get", "G", "--streams", *names, "--format", "{message}"), [str(i) for i in range(230)])
        self.assertEqual(self.lines("get", "G", "--streams", *names, "--last", "3", "--format", "{message}"), ["227", "228", "229"])

    def test_ndjson_has_every_field(self):
        self.logs.put("G", "S", (1771841472500, NASTY))
        for option in ("--json", "--ndjson"):
            record = json.loads(self.run_it("get", "G", "--since", "2026-02-23", option).out)
            self.assertEqual(record, {"account": ACCOUNT, "region": "us-east-1", "group": "G", "stream": "S", "timestamp": 1771841472500,
                                      "ingestionTime": 1771841472501, "eventId": "0" * 56, "message": NASTY})

    def test_an_arn_goes_without_its_asterisk(self):
        self.fill(2)
        arn = "arn:aws:logs:us-east-1:999999999999:log-group:G"
        for name in (arn, arn + ":*", arn + ":web-0", arn + ":log-stream:web-0"):
            self.logs.seen.clear()
            self.assertEqual(self.lines("get", name, "--format", "{account} {message}")[0], "999999999999 message 0")
            self.assertEqual({query["logGroupIdentifier"] for _, query in self.logs.seen}, {arn})
        self.run_it("get", arn, "--region", "eu-west-1", rc=252)

    def test_the_filter_goes_to_the_service(self):
        self.fill(12)
        self.assertEqual(self.lines("get", "G", "--filter", "message 11", "--format", "{message}"), ["message 11"])

    def test_a_terminal_gets_colours_and_no_control_characters(self):
        self.logs.put("G", "S", (self.now, NASTY))
        shown = self.program.run_on_terminal("get", "G", env=dict(self.env, TERM="xterm")).out
        self.assertRegex(shown, r"^\x1b\[36m[^\x1b]*\x1b\[0m \x1b\[33mS\x1b\[0m red \\x1b\[31m bell \\x07 bidi \\u202e end\\nforged line\n$")
        for change in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            env = {**self.env, "TERM": "xterm", **change}
            self.assertNotIn("\x1b", self.program.run_on_terminal("get", "G", env=env).out)
        self.assertNotIn("\x1b", self.program.run_on_terminal("get", "G", "--color", "off", env=self.env).out)
        self.assertEqual(json.loads(self.program.run_on_terminal("get", "G", "--json", env=self.env).out)["message"], NASTY)
        self.assertIn(NASTY.rstrip("\n"), self.run_it("get", "G").out)
        self.assertIn("\x1b[36m", self.run_it("get", "G", "--color", "on").out)
        self.assertIn("\\x1b[31m", self.run_it("get", "G", "--safe").out)

    def test_no_events_are_no_error(self):
        self.logs.put("G", "S")
        for words in ((), ("--last", "3"), ("--json",)):
            result = self.run_it("get", "G", *words)
            self.assertEqual((result.out, result.err), ("", ""))

    def test_exit_statuses(self):
        self.logs.put("G", "S")
        self.assertIn("ResourceNotFoundException", self.run_it("get", "nope", rc=254).err)
        for words in (("get",), ("get", "G", "H"), ("get", "G", "--since", "yesterday"), ("get", "G", "--last", "0"), ("get", "a b"),
                      ("get", "G", "--format", "{nope}"), ("get", "G", "--tz", "Mars/Base"), ("get", "G", "--output", "json"),
                      ("get", "G", "--since", "1h", "--until", "2h"), ("groups", "--regex", "("), ("streams",), ("groups", "--nope")):
            result = self.run_it(*words, rc=252)
            self.assertEqual(result.out, "")
        self.run_it("get", "G", rc=255, env=dict(self.env, AWS_ENDPOINT_URL="http://127.0.0.1:1", AWS_MAX_ATTEMPTS="1"))
        self.assertIn("events is missing", self.bad_answer({}).err)
        self.bad_answer({"events": None})

    def bad_answer(self, answer):
        self.logs.FilterLogEvents = lambda query: answer
        result = self.run_it("get", "G", rc=255)
        self.assertEqual(result.out, "")
        return result

    def test_the_same_token_for_ever(self):
        self.logs.put("G", "S")
        self.logs.FilterLogEvents = lambda query: {"events": [], "nextToken": "same"}
        self.assertIn("the same nextToken came 20 times", self.run_it("get", "G", rc=255).err)
        self.assertEqual(len(self.logs.seen), 20)

    def test_a_reader_that_goes_away_ends_it(self):
        self.fill(2000, 10)
        process = self.program.popen("get", "G", env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.readline()
        process.stdout.close()
        self.assertEqual(process.wait(20), -signal.SIGPIPE)
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertLess(len(self.logs.seen), 600)

    def test_a_full_disk_is_an_error(self):
        self.fill(4)
        with open("/dev/full", "wb") as full:
            process = self.program.popen("get", "G", env=self.env, stdout=full, stderr=subprocess.PIPE)
            err = process.communicate(timeout=20)[1].decode()
        self.assertEqual(process.returncode, 255)
        self.assertIn("cannot write the output", err)

    def test_a_person_is_told_whose_time_is_meant(self):
        self.logs.put("G", "S")
        words = ("get", "G", "--since", "2026-02-23T10:11")
        self.assertIn("taken as UTC", self.program.run_on_terminal(*words, env=self.env).out)
        self.assertEqual(self.program.run_on_terminal(*words, "--tz", "UTC", env=self.env).out, "")
        self.assertEqual(self.run_it(*words).err, "")

    def test_an_interrupt_ends_it_between_pages(self):
        self.logs.put("G", "S")
        self.logs.endless = True
        process = self.program.popen("get", "G", env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while len(self.logs.seen) < 14:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.communicate(timeout=20), (b"", b""))
        self.assertEqual(process.returncode, 130)

    def test_who_waits_at_a_terminal_is_told(self):
        self.logs.put("G", "S")
        self.logs.FilterLogEvents = lambda query: {"events": [], **({} if len(self.logs.seen) > 17 else {"nextToken": str(len(self.logs.seen))})}
        shown = self.program.run_on_terminal("get", "G", env=self.env).out
        self.assertRegex(shown, r"^(crosslog: still reading: \d+ pages, 0 events so far\n)*$")
        self.assertEqual(self.run_it("get", "G").err, "")

    def test_under_the_name_aws_there_is_none_of_it(self):
        for words in (("get", "G"), ("groups",), ("streams", "G")):
            result = self.run_it(*words, name="aws", rc=252)
            self.assertIn("Found invalid choice '%s'" % words[0], result.err)
        result = self.run_it("logs", "get-log-events", "--log-group-name", "G", "--log-stream-name", "S", "--all", name="aws", rc=252)
        self.assertIn("Unknown options: --all", result.err)

    def test_help(self):
        for command in ("get", "groups", "streams"):
            texts = {self.run_it(*words).out for words in ((command, "--help"), (command, "help"), ("help", command))}
            self.assertEqual(len(texts), 1)
            self.assertIn("examples:", texts.pop())
        self.assertIn("\n  get ", self.run_it("--help").out)


class Names(People):
    def setUp(self):
        super().setUp()
        for name in ("/aws/lambda/orders-prod", "/aws/lambda/orders-test", "/aws/ecs/web", "G", "H"):
            self.logs.put(name, "s")

    def test_groups_by_glob_part_and_regex(self):
        for self.logs.lists_groups in (True, False):
            self.assertEqual(self.lines("groups"), sorted(self.logs.groups))
            self.assertEqual(self.lines("groups", "/aws/*-prod"), ["/aws/lambda/orders-prod"])
            self.assertEqual(self.lines("groups", "lambda"), ["/aws/lambda/orders-prod", "/aws/lambda/orders-test"])
            self.assertEqual(self.lines("groups", "--regex", "^(G|H)$"), ["G", "H"])
            self.assertEqual(self.lines("groups", "nothing"), [])

    def test_groups_as_records(self):
        self.assertEqual([json.loads(line) for line in self.lines("groups", "G", "--json")],
                         [{"account": ACCOUNT, "region": "us-east-1", "group": "G", "arn": "arn:aws:logs:us-east-1:%s:log-group:G" % ACCOUNT,
                           "class": "STANDARD"}])
        self.assertEqual(self.lines("groups", "G", "--format", "{account}\\t{group}"), [ACCOUNT + "\tG"])

    def test_linked_groups_are_arns(self):
        self.assertEqual(self.lines("groups", "G", "--linked"), ["arn:aws:logs:us-east-1:%s:log-group:G" % ACCOUNT])
        self.assertIs(self.logs.seen[0][1]["includeLinkedAccounts"], True)

    def test_streams(self):
        self.logs.put("K", "a/[$LATEST]1", (1771841472500, "x"))
        self.logs.put("K", "a/[$LATEST]2", (1771841473500, "x"))
        self.logs.put("K", "b")
        self.assertEqual(self.lines("streams", "K"), ["a/[$LATEST]1", "a/[$LATEST]2", "b"])
        self.assertEqual(self.lines("streams", "K", "a/[$LATEST]*", "--by-time"), ["a/[$LATEST]2", "a/[$LATEST]1"])
        self.assertEqual(self.lines("streams", "K", "--long", "--by-time"),
                         ["2026-02-23T10:11:13.500Z a/[$LATEST]2", "2026-02-23T10:11:12.500Z a/[$LATEST]1", "- b"])
        self.assertEqual(self.lines("streams", "K:b"), ["b"])
        self.assertEqual(json.loads(self.lines("streams", "K", "LATEST]1", "--json")[0]),
                         {"account": ACCOUNT, "region": "us-east-1", "group": "K", "stream": "a/[$LATEST]1", "creationTime": 1,
                          "lastEventTimestamp": 1771841472500})
        self.assertIn("ResourceNotFoundException", self.run_it("streams", "nope", rc=254).err)


class All(People):
    def test_every_page_of_get_log_events(self):
        self.logs.put("G", "S", *[(i, "m%d" % i) for i in range(10)])
        words = ("logs", "get-log-events", "--log-group-name", "G", "--log-stream-name", "S")
        self.assertEqual([event["message"] for event in json.loads(self.run_it(*words, "--all").out)["events"]], ["m%d" % i for i in range(10)])
        self.assertTrue(all(query["startFromHead"] for _, query in self.logs.seen))
        self.assertEqual(len(self.lines(*words, "--all", "--output", "text")), 10)
        self.assertEqual(json.loads(self.run_it(*words, "--all", "--query", "length(events)").out), 10)
        self.assertEqual(len(json.loads(self.run_it(*words).out)["events"]), 3)
        self.run_it(*words, "--all", "--no-start-from-head", rc=252)


if __name__ == "__main__":
    run("crosslog")
