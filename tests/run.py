#!/usr/bin/env python3
"""Runs every test of the project and sums what the runners count.

    tests/run.py BUILD [--list] [NAME...]

A runner is a program that ends with "N passed, N failed[, N skipped]", or a
Boost.Test program, which is asked for its report. What a runner prints is shown
when it failed or skipped something. Exit status 0: nothing failed.
"""
import argparse
import concurrent.futures
import glob
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree

TESTS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(TESTS)
CLOSING = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")


class Counts:
    def __init__(self, passed=0, failed=0, skipped=0):
        self.passed, self.failed, self.skipped = passed, failed, skipped

    def add(self, other):
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped

    def __str__(self):
        text = "%d passed, %d failed" % (self.passed, self.failed)
        return text + (", %d skipped" % self.skipped if self.skipped else "")


def run(argv, timeout):
    """(exit status, everything printed); a runner that hangs is ended and has failed."""
    try:
        done = subprocess.run(argv, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=timeout)
        return done.returncode, done.stdout.decode("utf-8", "backslashreplace")
    except subprocess.TimeoutExpired as late:
        return 124, (late.stdout or b"").decode("utf-8", "backslashreplace") + "\nended after %d s\n" % timeout


def boost_runner(program):
    def runner():
        with tempfile.NamedTemporaryFile(suffix=".xml") as report:
            status, text = run([program, "--report_level=short", "--report_format=XML",
                                "--report_sink=" + report.name, "--color_output=no"], 600)
            try:
                suite = ElementTree.parse(report.name).getroot().find("TestSuite")
                count = {key: int(value) for key, value in suite.attrib.items() if value.isdigit()}
                counts = Counts(count["test_cases_passed"] + count.get("test_cases_passed_with_warnings", 0),
                                count["test_cases_failed"],
                                count.get("test_cases_skipped", 0))
            except (ElementTree.ParseError, AttributeError, KeyError):
                return Counts(failed=1), text + "\nno report (exit status %d)\n" % status
        if status and not counts.failed:
            counts.failed = 1
        if not counts.passed and not counts.failed and not counts.skipped:
            return Counts(failed=1), text + "\nno test case ran\n"
        return counts, text
    return runner


def closing_line_runner(argv, timeout=900):
    def runner():
        status, text = run(argv, timeout)
        lines = [line for line in text.splitlines() if line.strip()]
        match = CLOSING.match(lines[-1]) if lines else None
        if not match:
            return Counts(failed=1), text + "\nno closing line (exit status %d)\n" % status
        counts = Counts(*(int(group or 0) for group in match.groups()))
        if status and not counts.failed:
            counts.failed = 1
        return counts, text
    return runner


def runners(build):
    found = []
    for program in sorted(glob.glob(os.path.join(build, "tests", "**", "*_test"), recursive=True)):
        if os.access(program, os.X_OK) and not os.path.isdir(program):
            found.append((os.path.basename(program), boost_runner(program)))
    crosslog = os.path.join(build, "src", "cli", "crosslog")
    sandbox = os.path.join(build, "src", "sandbox", "crosslog-sandbox")
    scripts = [("layering", ["layering.py"]), ("headers", ["headers.py"]), ("static", ["static/run.py", build]), ("corpus", ["corpus.py", build]),
               ("readme", ["readme_test.py", build]), ("c api", ["capi/run.py", build]),
               ("packaging", ["packaging/run.py", build]),
               ("sandbox", ["sandbox/run.py", sandbox]), ("sandbox reads", ["sandbox/reads.py", sandbox]),
               ("e2e", ["e2e/run.py", crosslog, sandbox]),
               ("faults", ["e2e/faults.py", crosslog, sandbox]),
               ("walks", ["e2e/walks.py", crosslog, sandbox]), ("people", ["e2e/people.py", crosslog]), ("completion", ["e2e/completion.py", crosslog, sandbox]),
               ("canary", ["e2e/canary.py", os.path.join(build, "tests", "canary_probe"), crosslog, sandbox]),
               ("jmespath", ["interop/jmespath_judge.py", build]), ("yaml", ["interop/yaml_judge.py", build]),
               ("oracle", ["interop/oracle.py", build]), ("interop", ["interop/run.py", build])]
    for name, words in scripts:
        script = os.path.join(TESTS, words[0])
        if os.path.exists(script):
            found.append((name, closing_line_runner([sys.executable, script] + words[1:])))
    return found


def timed(runner):
    begin = time.monotonic()
    return (*runner(), time.monotonic() - begin)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--list", action="store_true", help="the runners' names")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what every runner prints")
    options = parser.parse_args()
    chosen = [(name, runner) for name, runner in runners(os.path.abspath(options.build))
              if not options.names or name in options.names]
    if options.list:
        print("\n".join(name for name, _ in chosen))
        return 0
    # In the background a shell has these ignored, and every program below would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    total = Counts()
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        # The long ones are scripts, which stand at the end: they begin first.
        running = [(name, pool.submit(timed, runner)) for name, runner in reversed(chosen)]
        for name, future in running:
            counts, text, seconds = future.result()
            if counts.failed or counts.skipped or options.verbose:
                print(text.rstrip())
            print("%-24s %s  (%.0f s)" % (name, counts, seconds), flush=True)
            total.add(counts)
    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
