#!/usr/bin/env python3
"""The program from outside: recorded answers, the sandbox, terminals, signals.

    run.py CROSSLOG SANDBOX [-v] [Class.test]     ends with "N passed, N failed[, N skipped]"

CROSSLOG_CONFORMANCE names a folder with further recorded cases (cli-output/).
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

from canned import Canned, run_case  # noqa: E402
from program import Program  # noqa: E402
from roles import RoleCases  # noqa: E402
from suite import InTheSandbox, programs, run  # noqa: E402

IDENTITY = ("sts", "get-caller-identity")
EVENTS = ("logs", "get-log-events", "--log-group-name", "G", "--log-stream-name", "S")
PAGE = {"GetLogEvents": {"status": 200, "headers": {"Content-Type": "application/x-amz-json-1.1"}, "body": {
    "events": [{"timestamp": 1, "message": "red \x1b[31m bell \x07 c1 \x9b bidi \u202e end\nforged line", "ingestionTime": 2}],
    "nextForwardToken": "f/1", "nextBackwardToken": "b/1"}}}


class Recorded(unittest.TestCase):
    """One test for each recorded case; see add_recorded()."""
    @classmethod
    def setUpClass(cls):
        cls.program = Program(programs.crosslog, config="")

    @classmethod
    def tearDownClass(cls):
        cls.program.close()


def add_recorded():
    shared = os.path.join(os.environ.get("CROSSLOG_CONFORMANCE") or os.path.join(ROOT, "..", "shared", "conformance"), "cli-output")
    folders = [("own", os.path.join(ROOT, "tests", "data", "cli-output"))]
    if os.path.isdir(shared):
        folders.append(("shared", shared))
    else:
        print("skipped: no conformance vectors for cli-output")
        setattr(Recorded, "test_shared", unittest.skip("no vectors here")(lambda self: None))
    for name, root in folders:
        for case in sorted(os.listdir(root)):
            def test(self, folder=os.path.join(root, case)):
                fault, skip = run_case(self.program, folder)
                if skip:
                    self.skipTest(skip)
                self.assertIsNone(fault, fault)
            setattr(Recorded, "test_%s_%s" % (name, case.replace("-", "_")), test)


class Process(unittest.TestCase):
    """What surrounds the call: descriptors, signals, terminals."""

    def setUp(self):
        self.program = Program(programs.crosslog)
        self.addCleanup(self.program.close)
        self.service = Canned(PAGE)
        self.service.__enter__()
        self.addCleanup(self.service.__exit__)
        self.env = self.service.environment(self.program)

    def run_it(self, *words, **more):
        return self.program.run(*words, **{"env": self.env, **more})

    def test_a_full_disk_is_an_error(self):
        with open("/dev/full", "wb") as full:
            process = self.program.popen(*EVENTS, env=self.env, stdout=full, stderr=subprocess.PIPE)
            err = process.communicate()[1].decode()
        self.assertEqual(process.returncode, 255)
        self.assertIn("crosslog: [ERROR]: cannot write the output: No space left on device\n", err)

    def test_a_reader_that_went_away_ends_it_silently(self):
        reader, writer = os.pipe()
        os.close(reader)
        process = self.program.popen(*EVENTS, env=self.env, stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        self.assertEqual(process.communicate()[1], b"")
        self.assertEqual(process.returncode, -signal.SIGPIPE)

    def test_closed_descriptors(self):
        script = '"$0" "$@" %s'
        for redirection, rc in ((">&-", 255), ("2>&-", 0), ("<&-", 0), ("<&- 2>&-", 0), ("<&- >&- 2>&-", 255)):
            done = subprocess.run(["sh", "-c", script % redirection, os.path.join(self.program.folder, "crosslog"), *EVENTS],
                                  env=self.env, capture_output=True, check=False)
            self.assertEqual(done.returncode, rc, redirection)

    def test_stdin_is_not_read(self):
        self.assertEqual(self.run_it(*EVENTS, stdin=b"x" * 10).rc, 0)

    def interrupted(self, number, handler=signal.SIG_DFL):
        """Sends the signal while the answer is awaited."""
        waiting = threading.Event()
        gate = threading.Event()
        answer = self.service.server.RequestHandlerClass

        class Slow(answer):
            def do_POST(self):
                waiting.set()
                gate.wait(30)
                try:
                    super().do_POST()
                except OSError:
                    pass
        self.service.server.RequestHandlerClass = Slow
        process = self.program.popen(*EVENTS, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                     preexec_fn=lambda: signal.signal(number, handler))
        self.assertTrue(waiting.wait(30))
        process.send_signal(number)
        if handler == signal.SIG_IGN:
            gate.set()
        out, err = process.communicate(timeout=30)
        gate.set()
        return process.returncode, out, err

    def test_signals_end_it_without_a_word(self):
        self.assertEqual(self.interrupted(signal.SIGINT), (130, b"", b""))

    def test_termination_too(self):
        self.assertEqual(self.interrupted(signal.SIGTERM), (143, b"", b""))

    def test_an_ignored_signal_stays_ignored(self):
        rc, out, err = self.interrupted(signal.SIGINT, signal.SIG_IGN)
        self.assertEqual((rc, err), (0, b""))
        self.assertIn(b"nextForwardToken", out)

    def test_a_terminal_gets_control_characters_made_visible(self):
        for name in ("crosslog", "aws"):
            for output in ("json", "text", "table"):
                result = self.program.run_on_terminal(*EVENTS, "--output", output, "--color", "off", name=name, env=self.env)
                self.assertEqual(result.rc, 0)
                for raw in ("\x1b", "\x07", "\x9b", "\u202e"):
                    self.assertNotIn(raw, result.out, (name, output))
        self.assertEqual(json.loads(self.program.run_on_terminal(*EVENTS, env=self.env).out)["events"][0]["message"],
                         PAGE["GetLogEvents"]["body"]["events"][0]["message"])

    def test_a_pipe_gets_them_as_they_are_stored(self):
        result = self.run_it(*EVENTS, "--output", "text")
        self.assertIn("red \x1b[31m bell \x07 c1 \x9b bidi \u202e end\nforged line", result.out)

    def test_raw_and_safe_override(self):
        self.assertIn("\x1b[31m", self.program.run_on_terminal(*EVENTS, "--output", "text", "--raw", env=self.env).out)
        self.assertIn("\\x1b[31m bell \\x07 c1 \\x9b bidi \\u202e end\\nforged", self.run_it(*EVENTS, "--output", "text", "--safe").out)

    def test_tables_fit_the_terminal_and_are_coloured_there(self):
        wide = self.program.run_on_terminal(*EVENTS, "--output", "table", "--color", "off", env=self.env, size=(200, 50)).out
        narrow = self.program.run_on_terminal(*EVENTS, "--output", "table", "--color", "off", env=self.env, size=(40, 50)).out
        self.assertIn("nextBackwardToken", wide.splitlines()[3])
        self.assertEqual(len([line for line in narrow.splitlines() if "Token" in line]), 2)
        self.assertIn("\x1b[1m\x1b[34m", self.program.run_on_terminal(*EVENTS, "--output", "table", env=self.env).out)
        self.assertNotIn("\x1b[1m", self.run_it(*EVENTS, "--output", "table").out)

    def test_a_message_of_the_service_cannot_steer_a_terminal(self):
        self.service.server.script["GetLogEvents"] = {"status": 400, "headers": {}, "body": {
            "__type": "AccessDeniedException", "message": "no \x1b[2J\u202e way"}}
        result = self.program.run_on_terminal(*EVENTS, env=self.env)
        self.assertEqual(result.rc, 254)
        self.assertIn("no \\x1b[2J\\u202e way", result.out)

    def test_help_and_version(self):
        for name in ("crosslog", "aws"):
            result = self.run_it("--version", name=name)
            self.assertRegex(result.out, r"^crosslog/\d+\.\d+\.\d+(\+\w+)? libcurl/\S+ OpenSSL/\S+ .*simdjson/\S+ libyaml/\S+\n$")
            for words in (("help",), ("logs", "help"), ("logs", "get-log-events", "help")):
                result = self.run_it(*words, name=name)
                self.assertEqual((result.rc, result.err), (0, ""))
                self.assertTrue(result.out.startswith("usage: %s " % name), result.out)
        for words in (("--help",), ("logs", "--help"), ("logs", "get-log-events", "--help"), ("sign", "--help"), ("sign", "help")):
            result = self.run_it(*words)
            self.assertEqual((result.rc, result.err), (0, ""), words)
            self.assertTrue(result.out.startswith("usage: crosslog "), result.out)
        self.assertEqual(self.run_it("--help", name="aws").rc, 252)

    def test_our_own_name_adds_hints_to_the_same_first_line(self):
        for words, rc in (((*IDENTITY, "--profile", "nope"), 255), (("logs",), 252), ((*EVENTS, "--nosuch"), 252)):
            theirs, ours = self.run_it(*words, name="aws"), self.run_it(*words)
            self.assertEqual((theirs.rc, ours.rc), (rc, rc))
            self.assertTrue(ours.err.startswith(theirs.err.replace("aws: ", "crosslog: ").replace("usage: aws", "usage: crosslog")
                                                .replace("  aws ", "  crosslog ")), ours.err)
            self.assertEqual(theirs.hints, [])
        self.assertIn(".aws/config", " ".join(self.run_it(*IDENTITY, "--profile", "nope").hints))

    def test_what_is_not_supported_is_refused_and_never_ignored(self):
        for words in (("--no-verify-ssl",), ("--no-sign-request",), ("--cli-auto-prompt",)):
            result = self.run_it(*EVENTS, *words)
            self.assertEqual((result.rc, result.out), (252, ""), words)
            self.assertEqual(len(result.err.strip().splitlines()), 1, words)
        for words in (("s3", "ls"), ("logs", "put-log-events"), ("sts", "assume-root")):
            self.assertEqual(self.run_it(*words).rc, 252)
        self.assertEqual(self.service.server.seen, [])


class Case(InTheSandbox):
    def run_it(self, *words, name="crosslog", **env):
        changed = {key: value for key, value in {**self.env, **env}.items() if value is not None}
        return self.program.run(*words, name=name, env=changed)

    def good(self, *words, **more):
        result = self.run_it(*words, **more)
        self.assertEqual((result.rc, result.err), (0, ""), words)
        return result

    def actions(self):
        return [request["action"] for request in self.box.requests() if request["service"] != "imds"]


class Roles(RoleCases, Case):
    """What is kept between runs, and what can be said of it."""


class Story(Case):
    """The whole chain against the sandbox: instance metadata, STS, Logs."""

    def test_the_three_commands_of_the_story(self):
        for name in ("crosslog", "aws"):
            here = json.loads(self.good(*IDENTITY, name=name).out)
            self.assertEqual(here["Account"], "111111111111")
            shutil.rmtree(os.path.join(self.program.home, ".aws", "cli"), ignore_errors=True)  # with the other's session
            there = json.loads(self.good(*IDENTITY, "--profile", "story", name=name).out)
            self.assertEqual(there["Account"], "999999999999")
            session = there["Arn"].rsplit("/", 1)[1]
            self.assertRegex(session, r"^%s-\d{10}$" % ("crosslog" if name == "crosslog" else "botocore-session"))
            page = json.loads(self.good(*EVENTS, "--profile", "story", name=name).out)
            self.assertEqual(len(page["events"]), 6)
            self.assertIn("№7 ✓", page["events"][5]["message"])
            self.assertEqual(list(page), ["events", "nextForwardToken", "nextBackwardToken"])

    def test_parameters_reach_the_service(self):
        self.good(*EVENTS, "--profile", "crossb", "--limit", "2", "--start-from-head", "--start-time", "1", "--end-time",
                  "1800000000000")
        parameters = self.box.requests()[-1]["parameters"]
        self.assertEqual({key: str(value) for key, value in parameters.items()},
                         {"logGroupName": "G", "logStreamName": "S", "startTime": "1", "endTime": "1800000000000", "limit": "2",
                          "startFromHead": "True"})

    def test_the_region_of_the_flag(self):
        page = json.loads(self.good(*EVENTS, "--profile", "crossb", "--region", "eu-west-1").out)
        self.assertEqual(page["events"][0]["message"], "INFO  the same names in eu-west-1")

    def test_bytes_that_are_no_text_lose_no_event(self):
        result = self.good("logs", "get-log-events", "--log-group-name", "/crossb/app", "--log-stream-name", "broken-bytes",
                           "--profile", "crossb")
        messages = [event["message"] for event in json.loads(result.out)["events"]]
        self.assertEqual((messages[0], messages[-1], len(messages)), ("before", "after", 5))
        self.assertIn("\ufffd", messages[1])

    def test_assume_role(self):
        result = self.good("sts", "assume-role", "--role-arn", "arn:aws:iam::999999999999:role/cross-account",
                           "--role-session-name", "me", "--duration-seconds", "900")
        self.assertEqual(list(json.loads(result.out)["Credentials"]),
                         ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration"])

    def test_who_may_not(self):
        for profile in ("distrusting", "not-in-policy", "needs-external-id", "nonexistent"):
            result = self.run_it(*EVENTS, "--profile", profile)
            self.assertEqual((result.rc, result.out), (254, ""))
            self.assertIn("An error occurred (AccessDenied) when calling the AssumeRole operation: ", result.first_line)
            self.assertIn("arn:aws:iam::999999999999:role/" + profile, " ".join(result.hints))
        result = self.run_it(*EVENTS, "--profile", "nologs")
        self.assertEqual((result.rc, result.out), (254, ""))
        self.assertIn("An error occurred (AccessDeniedException) when calling the GetLogEvents operation: ", result.first_line)
        self.assertTrue(result.hints)

    def test_a_missing_stream(self):
        result = self.run_it("logs", "get-log-events", "--log-group-name", "G", "--log-stream-name", "nope", "--profile", "crossb")
        self.assertEqual(result.rc, 254)
        self.assertIn("ResourceNotFoundException", result.first_line)

    def test_throttling_is_waited_out(self):
        self.box.control("POST", "/faults", [{"service": "logs", "count": 2, "throttle": True}])
        self.good(*EVENTS, "--profile", "crossb")
        self.assertEqual(self.actions(), ["AssumeRole", "GetLogEvents", "GetLogEvents", "GetLogEvents"])
        self.box.control("POST", "/faults", [{"service": "logs", "throttle": True}])
        result = self.run_it(*EVENTS, "--profile", "crossb", AWS_MAX_ATTEMPTS="2")
        self.assertEqual(result.rc, 254)
        self.assertIn("(reached max retries: 1)", result.first_line)

    def test_a_clock_off_by_an_hour_succeeds(self):
        for offset in (3600, -3600):
            self.box.control("POST", "/clock", {"offset": offset})
            self.good(*EVENTS, "--profile", "crossb")

    def test_a_session_that_expires_under_way_succeeds(self):
        self.box.control("POST", "/faults", [{"service": "logs", "count": 1, "expire_session": True}])
        self.good(*EVENTS, "--profile", "crossb")

    def test_expired_credentials_are_used_and_a_person_is_told_once(self):
        self.box.control("POST", "/imds/credentials", dict(self.box.instance(), Expiration="2026-01-01T00:00:00Z"))
        for words in (IDENTITY, (*IDENTITY, "--profile", "crossb")):
            result = self.run_it(*words)
            self.assertEqual((result.rc, len(result.hints)), (0, 1), result.err)
            self.assertIn("expired at 2026-01-01T00:00:00+00:00 and are used nevertheless", result.hints[0])
            self.good(*words, name="aws")

    def test_an_answer_that_is_no_page(self):
        for fault in ({"html": True}, {"body": "{}"}, {"body": "{\"events\":null}"}, {"empty": True}, {"truncate": 40}):
            self.box.control("POST", "/faults", [{"service": "logs", **fault}])
            result = self.run_it(*EVENTS, "--profile", "crossb", AWS_MAX_ATTEMPTS="1")
            self.assertNotEqual(result.rc, 0, fault)
            self.assertEqual(result.out, "", fault)

    def test_no_instance_metadata(self):
        result = self.run_it(*IDENTITY, "--profile", "crossb", AWS_EC2_METADATA_SERVICE_ENDPOINT="http://127.0.0.1:1")
        self.assertEqual((result.rc, result.out), (255, ""))
        self.assertIn("No credentials found in credential_source referenced in profile crossb", result.first_line)
        self.assertIn("127.0.0.1:1", " ".join(result.hints))
        result = self.run_it(*IDENTITY, AWS_EC2_METADATA_DISABLED="true")
        self.assertEqual(result.rc, 253)
        self.assertNotIn("aws login", result.err)
        self.assertIn("AWS_EC2_METADATA_DISABLED", " ".join(result.hints))

    def test_no_secret_in_any_output(self):
        instance = self.box.instance()
        self.box.control("POST", "/imds/credentials", instance)
        results = [self.run_it(*EVENTS, "--profile", profile, "--debug", name=name)
                   for profile in ("crossb", "nologs", "distrusting") for name in ("crosslog", "aws")]
        for result in results:
            for secret in (instance["SecretAccessKey"], instance["Token"]):
                self.assertNotIn(secret, result.out + result.err)
            self.assertNotIn(instance["AccessKeyId"], result.err)
            self.assertNotIn("Signature=", result.err)
        self.assertIn("debug: ", results[0].err)
        self.assertIn("GetLogEvents", results[0].err)

    def test_a_credentials_file_that_others_can_read_is_a_hint(self):
        self.program.write(".aws/credentials", "[alice]\naws_access_key_id = AKIASANDBOXALICE0001\n"
                           "aws_secret_access_key = wrong/secret\n", mode=0o644)
        result = self.run_it(*IDENTITY, "--profile", "alice", "--region", "us-east-1")
        self.assertEqual(result.rc, 254)
        self.assertIn(".aws/credentials", " ".join(result.hints))
        self.assertNotIn("wrong/secret", result.err)

    def test_a_file_that_is_no_configuration(self):
        self.program.write(".aws/config", "[default]\nregion = us-east-1\nno equals sign\n")
        result = self.run_it(*IDENTITY)
        self.assertEqual(result.rc, 255)
        self.assertIn("Unable to parse config file: " + self.program.home, result.first_line)
        self.assertIn(".aws/config:3", " ".join(result.hints))

    def test_sign_uses_the_same_credentials(self):
        request = b"POST / HTTP/1.1\nHost: logs.us-east-1.amazonaws.com\n\n{}"
        result = self.program.run("sign", "--region", "us-east-1", "--profile", "crossb", env=self.env, stdin=request)
        self.assertEqual(result.rc, 0, result.err)
        self.assertIn("Authorization: AWS4-HMAC-SHA256 Credential=ASIA", result.out)


if __name__ == "__main__":
    add_recorded()
    run("crosslog", "sandbox")
