#!/usr/bin/env python3
"""run.py BUILD [--quick] [--check] [--report] [--section NAME]...: measures sections (all unless named; --list
names them), keeps them in results.json and writes RESULTS.md and the plots from that file.
scripts/bench builds and installs what this needs.
"""
import argparse
import contextlib
import datetime
import hashlib
import hmac
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

import contestants
import harness
import report

BENCH = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(BENCH)
RESULTS = os.path.join(BENCH, "results.json")


# A certificate authority for this run, and the system's roots with it.

def make_tls(folder):
    def openssl(*words):
        subprocess.run(["openssl"] + list(words), cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    with open(os.path.join(folder, "leaf.cnf"), "w", encoding="utf-8") as file:
        file.write("subjectAltName=IP:127.0.0.1,DNS:localhost\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=crosslog bench CA",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=127.0.0.1")
    openssl("x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30", "-extfile", "leaf.cnf", "-out", "leaf.pem")
    tls = {name: os.path.join(folder, file) for name, file in (("ca", "ca.pem"), ("certificate", "leaf.pem"), ("key", "leaf.key"), ("bundle", "bundle.pem"))}
    with open("/etc/ssl/certs/ca-certificates.crt", encoding="ascii") as file:
        roots = file.read()
    with open(tls["ca"], encoding="ascii") as file:
        own = file.read()
    with open(tls["bundle"], "w", encoding="ascii") as file:
        file.write(roots + own)
    tls["roots"] = roots.count("BEGIN CERTIFICATE")
    tls["folder"] = os.path.join(folder, "hashed")
    os.mkdir(tls["folder"])
    for i, one in enumerate((roots + own).split("-----END CERTIFICATE-----\n")[:-1]):
        with open(os.path.join(tls["folder"], "%03d.pem" % i), "w", encoding="ascii") as file:
            file.write(one + "-----END CERTIFICATE-----\n")
    openssl("rehash", tls["folder"])
    return tls


@contextlib.contextmanager
def server(program, tls):
    process = subprocess.Popen([program, tls["certificate"], tls["key"]], stdout=subprocess.PIPE, text=True)
    try:
        ports = {}
        for line in process.stdout:
            name, _, port = line.strip().partition(" ")
            if name == "ready":
                break
            ports[name] = port
        yield ports
    finally:
        process.terminate()
        process.wait()


class Bench:
    def __init__(self, build, options, world, launcher):
        self.build, self.quick, self.only_check, self.world, self.launcher = build, options.quick or options.check, options.check, world, launcher

    def program(self, name):
        return os.path.join(self.build, "bench", name)

    def fetch(self, path):
        with urllib.request.urlopen(self.world.http + path) as answer:
            return answer.read()

    def race(self, title, everybody, reference, rounds, base, notes=(), sizes=None):
        absent, there = contestants.present(everybody)
        refused, good = harness.check(self.launcher, there, reference)
        refused.update(absent)
        for name, why in refused.items():
            print("not timed: %s: %s" % (name, why), flush=True)
        section = {"title": title, "base": base, "refused": refused, "notes": list(notes),
                   "samples": harness.race(self.launcher, good, 0 if self.only_check else 2 if self.quick else rounds, refused)}
        print("right: " + ", ".join(section["samples"]), flush=True)
        if sizes:
            section["pages"] = {name: sizes[name] for name in section["samples"]}
        return section

    def cold_http(self):
        curls = [("curl --aws-sigv4", [])]
        return self.race("Cold `sts get-caller-identity`, HTTP", contestants.cold(self.world, self.world.keys, self.world.http, curls),
                         lambda _: "arn:aws:iam::111111111111:user/bench", 21, "ours",
                         ["A whole process from start to end, keys from the environment."])

    def cold_https(self):
        tls = self.world.tls
        curls = [("curl, bundle", ["--cacert", tls["bundle"]]), ("curl, hashed folder", ["--capath", tls["folder"]])]
        return self.race("Cold `sts get-caller-identity`, HTTPS", contestants.cold(self.world, self.world.secure, self.world.https, curls),
                         lambda _: "arn:aws:iam::111111111111:user/bench", 21, "ours",
                         ["As above; RSA 2048, and a bundle of the system's %d roots and the test's own. node and Rust add the root to theirs." % tls["roots"]])

    def events(self, what, kind, pages):
        """[(timestamp, message)] of so many pages, as the server has them."""
        return [pair for page in range(pages) for pair in harness.pairs_of(json.loads(self.fetch("/%s/%s/%d" % (what, kind, page)))["events"])]

    def chain_to(self, kind, what):
        expected = harness.digest(self.events("get", kind, 1))
        return self.race("Chain IMDSv2 -> AssumeRole -> GetLogEvents, " + what, contestants.chain(self.world, kind), lambda _: expected, 11, "ours",
                         ["By a profile, no cache; one page, printed. The AWS CLI 2.9 cannot send AssumeRole to another endpoint."])

    def chain(self):
        return self.chain_to("one", "one event")

    def chain_page(self):
        return self.chain_to("short", "10,000 events")

    def reading(self, title, what, kind, hows=("null", "text", "ndjson"), secure=False, rounds=5):
        world = self.world
        sizes = (2, 4) if self.only_check else (4, 20) if self.quick else (20, 200)
        env, url = (world.secure, world.https) if secure else (world.keys, world.http)
        pairs = contestants.reading(world, what, kind, sizes, env, url, hows)
        wanted = {}
        for one, own in pairs:
            if own[0] not in wanted:
                events = self.events(what, kind, own[0])
                wanted[own[0]] = {"events": harness.digest(events), "messages": harness.digest((0, message) for _, message in events),
                                  "count": "%d events" % len(events), "nothing": "nothing"}
        own_sizes = {one.name: own for one, own in pairs}
        names = {harness.messages: "messages", harness.number: "count", harness.silence: "nothing"}
        section = self.race(title, [one for one, _ in pairs], lambda one: wanted[own_sizes[one.name][0]][names.get(one.answer, "events")], rounds, "curl",
                            ["Slope: the CPU time of the longer read less that of the shorter one, so that starting cancels out. Standard output is "
                             "/dev/null; answers were compared on the shorter read. RSS: shorter read -> longer read."], own_sizes)
        per_page = len(json.loads(self.fetch("/%s/%s/0" % (what, kind)))["events"])
        section["events"] = {name: [own[0] * per_page, own[1] * per_page] for name, own in own_sizes.items() if name in section["samples"]}
        return section

    def read_get(self):
        return self.reading("Reading GetLogEvents pages, short lines", "get", "short")

    def read_json(self):
        return self.reading("Reading GetLogEvents pages, JSON in the messages", "get", "json", ("null", "text"))

    def read_filter(self):
        return self.reading("Reading FilterLogEvents pages, short lines", "filter", "short")

    def read_https(self):
        return self.reading("Reading GetLogEvents pages over HTTPS", "get", "short", ("text",), True)

    def decode(self):
        seconds = 0.1 if self.quick else 1.5
        folder = os.path.join(self.world.peers, "corpora")
        os.makedirs(folder, exist_ok=True)
        subprocess.run([self.program("write_corpora"), folder], check=True)
        out = os.path.join(self.world.peers, "decode.json")
        words = ["--benchmark_repetitions=%d" % (3 if self.quick else 15), "--benchmark_min_time=%g" % (0.005 if self.quick else 0.02)]
        subprocess.run([self.program("decode_bench"), "--benchmark_out=" + out, "--benchmark_out_format=json"] + words, check=True, stdout=subprocess.DEVNULL)
        with open(out, encoding="utf-8") as file:
            runs = json.load(file)["benchmarks"]
        ns = {}
        for run in runs:
            if run.get("aggregate_name") == "median":
                corpus, name = run["run_name"].split("/")[:2]
                ns.setdefault(corpus, {})[name] = run["real_time"] * {"ns": 1, "us": 1e3, "ms": 1e6}[run["time_unit"]]
        size, refused = {}, {}
        for command in ([self.world.peer("python", "bin", "python"), self.world.peer("python", "decode.py")], self.world.node + [self.world.peer("javascript", "decode.mjs")]):
            for row in rows_of(command + [folder, str(seconds)]):
                expected = expected_events(os.path.join(folder, row["corpus"] + ".json"))
                size[row["corpus"]] = row["bytes"]
                if expected != row["check"]:
                    refused["%s on %s" % (row["decoder"], row["corpus"])] = "other events than the reference"
                else:
                    ns.setdefault(row["corpus"], {})[row["decoder"]] = row["ns"]
        ns = dict(sorted(ns.items()))
        names = list(dict.fromkeys(name for times in ns.values() for name in times))
        rows = [[name] + ["%.2f" % (size[corpus] / ns[corpus][name]) if name in ns[corpus] else "-" for corpus in ns] for name in names]
        return {"title": "Decoding a page in memory", "head": ["GB/s"] + list(ns), "rows": rows, "ns": ns, "size": size, "refused": refused,
                "notes": ["decode_bench compares the events of all its contestants first and runs them in random rotation: the median of its repetitions. Python's and "
                          "node's decoders run in processes of their own: the fastest pass, CPU of all their threads for node."]}

    def sign(self):
        request = os.path.join(BENCH, "peers", "request.json")
        seconds = "0.3" if self.quick else "3"
        rounds = 2 if self.quick else 7
        with open(request, encoding="utf-8") as file:
            asked = json.load(file)
        refused, ns = {}, {}
        answer = json.loads(subprocess.run([self.program("sign_bench"), request, "--answer"], check=True, stdout=subprocess.PIPE).stdout)
        if not signature_holds(asked, answer):
            refused["crosslog"] = "a signature that does not hold"
        else:
            run = subprocess.run([self.program("sign_bench"), request, "--benchmark_format=json", "--benchmark_repetitions=%d" % rounds,
                                  "--benchmark_enable_random_interleaving=true", "--benchmark_min_time=0.1"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
            runs = json.loads(run.stdout)["benchmarks"]
            ns = {one["run_name"].split("/")[0]: one["cpu_time"] for one in runs if one.get("aggregate_name") == "median"}
            blocks = next(one["blocks"] for one in runs if "blocks" in one)
        for command in ([self.world.peer("python", "bin", "python"), self.world.peer("python", "sign.py")], self.world.node + [self.world.peer("javascript", "sign.mjs")]):
            for row in rows_of(command + [request, seconds]):
                if signature_holds(asked, row["headers"]):
                    ns[row["signer"]] = row["ns"]
                else:
                    refused[row["signer"]] = "a signature that does not hold"
        base = ns.get("cached_key", 1)
        return {"title": "Signing a GetLogEvents request", "ns": ns, "head": ["", "CPU µs", "to crosslog, cached key"], "refused": refused,
                "rows": [[name, "%.2f" % (value / 1e3), "%.2f" % (value / base)] for name, value in ns.items()],
                "notes": ["A body of 200 bytes and a session token of 800; each signature was verified by a program of its own. cold and cached_key are "
                          "crosslog's sigv4::sign without and with the day's key at hand; floor is the %d SHA-256 blocks that it takes, hashed by OpenSSL in one text. "
                          "aws4 keeps the key, botocore does not; awscrt is aws-c-auth, with its thread and its binding." % blocks]}

    def parse(self):
        folder = os.path.join(self.world.peers, "parse")
        os.makedirs(folder, exist_ok=True)
        script = [self.world.peer("python", "bin", "python"), self.world.peer("python", "parse.py")]
        subprocess.run(script + ["--make", folder], check=True)
        ours = json.loads(subprocess.run([self.program("parse_bench"), folder, "--answer"], check=True, stdout=subprocess.PIPE).stdout)
        theirs = rows_of(script + [folder, "0.05" if self.quick else "1"])
        if theirs[0]["answer"] != ours:
            raise harness.Refused("botocore and jmespath.py answer otherwise")
        run = subprocess.run([self.program("parse_bench"), folder, "--benchmark_format=json", "--benchmark_min_time=%g" % (0.02 if self.quick else 0.5)],
                             check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        mine = {one["name"]: one["cpu_time"] for one in json.loads(run.stdout)["benchmarks"]}
        rows, points = [], {}
        for row in theirs[1:]:
            name = row["what"] + ("/%d" % row["n"] if row["n"] else "")
            rows.append([name, "%.1f" % (mine[name] / 1e3), "%.1f" % (row["ns"] / 1e3), report.fraction(mine[name] / row["ns"])])
            if row["n"]:
                points.setdefault("crosslog " + row["what"], []).append([row["n"], mine[name] / 1e3])
                points.setdefault("Python " + row["what"], []).append([row["n"], row["ns"] / 1e3])
        return {"title": "STS XML, config file, JMESPath", "head": ["", "crosslog CPU µs", "botocore / jmespath.py CPU µs", "ratio"], "rows": rows,
                "points": points, "unit": "CPU µs", "notes": ["Answers compared first. The number is of profiles in the file or of events in the document."]}

    def size(self):
        strip = os.path.join(self.world.peers, "crosslog.stripped")
        rows, sizes = [], {}
        for name, path in self.world.ours:
            subprocess.run(["strip", "-o", strip, path], check=True)
            sizes[name] = os.path.getsize(strip)
        curl = shutil.which("curl")
        sizes["curl"] = os.path.getsize(curl) if curl else 0
        for name in ("go-sdk", "rust-sdk", "cw", "saw", "awslim"):
            path = self.world.tool(name)
            if path:
                sizes[name] = os.path.getsize(path)
        packages = os.path.join(self.world.peers, "python", "lib", "python%d.%d" % sys.version_info[:2], "site-packages")
        for name in ("awscli", "botocore", "boto3"):
            sizes["Python " + name] = tree(os.path.join(packages, name))
        sizes["AWS CLI 2.9 (Debian)"] = tree("/usr/lib/python3/dist-packages/awscli")
        sizes["node_modules"] = tree(os.path.join(self.world.peers, "javascript", "node_modules"))
        sizes["node"] = os.path.getsize(os.path.realpath(self.world.node[0]))
        rows = [[name, "%.2f" % (value / report.MIB)] for name, value in sizes.items() if value]
        return {"title": "Sizes", "head": ["", "MiB"], "rows": rows, "bytes": {name: value for name, value in sizes.items() if value},
                "notes": ["Bytes of the files; crosslog stripped. Programs with shared libraries need those too, scripts their interpreter."]}

    def growth(self):
        """Ten times the pages: CPU less that of starting, and RSS."""
        world, points = self.world, {}
        sizes = (1, 10) if self.quick else (2, 20, 200)
        rounds = 2 if self.quick else 5
        made = [(name + " text", lambda n, path=path: [path, "logs", "get-log-events", "--all", "--log-stream-name", "S", "--output", "text",
                                                       "--log-group-name", "/bench/short/%d" % n]) for name, path in world.ours]
        made.append(("curl", lambda n: ["/usr/bin/curl", "-sS", "%s/get/short/[0-%d]" % (world.http, n - 1)]))
        for name, command in made:
            kept = {n: [self.launcher.run(command(n), world.keys) for _ in range(rounds)] for n in (0,) + sizes if n or name != "curl"}
            start = min(s[0] for s in kept[0]) if 0 in kept else 0
            points[name + ", CPU ms" + (" less that of no page" if start else "")] = [
                [n, max(0.001, (report.middle([s[0] for s in kept[n]]) - start) / 1e3)] for n in sizes]
            points[name + ", RSS MiB"] = [[n, report.middle([s[2] for s in kept[n]]) / 1024] for n in sizes]
        return {"title": "Growth with the pages", "points": points, "unit": "what", "notes": ["Pages of 10,000 short lines, to text in /dev/null."]}


SECTIONS = {"cold-http": Bench.cold_http, "cold-https": Bench.cold_https, "chain": Bench.chain, "chain-page": Bench.chain_page, "read-get": Bench.read_get, "read-json": Bench.read_json,
            "read-filter": Bench.read_filter, "read-https": Bench.read_https, "decode": Bench.decode, "sign": Bench.sign, "parse": Bench.parse,
            "size": Bench.size, "growth": Bench.growth}


def rows_of(command):
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=300)
    return [json.loads(line) for line in done.stdout.splitlines()]


def expected_events(path):
    """As decode.py's check: of Python's json, on the pages' bytes."""
    total = hashlib.sha256()
    with open(path, "rb") as file:
        for event in json.load(file)["events"]:
            total.update(b"%d %s\n" % (event["timestamp"], event["message"].encode("utf-8", "surrogatepass")))
    return total.hexdigest()


def tree(folder):
    return sum(os.path.getsize(os.path.join(at, name)) for at, _, names in os.walk(folder) for name in names
               if not os.path.islink(os.path.join(at, name)))


def signature_holds(asked, headers):
    """SigV4 once more, by the headers that the signer says it signed."""
    headers = {**asked["headers"], **{name.lower(): value for name, value in headers.items()}}
    fields = dict(part.strip().split("=", 1) for part in headers["authorization"].split(" ", 1)[1].split(","))
    names = fields["SignedHeaders"].split(";")
    if not {"host", "x-amz-date", "x-amz-security-token"} <= set(names) or headers["x-amz-date"] != asked["date"]:
        return False
    body = hashlib.sha256(asked["body"].encode()).hexdigest()
    canonical = "\n".join(["POST", "/", ""] + ["%s:%s" % (name, " ".join(headers[name].split())) for name in names] + ["", ";".join(names), body])
    scope = [asked["date"][:8], asked["region"], asked["service"], "aws4_request"]
    text = "\n".join(["AWS4-HMAC-SHA256", asked["date"], "/".join(scope), hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + asked["secret_access_key"]).encode()
    for part in scope:
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return (fields["Credential"] == asked["access_key_id"] + "/" + "/".join(scope) and
            fields["Signature"] == hmac.new(key, text.encode(), hashlib.sha256).hexdigest())


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        cpu = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), platform.processor())
    with open("/etc/os-release", encoding="utf-8") as file:
        system = next(line.split("=", 1)[1].strip().strip('"') for line in file if line.startswith("PRETTY_NAME"))
    return {"cpu": cpu, "cores": os.cpu_count(), "kernel": "Linux " + platform.release().split("-")[0], "system": system}


def versions(world):
    have = contestants.version
    found = {"g++": have(["g++", "--version"]), "curl": have(["/usr/bin/curl", "--version"]), "AWS CLI 1.x": have(world.aws1 + ["--version"]),
             "AWS CLI 2.9 (Debian)": have([contestants.aws2() or "/nonexistent", "--version"]), "node": have(world.node + ["--version"]),
             "Go": have(["go", "version"]), "Rust": have(["rustc", "--version"])}
    for name, path in world.ours:
        found[name] = have([path, "--version"])
    with open(os.path.join(BENCH, "peers", "python", "requirements.txt"), encoding="utf-8") as file:
        found["Python packages"] = ", ".join(line.strip() for line in file if "==" in line)
    with open(os.path.join(BENCH, "peers", "javascript", "package.json"), encoding="utf-8") as file:
        found["npm packages"] = ", ".join("%s %s" % item for item in json.load(file)["dependencies"].items())
    for name, path in (("Go modules", "go/go.mod"), ("Rust crates", "rust/Cargo.toml")):
        with open(os.path.join(BENCH, "peers", path), encoding="utf-8") as file:
            found[name] = ", ".join(" ".join(line.replace('"', "").replace("=", "").split()[:2]) for line in file if "aws" in line and "indirect" not in line)
    for name in ("cw", "saw", "awslim"):
        found[name] = "found" if world.tool(name) else "absent: no registry reached here has it (bench/peers/README.md)"
    return found


def revision():
    def git(*words):
        return subprocess.run(["git", "-C", ROOT] + list(words), stdout=subprocess.PIPE, text=True, check=False).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "src", "include", "meson.build")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" and changes" if changed else "")


def load_results():
    if os.path.exists(RESULTS):
        with open(RESULTS, encoding="utf-8") as file:
            return json.load(file)
    return {"sections": {}}


def save(results):
    results["sections"] = {name: results["sections"][name] for name in SECTIONS if name in results["sections"]}
    text = json.dumps(results, indent=1, ensure_ascii=False)
    # A list of plain values on one line.
    text = re.sub(r"\[\n\s+([^\[\]{}]*?)\n\s+\]", lambda found: "[" + re.sub(r"\n\s+", " ", found.group(1)) + "]", text)
    with open(RESULTS, "w", encoding="utf-8") as file:
        file.write(text + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("build", nargs="?", default=os.path.join(ROOT, "build-bench", "ours"))
    parser.add_argument("--quick", action="store_true", help="few rounds: shows that it runs")
    parser.add_argument("--check", action="store_true", help="only compare the answers, keep nothing")
    parser.add_argument("--list", action="store_true", help="the names of the sections")
    parser.add_argument("--report", action="store_true", help="only write RESULTS.md and the plots anew")
    parser.add_argument("--section", action="append", choices=list(SECTIONS), default=[])
    options = parser.parse_args()
    if options.list:
        print("\n".join(SECTIONS))
        return 0
    results = load_results()
    if options.report:
        report.write(results)
        return 0
    build, failed = os.path.abspath(options.build), []
    with tempfile.TemporaryDirectory(prefix="crosslog-bench-") as folder:
        tls = make_tls(folder)
        with server(os.path.join(build, "bench", "canned_server"), tls) as ports:
            world = contestants.World(ROOT, build, os.path.join(folder, "home"), ports, tls)
            bench = Bench(build, options, world, harness.Launcher(os.path.join(build, "bench", "launch")))
            results["machine"], results["versions"] = machine(), versions(world)
            for name in options.section or SECTIONS:
                print("== %s" % name, flush=True)
                begin, load = time.monotonic(), os.getloadavg()[0]
                try:
                    section = SECTIONS[name](bench)
                except (harness.Refused, subprocess.SubprocessError, OSError, ValueError, KeyError, IndexError, StopIteration) as why:
                    print("%s: not measured: %s: %s" % (name, type(why).__name__, why), flush=True)
                    failed.append(name)
                    continue
                if options.check:
                    continue
                section.update(date=datetime.date.today().isoformat(), revision=revision(), load=round(load, 1),
                               seconds=round(time.monotonic() - begin), quick=options.quick)
                results["sections"][name] = section
                save(results)
                print("   %d s" % section["seconds"], flush=True)
    if not options.check:
        report.write(load_results())
    if failed:
        print("not measured: " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
