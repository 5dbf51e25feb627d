"""Who runs: crosslog, curl as the transport's floor, the SDKs and the tools that people use.

Peers are in build-bench/ (scripts/bench puts them there). absent() says which are not.
"""
import os
import shutil
import subprocess

from harness import Contestant, arn, aws_text, documents, lines, messages, ndjson, number, silence

KEY, SECRET = "AKIA1111111111111111", "made/up/secret0000000000000000000000000"
CONFIG = """[profile crossb]
role_arn = arn:aws:iam::999999999999:role/cross-account
credential_source = Ec2InstanceMetadata
role_session_name = bench
region = us-east-1
"""


class World:
    """Where everything is: folders, ports, environments."""

    def __init__(self, root, build, home, ports, tls):
        self.root, self.peers, self.home, self.tls = root, os.path.join(root, "build-bench"), home, tls
        self.http, self.https = "http://127.0.0.1:%s" % ports["http"], "https://127.0.0.1:%s" % ports["https"]
        self.ours = [("crosslog", os.path.join(build, "src", "cli", "crosslog"))]
        for place in ("crosslog", "src/cli/crosslog"):
            static = os.path.join(root, "build-static", place)
            if os.path.isfile(static):
                self.ours.append(("crosslog static", static))
                break
        os.makedirs(os.path.join(home, ".aws"), exist_ok=True)
        with open(os.path.join(home, ".aws", "config"), "w", encoding="utf-8") as file:
            file.write(CONFIG)
        self.plain = {"PATH": "/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8", "TZ": "UTC", "AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-1",
                      "AWS_ENDPOINT_URL": self.http, "AWS_EC2_METADATA_SERVICE_ENDPOINT": self.http, "AWS_PAGER": "", "NO_COLOR": "1"}
        self.keys = dict(self.plain, AWS_ACCESS_KEY_ID=KEY, AWS_SECRET_ACCESS_KEY=SECRET)
        bundle = tls["bundle"]
        self.secure = dict(self.keys, AWS_ENDPOINT_URL=self.https, AWS_CA_BUNDLE=bundle, SSL_CERT_FILE=bundle, NODE_EXTRA_CA_CERTS=tls["ca"])
        # The Go SDK heeds the general variable in its own calls, but not in those of its chain.
        self.role = dict(self.plain, AWS_PROFILE="crossb", AWS_ENDPOINT_URL_STS=self.http)

    def forget_roles(self):
        shutil.rmtree(os.path.join(self.home, ".aws", "cli"), ignore_errors=True)

    def peer(self, *path):
        return os.path.join(self.peers, *path)

    @property
    def aws1(self):
        return [self.peer("python", "bin", "python"), self.peer("python", "bin", "aws")]

    @property
    def python(self):
        return [self.peer("python", "bin", "python"), self.peer("python", "read.py")]

    @property
    def node(self):
        return ["/usr/bin/env", "node"] if not shutil.which("node") else [shutil.which("node")]

    @property
    def javascript(self):
        return self.node + [self.peer("javascript", "read.mjs")]

    @property
    def sdks(self):
        """(name, command) of the programs that take who, chain, get and filter."""
        return [("boto3", self.python), ("JavaScript SDK v3", self.javascript), ("Go SDK v2", [self.peer("bin", "go-sdk")]),
                ("Rust SDK", [self.peer("bin", "rust-sdk")])]

    def tool(self, name):
        """A tool's program: in build-bench/bin or on the PATH."""
        ours = self.peer("bin", name)
        return ours if os.path.exists(ours) else shutil.which(name)


def aws2():
    """Debian's AWS CLI 2, or None."""
    program = "/usr/bin/aws"
    if not os.path.exists(program):
        return None
    return program if "aws-cli/2." in version([program, "--version"]) else None


def version(argv, env=None):
    try:
        done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=30, env=env, check=False)
    except OSError:
        return "absent"
    return (done.stdout.strip().splitlines() or [""])[0]


def present(contestants):
    """({name: reason}, those whose files are there)."""
    absent, there = {}, []
    for one in contestants:
        argv = one.argv[0] if isinstance(one.argv, tuple) else one.argv
        if argv[0] is None or not os.path.exists(argv[0]) or any(w.startswith("/") and w.endswith((".py", ".mjs")) and not os.path.exists(w) for w in argv):
            absent[one.name] = "not installed here (bench/peers/README.md)"
        else:
            there.append(one)
    return absent, there


def cold(world, env, url, curls):
    who = ["sts", "get-caller-identity"]
    made = [Contestant(name, [path] + who, env, arn) for name, path in world.ours]
    made += [Contestant(name, ["/usr/bin/curl", "-sS", "--aws-sigv4", "aws:amz:us-east-1:sts", "--user", KEY + ":" + SECRET, "-d",
                               "Action=GetCallerIdentity&Version=2011-06-15"] + extra + [url + "/"], env, arn) for name, extra in curls]
    made += [Contestant(name, command + ["who"], env, arn) for name, command in world.sdks]
    made.append(Contestant("AWS CLI 1.x", world.aws1 + who, env, arn))
    if aws2():
        made.append(Contestant("AWS CLI 2.9", [aws2(), "--endpoint-url", url] + who, env, arn))
    made.append(Contestant("awslim", [world.tool("awslim"), "sts", "GetCallerIdentity"], env, arn))
    return made


def chain(world, kind):
    group = "/bench/%s/1" % kind
    get = "logs get-log-events --log-stream-name S --output text --log-group-name".split() + [group, "--profile", "crossb"]
    env, before = world.role, world.forget_roles
    made = [Contestant(name, [path] + get, env, aws_text, before) for name, path in world.ours]
    made += [Contestant(name, command + ["chain", group], env, lines, before) for name, command in world.sdks]
    made.append(Contestant("AWS CLI 1.x", world.aws1 + get, env, aws_text, before))
    made.append(Contestant("awslim", [world.tool("awslim"), "cloudwatchlogs", "GetLogEvents",
                                      '{"LogGroupName":"%s","LogStreamName":"S"}' % group], env, documents, before))
    return made


def sized(command, sizes):
    """A command for little and for much work: `command` makes it from a number of pages."""
    return command(sizes[0]), command(sizes[1])


def pages_of(sizes, slow):
    """Pages that a slower contestant reads, so that a round takes seconds."""
    return tuple(max(1, size // slow) for size in sizes)


def reading(world, what, kind, sizes, env, url, hows):
    """Readers of many pages; [(contestant, sizes)]. `what` is get or filter."""
    made = []

    def add(name, command, answer, slow=1, environment=None):
        own = pages_of(sizes, slow)
        made.append((Contestant(name, sized(command, own), environment or env, answer), own))

    def group(pages):
        return "/bench/%s/%d" % (kind, pages)

    trust = ["--cacert", world.tls["ca"]] if url == world.https else []
    add("curl", lambda n: ["/usr/bin/curl", "-sS"] + trust + ["%s/%s/%s/[0-%d]" % (url, what, kind, n - 1)], documents)
    operation = "get-log-events --all --log-stream-name S" if what == "get" else "filter-log-events"
    for name, path in world.ours:
        for how, output, answer in (("null", "off", silence), ("text", "text", aws_text)):
            if how in hows:
                add("%s %s" % (name, how), lambda n, path=path, output=output: [path, "logs"] + operation.split() +
                    ["--log-group-name", group(n), "--output", output], answer)
        if what == "filter":
            for how, shape, answer in (("get --format", ["--format", "{timestamp} {message}"], lines), ("get --json", ["--json"], ndjson)):
                if "ndjson" in hows:
                    add("%s %s" % (name, how), lambda n, path=path, shape=shape: [path, "get", group(n), "--since", "2023-11-01"] + shape, answer)
    for name, command in world.sdks:
        slow = 1 if name in ("Go SDK v2", "Rust SDK") else 10
        for how, answer in (("null", number), ("text", lines), ("ndjson", ndjson)):
            if how in hows:
                add("%s %s" % (name, how), lambda n, command=command, how=how: command + [what, group(n), how], answer, slow)
    if what == "filter" and "ndjson" in hows:
        add("AWS CLI 1.x text", lambda n: world.aws1 + ["logs", "filter-log-events", "--output", "text", "--log-group-name", group(n)], aws_text, 25)
        if aws2():
            add("AWS CLI 2.9 text", lambda n: [aws2(), "--endpoint-url", url, "logs", "filter-log-events", "--output", "text",
                                               "--log-group-name", group(n)], aws_text, 25)
        add("awslogs", lambda n: [world.peer("python", "bin", "python"), world.peer("python", "bin", "awslogs"), "get", group(n), "ALL", "-G", "-S",
                                  "--start", "2023-11-01", "--color", "never"], messages, 25)
        add("cw", lambda n: [world.tool("cw"), "--endpoint", url, "--no-color", "--no-version-check", "tail", group(n), "-b", "2023-11-01T00:00:00"], messages, 10)
        add("saw", lambda n: [world.tool("saw"), "--endpoint-url", url, "get", group(n), "--start", "2023-11-01T00:00:00Z", "--rawString"], messages, 10)
    return made
