#!/usr/bin/env python3
"""The program as a file: how it is hardened, what it needs, what the static one opens.

    run.py BUILD [-v] [Class.test]     ends with "N passed, N failed[, N skipped]"

The static file is build-static/crosslog, or what CROSSLOG_STATIC names; its tests
are skipped where there is none.
"""
import glob
import hashlib
import http.server
import json
import os
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
sys.path.insert(0, os.path.join(ROOT, "tests", "e2e"))

import hardening  # noqa: E402
import tls_servers  # noqa: E402
from suite import programs, run  # noqa: E402

STATIC = os.path.abspath(os.environ.get("CROSSLOG_STATIC") or os.path.join(ROOT, "build-static", "crosslog"))
FOLDER = os.path.dirname(STATIC)
WITH_SYMBOLS = os.path.join(FOLDER, "meson", "src", "cli", "crosslog")
MOST_BYTES = 4 << 20
CA_PLACES = ["/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/pki/tls/certs/ca-bundle.crt",
             "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"]
# What would need libraries or files of the C library while the program runs.
NEEDS_NSS = re.compile(r"(?:__)?(dlopen|dlsym|getaddrinfo|getnameinfo|gethostby\w+|getserv\w+|getpw\w+|getgr\w+|iconv_open|setlocale)(?:_r)?")
IDENTITY = ("sts", "get-caller-identity", "--output", "text")
ANSWER = b"""<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::111111111111:user/alice</Arn><UserId>AIDA</UserId><Account>111111111111</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>"""


class Shared(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = os.path.join(programs.build, "src", "cli", "crosslog")
        if os.path.exists(STATIC) and os.path.samefile(cls.program, STATIC):
            raise unittest.SkipTest("the static file stands in the build's place")
        with open(os.path.join(programs.build, "meson-info", "intro-buildoptions.json"), encoding="utf-8") as stream:
            cls.options = {option["name"]: option["value"] for option in json.load(stream)}

    def test_the_program_is_hardened(self):
        self.assertEqual([], list(hardening.faults_of(self.program, optimised=self.options["optimization"] not in ("0", "g", "plain"))))

    @unittest.skipUnless(os.uname().machine == "x86_64", "CET is of x86-64")
    def test_every_object_is_compiled_for_cet(self):
        for archive in glob.glob(os.path.join(programs.build, "src", "*", "libcrosslog-*.a")):
            self.assertEqual([], hardening.unmarked(archive), archive)


class CheckItself(unittest.TestCase):
    """A check that cannot fail is none."""

    def test_a_bare_program_is_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            source, program = os.path.join(folder, "bare.c"), os.path.join(folder, "bare")
            with open(source, "w", encoding="utf-8") as stream:
                stream.write("int main(void) { return 0; }\n")
            subprocess.run(["cc", "-no-pie", "-fno-stack-protector", "-z", "execstack", "-z", "norelro", "-z", "lazy", "-o", program, source],
                           check=True, stderr=subprocess.DEVNULL)
            self.assertEqual(6, len(list(hardening.faults_of(program))), list(hardening.faults_of(program)))


def needs_static(test):
    return unittest.skipUnless(os.path.exists(STATIC), "no %s: build it with scripts/static" % STATIC)(test)


class TlsServers(tls_servers.TlsServers):
    program = STATIC


@needs_static
class File(unittest.TestCase):
    def test_it_is_small(self):
        self.assertLessEqual(os.path.getsize(STATIC), MOST_BYTES)

    def test_it_is_hardened(self):
        self.assertEqual([], list(hardening.faults_of(STATIC, WITH_SYMBOLS)))

    def test_every_object_is_compiled_for_cet(self):
        for archive in glob.glob(os.path.join(FOLDER, "prefix", "lib", "*.a")):
            self.assertEqual([], hardening.unmarked(archive), archive)

    def test_it_needs_no_loader_and_no_library(self):
        self.assertNotRegex(hardening.output_of("readelf", "--program-headers", "--wide", STATIC), "INTERP")
        self.assertNotIn("(NEEDED)", hardening.output_of("readelf", "--dynamic", "--wide", STATIC))

    def test_nothing_of_it_would_load_a_library_at_run_time(self):
        """But what printf(3) alone brings: the character sets of wide output, which nobody asks for."""
        with tempfile.TemporaryDirectory() as folder:
            source, program = os.path.join(folder, "printf.c"), os.path.join(folder, "printf")
            with open(source, "w", encoding="utf-8") as stream:
                stream.write("#include <stdio.h>\nint main(int count, char** words) { return printf(\"%s%d\", words[0], count) < 0; }\n")
            subprocess.run(["cc", "-static-pie", "-o", program, source], check=True)
            always = hardening.symbols_of(program)
        self.assertEqual([], sorted(set(filter(NEEDS_NSS.fullmatch, hardening.symbols_of(WITH_SYMBOLS))) - always))

    def test_no_path_of_the_build_is_in_it(self):
        with open(STATIC, "rb") as stream:
            self.assertFalse(ROOT.encode() in stream.read())  # assertNotIn would print the whole of it

    def test_the_version_names_what_is_in_it(self):
        said = subprocess.run([STATIC, "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout
        with open(os.path.join(FOLDER, "crosslog.spdx.json"), encoding="utf-8") as stream:
            packages = {package["name"]: package["versionInfo"] for package in json.load(stream)["packages"]}
        for said_name, name in (("crosslog", "crosslog"), ("libcurl", "curl"), ("OpenSSL", "openssl"), ("c-ares", "c-ares"),
                                ("simdjson", "simdjson"), ("libyaml", "libyaml")):
            self.assertIn("%s/%s" % (said_name, packages[name]), said.split())
        self.assertEqual(6, len(said.split()), said)

    def test_the_list_of_parts_is_of_this_file(self):
        with open(STATIC, "rb") as stream:
            digest = hashlib.sha256(stream.read()).hexdigest()
        with open(os.path.join(FOLDER, "crosslog.spdx.json"), encoding="utf-8") as stream:
            bill = json.load(stream)
        self.assertEqual(digest, bill["packages"][0]["checksums"][0]["checksumValue"])
        self.assertEqual("SPDX-2.3", bill["spdxVersion"])
        with open(os.path.join(ROOT, "packaging", "static", "pins"), encoding="utf-8") as stream:
            pins = [line.split() for line in stream if not line.startswith("#")]
        known = {package["name"]: package["checksums"][0]["checksumValue"] for package in bill["packages"] if "checksums" in package}
        self.assertEqual({pin[0]: pin[2] for pin in pins}, {pin[0]: known[pin[0]] for pin in pins})
        self.assertEqual(0, subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=FOLDER).returncode)


class Answers(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/xml")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_):
        pass


class Names(threading.Thread):
    """A name server that knows one name: logs.crosslog.test is 127.0.0.1."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 53))
        self.asked = []
        self.start()

    def run(self):
        while True:
            try:
                query, peer = self.socket.recvfrom(512)
            except OSError:
                return
            end, labels = 12, []
            while query[end]:
                labels.append(query[end + 1:end + 1 + query[end]].decode())
                end += 1 + query[end]
            name, kind = ".".join(labels).lower(), struct.unpack("!H", query[end + 1:end + 3])[0]
            self.asked.append(name)
            known = name == "logs.crosslog.test"
            answer = b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 60, 4) + b"\x7f\0\0\1" if known and kind == 1 else b""
            self.socket.sendto(query[:2] + (b"\x85\x80" if known else b"\x85\x83") + b"\0\1" + (b"\0\1" if answer else b"\0\0") + b"\0\0\0\0" +
                               query[12:end + 5] + answer, peer)


@needs_static
@unittest.skipUnless(os.geteuid() == 0, "chroot(2) needs root")
class InAnEmptyRoot(unittest.TestCase):
    """No C library, no shell: the file, and what a test adds."""

    @classmethod
    def setUpClass(cls):
        cls.files = tempfile.mkdtemp(prefix="crosslog-static-")
        cls.addClassCleanup(shutil.rmtree, cls.files)
        key, ca, leaf, request = (os.path.join(cls.files, name) for name in ("key.pem", "ca.pem", "leaf.pem", "leaf.csr"))
        names = os.path.join(cls.files, "names")
        with open(names, "w", encoding="utf-8") as stream:
            stream.write("subjectAltName=DNS:localhost,DNS:logs.crosslog.test,DNS:hosts.crosslog.test,IP:127.0.0.1\n")
        for words in (["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key + ".ca", "-out", ca,
                       "-subj", "/CN=crosslog test root", "-days", "2"],
                      ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out", request, "-subj", "/CN=localhost"],
                      ["x509", "-req", "-in", request, "-CA", ca, "-CAkey", key + ".ca", "-CAcreateserial", "-out", leaf, "-days", "2", "-extfile", names]):
            subprocess.run(["openssl"] + words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.ca = ca
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(leaf, key)
        cls.server.socket = context.wrap_socket(cls.server.socket, server_side=True)
        cls.port = cls.server.server_address[1]
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)

    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="crosslog-root-")
        self.addCleanup(shutil.rmtree, self.root)
        self.put("/crosslog", STATIC)
        os.chmod(self.root + "/crosslog", 0o755)
        os.mkdir(self.root + "/home")

    def put(self, path, file=None, text=""):
        os.makedirs(os.path.dirname(self.root + path), exist_ok=True)
        if file:
            shutil.copyfile(file, self.root + path)
        else:
            with open(self.root + path, "w", encoding="utf-8") as stream:
                stream.write(text)

    def call(self, host="localhost", before=(), **more):
        env = {"HOME": "/home", "AWS_ACCESS_KEY_ID": "AKIASANDBOXALICE0001", "AWS_SECRET_ACCESS_KEY": "made/up", "AWS_REGION": "us-east-1",
               "AWS_MAX_ATTEMPTS": "1", "AWS_ENDPOINT_URL": "https://%s:%d" % (host, self.port), **more}
        return subprocess.run([*before, "chroot", self.root, "/crosslog", *IDENTITY], env={"PATH": os.environ["PATH"]} | env, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=60)

    def answered(self, done):
        self.assertEqual((0, "111111111111\tarn:aws:iam::111111111111:user/alice\tAIDA\n"), (done.returncode, done.stdout), done.stderr)

    def test_roots_where_each_distribution_has_them(self):
        """Amazon Linux and Fedora, Debian, SUSE, Alpine."""
        for place in CA_PLACES:
            with self.subTest(place):
                self.put(place, self.ca)
                self.answered(self.call())
                os.remove(self.root + place)

    def test_no_roots_anywhere_names_every_place(self):
        done = self.call()
        self.assertNotEqual(0, done.returncode)
        for place in CA_PLACES:
            self.assertIn(place, done.stderr)

    def test_other_roots_are_not_trusted(self):
        other = os.path.join(self.files, "other.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "/dev/null", "-out", other, "-subj", "/CN=another root"],
                       check=True, stderr=subprocess.DEVNULL)
        self.put("/etc/ssl/cert.pem", other)
        done = self.call()
        self.assertNotEqual(0, done.returncode)
        self.assertIn("SSL validation failed", done.stderr)

    def test_names_of_the_hosts_file(self):
        self.put("/etc/ssl/cert.pem", self.ca)
        self.put("/etc/hosts", text="127.0.0.1 localhost\n127.0.0.1 hosts.crosslog.test\n")
        self.answered(self.call("hosts.crosslog.test"))

    def test_names_of_a_name_server(self):
        names = Names("127.77.0.53")
        self.addCleanup(names.socket.close)
        self.put("/etc/ssl/cert.pem", self.ca)
        self.put("/etc/resolv.conf", text="nameserver 127.77.0.53\n")
        self.answered(self.call("logs.crosslog.test"))
        self.assertIn("logs.crosslog.test", names.asked)
        done = self.call("nobody.crosslog.test")
        self.assertNotEqual(0, done.returncode)
        self.assertIn("https://nobody.crosslog.test", done.stderr)

    def test_the_container_address_by_name(self):
        """The one name that is looked up apart from libcurl: clear text goes to loopback only."""
        self.put("/etc/hosts", text="127.0.0.1 credentials.crosslog.test\n192.0.2.1 elsewhere.crosslog.test\n")
        for name, words in (("credentials", "127.0.0.1"), ("elsewhere", "it resolves to 192.0.2.1"), ("nobody", "Could not resolve the host name")):
            done = self.call(AWS_ACCESS_KEY_ID="", AWS_SECRET_ACCESS_KEY="", AWS_EC2_METADATA_DISABLED="true",
                             AWS_CONTAINER_CREDENTIALS_FULL_URI="http://%s.crosslog.test:9/" % name)
            self.assertNotEqual(0, done.returncode)
            self.assertIn(words, done.stderr)

    def test_home_is_what_the_environment_says(self):
        self.put("/home/.aws/config", text="[default]\nregion = eu-west-1\n")
        done = subprocess.run(["chroot", self.root, "/crosslog", "configure", "list"], env={"HOME": "/home", "PATH": os.environ["PATH"]},
                              stdout=subprocess.PIPE, text=True)
        self.assertIn("eu-west-1", done.stdout)

    def traced(self, calls, *words, **more):
        log = os.path.join(self.files, "strace")
        done = self.call(*words, before=("strace", "-f", "-o", log, "-e", "trace=execve," + calls), **more)
        with open(log, encoding="utf-8") as stream:
            return done, stream.read().split('execve("/crosslog"', 1)[1]

    @staticmethod
    def opened(log):
        return set(re.findall(r'open(?:at|at2)?\((?:AT_FDCWD, )?"([^"]*)"', log))

    @unittest.skipUnless(shutil.which("strace"), "no strace")
    def test_no_other_file_is_opened(self):
        self.put("/etc/pki/tls/certs/ca-bundle.crt", self.ca)
        self.put("/etc/hosts", text="127.0.0.1 hosts.crosslog.test\n")
        self.put("/etc/resolv.conf", text="nameserver 127.0.0.1\n")
        done, log = self.traced("open,openat,openat2", "hosts.crosslog.test")
        self.answered(done)
        opened = self.opened(log)
        # localtime: gmtime_r(3) of glibc reads it, which libcrypto asks when it looks at a certificate's dates.
        allowed = {"/etc/localtime", "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/svc.conf", "/dev/urandom", "/home/.aws/config",
                   "/home/.aws/credentials", *CA_PLACES}
        self.assertEqual(set(), {path for path in opened if not path.startswith("/home/.aws/cli/cache")} - allowed)
        self.assertIn("/etc/pki/tls/certs/ca-bundle.crt", opened)

    @unittest.skipUnless(shutil.which("strace"), "no strace")
    def test_a_call_pays_for_what_it_uses(self):
        """By address and in clear text: no resolver, no root; and the pages that start-up writes to come at once."""
        done, log = self.traced("open,openat,openat2,madvise,clone,clone3", AWS_ENDPOINT_URL="http://127.0.0.1:9")
        self.assertNotEqual(0, done.returncode)
        self.assertEqual({"/home/.aws/config", "/home/.aws/credentials"}, self.opened(log))
        self.assertRegex(log.splitlines()[1], r"madvise\(0x[0-9a-f]+, \d{6,}, (MADV_POPULATE_WRITE|0x17)")
        self.assertNotIn("clone", log)


if __name__ == "__main__":
    run("build")
