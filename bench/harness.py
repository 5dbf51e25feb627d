"""Whole processes, measured side by side.

A contestant is a command and a function that turns what it printed into an answer. Nothing
is timed whose answer is not the reference's. Contestants run in rotation (A B C A B C); what
the kernel counted of each comes from wait4, by way of launch.cc. Samples are kept as they
are: [CPU microseconds, wall microseconds, peak RSS KiB].
"""
import collections
import hashlib
import json
import os
import re
import subprocess
import tempfile

# `argv` may be a list for one size of work, or a pair of lists: little and much of it.
Contestant = collections.namedtuple("Contestant", "name argv env answer before", defaults=(None,))


class Refused(Exception):
    """Why a contestant is not timed."""


class Launcher:
    def __init__(self, program):
        self.program = program

    def run(self, argv, env, out=subprocess.DEVNULL):
        with tempfile.TemporaryFile() as report, tempfile.TemporaryFile() as complaints:
            subprocess.run([self.program, str(report.fileno())] + argv, env=env, stdin=subprocess.DEVNULL, stdout=out,
                           stderr=complaints, pass_fds=[report.fileno()], check=True, timeout=300)
            report.seek(0)
            cpu, wall, rss, status = map(int, report.read().split())
            if status:
                complaints.seek(0)
                last = complaints.read().decode("utf-8", "replace").strip().splitlines()[-1:]
                raise Refused("exit status %d: %s" % (os.waitstatus_to_exitcode(status), " ".join(last)[:200]))
            return [cpu, wall, rss]

    def output(self, argv, env):
        with tempfile.TemporaryFile() as out:
            self.run(argv, env, out)
            out.seek(0)
            return out.read()


def check(launcher, contestants, reference):
    """({name: reason}, those that answered right)."""
    refused, good = {}, []
    for one in contestants:
        argv = one.argv[0] if isinstance(one.argv, tuple) else one.argv
        try:
            if one.before:
                one.before()
            answer = one.answer(launcher.output(argv, one.env))
            if answer != reference(one):
                raise Refused("answers %s, not %s" % (str(answer)[:120], str(reference(one))[:120]))
            good.append(one)
        except Refused as why:
            refused[one.name] = str(why)
        except (subprocess.SubprocessError, ValueError, KeyError, IndexError, OSError) as why:
            refused[one.name] = "%s: %s" % (type(why).__name__, str(why)[:200])
    return refused, good


def race(launcher, contestants, rounds, refused):
    """{name: samples}; for a pair of sizes {name: {"little": samples, "much": samples}}.
    Who fails under way is out, and in `refused`."""
    samples, running = {}, list(contestants)
    for _ in range(rounds):
        for one in list(running):
            try:
                run_once(launcher, one, samples)
            except Refused as why:
                refused[one.name] = str(why)
                running.remove(one)
                samples.pop(one.name, None)
    return samples


def run_once(launcher, one, samples):
    if isinstance(one.argv, tuple):
        kept = samples.setdefault(one.name, {"little": [], "much": []})
        for size, argv in zip(("little", "much"), one.argv):
            kept[size].append(launcher.run(argv, one.env))
    else:
        if one.before:
            one.before()
        samples.setdefault(one.name, []).append(launcher.run(one.argv, one.env))


# Answers. Events become a count and a digest of what all contestants of one kind print.

def digest(pairs):
    total, count = hashlib.sha256(), 0
    for timestamp, message in pairs:
        total.update(b"%d %s\n" % (timestamp, message.encode("utf-8", "surrogatepass")))
        count += 1
    return "%d events %s" % (count, total.hexdigest()[:16])


def pairs_of(events):
    return ((event["timestamp"], event["message"]) for event in events)


def arn(out):
    text = out.decode()
    found = re.search(r"arn:aws:[^\s\"'<]+", text)
    return found.group(0) if found else text[:100]


def lines(out):
    """'TIMESTAMP MESSAGE' a line."""
    return digest((int(time), message) for time, _, message in (line.partition(" ") for line in out.decode().splitlines()))


def ndjson(out):
    return digest(pairs_of(json.loads(line) for line in out.splitlines()))


def documents(out):
    """JSON texts, one after the other."""
    text, at, events = out.decode(), 0, []
    decoder = json.JSONDecoder()
    while at < len(text):
        document, at = decoder.raw_decode(text, at)
        events += document["events"] if "events" in document else document["Events"]
        while at < len(text) and text[at].isspace():
            at += 1
    return digest((event.get("timestamp", event.get("Timestamp")), event.get("message", event.get("Message"))) for event in events)


def aws_text(out):
    """The AWS CLI's text: members in the order of their names, behind EVENTS."""
    rows = (line.split("\t") for line in out.decode().splitlines() if line.startswith("EVENTS\t"))
    return digest((int(row[-1]), row[-2]) for row in rows)


def messages(out):
    """Just the messages, a line each; nothing of their times."""
    return digest((0, line) for line in out.decode().splitlines())


def number(out):
    return "%d events" % int(out)


def silence(out):
    if out:
        raise Refused("prints something")
    return "nothing"
