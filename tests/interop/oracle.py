#!/usr/bin/env python3
"""AWS CLI v2's own bytes: oracle.py BUILD [--all] [REPLAY OPTION...].

../shared/oracle/replay.py, where it is beside the checkout, replays recorded
command lines against our binary under the name `aws`. The cases that the
project covers so far are chosen by rule below; the rest is counted as skipped.
The last line is "N passed, N failed[, N skipped]".
"""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import judges  # noqa: E402

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
REPLAY = os.path.join(os.path.dirname(ROOT), "shared", "oracle", "replay.py")
COVERED = re.compile(r"^(sts|assume|get|err|usage|imds|retry|cache)-")
# describe-log-groups, filter-log-events and --cli-input-json come with issue 4.
LATER = {"err-18-unknown-key-logs", "usage-10-max-items-not-number", "get-51-cli-input-json"}


def covered(name, command):
    # Only sts and logs get-log-events exist; other operations come with issue 4.
    return COVERED.match(name) and "--query" not in command.split() and name not in LATER


def main():
    build, options = sys.argv[1], sys.argv[2:]
    if not os.path.exists(REPLAY):
        print("skipped: no oracle beside the checkout")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    try:
        python = judges.python_of(build)
    except judges.Absent as why:
        print("skipped: the oracle needs packages from PyPI: %s" % why)
        print("0 passed, 0 failed, 1 skipped")
        return 0
    listed = subprocess.run([python, REPLAY, "true", "--list"], stdout=subprocess.PIPE, check=True, text=True).stdout
    cases = [(line.split()[0], line.partition(" aws ")[2]) for line in listed.splitlines() if line.strip()]
    chosen = [name for name, command in cases if "--all" in options or covered(name, command)]
    with tempfile.TemporaryDirectory() as folder:
        aws = os.path.join(folder, "aws")
        os.symlink(os.path.join(os.path.abspath(build), "src", "cli", "crosslog"), aws)
        done = subprocess.run([python, REPLAY, aws, "--filter", "^(%s)$" % "|".join(map(re.escape, chosen))]
                              + [option for option in options if option != "--all"],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines = done.stdout.rstrip().splitlines()
    print("\n".join(line for line in lines if not line.startswith("pass ")))
    match = re.match(r"^(\d+) passed, (\d+) failed$", lines[-1]) if lines else None
    if not match:
        print("0 passed, 1 failed")
        return 1
    later = len(cases) - len(chosen)
    if later:
        print("skipped: %d recorded command lines that need what is not built yet" % later)
    print("%s passed, %s failed%s" % (match[1], match[2], ", %d skipped" % later if later else ""))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
