#!/usr/bin/env python3
"""Replays every fuzzer's corpus with the build's own compiler: corpus.py BUILD.

A fuzzer without a corpus, and a corpus without a fuzzer, have failed. One test
for each fuzzer; the last line is "N passed, N failed".
"""
import glob
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def main():
    build = sys.argv[1]
    fuzzers = {os.path.basename(path)[:-len("_fuzz.cc")] for path in glob.glob(os.path.join(ROOT, "fuzz", "*_fuzz.cc"))}
    corpora = {name for name in os.listdir(os.path.join(ROOT, "fuzz", "corpus"))}
    passed = failed = 0
    for unit in sorted(fuzzers | corpora):
        program = os.path.join(build, "fuzz", unit + "_fuzz")
        corpus = os.path.join(ROOT, "fuzz", "corpus", unit)
        if unit not in fuzzers or not os.path.isdir(corpus) or not os.access(program, os.X_OK):
            problem = "no fuzzer, no corpus, or not built (fuzz/meson.build lists the units)"
        else:
            done = subprocess.run([program, corpus], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
            lines = done.stdout.decode("utf-8", "backslashreplace").splitlines()
            problem = "" if done.returncode == 0 else "exit status %d at %s" % (done.returncode, lines[-1:])
        if problem:
            failed += 1
            print("FAIL %s: %s" % (unit, problem))
        else:
            passed += 1
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
