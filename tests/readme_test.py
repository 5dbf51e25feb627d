#!/usr/bin/env python3
"""The README's code is compiled and run: readme_test.py BUILD.

Each ```cpp block is built against the library of BUILD and run on the sandbox
with the README's own profile; each `crosslog` command line of "Use it" is run
too; every path that the README links or names must exist. The last line is
"N passed, N failed".
"""
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def flags():
    done = subprocess.run(["pkg-config", "--cflags", "--libs", "libcurl", "libssl", "libcrypto", "simdjson"],
                          stdout=subprocess.PIPE, check=True, text=True)
    return done.stdout.split()


def main():
    build = os.path.abspath(sys.argv[1])
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as file:
        text = file.read()
    programs = re.findall(r"^```cpp\n(.*?)^```$", text, re.M | re.S)
    indented = "\n".join(line[4:] for line in text.splitlines() if line.startswith("    "))
    profile = re.search(r"^\[profile crossb\]\n(?:\w+ = \S+\n)+", indented, re.M)[0]
    commands = re.findall(r"^crosslog (?:sts|logs) .*$", indented, re.M)
    work = tempfile.mkdtemp(prefix="crosslog-readme-")
    sandbox = subprocess.Popen([os.path.join(build, "src", "sandbox", "crosslog-sandbox"), "--port", "0", "--imds-port", "0",
                                "--control-port", "0", "--quiet"], stdout=subprocess.PIPE, text=True)
    checks = []
    try:
        urls = {}
        for line in sandbox.stdout:
            name, _, url = line.strip().partition(" ")
            if name == "ready":
                break
            urls[name] = url
        os.mkdir(os.path.join(work, ".aws"))
        with open(os.path.join(work, ".aws", "config"), "w", encoding="utf-8") as file:
            file.write(profile)
        env = {"PATH": os.path.join(build, "src", "cli") + ":" + os.environ["PATH"], "HOME": work, "LANG": "C.UTF-8",
               "AWS_ENDPOINT_URL": urls["aws"], "AWS_EC2_METADATA_SERVICE_ENDPOINT": urls["imds"]}
        for number, program in enumerate(programs, 1):
            source, binary = os.path.join(work, "%d.cc" % number), os.path.join(work, str(number))
            with open(source, "w", encoding="utf-8") as file:
                file.write(program)
            made = subprocess.run(["g++", "-std=c++23", "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers",
                                   "-I" + os.path.join(ROOT, "include"), source,
                                   os.path.join(build, "src", "libcrosslog.a"), "-o", binary] + flags(),
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            checks.append(("program %d compiles" % number, made.returncode == 0, made.stdout))
            if made.returncode == 0:
                done = subprocess.run([binary], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
                checks.append(("program %d runs" % number, done.returncode == 0 and done.stdout and not done.stderr,
                               done.stdout + done.stderr))
        for line in commands:
            done = subprocess.run(line.split(), env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
            checks.append((line, done.returncode == 0 and done.stdout.startswith("{") and not done.stderr,
                           done.stdout + done.stderr))
        named = re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r"^    (scripts/\S+)", text, re.M)
        checks += [("%s exists" % path, os.path.exists(os.path.join(ROOT, path)), path) for path in sorted(set(named))]
    finally:
        sandbox.send_signal(signal.SIGTERM)
        sandbox.wait(20)
        shutil.rmtree(work, ignore_errors=True)
    if not programs or len(commands) < 3:
        checks.append(("the README has a program and the three commands", False, ""))
    failed = [check for check in checks if not check[1]]
    for name, _, output in failed:
        print("FAIL %s\n%s" % (name, output))
    print("%d passed, %d failed" % (len(checks) - len(failed), len(failed)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
