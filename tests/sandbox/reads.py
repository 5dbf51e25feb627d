#!/usr/bin/env python3
"""The operations of CloudWatch Logs that read, beside GetLogEvents, from outside.

    reads.py BINARY      the last line is "N passed, N failed"
"""
import json
import random
import re
import time
import unittest

import run
from client import ALICE, ROLE
from run import Shared

T = 1700000000000
ACCOUNT = "999999999999"
LINKED = "arn:aws:logs:us-east-1:333333333333:log-group:/linked/app"
HEAD, TAIL = "1 validation error detected: Value ", " failed to satisfy constraint: Member must "


class Reads(Shared):
    arguments = ("--events", "2000")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.who = cls.box.control("POST", "/sessions", {"role_arn": ROLE + "cross-account", "seconds": 36000})
        cls.observer = cls.box.control("POST", "/sessions", {"role_arn": "arn:aws:iam::111111111111:role/observer"})

    def call(self, operation, who=None, **members):
        return self.box.logs(who or self.who, operation=operation, **members)

    def ok(self, operation, who=None, **members):
        answer = self.call(operation, who, **members)
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(answer.headers["Content-Type"], "application/x-amz-json-1.1")
        return answer.json

    def refused(self, code, text, operation, who=None, **members):
        answer = self.call(operation, who, **members)
        self.assertEqual(answer.error[:2], (400, code), answer.text)
        self.assertIn(text, answer.error[2])

    def pages(self, operation, name, who=None, **members):
        out, token = [], None
        while True:
            answer = self.ok(operation, who, **members, **({"nextToken": token} if token else {}))
            out.append(answer[name])
            token = answer.get("nextToken")
            if token is None:
                return out

    def put(self, name, streams=(), **members):
        self.box.control("POST", "/log-groups", {"account": ACCOUNT, "log_group": dict(
            members, name=name, streams=[{"name": s, "events": e} for s, e in dict(streams).items()])})
        self.addCleanup(self.box.control, "DELETE", "/log-groups",
                        {"account": ACCOUNT, "log_group": name, **({"region": members["region"]} if "region" in members else {})})


class FilterLogEvents(Reads):
    def texts(self, group, **members):
        return [e["message"] for p in self.pages("FilterLogEvents", "events", logGroupName=group, **members) for e in p]

    def test_one_answer(self):
        answer = self.ok("FilterLogEvents", logGroupName="G", filterPattern="ERROR")
        self.assertEqual(sorted(answer), ["events", "searchedLogStreams"])
        self.assertEqual(answer["searchedLogStreams"], [])
        event, = answer["events"]
        self.assertEqual({k: event[k] for k in ("logStreamName", "timestamp", "ingestionTime")},
                         {"logStreamName": "S", "timestamp": T + 4000, "ingestionTime": T + 4250})
        self.assertRegex(event["eventId"], r"^3\d{55}$")
        self.assertEqual(self.ok("FilterLogEvents", logGroupName="G", filterPattern="ERROR"), answer, "ids are stable")

    def test_order_is_by_timestamp_then_ingestion_then_request(self):
        def event(t, i, m):
            return {"timestamp": t, "ingestion_time": i, "message": m}
        self.put("/order", {"b": [event(5, 9, "third"), event(5, 7, "first"), event(4, 99, "zeroth")],
                            "a": [event(5, 8, "second"), event(6, 1, "last")]})
        expected = ["zeroth", "first", "second", "third", "last"]
        self.assertEqual(self.texts("/order"), expected)
        for limit in (1, 2, 3, 4):
            self.assertEqual(self.texts("/order", limit=limit), expected)
        self.assertEqual(self.texts("/order", interleaved=False), expected, "ignored since 2019")

    def test_both_times_are_inclusive(self):
        for members, count in ((dict(startTime=T, endTime=T), 1), (dict(endTime=2**63 - 1), 6), (dict(startTime=2**63 - 1), 0), (dict(endTime=T + 1000), 2), (dict(startTime=T + 5000), 1),
                               (dict(startTime=T + 1, endTime=T + 999), 0), (dict(startTime=T + 9, endTime=T), 0)):
            self.assertEqual(len(self.texts("G", **members)), count, members)

    def test_streams(self):
        names = ["web-1", "web-2"]
        by_name = self.texts("/crossb/app", logStreamNames=names)
        self.assertEqual(len(by_name), 35)
        self.assertEqual(self.texts("/crossb/app", logStreamNamePrefix="web-"), by_name)
        self.assertEqual(self.texts("/crossb/app", logStreamNames=names + names), by_name, "named twice, told once")
        self.assertEqual(self.texts("/crossb/app", logStreamNamePrefix="none"), [])
        self.refused("InvalidParameterException", "mutually exclusive", "FilterLogEvents", logGroupName="/crossb/app",
                     logStreamNames=names, logStreamNamePrefix="w")
        self.refused("ResourceNotFoundException", "The specified log stream does not exist.", "FilterLogEvents",
                     logGroupName="/crossb/app", logStreamNames=["none"])
        hundred = ["s%d" % i for i in range(101)]
        self.refused("InvalidParameterException", "at 'logStreamNames'" + TAIL + "have length less than or equal to 100",
                     "FilterLogEvents", logGroupName="/crossb/app", logStreamNames=hundred)
        self.refused("ResourceNotFoundException", "", "FilterLogEvents", logGroupName="/crossb/app", logStreamNames=hundred[1:])

    def test_page_limits(self):
        pages = self.pages("FilterLogEvents", "events", logGroupName="/crossb/many", logStreamNames=["ten-thousand-plus"])
        self.assertEqual([len(p) for p in pages], [10000, 500])
        pages = self.pages("FilterLogEvents", "events", logGroupName="/crossb/many", logStreamNames=["large-messages"])
        self.assertEqual([len(p) for p in pages], [10, 10, 10], "1 MB, 26 bytes for each event")

    def test_what_is_looked_at_is_bounded_so_pages_are_empty(self):
        self.box.control("POST", "/log-groups", {"account": ACCOUNT, "log_group": {"name": "/long", "streams": [
            {"name": "s", "generate": {"count": 250000, "message_bytes": 40}}]}})
        pages = self.pages("FilterLogEvents", "events", logGroupName="/long", filterPattern='"no such text"')
        self.assertEqual(pages, [[], [], []])
        self.box.control("DELETE", "/log-groups", {"account": ACCOUNT, "log_group": "/long"})

    def test_spread_events_are_the_generated_ones(self):
        everything = []
        for n in range(1, 5):
            everything += self.texts("/load/app-%d" % n, limit=77)
        self.assertEqual(len(everything), 2000)
        self.assertEqual(len(set(m.split(" ")[0] for m in everything)), 2, "two seconds in all")
        one = self.ok("FilterLogEvents", logGroupName="/load/app-1", limit=10)["events"]
        self.assertEqual([e["logStreamName"] for e in one], ["web-%d" % (i % 5 + 1) for i in range(10)], "interleaved")

    def test_newest_first(self):
        start = 1704067200000
        self.put("/new", {s: [{"timestamp": start + 10 * i + k, "message": "%s%d" % (s, i)} for i in range(5)]
                          for k, s in enumerate("ab")})
        forward = self.texts("/new", startTime=start)
        for limit in (1, 3, 10):
            self.assertEqual(self.texts("/new", startTime=start, startFromHead=False, limit=limit), forward[::-1])
        first = self.ok("FilterLogEvents", logGroupName="/new", startTime=start, startFromHead=False, limit=4)
        second = self.ok("FilterLogEvents", logGroupName="/new", startTime=start, startFromHead=True, limit=4,
                         nextToken=first["nextToken"])
        self.assertEqual([e["message"] for e in first["events"] + second["events"]], forward[::-1][:8],
                         "the token has the direction")
        for members in (dict(), dict(startTime=start - 1)):
            self.refused("InvalidParameterException", "2024", "FilterLogEvents", logGroupName="/new", startFromHead=False, **members)

    def test_tokens_are_opaque_and_bound(self):
        token = self.ok("FilterLogEvents", logGroupName="G", limit=1)["nextToken"]
        self.assertEqual(len(self.ok("FilterLogEvents", logGroupName="G", limit=3, nextToken=token)["events"]), 3)
        invalid = (400, "InvalidParameterException", "The specified nextToken is invalid.")
        for members in (dict(logGroupName="/crossb/app"), dict(logGroupName="G", startTime=1), dict(logGroupName="G", filterPattern="x"),
                        dict(logGroupName="G", logStreamNames=["S"])):
            self.assertEqual(self.call("FilterLogEvents", **members, nextToken=token).error, invalid)
        self.assertEqual(self.call("DescribeLogGroups", nextToken=token).error, invalid)
        for bad in ("x", token[:-2], token + "00", token[:40] + "00" + token[42:], "Bxkq" + "0" * 32):
            self.assertEqual(self.call("FilterLogEvents", logGroupName="G", nextToken=bad).error, invalid)
        self.box.control("POST", "/clock", {"offset": 86500})
        who = self.box.control("POST", "/sessions", {"role_arn": ROLE + "cross-account"})
        answer = self.box.logs(who, operation="FilterLogEvents", offset=86500, logGroupName="G", limit=1, nextToken=token)
        self.assertEqual(answer.error[1:], ("InvalidParameterException", "The specified nextToken has expired."))

    def test_late_events_move_nothing(self):
        self.put("/late", {"s": [{"timestamp": t, "message": str(t)} for t in (10, 20, 30)]})
        first = self.ok("FilterLogEvents", logGroupName="/late", limit=1)
        self.box.control("POST", "/events", {"account": ACCOUNT, "log_group": "/late", "log_stream": "r", "events": [
            {"timestamp": 5, "message": "5"}, {"timestamp": 15, "message": "15"}]})
        second = self.ok("FilterLogEvents", logGroupName="/late", nextToken=first["nextToken"])
        self.assertEqual([e["message"] for e in second["events"]], ["15", "20", "30"])

    def test_scripted_pages(self):
        expected = self.texts("G")
        self.box.control("POST", "/faults", [{"operation": "FilterLogEvents", "skip": s, "count": 1, "empty_page": True} for s in (0, 1, 3)])
        pages = self.pages("FilterLogEvents", "events", logGroupName="G", limit=4)
        self.assertEqual([len(p) for p in pages], [0, 0, 4, 0, 2])
        self.assertEqual([e["message"] for p in pages for e in p], expected)
        self.box.control("POST", "/faults", [{"operation": "FilterLogEvents", "skip": 1, "same_token": True}])
        token = self.ok("FilterLogEvents", logGroupName="G", limit=1)["nextToken"]
        self.assertEqual(self.ok("FilterLogEvents", logGroupName="G", limit=1, nextToken=token)["nextToken"], token)

    def test_random_cuts_give_every_event_once_in_order(self):
        luck = random.Random(7)
        streams, everything = {}, []
        for name in ("a", "b", "c"):
            streams[name] = [{"timestamp": luck.randrange(40), "ingestion_time": luck.randrange(100, 105),
                              "message": "%s%d" % (name, i)} for i in range(60)]
            everything += [(e["timestamp"], e["ingestion_time"], i + 1, name, e["message"]) for i, e in enumerate(streams[name])]
        self.put("/cuts", streams)
        expected = [e[4] for e in sorted(everything)]
        for _ in range(20):
            found, token = [], None
            while True:
                answer = self.ok("FilterLogEvents", logGroupName="/cuts", limit=luck.randrange(1, 40), **({"nextToken": token} if token else {}))
                found += [e["message"] for e in answer["events"]]
                token = answer.get("nextToken")
                if token is None:
                    break
            self.assertEqual(found, expected)

    def test_masks_and_permissions(self):
        def members(**more):
            return dict(logGroupName="/crossb/app", logStreamNames=["masked"], **more)
        self.assertEqual(self.ok("FilterLogEvents", **members())["events"][0]["message"], "card ******************* charged")
        self.refused("AccessDeniedException", "logs:Unmask", "FilterLogEvents", **members(unmask=True))
        full = self.box.session(ALICE, "unmasker")
        self.assertIn("4111", self.ok("FilterLogEvents", full, **members(unmask=True))["events"][0]["message"])
        nologs = self.box.session(ALICE, "nologs", "reader")
        self.assertEqual(self.call("FilterLogEvents", nologs, logGroupName="G").error, (
            400, "AccessDeniedException", "User: arn:aws:sts::999999999999:assumed-role/nologs/reader is not authorized to "
            "perform: logs:FilterLogEvents on resource: arn:aws:logs:us-east-1:999999999999:log-group:G:log-stream: because "
            "no identity-based policy allows the logs:FilterLogEvents action"))

    def test_refusals(self):
        invalid = "InvalidParameterException"
        for code, text, members in (
                (invalid, "Should provider either name or id", {}),
                (invalid, "mutually exclusive", dict(logGroupName="G", logGroupIdentifier="G")),
                (invalid, "Invalid filter pattern", dict(logGroupName="G", filterPattern="a@b")),
                (invalid, "less than or equal to 1024", dict(logGroupName="G", filterPattern="x" * 1025)),
                (invalid, HEAD + "'0' at 'limit'" + TAIL + "have value greater than or equal to 1", dict(logGroupName="G", limit=0)),
                (invalid, "'10001' at 'limit'", dict(logGroupName="G", limit=10001)),
                (invalid, "Value '[]' at 'logStreamNames'" + TAIL + "have length greater than or equal to 1", dict(logGroupName="G", logStreamNames=[])),
                (invalid, "Value '[a:b]' at 'logStreamNames'" + TAIL + "satisfy constraint: [Member must satisfy regular expression pattern: [^:*]*]",
                 dict(logGroupName="G", logStreamNames=["a:b"])),
                ("SerializationException", "Expected list or null", dict(logGroupName="G", logStreamNames="a")),
                ("SerializationException", "NUMBER_VALUE can not be converted to a String", dict(logGroupName="G", logStreamNames=[1])),
                ("SerializationException", "STRING_VALUE can not be converted to Long", dict(logGroupName="G", startTime="1")),
                ("ResourceNotFoundException", "The specified log group does not exist.", dict(logGroupName="H"))):
            self.refused(code, text, "FilterLogEvents", **members)
        self.assertEqual(self.call("FilterLogEvents", logGroupName="G", limit=None, unknown={"a": 1}).status, 200)

    def test_odd_bytes(self):
        body = self.call("FilterLogEvents", logGroupName="/crossb/app", logStreamNames=["broken-bytes"]).body
        self.assertIn(rb'"lone surrogate \ud800 here"', body)
        self.assertIn(b'"bad utf8\xc3(\xffend"', body)


class PagesByTime(Reads):
    arguments = ("--page-window", "1000", "--page-events", "3")

    def test_empty_pages(self):
        start = 1704067200000
        self.put("/gaps", {"s": [{"timestamp": start + t, "message": str(t)} for t in (1000, 1001, 4500, 4501, 4502, 4503)]})
        for members in (dict(startTime=start), dict(startTime=start, endTime=start + 6000, startFromHead=False)):
            pages = [[e["message"] for e in p] for p in self.pages("FilterLogEvents", "events", logGroupName="/gaps", **members)]
            self.assertEqual(sorted(sum(pages, []), reverse="endTime" in members, key=int), sum(pages, []))
            self.assertEqual(len(sum(pages, [])), 6)
            self.assertGreaterEqual(pages.count([]), 2, pages)
            self.assertLessEqual(max(map(len, pages)), 3)


class Groups(Reads):
    def names(self, operation="DescribeLogGroups", who=None, **members):
        return [g["logGroupName"] for p in self.pages(operation, "logGroups", who, **members) for g in p]

    def test_describe(self):
        group = self.ok("DescribeLogGroups", logGroupNamePrefix="/crossb/app")["logGroups"][0]
        arn = "arn:aws:logs:us-east-1:999999999999:log-group:/crossb/app"
        self.assertEqual({k: group[k] for k in group if k != "storedBytes"}, {
            "logGroupName": "/crossb/app", "arn": arn + ":*", "logGroupArn": arn, "creationTime": 1699900000000,
            "metricFilterCount": 0, "logGroupClass": "STANDARD", "dataProtectionStatus": "ACTIVATED"})
        self.assertGreater(group["storedBytes"], 35 * 116)
        self.put("/kept", retention_days=7, kms_key_id="k", tags={"a": "b"}, **{"class": "INFREQUENT_ACCESS"}, creation_time=5)
        group, = self.ok("DescribeLogGroups", logGroupClass="INFREQUENT_ACCESS")["logGroups"]
        self.assertEqual((group["retentionInDays"], group["kmsKeyId"], group["creationTime"]), (7, "k", 5))

    def test_filters(self):
        everything = self.names()
        self.assertEqual(everything, sorted(everything))
        self.assertEqual(self.names(logGroupNamePrefix="/crossb"), ["/crossb/app", "/crossb/many"])
        group, = self.ok("DescribeLogGroups", logGroupNamePattern="ossb/m")["logGroups"]
        self.assertEqual(sorted(group), ["arn", "creationTime", "logGroupName"])
        self.assertEqual(self.names(logGroupNamePattern="CROSSB"), [], "case counts")
        self.assertEqual(self.names(logGroupIdentifiers=["G", "/crossb/many", "none"]), ["/crossb/many", "G"])
        self.refused("InvalidParameterException", "mutually exclusive", "DescribeLogGroups", logGroupNamePrefix="a", logGroupNamePattern="b")
        self.refused("InvalidParameterException", "logGroupIdentifiers", "DescribeLogGroups", logGroupIdentifiers=["G"], logGroupNamePrefix="G")
        self.assertEqual(self.box.logs(self.who, operation="DescribeLogGroups", region="eu-west-1").json["logGroups"][0]["logGroupName"], "G")

    def test_pages_and_limits(self):
        for i in range(120):
            self.put("/many/%03d" % i)
        pages = self.pages("DescribeLogGroups", "logGroups", logGroupNamePrefix="/many/")
        self.assertEqual([len(p) for p in pages], [50, 50, 20])
        self.assertEqual(len(self.pages("DescribeLogGroups", "logGroups", logGroupNamePrefix="/many/", limit=50)), 3)
        self.assertEqual([len(p) for p in self.pages("ListLogGroups", "logGroups", logGroupNamePattern="^/many", limit=1000)], [120])
        self.assertEqual([len(p) for p in self.pages("ListLogGroups", "logGroups", logGroupNamePattern="^/many")], [50, 50, 20])
        for operation, most in (("DescribeLogGroups", 50), ("ListLogGroups", 1000)):
            self.refused("InvalidParameterException", "less than or equal to %d" % most, operation, limit=most + 1)
            self.refused("InvalidParameterException", "greater than or equal to 1", operation, limit=0)
        first = self.ok("DescribeLogGroups", logGroupNamePrefix="/many/", limit=2)
        self.box.control("DELETE", "/log-groups", {"account": ACCOUNT, "log_group": "/many/001"})
        second = self.ok("DescribeLogGroups", logGroupNamePrefix="/many/", limit=1, nextToken=first["nextToken"])
        self.assertEqual(second["logGroups"][0]["logGroupName"], "/many/002", "the token's own group may be gone")
        self.box.control("POST", "/log-groups", {"account": ACCOUNT, "log_group": {"name": "/many/001"}})

    def test_list(self):
        answer = self.ok("ListLogGroups", logGroupNamePattern="crossb")
        self.assertEqual(answer["logGroups"][0], {"logGroupName": "/crossb/app", "logGroupClass": "STANDARD",
                                                  "logGroupArn": "arn:aws:logs:us-east-1:999999999999:log-group:/crossb/app"})
        self.assertEqual(self.names("ListLogGroups", logGroupNamePattern="^/crossb/m|app-1"), ["/crossb/many", "/load/app-1"])
        self.assertEqual(self.names("ListLogGroups", logGroupNamePattern="^crossb"), [])
        self.assertEqual(self.names("ListLogGroups", dataSources=[{"name": "x"}]), [])
        for bad in ("ab", "a" * 25, "a.*b", "aaa|bb", "aaa|bbb|ccc|ddd|eee|fff", "x" * 130):
            self.refused("InvalidParameterException", "'logGroupNamePattern'", "ListLogGroups", logGroupNamePattern=bad)
        self.put("/tagged", tags={"team": "red"})
        self.assertEqual(self.names("ListLogGroups", logGroupTags=[{"key": "team", "values": ["red"]}]), ["/tagged"])
        self.assertEqual(self.names("ListLogGroups", logGroupTags=[{"key": "team", "values": ["blue"]}]), [])

    def test_tags(self):
        self.put("/tagged", tags={"team": "red"})
        arn = "arn:aws:logs:us-east-1:999999999999:log-group:/tagged"
        self.assertEqual(self.ok("ListTagsForResource", resourceArn=arn), {"tags": {"team": "red"}})
        self.assertEqual(self.ok("ListTagsLogGroup", logGroupName="/tagged"), {"tags": {"team": "red"}})
        self.assertEqual(self.ok("ListTagsForResource", resourceArn=arn.replace("/tagged", "G")), {"tags": {}})
        self.refused("ResourceNotFoundException", "", "ListTagsForResource", resourceArn=arn + "x")
        self.refused("InvalidParameterException", "ARN", "ListTagsForResource", resourceArn="G")

    def test_linked_accounts(self):
        own = self.names(who=self.observer)
        self.assertNotIn("/linked/app", own)
        self.assertEqual(self.names(who=self.observer, includeLinkedAccounts=True, logGroupNamePrefix="/linked"), ["/linked/app"])
        for operation in ("DescribeLogGroups", "ListLogGroups"):
            self.assertIn("/linked/app", self.names(operation, self.observer, includeLinkedAccounts=True))
            linked = self.names(operation, self.observer, includeLinkedAccounts=True, accountIdentifiers=["333333333333"])
            self.assertEqual(linked[0], "/linked/app")
            self.assertNotIn("G", linked)
            self.assertEqual(self.names(operation, self.observer, includeLinkedAccounts=True, accountIdentifiers=[ACCOUNT]), [], "not linked")
        self.assertNotIn("/linked/app", self.names(includeLinkedAccounts=True), "another account monitors nothing")
        self.assertEqual(self.names(who=self.observer, logGroupIdentifiers=[LINKED, "G"]), ["/linked/app", "G"])
        self.refused("InvalidParameterException", "'accountIdentifiers'", "DescribeLogGroups", accountIdentifiers=["1"])
        for operation, members in (("FilterLogEvents", {}), ("DescribeLogStreams", {}), ("GetLogEvents", {"logStreamName": "web"}),
                                   ("GetLogGroupFields", {})):
            self.assertEqual(self.call(operation, self.observer, logGroupIdentifier=LINKED, **members).status, 200, operation)
            self.refused("AccessDeniedException", "", operation, logGroupIdentifier=LINKED, **members)
            self.refused("ResourceNotFoundException", "", operation, self.observer, logGroupName="/linked/app", **members)
            self.refused("InvalidParameterException", "", operation, self.observer, logGroupIdentifier=LINKED + ":*", **members)


class Streams(Reads):
    def test_by_name(self):
        names = [s["logStreamName"] for s in self.ok("DescribeLogStreams", logGroupName="/crossb/app")["logStreams"]]
        self.assertEqual(names, sorted(names))
        stream, = self.ok("DescribeLogStreams", logGroupName="G")["logStreams"]
        self.assertEqual({k: v for k, v in stream.items() if k != "uploadSequenceToken"}, {
            "logStreamName": "S", "arn": "arn:aws:logs:us-east-1:999999999999:log-group:G:log-stream:S", "storedBytes": 0,
            "creationTime": 1699900000000, "firstEventTimestamp": T, "lastEventTimestamp": T + 5000, "lastIngestionTime": T + 5250})
        empty, = self.ok("DescribeLogStreams", logGroupName="/crossb/app", logStreamNamePrefix="empty")["logStreams"]
        self.assertNotIn("lastEventTimestamp", empty)
        self.assertEqual([s["logStreamName"] for p in self.pages("DescribeLogStreams", "logStreams", logGroupName="/crossb/app",
                                                                 descending=True, limit=2) for s in p], names[::-1])

    def test_by_time(self):
        self.put("/timed", {n: [{"timestamp": t, "message": "x"}] for n, t in (("a", 30), ("b", 10), ("c", 20), ("d", 20))})
        for descending, expected in ((False, "bcda"), (True, "adcb")):
            for limit in (1, 3, 50):
                found = [s["logStreamName"] for p in self.pages("DescribeLogStreams", "logStreams", logGroupName="/timed", limit=limit,
                                                                orderBy="LastEventTime", descending=descending) for s in p]
                self.assertEqual("".join(found), expected)

    def test_refusals(self):
        self.refused("InvalidParameterException", "Cannot order by LastEventTime with a logStreamNamePrefix.", "DescribeLogStreams",
                     logGroupName="G", orderBy="LastEventTime", logStreamNamePrefix="S")
        self.refused("InvalidParameterException", "at 'orderBy'" + TAIL + "satisfy enum value set: [LogStreamName, LastEventTime]",
                     "DescribeLogStreams", logGroupName="G", orderBy="time")
        self.refused("InvalidParameterException", "less than or equal to 50", "DescribeLogStreams", logGroupName="G", limit=51)
        self.refused("ResourceNotFoundException", "log group", "DescribeLogStreams", logGroupName="H")


class Queries(Reads):
    def setUp(self):
        super().setUp()
        self.box.control("POST", "/queries", {"duration_ms": 0, "concurrent": 30})

    def start(self, text, who=None, **members):
        members = dict({"logGroupName": "G"} if not any(k.startswith("logGroup") for k in members) else {}, **members)
        return self.call("StartQuery", who, **dict(dict(startTime=1699999999, endTime=1700000010, queryString=text), **members))

    def rows(self, text, who=None, **members):
        answer = self.start(text, who, **members)
        self.assertEqual(answer.status, 200, answer.text)
        result = self.ok("GetQueryResults", who, queryId=answer.json["queryId"])
        self.assertEqual((result["status"], result["queryLanguage"]), ("Complete", "CWLI"))
        return [{f["field"]: f["value"] for f in row} for row in result["results"]]

    def test_rows(self):
        rows = self.rows("fields @timestamp, @message | filter @message like /payment/ | sort @timestamp asc")
        self.assertEqual([r["@message"][:30] for r in rows], ["INFO  retrying payment 4711, a", "INFO  payment 4711 accepted, 1"])
        self.assertEqual(rows[0]["@timestamp"], "2023-11-14 22:13:24.200")
        self.assertEqual(sorted(rows[0]), ["@message", "@ptr", "@timestamp"])
        self.assertEqual(self.rows("stats count(*) as n"), [{"n": "6"}])
        self.assertEqual(self.rows("stats count(*) as n", startTime=1700000000, endTime=1700000001), [{"n": "2"}], "inclusive, in seconds")
        self.assertEqual(self.rows("stats count(*) as n", startTime=0, endTime=2**63 - 1), [{"n": "6"}])
        self.assertEqual(len(self.rows("fields @message", limit=4)), 4)
        self.assertEqual(self.rows("stats count(*) as n", logGroupNames=["G", "/crossb/app"], endTime=1800000000), [{"n": "61"}])
        self.assertEqual(self.rows("SOURCE logGroups(namePrefix: ['/load/app']) | stats count(*) as n", logGroupNames=None), [{"n": "2000"}])

    def test_a_record(self):
        rows = self.rows("fields ms | sort ms desc", self.observer, logGroupIdentifiers=[LINKED])
        self.assertEqual([r["ms"] for r in rows], ["12", "3"])
        record = self.ok("GetLogRecord", self.observer, logRecordPointer=rows[0]["@ptr"])["logRecord"]
        self.assertEqual(record["user.id"], "7")
        self.assertEqual((record["@timestamp"], record["@logStream"], record["@log"]), (str(T), "web", "333333333333:/linked/app"))
        self.refused("AccessDeniedException", "", "GetLogRecord", logRecordPointer=rows[0]["@ptr"])
        for bad in ("x", "00", "5b5d", rows[0]["@ptr"][:-2]):
            self.refused("InvalidParameterException", "", "GetLogRecord", logRecordPointer=bad)
        masked, = self.rows("filter @logStream = 'masked'", logGroupName="/crossb/app")
        self.assertIn("****", masked["@message"])
        self.assertIn("****", self.ok("GetLogRecord", logRecordPointer=masked["@ptr"])["logRecord"]["@message"])
        self.refused("AccessDeniedException", "logs:Unmask", "GetLogRecord", logRecordPointer=masked["@ptr"], unmask=True)

    def test_pages(self):
        answer = self.start("fields @message | limit 100000", logGroupName="/crossb/many", endTime=1800000000).json
        pages = self.pages("GetQueryResults", "results", queryId=answer["queryId"])
        self.assertEqual([len(p) for p in pages], [10000, 530])
        pages = self.pages("GetQueryResults", "results", queryId=answer["queryId"], maxItems=4000)
        self.assertEqual([len(p) for p in pages], [4000, 4000, 2530])
        self.assertEqual(len(self.rows("fields @message", logGroupName="/crossb/many", endTime=1800000000)), 10000, "without a limit")
        token = self.ok("GetQueryResults", queryId=answer["queryId"], maxItems=1)["nextToken"]
        self.refused("InvalidParameterException", "nextToken", "GetQueryResults", queryId=self.start("fields a").json["queryId"], nextToken=token)
        statistics = self.ok("GetQueryResults", queryId=answer["queryId"])["statistics"]
        self.assertEqual((statistics["recordsScanned"], statistics["recordsMatched"], statistics["logGroupsScanned"]), (10530, 10530, 1))

    def test_time_passes(self):
        self.box.control("POST", "/queries", {"duration_ms": 900})
        query = self.start("fields @message").json["queryId"]
        seen = []
        while not seen or seen[-1][0] != "Complete":
            answer = self.ok("GetQueryResults", queryId=query)
            seen.append((answer["status"], len(answer["results"])))
            time.sleep(0.02)
        self.assertEqual(list(dict.fromkeys(seen)), [("Scheduled", 0), ("Running", 3), ("Complete", 6)])

    def test_stop_and_concurrency(self):
        self.box.control("POST", "/queries", {"duration_ms": 3600000})
        ids = [self.start("fields @message").json["queryId"] for _ in range(30)]
        self.refused("LimitExceededException", "[30]", "StartQuery", logGroupName="G", startTime=1, endTime=2, queryString="fields a")
        self.assertEqual(self.start("fields a", self.observer).status, 200, "each account has its own")
        listed = self.ok("DescribeQueries", status="Scheduled", maxResults=5)
        self.assertEqual([q["queryId"] for q in listed["queries"]], ids[:-6:-1], "newest first")
        for query in ids:
            self.assertEqual(self.ok("StopQuery", queryId=query), {"success": True})
        self.assertEqual(self.ok("GetQueryResults", queryId=ids[0])["status"], "Cancelled")
        self.refused("InvalidParameterException", "not running", "StopQuery", queryId=ids[0])
        self.assertEqual(self.start("fields a").status, 200)
        self.assertEqual(self.ok("ListLogGroupsForQuery", queryId=ids[0]), {"logGroupIdentifiers": ["G"]})
        for operation in ("StopQuery", "GetQueryResults", "ListLogGroupsForQuery"):
            self.refused("ResourceNotFoundException", "", operation, queryId="00000000-0000-4000-8000-000000000000")
            self.refused("ResourceNotFoundException", "", operation, self.observer, queryId=ids[0])

    def test_refusals(self):
        answer = self.start("fields @message | nonsense x")
        self.assertEqual(answer.error, (400, "MalformedQueryException", "unexpected symbol found nonsense at line 1 and position 18"))
        self.assertEqual(answer.json["queryCompileError"]["location"], {"startCharOffset": 18, "endCharOffset": 26})
        invalid = "InvalidParameterException"
        for code, text, members in ((invalid, "Exactly one", dict(logGroupName="G", logGroupNames=["G"])),
                                    (invalid, "Exactly one", dict(logGroupNames=None)),
                                    (invalid, "at most 50", dict(logGroupNames=["G"] * 51)),
                                    (invalid, "before its start", dict(endTime=1)),
                                    (invalid, "'100001' at 'limit'", dict(limit=100001)),
                                    (invalid, "CWLI", dict(queryLanguage="SQL")),
                                    ("ResourceNotFoundException", "Log group 'H' does not exist for account ID '999999999999'", dict(logGroupName="H")),
                                    ("AccessDeniedException", "", dict(logGroupIdentifiers=[LINKED]))):
            answer = self.start("fields @message", **members)
            self.assertEqual(answer.error[1], code, members)
            self.assertIn(text, answer.error[2])
        self.refused(invalid, "Value null at 'queryString'", "StartQuery", logGroupName="G", startTime=1, endTime=2)

    def test_fields(self):
        fields = self.ok("GetLogGroupFields", self.observer, logGroupIdentifier=LINKED, time=T // 1000)["logGroupFields"]
        self.assertEqual([(f["name"], f["percent"]) for f in fields], [
            ("@ingestionTime", 100), ("@log", 100), ("@logStream", 100), ("@message", 100), ("@timestamp", 100), ("level", 100),
            ("ms", 100), ("user.id", 50)])
        self.assertEqual(self.ok("GetLogGroupFields", logGroupName="G"), {"logGroupFields": []}, "nothing in the last 15 minutes")
        self.assertEqual(self.ok("GetLogGroupFields", logGroupName="G", time=T // 1000 + 486), {"logGroupFields": []})
        self.assertNotEqual(self.ok("GetLogGroupFields", logGroupName="G", time=T // 1000 + 485), {"logGroupFields": []})


class Others(Reads):
    def test_a_metric_filter(self):
        answer = self.ok("TestMetricFilter", filterPattern="{ $.ms > 5 }", logEventMessages=['{"ms":3}', '{"ms":9}', "x"])
        self.assertEqual(answer, {"matches": [{"eventNumber": 2, "eventMessage": '{"ms":9}', "extractedValues": {"$.ms": "9"}}]})
        self.refused("InvalidParameterException", "Invalid filter pattern", "TestMetricFilter", filterPattern="a:b", logEventMessages=["x"])

    def test_every_operation_of_the_table_answers(self):
        with open(run.os.path.join(run.os.path.dirname(run.os.path.abspath(__file__)), "../../src/logs/operation_table.cc"),
                  encoding="utf-8") as file:
            names = re.findall(r'Service::logs,\s+\.name = "(\w+)"', file.read())
        self.assertGreater(len(names), 50)
        for name in names:
            answer = self.call(name)
            self.assertIn(answer.status, (200, 400))
            if answer.status == 400:
                self.assertIn(answer.error[1], ("InvalidParameterException", "ValidationException", "ResourceNotFoundException"), name)

    def test_what_is_not_emulated(self):
        self.assertEqual(self.ok("DescribeDestinations"), {"destinations": []})
        self.assertEqual(self.ok("DescribeMetricFilters"), {"metricFilters": []})
        self.refused("ResourceNotFoundException", "log group", "DescribeMetricFilters", logGroupName="H")
        self.refused("ResourceNotFoundException", "does not emulate GetDelivery", "GetDelivery", id="x")
        self.refused("ValidationException", "Value null at 'id'", "GetDelivery")
        self.refused("AccessDeniedException", "logs:DescribeDestinations", "DescribeDestinations", self.box.session(ALICE, "nologs"))
        for name in ("PutLogEvents", "StartLiveTail", "GetLogObject", "Nonsense", ""):
            self.assertEqual(self.call(name).error[:2], (400, "UnknownOperationException"), name)

    def test_quota_is_of_each_operation(self):
        self.box.control("POST", "/quota", {"rate": 0.0001})
        for operation in ("DescribeLogGroups", "ListLogGroups"):
            self.assertEqual(self.call(operation).status, 200)
            self.assertEqual(self.call(operation).error, (400, "ThrottlingException", "Rate exceeded"))


class Answers(unittest.TestCase):
    def test_the_seed_answers(self):
        seed = json.loads(run.subprocess.run([run.BINARY, "--print-seed"], capture_output=True, check=True).stdout)
        filters = [{"filterName": "f%02d" % i, "logGroupName": "G" if i % 2 else "/crossb/app"} for i in range(60)]
        seed["answers"] = {"DescribeMetricFilters": {"metricFilters": filters}, "GetStorageTierPolicy": {"storageTier": "STANDARD"}}
        with run.tempfile.NamedTemporaryFile("w") as file:
            json.dump(seed, file)
            file.flush()
            box = run.Sandbox(run.BINARY, "--seed", file.name, "--quota", "off")
        self.addCleanup(box.stop)
        who = box.control("POST", "/sessions", {"role_arn": ROLE + "cross-account"})
        self.assertEqual(box.logs(who, operation="GetStorageTierPolicy").json, {"storageTier": "STANDARD"})
        first = box.logs(who, operation="DescribeMetricFilters").json
        second = box.logs(who, operation="DescribeMetricFilters", nextToken=first["nextToken"]).json
        self.assertEqual(first["metricFilters"] + second["metricFilters"], filters)
        self.assertNotIn("nextToken", second)
        some = box.logs(who, operation="DescribeMetricFilters", logGroupName="G", filterNamePrefix="f0", limit=2).json
        self.assertEqual([f["filterName"] for f in some["metricFilters"]], ["f01", "f03"])

    def test_a_seed_must_name_operations(self):
        with run.tempfile.NamedTemporaryFile("w") as file:
            json.dump({"accounts": [], "answers": {"Nonsense": {}}}, file)
            file.flush()
            done = run.subprocess.run([run.BINARY, "--seed", file.name], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("answers: no operation Nonsense", done.stderr)


if __name__ == "__main__":
    run.main()
