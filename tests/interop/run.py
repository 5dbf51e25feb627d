#!/usr/bin/env python3
"""Interop: run.py BUILD. Independent judges of the whole chain.

The service is moto's server with its signature and IAM checks on; the instance
metadata are our sandbox's, which hands out a session that moto's STS issued. The
same command lines are run by crosslog and by the AWS CLIs that can be installed
(1.x from PyPI; Debian's 2.9), and what they print is compared:

  story   the user's three commands work, with the session cross-account gives
  cache   a role that one program keeps, the other takes
  v1      stdout, and success or failure, beside awscli 1.x: json, text, table
  v2.9    stdout and exit status beside Debian's awscli 2.9, by --endpoint-url: all
          formats; and the words of errors

What cannot be reached is said and counted as skipped. The last line is
"N passed, N failed[, N skipped]".
"""
import glob
import concurrent.futures
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "sandbox")]
import judges  # noqa: E402
from client import Sandbox  # noqa: E402

ACCOUNT_A, ACCOUNT_B = "111111111111", "999999999999"
REGION = "us-east-1"
ROLE_B = "arn:aws:iam::%s:role/cross-account" % ACCOUNT_B
CONFIG = """[profile crossb]
role_arn = arn:aws:iam::999999999999:role/cross-account
credential_source = Ec2InstanceMetadata

[profile named]
role_arn = arn:aws:iam::999999999999:role/cross-account
credential_source = Ec2InstanceMetadata
role_session_name = interop
region = us-east-1

[profile chained]
role_arn = arn:aws:iam::999999999999:role/cross-account
source_profile = reader
role_session_name = chained
region = us-east-1

[profile second]
role_arn = arn:aws:iam::999999999999:role/second
source_profile = named
role_session_name = two

[profile third]
role_arn = arn:aws:iam::111111111111:role/third
source_profile = second
role_session_name = three
region = us-east-1

[profile no-source]
role_arn = arn:aws:iam::999999999999:role/cross-account
region = us-east-1
"""
GET = "logs get-log-events --log-group-name %s --log-stream-name %s"
APP = GET % ("/interop/app", "web")
# Command lines for both CLIs; {token} is a forward token of /interop/app web.
LINES = [
    "sts get-caller-identity",
    "sts get-caller-identity --profile named",
    "sts get-caller-identity --profile reader",
    "sts get-caller-identity --profile chained",
    GET % ("G", "S") + " --profile named",
    APP + " --profile named",
    APP + " --profile named --limit 3",
    APP + " --profile named --limit 3 --start-from-head",
    APP + " --profile named --limit 3 --no-start-from-head",
    APP + " --profile named --start-time {t0} --end-time {t5}",
    APP + " --profile named --limit 4 --start-from-head --next-token {token}",
    APP + " --profile chained",
    GET % ("/interop/app", "empty") + " --profile named",
    GET % ("/interop/app", "unicode") + " --profile named",
    GET % ("/interop/app", "long") + " --profile named",
    "--profile named " + GET % ("G", "S"),
    "logs get-log-events --log-group-name=G --log-stream-name=S --profile=named",
]
FILTER = "logs filter-log-events --log-group-name /interop/app"
GROUPS = "logs describe-log-groups"
STREAMS = "logs describe-log-streams --log-group-name /interop/app"
# The other operations that read, with the parts of the grammar that they bring.
READS = [
    FILTER, FILTER + " --limit 3", FILTER + " --max-items 4", FILTER + " --page-size 5", FILTER + " --page-size 5 --max-items 7",
    FILTER + " --log-stream-names web unicode", FILTER + " --log-stream-name-prefix web", FILTER + " --filter-pattern INFO",
    FILTER + " --filter-pattern nothing", FILTER + " --start-time {t0} --end-time {t5}", FILTER + " --no-paginate",
    FILTER + " --query events[].message", FILTER + " --query events[?contains(message,`1`)].[timestamp,message]",
    FILTER + " --query length(events)", FILTER + " --query events[0]", FILTER + " --query nothing",
    "logs filter-log-events --cli-input-json {{\"logGroupName\":\"G\"}}",
    GROUPS, GROUPS + " --log-group-name-prefix /interop", GROUPS + " --max-items 1", GROUPS + " --limit 1",
    GROUPS + " --log-group-name-prefix /none", GROUPS + " --query logGroups[*].logGroupName",
    GROUPS + " --query sort_by(logGroups,&logGroupName)[-1].{{name:logGroupName,size:storedBytes}}",
    STREAMS, STREAMS + " --log-stream-name-prefix w", STREAMS + " --order-by LogStreamName --descending",
    STREAMS + " --query logStreams[].logStreamName", STREAMS + " --page-size 1 --max-items 2",
    "logs describe-metric-filters --log-group-name G", "logs describe-subscription-filters --log-group-name G",
    "logs describe-destinations", "logs describe-resource-policies", "logs describe-export-tasks",
    "logs list-tags-log-group --log-group-name G", APP + " --query events[-1].message",
    APP + " --query {{first:events[0].message,count:length(events)}}",
]
ERRORS = [
    GET % ("G", "no-such-stream") + " --profile named",
    GET % ("no-such-group", "S") + " --profile named",
    GET % ("G", "S") + " --profile named --limit 0",
    "logs get-log-events --log-group-name G --profile named",
    GET % ("G", "S") + " --profile named --no-such-option",
    "sts get-caller-identity --profile nobody",
    "sts get-caller-identity --profile no-source",
    "sts assume-role --role-arn x --role-session-name demo",
    GET % ("G", "S") + " --profile named --start-time yesterday",
    GET % ("G", "S"),
]
# For the AWS CLI 2.9, whose first line of an error has no prefix.
V2_ERRORS = [
    GET % ("G", "no-such-stream"), GET % ("no-such-group", "S"), GET % ("G", "S") + " --limit 0", GET % ("G", "S") + " --limit -1",
    GET % ("G", "S") + " --limit ten", GET % ("G", "S") + " --start-time yesterday", GET % ("G", "S") + " --end-time 1.5",
    GET % ("G", "S") + " --no-such-option", GET % ("G", "S") + " --no-such-option x", GET % ("G", "S") + " --next-token nonsense",
    "logs get-log-events --log-group-name G", "logs get-log-events --log-stream-name S", "logs get-log-events",
    GET % ("G", "S") + " --log-group-name", GET % ("G", "S") + " surplus", GET % ("", "S"), GET % ("G", "S") + " --query events[",
    GET % ("G", "S") + " --query foo(events)", GET % ("G", "S") + " --query abs(events)", GET % ("G", "S") + " --query length()",
    FILTER + " --max-items many", FILTER + " --page-size x", FILTER + " --page-size 0", FILTER + " --starting-token {{",
    FILTER + " --no-paginate --max-items 3", FILTER + " --limit 3 --max-items 3", "logs filter-log-events",
    "logs filter-log-events --log-group-name no-such-group", FILTER + " --log-stream-names no-such-stream",
    GROUPS + " --limit 0", GROUPS + " --log-group-name-prefix", "logs describe-log-streams --log-group-name no-such-group",
    STREAMS + " --limit ten", "logs describe-metric-filters --log-group-name no-such-group",
    "logs list-tags-log-group --log-group-name no-such-group", "logs list-tags-log-group", "sts assume-role",
    "sts assume-role --role-arn x --role-session-name demo", "sts assume-role --role-arn {role} --role-session-name d",
    "sts assume-role --role-arn {role} --role-session-name demo --duration-seconds 1", "sts get-caller-identity surplus",
    "logs get-log-events --cli-input-json {{", "logs get-log-events --cli-input-json []",
]
BY_ENDPOINT = [  # by --endpoint-url and environment keys: 2.9 reads no AWS_ENDPOINT_URL
    "sts get-caller-identity", GET % ("G", "S"), APP, APP + " --limit 2", APP + " --limit 2 --start-from-head",
    GET % ("/interop/app", "unicode"), GET % ("/interop/app", "empty"), GET % ("G", "no-such-stream"),
    GET % ("G", "S") + " --limit 0", GET % ("G", "S") + " --no-such-option", "logs get-log-events --log-group-name G",
]
V2_OUTPUTS = ("json", "text", "table", "yaml", "yaml-stream")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that this run started, ended by its pid."""

    def __init__(self, argv, env=None):
        self.process = subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()


def start_moto(folder, work):
    port = free_port()
    env = dict(os.environ, INITIAL_NO_AUTH_ACTION_COUNT="1000000", MOTO_IAM_LOAD_MANAGED_POLICIES="false", HOME=work)
    server = Server([os.path.join(folder, "bin", "moto_server"), "-H", "127.0.0.1", "-p", str(port)], env)
    server.url = "http://127.0.0.1:%d" % port
    for _ in range(300):
        try:
            urllib.request.urlopen(server.url + "/moto-api/", timeout=1).close()
            return server
        except OSError:
            if server.process.poll() is not None:
                break
            time.sleep(0.1)
    server.stop()
    raise judges.Absent("moto's server did not start")


def seed(python, url):
    """Runs seed.py with the judges' Python; gives what it printed as JSON."""
    done = subprocess.run([python, os.path.join(HERE, "seed.py"), url], stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(done.stdout)


class Run:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, name, problem):
        if problem:
            self.failed += 1
            print("FAIL %s: %s" % (name, problem))
        else:
            self.passed += 1

    def skip(self, name, why, count=1):
        self.skipped += count
        print("skipped: %s: %s" % (name, why))


def command(program, words, env):
    done = subprocess.run([program] + words, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=120)
    return done.returncode, done.stdout, done.stderr


def difference(ours, theirs, same_status=True):
    # AWS CLI 1.x has other exit codes than 2: there only success and failure count.
    if ours[0] != theirs[0] if same_status else bool(ours[0]) != bool(theirs[0]):
        return "exit status %d, theirs %d; stderr %r, theirs %r" % (ours[0], theirs[0], ours[2][-300:], theirs[2][-300:])
    if ours[1] != theirs[1]:
        return "stdout %r, theirs %r" % (ours[1][:300], theirs[1][:300])
    return ""


def story(run, crosslog, env, instance):
    rc, out, err = command(crosslog, ["sts", "get-caller-identity"], env)
    run.check("story: who am I", "" if rc == 0 and json.loads(out)["Arn"] == instance["Arn"] else (rc, out, err))
    rc, out, err = command(crosslog, ["sts", "get-caller-identity", "--profile", "crossb"], env)
    arn = json.loads(out)["Arn"] if rc == 0 else ""
    wanted = r"arn:aws:sts::999999999999:assumed-role/cross-account/crosslog-\d+$"
    run.check("story: who am I there", "" if re.match(wanted, arn) else (rc, out, err))
    rc, out, err = command(crosslog, ["sts", "get-caller-identity", "--profile", "third"], env)
    arn = json.loads(out)["Arn"] if rc == 0 else ""
    run.check("story: three roles", "" if arn == "arn:aws:sts::111111111111:assumed-role/third/three" else (rc, out, err))
    rc, out, err = command(crosslog, (GET % ("G", "S")).split() + ["--profile", "crossb"], env)
    messages = [event["message"] for event in json.loads(out)["events"]] if rc == 0 else []
    run.check("story: what is in S", "" if messages == ["first", "second", "third"] and not err else (rc, out, err))
    # moto refuses a wrong signature: the judge is awake.
    bad = dict(env, AWS_ACCESS_KEY_ID=instance["AccessKeyId"], AWS_SECRET_ACCESS_KEY="wrong",
               AWS_SESSION_TOKEN=instance["SessionToken"])
    rc, out, err = command(crosslog, ["sts", "get-caller-identity"], bad)
    run.check("story: a wrong secret is refused", "" if rc == 254 and not out and b"SignatureDoesNotMatch" in err
              else (rc, out, err))


def shared_cache(run, crosslog, aws1, env):
    """Who read whose entry is seen in the session's name, which each program chooses itself."""
    cache = os.path.join(env["HOME"], ".aws", "cli", "cache")
    for first, second, session in ((crosslog, aws1, "crosslog-"), (aws1, crosslog, "botocore-session-")):
        shutil.rmtree(cache, ignore_errors=True)
        ends = [command(program, ["sts", "get-caller-identity", "--profile", "crossb"], env) for program in (first, second)]
        arns = [json.loads(out)["Arn"] if rc == 0 else "" for rc, out, _ in ends]
        name = "cache: written by %s, read by %s" % (os.path.basename(first), os.path.basename(second))
        run.check(name, "" if session in arns[0] and arns[0] == arns[1] and len(glob.glob(cache + "/*.json")) == 1 else ends)


def beside(run, name, crosslog, theirs, lines, env, outputs=("json", "text", "table"), extra=(), same_status=True):
    def compare(case):
        words = case[0].split(" ") + list(extra) + ["--output", case[1]]
        return difference(command(crosslog, words, env), command(theirs, words, env), same_status)

    cases = [(line, output) for line in lines for output in outputs]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for case, problem in zip(cases, pool.map(compare, cases)):
            run.check("%s: %s --output %s" % (name, *case), problem)


def said(stderr):
    """The words of an error: without the prefix of AWS CLI 2.36, and without usage."""
    text = stderr.decode("utf-8", "replace").strip()
    text = re.sub(r"^aws: \[ERROR\]: (An error occurred \(ParamValidation\): )?", "", text)
    text = re.sub(r"^\s*usage: aws .*?(?=aws: error: |Unknown options|$)", "", text, flags=re.S)
    text = re.sub(r"^(aws: error: |Parameter validation failed: ?)", "", text.strip())
    return re.split(r"\n\s*(?:usage: aws|To see help text)", text)[0].strip()


def errors_beside(run, name, ours, theirs, lines, env, extra):
    def compare(line):
        words = line.split(" ") + list(extra)
        mine, other = command(ours, words, env), command(theirs, words, env)
        problem = difference(mine, other)
        if not problem and said(mine[2]) != said(other[2]):
            problem = "stderr %r, theirs %r" % (said(mine[2]), said(other[2]))
        return problem

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for line, problem in zip(lines, pool.map(compare, lines)):
            run.check("%s: %s" % (name, line), problem)


def main():
    build = os.path.abspath(sys.argv[1])
    crosslog = os.path.join(build, "src", "cli", "crosslog")
    run = Run()
    work = tempfile.mkdtemp(prefix="crosslog-interop-")
    servers = []
    try:
        python = judges.python_of(build)
        folder = os.path.dirname(os.path.dirname(python))
        moto = start_moto(folder, work)
        servers.append(moto)
        world = seed(python, moto.url)
        request = urllib.request.Request(moto.url + "/moto-api/reset-auth", b"0", {"Content-Type": "text/plain"})
        urllib.request.urlopen(request).close()
        instance = world["instance"]
        with open(os.path.join(work, "session.json"), "w", encoding="utf-8") as file:
            json.dump({"AccessKeyId": instance["AccessKeyId"], "SecretAccessKey": instance["SecretAccessKey"],
                       "Token": instance["SessionToken"], "Expiration": instance["Expiration"]}, file)
        sandbox = Sandbox(os.path.join(build, "src", "sandbox", "crosslog-sandbox"), "--imds-credentials",
                          os.path.join(work, "session.json"))
        servers.append(sandbox)
        os.mkdir(os.path.join(work, ".aws"))
        with open(os.path.join(work, ".aws", "config"), "w", encoding="utf-8") as file:
            file.write(CONFIG + "\n[profile reader]\nregion = us-east-1\naws_access_key_id = %s\n"
                       "aws_secret_access_key = %s\n" % (world["reader"]["id"], world["reader"]["secret"]))
        env = {"PATH": os.environ["PATH"], "HOME": work, "LANG": "C.UTF-8", "TZ": "UTC", "NO_PROXY": "*",
               "AWS_DEFAULT_REGION": REGION, "AWS_ENDPOINT_URL": moto.url, "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://" + sandbox.host("imds"),
               "AWS_MAX_ATTEMPTS": "1"}
        story(run, crosslog, env, instance)
        shared_cache(run, crosslog, os.path.join(folder, "bin", "aws"), env)
        lines = [line.format(**world["values"]) for line in LINES]
        aws1 = os.path.join(folder, "bin", "aws")
        beside(run, "v1", crosslog, aws1, lines, env, same_status=False)
        reads = [line.format(**world["values"]) + " --profile named" for line in READS]
        beside(run, "v1", crosslog, aws1, reads, env, same_status=False)
        beside(run, "v1", crosslog, aws1, ERRORS, env, outputs=("json",), same_status=False)
        debian = "/usr/bin/aws"
        version = command(debian, ["--version"], env)[1].decode() if os.path.exists(debian) else ""
        if version.startswith("aws-cli/2."):
            session = world["session"]
            keys = dict(env, AWS_ACCESS_KEY_ID=session["AccessKeyId"], AWS_SECRET_ACCESS_KEY=session["SecretAccessKey"],
                        AWS_SESSION_TOKEN=session["SessionToken"], AWS_PAGER="")
            beside(run, version.split()[0], crosslog, debian, BY_ENDPOINT, keys, outputs=V2_OUTPUTS,
                   extra=("--endpoint-url", moto.url))
            # The model of 2.9 has no logGroupArn.
            reads = [line.format(**world["values"]) for line in READS if not line.startswith(GROUPS) or "--query" in line]
            beside(run, version.split()[0], crosslog, debian, reads, keys, outputs=("yaml",),
                   extra=("--endpoint-url", moto.url))
            ours = os.path.join(work, "aws")  # under this name hints are left out
            os.symlink(crosslog, ours)
            errors_beside(run, version.split()[0], ours, debian, [line.format(role=ROLE_B) for line in V2_ERRORS], keys,
                          ("--endpoint-url", moto.url))
        else:
            run.skip("v2.9", "Debian's awscli is not installed", len(V2_OUTPUTS) * len(BY_ENDPOINT) + len(READS) + len(V2_ERRORS))
    except judges.Absent as why:
        run.skip("interop", why)
    finally:
        for server in reversed(servers):
            server.stop()
        shutil.rmtree(work, ignore_errors=True)
    print("%d passed, %d failed%s" % (run.passed, run.failed, ", %d skipped" % run.skipped if run.skipped else ""))
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main())
