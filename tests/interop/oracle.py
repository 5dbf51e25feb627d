#!/usr/bin/env python3
"""AWS CLI v2's own bytes: oracle.py BUILD [REPLAY OPTION...].

../shared/oracle/replay.py, where it is beside the checkout, replays recorded
command lines against our binary under the name `aws`, all of them. The last line
is "N passed, N failed[, N skipped]".
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


def skip(why):
    print("skipped: " + why)
    print("0 passed, 0 failed, 1 skipped")
    return 0


def main():
    build, options = sys.argv[1], sys.argv[2:]
    if not os.path.exists(REPLAY):
        return skip("no oracle beside the checkout")
    try:
        python = judges.python_of(build)
    except judges.Absent as why:
        return skip("the oracle needs packages from PyPI: %s" % why)
    with tempfile.TemporaryDirectory() as folder:
        aws = os.path.join(folder, "aws")
        os.symlink(os.path.join(os.path.abspath(build), "src", "cli", "crosslog"), aws)
        done = subprocess.run([python, REPLAY, aws] + options, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
    lines = done.stdout.rstrip().splitlines()
    print("\n".join(line for line in lines if not line.startswith("pass ")))
    if not lines or not re.match(r"^\d+ passed, \d+ failed$", lines[-1]):
        print("0 passed, 1 failed")
        return 1
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
