#!/usr/bin/env python3
"""Cold calls side by side: cold.py BUILD [--rounds N].

Each contestant is a whole process, started afresh against crosslog-sandbox on
loopback (plain HTTP). First every contestant's answer is compared with ours;
then they run in rotation, and each round gives CPU time (user + system, from
wait4) and wall time. Printed: median, minimum and maximum, and the median of
the round-by-round ratios to crosslog's. Nothing here is a test.

  call    sts get-caller-identity with keys from the environment:
          crosslog, curl --aws-sigv4, the AWS CLIs that are here
  chain   IMDSv2 -> AssumeRole -> GetLogEvents by a profile: crosslog, and the
          AWS CLI 1.x (2.9 cannot send AssumeRole to another endpoint)

The AWS CLI 1.x is that of tests/interop/requirements.txt, in BUILD/interop-venv.
"""
import argparse
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests", "interop"))
import judges  # noqa: E402

CONFIG = """[profile crossb]
role_arn = arn:aws:iam::999999999999:role/cross-account
credential_source = Ec2InstanceMetadata
role_session_name = bench
region = us-east-1
"""
# The built-in seed's user of account 111111111111.
KEY, SECRET = "AKIASANDBOXALICE0001", "sandbox/alice+made/up/secret00000000001"


def start_sandbox(build):
    process = subprocess.Popen([os.path.join(build, "src", "sandbox", "crosslog-sandbox"), "--port", "0", "--imds-port", "0",
                                "--control-port", "0", "--quiet", "--quota", "off"], stdout=subprocess.PIPE, text=True)
    urls = {}
    for line in process.stdout:
        name, _, url = line.strip().partition(" ")
        if name == "ready":
            return process, urls
        urls[name] = url
    raise SystemExit("the sandbox did not start")


def measure(argv, env):
    """(CPU seconds, wall seconds, stdout) of one process; ends the run when it fails."""
    with tempfile.TemporaryFile() as out:
        begin = time.monotonic()
        process = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("%s: exit status %d" % (" ".join(argv), process.returncode))
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, wall, out.read()


def race(title, contestants, env, rounds, answer):
    """contestants: [(name, argv)], ours first."""
    results = {name: [] for name, _ in contestants}
    ours = answer(measure(contestants[0][1], env)[2])
    for name, argv in contestants[1:]:
        theirs = answer(measure(argv, env)[2])
        if theirs != ours:
            raise SystemExit("%s answers %r, crosslog %r" % (name, theirs, ours))
    for _ in range(rounds):
        for name, argv in contestants:
            results[name].append(measure(argv, env)[:2])
    print("\n%s, %d rounds, answers equal\n" % (title, rounds))
    print("| | CPU ms (min..max) | wall ms (min..max) | CPU / crosslog | wall / crosslog |")
    print("|---|---|---|---|---|")
    base = results[contestants[0][0]]
    for name, _ in contestants:
        columns = [[1000 * sample[i] for sample in results[name]] for i in (0, 1)]
        ratios = [statistics.median(sample[i] / reference[i] for sample, reference in zip(results[name], base)) for i in (0, 1)]
        print("| %s | %s | %s | %.2f | %.2f |" % ((name,) + tuple(
            "%.1f (%.1f..%.1f)" % (statistics.median(c), min(c), max(c)) for c in columns) + tuple(ratios)))


def version(argv):
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.split()[0].replace("/", " ")


def arn(out):
    text = out.decode()
    return json.loads(text)["Arn"] if text.lstrip().startswith("{") else text.split("<Arn>")[1].split("</Arn>")[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("--rounds", type=int, default=21)
    options = parser.parse_args()
    build = os.path.abspath(options.build)
    crosslog = os.path.join(build, "src", "cli", "crosslog")
    try:
        aws1 = os.path.join(os.path.dirname(judges.python_of(build)), "aws")
    except judges.Absent as why:
        raise SystemExit("no AWS CLI 1.x: %s" % why)
    home = tempfile.mkdtemp(prefix="crosslog-bench-")
    sandbox, urls = start_sandbox(build)
    try:
        os.mkdir(os.path.join(home, ".aws"))
        with open(os.path.join(home, ".aws", "config"), "w", encoding="utf-8") as file:
            file.write(CONFIG)
        base = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8", "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_ENDPOINT_URL": urls["aws"], "AWS_EC2_METADATA_SERVICE_ENDPOINT": urls["imds"], "AWS_PAGER": ""}
        keys = dict(base, AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=SECRET)
        who = ["sts", "get-caller-identity"]
        contestants = [("crosslog", [crosslog] + who), ("AWS CLI 1.x (%s)" % version([aws1, "--version"]), [aws1] + who)]
        curl = shutil.which("curl")
        if curl:
            contestants.insert(1, ("curl --aws-sigv4 (%s)" % " ".join(subprocess.run(
                [curl, "--version"], stdout=subprocess.PIPE, text=True).stdout.split()[:2]),
                [curl, "-sS", "--aws-sigv4", "aws:amz:us-east-1:sts", "--user", KEY + ":" + SECRET,
                 "-d", "Action=GetCallerIdentity&Version=2011-06-15", urls["aws"] + "/"]))
        if os.path.exists("/usr/bin/aws") and version(["/usr/bin/aws", "--version"]).startswith("aws-cli 2."):
            contestants.append(("AWS CLI 2.9 (Debian)", ["/usr/bin/aws", "--endpoint-url", urls["aws"]] + who))
        race("Cold sts get-caller-identity, environment keys", contestants, keys, options.rounds, arn)
        get = "logs get-log-events --log-group-name G --log-stream-name S --profile crossb".split()
        race("Cold chain: IMDSv2 -> AssumeRole -> GetLogEvents", [("crosslog", [crosslog] + get), ("AWS CLI 1.x", [aws1] + get)],
             base, options.rounds, json.loads)
    finally:
        sandbox.send_signal(signal.SIGTERM)
        sandbox.wait()
        shutil.rmtree(home)


if __name__ == "__main__":
    main()
