#!/usr/bin/env python3
"""The C API as others use it: from C, from Python by ctypes, and by its symbols.

    run.py BUILD       ends with "N passed, N failed[, N skipped]"
"""
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(os.path.dirname(HERE), "e2e"), os.path.join(os.path.dirname(HERE), "sandbox")]

from client import ALICE, Sandbox  # noqa: E402
from program import Program  # noqa: E402

EVENTS = 2500
HEADER = os.path.join(ROOT, "include", "crosslog", "crosslog.h")


class Runner:
    def __init__(self, build):
        self.library = os.path.join(build, "src", "libcrosslog.so")
        self.c_program = os.path.join(build, "tests", "c_api")
        self.crosslog = os.path.join(build, "src", "cli", "crosslog")
        self.build = build
        self.box = Sandbox(os.path.join(build, "src", "sandbox", "crosslog-sandbox"), "--events", str(EVENTS), "--quota", "off")
        self.home = Program(self.crosslog)
        self.passed = self.failed = self.skipped = 0

    def close(self):
        self.home.close()
        self.box.stop()

    def check(self, name, good, text=""):
        self.passed, self.failed = self.passed + bool(good), self.failed + (not good)
        if not good:
            print("FAIL %s\n%s" % (name, text))

    def run(self, *words, **environment):
        env = self.home.environment_in(self.box, CROSSLOG_LIBRARY=self.library, **environment)
        done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=300)
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "backslashreplace")

    def example(self, name, *words, **environment):
        return self.run(sys.executable, os.path.join(ROOT, "examples", "python", name), *words, **environment)

    # The runners.
    def c(self):
        _, out, err = self.run(self.c_program, "http://" + self.box.host(), "http://" + self.box.host("imds"), str(EVENTS))
        lines = (out.decode() + err).splitlines()
        match = re.fullmatch(r"(\d+) passed, (\d+) failed", lines[-1] if lines else "")
        if not match:
            return self.check("the C program ends with its count", False, "\n".join(lines))
        if int(match[2]):
            print("\n".join(lines[:-1]))
        self.passed, self.failed = self.passed + int(match[1]), self.failed + int(match[2])

    def python(self):
        profile = ("/load/generated", "s", "crossb")
        code, out, err = self.example("read_stream.py", *profile)
        wanted = self.home.run("logs", "get-log-events", "--all", "--start-from-head", "--log-group-name", profile[0],
                               "--log-stream-name", profile[1], "--profile", profile[2], "--output", "text", "--query",
                               "events[].[message]", env=self.home.environment_in(self.box)).out_bytes
        self.check("read_stream.py prints every event once", code == 0 and out == wanted and out.count(b"\n") == EVENTS, err)
        code, out, err = self.example("read_stream.py", "/load/generated", "nothing", "crossb")
        self.check("read_stream.py says what is wrong", code == 1 and not out and
                   "ResourceNotFoundException" in err and "Traceback" not in err, err)

    def own_parts(self):
        words = ("us-east-1", "/load/generated", "s", "http://" + self.box.host())
        code, out, err = self.example("own_parts.py", *words, ACCESS_KEY_ID=ALICE["AccessKeyId"],
                                      SECRET_ACCESS_KEY=ALICE["SecretAccessKey"])
        self.check("own_parts.py reads the stream of its own account", code == 0 and out.count(b"\n") == EVENTS, err)
        code, _, err = self.example("own_parts.py", *words, ACCESS_KEY_ID=ALICE["AccessKeyId"], SECRET_ACCESS_KEY="wrong")
        self.check("own_parts.py shows what the service says", code == 1 and "An error occurred" in err, err)
        code, _, err = self.example("own_parts.py", *words[:3], "http://127.0.0.1:1", ACCESS_KEY_ID="AKIA", SECRET_ACCESS_KEY="x")
        self.check("own_parts.py shows what its transport says", code == 1 and "refused" in err, err)

    def symbols(self):
        """The shared library exports what the header declares, and nothing else."""
        with open(HEADER, encoding="utf-8") as file:
            declared = set(re.findall(r"^CROSSLOG_API [^;(]*?\b(crosslog_\w+)\(", file.read(), re.M))
        out = subprocess.run(["nm", "-D", "--defined-only", self.library], stdout=subprocess.PIPE, check=True, text=True).stdout
        exported = {line.split()[-1] for line in out.splitlines()}
        self.check("the exported symbols", exported == {name + "@@CROSSLOG_0" for name in declared} | {"CROSSLOG_0"},
                   "\n".join(sorted(exported)))
        out = subprocess.run(["readelf", "-d", self.library], stdout=subprocess.PIPE, check=True, text=True).stdout
        self.check("the soname", "soname: [libcrosslog.so.0]" in out, out)

    def abi(self):
        if not shutil.which("abidiff"):
            print("skipped: the ABI is not compared: abidiff (Debian: abigail-tools) is not here")
            self.skipped += 1
            return
        done = subprocess.run([os.path.join(ROOT, "scripts", "abi"), self.build], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        self.check("the ABI is that of the last release", done.returncode == 0, done.stdout)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    runner = Runner(os.path.abspath(sys.argv[1]))
    try:
        for part in (runner.c, runner.python, runner.own_parts, runner.symbols, runner.abi):
            part()
    finally:
        runner.close()
    print("%d passed, %d failed" % (runner.passed, runner.failed) +
          (", %d skipped" % runner.skipped if runner.skipped else ""))
    return 1 if runner.failed else 0


if __name__ == "__main__":
    sys.exit(main())
