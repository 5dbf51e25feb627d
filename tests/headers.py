#!/usr/bin/env python3
"""Each public header compiles alone, warnings as errors, with every compiler that
is here (g++, clang++-19); that of the C API also as C11 and as C++11. The last line
is "N passed, N failed"."""
import glob
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FLAGS = ["-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror",
         "-I" + os.path.join(ROOT, "include"), "-"]
LANGUAGE = ["-std=c++23", "-x", "c++"]
LANGUAGES = {"crosslog.h": [LANGUAGE, ["-std=c11", "-x", "c"], ["-std=c++11", "-x", "c++"]]}


def main():
    passed = failed = 0
    for compiler in filter(shutil.which, ("g++", "clang++-19")):
        for path in sorted(glob.glob(os.path.join(ROOT, "include", "crosslog", "*.h"))):
            header = os.path.basename(path)
            for language in LANGUAGES.get(header, [LANGUAGE]):
                # Twice: the second inclusion must be nothing.
                text = '#include "crosslog/{0}"\n#include "crosslog/{0}"\n'.format(header)
                done = subprocess.run([compiler] + language + FLAGS, input=text.encode(), stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT)
                if done.returncode:
                    failed += 1
                    print("FAIL %s %s %s\n%s" % (compiler, language[0], header, done.stdout.decode()))
                else:
                    passed += 1
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
