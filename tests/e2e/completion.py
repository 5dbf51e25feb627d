#!/usr/bin/env python3
"""Completion in real shells, help and the man page, beside a small service that lists names.

    completion.py CROSSLOG SANDBOX [-v] [Class.test]     ends with "N passed, N failed[, N skipped]"

zsh, fish, man, groff and mandoc are used where they are installed, else skipped.
"""
import http.server
import json
import os
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)

from canned import BASE  # noqa: E402
from program import Program  # noqa: E402
from suite import InTheSandbox, programs, run  # noqa: E402

BREAKS = " \t\n\"'@><=;|&(:"
MARK = re.compile(r"LINE<(.*?)>END", re.S)
GROUPS = ["/aws/lambda/orders", "/aws/lambda/owls", "/ecs/web"] + ["/many/%03d" % i for i in range(120)]
STREAMS = {"/ecs/web": ["2026/02/23/[$LATEST]ab", "web-1", "web-2", "x$(touch pwned)`touch pwned`;touch pwned"],
           "/aws/lambda/orders": ["2026/02/23/[$LATEST]0123"]}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        operation = self.headers["X-Amz-Target"].split(".")[1]
        self.server.seen.append((operation, body, self.headers["Authorization"]))
        self.server.gate.wait(30)
        refused = self.server.refuses or ("nextToken" in body and self.server.one_page)
        if operation == "DescribeLogGroups":
            names, kind = GROUPS, ("logGroups", "logGroupName")
        else:
            names, kind = STREAMS.get(body.get("logGroupName"), []), ("logStreams", "logStreamName")
        names = [name for name in names if name.startswith(body.get(kind[1] + "Prefix", ""))]
        begin = int(body.get("nextToken", 0))
        answer = {kind[0]: [{kind[1]: name} for name in names[begin:begin + body["limit"]]]}
        if begin + body["limit"] < len(names):
            answer["nextToken"] = str(begin + body["limit"])
        text = json.dumps(answer).encode()
        try:
            self.send_response(400 if refused else 200)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)
        except OSError:
            pass


class Case(unittest.TestCase):
    def setUp(self):
        self.program = Program(programs.crosslog)
        self.addCleanup(self.program.close)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.seen, self.server.gate = [], threading.Event()
        self.server.refuses = self.server.one_page = False
        self.server.gate.set()
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.addCleanup(self.server.gate.set)
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        self.env = self.program.environment(**{
            **BASE, "AWS_ENDPOINT_URL": self.url, "TERM": "dumb", "INPUTRC": "/dev/null",
            "PATH": self.program.folder + ":" + os.environ["PATH"]})

    def ask(self, line, **changes):
        done = self.program.run("__complete", "bash", line, BREAKS, env={**self.env, **changes})
        self.assertEqual((done.rc, done.err), (0, ""), line)
        kind, *lines = done.out.splitlines()
        self.assertEqual(kind, "names", line)
        return lines

    def operations(self):
        return [operation for operation, _, _ in self.server.seen]


class Names(Case):
    """What the program answers to the scripts."""

    def test_groups_by_prefix_and_all_pages(self):
        self.assertEqual(self.ask("crosslog get /aws/lambda/o"), ["/aws/lambda/orders", "/aws/lambda/owls"])
        self.assertEqual(self.server.seen[0][1], {"logGroupNamePrefix": "/aws/lambda/o", "limit": 50})
        self.assertEqual(len(self.ask("crosslog groups /many/")), 120)
        self.assertEqual(self.operations(), ["DescribeLogGroups"] * 4)

    def test_streams_of_the_group(self):
        self.assertEqual(self.ask("crosslog get /ecs/web:w"), ["web-1", "web-2"])
        self.assertEqual(self.server.seen[0][1],
                         {"logGroupName": "/ecs/web", "logStreamNamePrefix": "w", "limit": 50})
        self.assertEqual(len(self.ask("crosslog logs get-log-events --log-group-name /ecs/web --log-stream-name ")), 4)
        self.assertEqual(self.server.seen[1][1], {"logGroupName": "/ecs/web", "orderBy": "LastEventTime",
                                                  "descending": True, "limit": 50})

    def test_names_are_asked_for_once_a_minute(self):
        for _ in range(3):
            self.assertEqual(self.ask("crosslog get /ecs/"), ["/ecs/web"])
        self.assertEqual(len(self.server.seen), 1)
        cache = os.path.join(self.program.home, ".cache", "crosslog", "completion")
        self.assertEqual([os.stat(os.path.join(cache, name)).st_mode & 0o777 for name in os.listdir(cache)], [0o600])
        for name in os.listdir(cache):
            with open(os.path.join(cache, name), encoding="utf-8") as file:
                entry = json.load(file)
            entry["time"] -= 61000
            with open(os.path.join(cache, name), "w", encoding="utf-8") as file:
                json.dump(entry, file)
        self.ask("crosslog get /ecs/")
        self.assertEqual(len(self.server.seen), 2)

    def test_another_region_profile_or_endpoint_is_another_question(self):
        self.ask("crosslog get /ecs/")
        self.ask("crosslog --region eu-west-1 get /ecs/")
        self.assertIn("/eu-west-1/logs/", self.server.seen[1][2])
        self.ask("crosslog --endpoint-url http://localhost:%d get /ecs/" % self.server.server_address[1])
        self.ask("crosslog get /ecs/", AWS_ACCESS_KEY_ID="AKIDOTHER")
        self.assertEqual(len(self.server.seen), 4)

    def test_the_cache_can_be_elsewhere_or_nowhere(self):
        self.ask("crosslog get /ecs/", XDG_CACHE_HOME=os.path.join(self.program.folder, "cache"))
        self.assertTrue(os.path.isdir(os.path.join(self.program.folder, "cache", "crosslog", "completion")))
        self.ask("crosslog get /ecs/", CROSSLOG_NO_CACHE="1")
        self.assertFalse(os.path.exists(os.path.join(self.program.home, ".cache")))

    def test_errors_are_silent_and_not_kept(self):
        self.server.refuses = True
        self.assertEqual(self.ask("crosslog get /ecs/"), [])
        self.server.refuses = False
        self.assertEqual(self.ask("crosslog get /ecs/"), ["/ecs/web"])
        self.assertEqual(self.ask("crosslog --profile nope get /"), [])
        self.assertEqual(self.ask("crosslog get /", AWS_ENDPOINT_URL="http://127.0.0.1:1"), [])
        self.assertEqual(self.ask("crosslog get /", AWS_ACCESS_KEY_ID=""), [])
        self.program.write(".aws/config", "[broken\n")
        self.assertEqual(self.ask("crosslog get /"), [])
        self.assertIn("get", self.ask("crosslog g"))

    def test_what_came_before_an_error_is_offered_and_not_kept(self):
        self.server.one_page = True
        self.assertEqual(len(self.ask("crosslog groups /many/")), 50)
        self.server.one_page = False
        self.assertEqual(len(self.ask("crosslog groups /many/")), 120)

    def test_a_service_that_hangs_is_left_after_two_seconds(self):
        self.server.gate.clear()
        begin = time.monotonic()
        self.assertEqual(self.ask("crosslog get /"), [])
        self.assertLess(time.monotonic() - begin, 10)

    def test_the_aws_name_has_none_of_it(self):
        self.assertEqual(self.program.run("__complete", "bash", "aws ", "", name="aws", env=self.env).rc, 252)
        self.assertEqual(self.program.run("completion", "bash", name="aws", env=self.env).rc, 252)

    def test_help_and_scripts_need_no_configuration(self):
        self.program.write(".aws/config", "[broken\n")
        for words in (("help",), ("help", "--man"), ("get", "--help"), ("completion", "bash"), ("help", "exit-codes")):
            done = self.program.run(*words, env=self.env)
            self.assertEqual((done.rc, done.err), (0, ""), words)
            self.assertTrue(done.out)
        self.assertEqual(self.program.run("completion", env=self.env).rc, 252)
        self.assertEqual(self.program.run("completion", "ksh", env=self.env).rc, 252)


class ThroughARole(InTheSandbox):
    """The profile on the line: its role is taken, and names come from the other account."""

    def test_names_of_the_other_account(self):
        known = self.program.run("logs", "describe-log-groups", "--profile", "crossb", env=self.env)
        if "UnknownOperation" in known.err:
            self.skipTest("the sandbox does not list groups")
        self.assertEqual(known.rc, 0, known.err)
        names = [group["logGroupName"] for group in json.loads(known.out)["logGroups"]]
        reply = self.program.run("__complete", "zsh", "--profile", "crossb", "get", "", env=self.env)
        self.assertEqual(reply.out.splitlines(), ["names", *names])
        self.assertIn("G", names)
        reply = self.program.run("__complete", "zsh", "--profile", "crossb", "get", "G:", env=self.env)
        self.assertIn("G:S", reply.out.splitlines())


class Typist:
    """A shell at a terminal; what stands on its line after some keys."""

    def __init__(self, argv, env, cwd):
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.chdir(cwd)
            os.execvpe(argv[0], argv, env)
        self.seen = ""

    def type(self, text):
        os.write(self.terminal, text.encode())

    def wait_for(self, pattern, timeout=30):
        end = time.monotonic() + timeout
        while True:
            match = pattern.search(self.seen)
            if match:
                self.seen = self.seen[match.end():]
                return match
            if not select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
                raise AssertionError("not seen: %s in %r" % (pattern.pattern, self.seen))
            self.seen += os.read(self.terminal, 65536).decode("utf-8", "replace")

    # Control-T shows the line, control-U empties it; see the set-up of each shell.
    def complete(self, text, keys="\t"):
        self.type(text + keys + "\x14")
        line = self.wait_for(MARK).group(1)
        self.type("\x15")
        return line.replace("\r", "")

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.terminal)


class InShell:
    """The same lines for every shell that can be had at a terminal."""
    shell = setup = ""
    arguments = ()

    def setUp(self):
        super().setUp()
        if not shutil.which(self.shell):
            self.skipTest("no %s here" % self.shell)
        for name in ("web.http", "web dir.http"):
            self.program.write(name, "GET / HTTP/1.1\n")
        self.typist = Typist([self.shell, *self.arguments], self.env, self.program.home)
        self.addCleanup(self.typist.close)
        self.program.write("setup", self.setup)
        self.typist.type(" . ./setup; echo READY''NOW\n")
        self.typist.wait_for(re.compile("READYNOW"))

    def completes(self, typed, line, keys="\t"):
        self.assertEqual(self.typist.complete(typed, keys), line, typed)

    def test_commands_and_options(self):
        self.completes("crosslog who", "crosslog whoami ")
        self.completes("crosslog logs filter-log-e", "crosslog logs filter-log-events ")
        self.completes("crosslog logs describe-log-streams --order-by La", "crosslog logs describe-log-streams --order-by LastEventTime ")
        self.completes("crosslog --profile cr", "crosslog --profile crossb ")
        self.completes("crosslog get G --sin", "crosslog get G --since ")

    def test_live_names(self):
        self.completes("crosslog get /ec", "crosslog get /ecs/web ")
        self.completes("crosslog get /aws/", "crosslog get /aws/lambda/o")
        self.completes("crosslog streams /aws/lambda/or", "crosslog streams /aws/lambda/orders ")
        self.completes("crosslog logs get-log-events --log-group-name /ecs/web --log-stream-name we",
                       "crosslog logs get-log-events --log-group-name /ecs/web --log-stream-name web-")
        self.completes("crosslog get /ecs/web:we", "crosslog get /ecs/web:web-")

    def test_a_name_that_is_no_word_of_a_shell_is_quoted(self):
        typed = "crosslog logs get-log-events --log-group-name /aws/lambda/orders --log-stream-name "
        line = self.typist.complete(typed + "2026")
        argument = subprocess.run(["bash", "-c", "printf %s " + line[len(typed):]], capture_output=True, check=True)
        self.assertEqual(argument.stdout.decode(), "2026/02/23/[$LATEST]0123")
        typed = "crosslog logs get-log-events --log-group-name /ecs/web --log-stream-name "
        line = self.typist.complete(typed + "x")
        argument = subprocess.run(["bash", "-c", "printf %s " + line[len(typed):]], capture_output=True, check=True,
                                  cwd=self.program.home)
        self.assertEqual(argument.stdout.decode(), STREAMS["/ecs/web"][-1])
        self.assertFalse(os.path.exists(os.path.join(self.program.home, "pwned")))

    def test_files(self):
        self.completes("crosslog sign web.", "crosslog sign web.http ")
        self.completes("crosslog logs get-log-events --cli-input-json file://web.",
                       "crosslog logs get-log-events --cli-input-json file://web.http ")
        self.completes("crosslog --ca-bundle=web.", "crosslog --ca-bundle=web.http ")


class Bash(InShell, Case):
    shell, arguments = "bash", ("--norc", "--noprofile", "-i")
    setup = ("source <(crosslog completion bash)\nbind 'set bell-style none'\nbind 'set enable-bracketed-paste off'\n"
             "bind -x '\"\\C-t\": printf \"LINE<%s>END\\n\" \"$READLINE_LINE\"'\n")

    def test_inside_quotes(self):
        typed = "crosslog logs get-log-events --log-group-name /aws/lambda/orders --log-stream-name "
        self.assertEqual(self.typist.complete(typed + "'2026").rstrip(" "), typed + "'2026/02/23/[$LATEST]0123'")
        self.assertEqual(self.typist.complete(typed + '"2026').rstrip(" "), typed + '"2026/02/23/[\\$LATEST]0123"')

    def test_compreply(self):
        script = ("source <(crosslog completion bash); COMP_LINE=$1 COMP_POINT=${#1}; _crosslog crosslog; "
                  "printf '%s\\n' \"${COMPREPLY[@]}\"")
        done = subprocess.run(["bash", "-c", script, "bash", "crosslog get /ecs/web:web-"], env=self.env,
                              capture_output=True, check=False)
        self.assertEqual(done.stdout.decode(), "web-1\nweb-2\n")


class Zsh(InShell, Case):
    shell, arguments = "zsh", ("-i",)
    setup = ("autoload -U compinit\ncompinit -u -D\nsource <(crosslog completion zsh)\nsetopt no_beep\n"
             "show() { print -r -- \"LINE<$BUFFER>END\" }\nzle -N show\nbindkey '^T' show\nbindkey '^U' kill-whole-line\n")


class Fish(Case):
    def complete(self, line):
        script = "source (crosslog completion fish | psub); complete -C $argv[1]"
        done = subprocess.run(["fish", "--no-config", "-c", script, line], env=self.env, capture_output=True, check=False,
                              cwd=self.program.home)
        return [candidate.split("\t")[0] for candidate in done.stdout.decode().splitlines()]

    def setUp(self):
        super().setUp()
        if not shutil.which("fish"):
            self.skipTest("no fish here")

    def test_lines(self):
        self.program.write("web.http", "")
        for line, expected in (("crosslog who", ["whoami"]), ("crosslog --profile cr", ["crossb"]),
                               ("crosslog get /aws/lambda/o", ["/aws/lambda/orders", "/aws/lambda/owls"]),
                               ("crosslog get /ecs/web:we", ["/ecs/web:web-1", "/ecs/web:web-2"]),
                               ("crosslog logs describe-log-streams --order-by La", ["LastEventTime"]),
                               ("crosslog sign web", ["web.http"]),
                               ("crosslog --ca-bundle=web", ["--ca-bundle=web.http"])):
            self.assertEqual(self.complete(line), expected, line)
        self.assertIn("get", self.complete("crosslog "))


class ManPage(Case):
    def page(self):
        done = self.program.run("help", "--man", env=self.env)
        self.assertEqual(done.rc, 0)
        return self.program.write("crosslog.1", done.out)

    def check(self, *command):
        if not shutil.which(command[0]):
            self.skipTest("no %s here" % command[0])
        done = subprocess.run([*command, self.page()], env={**self.env, "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
                              capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stderr.decode()), (0, ""))
        return done.stdout.decode()

    def test_groff(self):
        self.check("groff", "-man", "-ww", "-z")

    def test_man(self):
        text = self.check("man", "--warnings", "-P", "cat", "-l")
        self.assertIn("--log-group-name", text)

    def test_mandoc(self):
        self.check("mandoc", "-T", "lint", "-W", "error")

    def test_every_variable_that_is_read_is_there(self):
        with open(self.page(), encoding="utf-8") as file:
            page = file.read()
        names = set()
        for folder, _, files in os.walk(os.path.join(ROOT, "src")):
            if "sandbox" in folder:
                continue
            for name in files:
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    if name.endswith((".cc", ".h")) and name != "help_topics.cc":
                        names |= set(re.findall(r'"((?:AWS|CROSSLOG)_[A-Z0-9_]+|NO_COLOR|TZ|[A-Z]+_PROXY|XDG_[A-Z_]+)"',
                                                file.read()))
        known = set(re.findall(r"[A-Z][A-Z0-9_]+", page))
        no_variables = {"AWS_MANAGED", "AWS_ENDPOINT_URL_", "AWS_ENDPOINT_URL_LOGS"}
        self.assertEqual(sorted(names - known - no_variables), [])


if __name__ == "__main__":
    run("crosslog", "sandbox")
