#!/usr/bin/env python3
"""Each public header compiles alone, warnings as errors, with every compiler that
is here (g++, clang++-19). The last line is "N passed, N failed"."""
import glob
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FLAGS = ["-std=c++23", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror",
         "-I" + os.path.join(ROOT, "include"), "-x", "c++", "-"]


def main():
    passed = failed = 0
    for compiler in filter(shutil.which, ("g++", "clang++-19")):
        for header in sorted(glob.glob(os.path.join(ROOT, "include", "crosslog", "*.h"))):
            # Twice: the second inclusion must be nothing.
            text = '#include "crosslog/{0}"\n#include "crosslog/{0}"\n'.format(os.path.basename(header))
            done = subprocess.run([compiler] + FLAGS, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if done.returncode:
                failed += 1
                print("FAIL %s %s\n%s" % (compiler, os.path.basename(header), done.stdout.decode()))
            else:
                passed += 1
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
