"""TLS servers of every kind that the program has to get along with, and those it must refuse.

The static file's libcrypto and libssl are cut down to a client; what was cut shows here.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

IDENTITY = ("sts", "get-caller-identity", "--output", "text")
# One process for each server: OPENSSL_CONF sets what Python's module cannot.
SERVER = r"""
import http.server, ssl, sys
chain, key, newest, ciphers = sys.argv[1:]
class Answers(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b"<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/alice</Arn><UserId>AIDA</UserId>" \
               b"<Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        print(self.connection.version(), self.connection.cipher()[0], flush=True)
    def log_message(self, *_):
        pass
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.maximum_version = context.minimum_version = getattr(ssl.TLSVersion, newest)
context.load_cert_chain(chain, key)
if ciphers: context.set_ciphers(ciphers)
server = http.server.HTTPServer(("127.0.0.1", 0), Answers)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
while True:
    try: server.handle_request()
    except OSError: pass
"""
CONFIGURATION = """openssl_conf = start
[start]
ssl_conf = ssl
[ssl]
system_default = default
[default]
"""
KEYS = {"rsa": ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
        "rsa-pss": ("-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048"),
        "p256": ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
        "p384": ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"),
        "p521": ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"),
        "ed25519": ("-algorithm", "ED25519")}
GROUPS = ("X25519", "P-256", "P-384", "P-521")
SUITES = ("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")
CIPHERS = ("AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305")
LEAF = "basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n"
CA = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n"
# What a leaf, or the CA between it and the root, says that must not be believed.
REFUSED = {"another host": ("subjectAltName=DNS:elsewhere.test\n", CA),
           "another address": ("subjectAltName=IP:127.0.0.2\n", CA),
           "for clients alone": (LEAF.replace("serverAuth", "clientAuth"), CA),
           "an unknown critical extension": (LEAF + "1.2.3.4.5=critical,ASN1:NULL\n", CA),
           "a key that may sign lists alone": (LEAF, CA.replace("keyCertSign,", "")),
           "no authority": (LEAF, CA.replace("CA:TRUE", "CA:FALSE")),
           "names out of its bounds": (LEAF, CA + "nameConstraints=critical,permitted;DNS:.example.test\n"),
           "names excluded": (LEAF, CA + "nameConstraints=critical,excluded;DNS:localhost\n"),
           "an authority for clients alone": (LEAF, CA + "extendedKeyUsage=clientAuth\n")}
ACCEPTED = {"names within bounds": (LEAF, CA + "nameConstraints=critical,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0\n"),
            "policies": (LEAF + "certificatePolicies=1.2.3.4\n", CA + "certificatePolicies=1.2.3.4\npolicyConstraints=requireExplicitPolicy:3\n"),
            "a length of path": (LEAF, CA.replace("CA:TRUE", "CA:TRUE,pathlen:0")),
            "places of lists": (LEAF + "crlDistributionPoints=URI:http://lists.test/1.crl\nauthorityInfoAccess=OCSP;URI:http://asked.test/\n", CA)}


def openssl(*words):
    subprocess.run(("openssl",) + words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class TlsServers(unittest.TestCase):
    program = ""  # of who runs these

    @classmethod
    def setUpClass(cls):
        if not os.path.exists(cls.program):
            raise unittest.SkipTest("no %s: build it with scripts/static" % cls.program)
        cls.files = tempfile.mkdtemp(prefix="crosslog-tls-")
        cls.addClassCleanup(shutil.rmtree, cls.files)
        for name, words in KEYS.items():
            openssl("genpkey", *words, "-out", cls.path(name + ".key"))
            openssl("req", "-x509", "-key", cls.path(name + ".key"), "-out", cls.path(name + ".root"), "-subj", "/CN=root " + name, "-days", "2")
            cls.issue(name, name + ".pem", LEAF, "/CN=localhost", name + ".root", name)

    @classmethod
    def path(cls, name):
        return os.path.join(cls.files, name)

    @classmethod
    def issue(cls, key, out, extensions, subject, issuer, issuer_key, days="2"):
        with open(cls.path("extensions"), "w", encoding="utf-8") as stream:
            stream.write(extensions)
        openssl("req", "-new", "-key", cls.path(key + ".key"), "-out", cls.path("request"), "-subj", subject)
        openssl("x509", "-req", "-in", cls.path("request"), "-CA", cls.path(issuer), "-CAkey", cls.path(issuer_key + ".key"), "-CAcreateserial",
                "-out", cls.path(out), "-days", days, "-extfile", cls.path("extensions"))

    def call(self, chain, key, root, version="TLSv1_3", ciphers="", host="localhost", **settings):
        """(how the program ended, what the server says of the connection)"""
        with open(self.path("openssl.cnf"), "w", encoding="utf-8") as stream:
            stream.write(CONFIGURATION + "".join("%s = %s\n" % pair for pair in settings.items()))
        server = subprocess.Popen([sys.executable, "-c", SERVER, self.path(chain), self.path(key + ".key"), version, ciphers],
                                  env=dict(os.environ, OPENSSL_CONF=self.path("openssl.cnf")), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            port = int(server.stdout.readline())
            done = subprocess.run([self.program, *IDENTITY], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60,
                                  env={"HOME": self.files, "AWS_ACCESS_KEY_ID": "AKIASANDBOXALICE0001", "AWS_SECRET_ACCESS_KEY": "made/up",
                                       "AWS_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1", "AWS_CA_BUNDLE": self.path(root),
                                       "AWS_ENDPOINT_URL": "https://%s:%d" % (host, port)})
            return done, server.stdout.readline().split() if done.returncode == 0 else []
        finally:
            server.kill()
            server.wait()
            server.stdout.close()

    def answered(self, *words, **more):
        done, said = self.call(*words, **more)
        self.assertEqual((0, "1\tarn:aws:iam::1:user/alice\tAIDA\n"), (done.returncode, done.stdout), done.stderr)
        return said

    def refused(self, *words, **more):
        done, _ = self.call(*words, **more)
        self.assertNotEqual(0, done.returncode)
        self.assertIn("SSL validation failed", done.stderr)

    def test_each_kind_of_key(self):
        for name in KEYS:
            for version in ("TLSv1_2", "TLSv1_3"):
                with self.subTest(name, version=version):
                    self.assertEqual(version.replace("_", "."), self.answered(name + ".pem", name, name + ".root", version)[0])

    def test_each_group(self):
        for group in GROUPS:
            for version in ("TLSv1_2", "TLSv1_3"):
                with self.subTest(group, version=version):
                    self.answered("rsa.pem", "rsa", "rsa.root", version, Groups=group)

    def test_each_suite(self):
        for suite in SUITES:
            with self.subTest(suite):
                self.assertEqual(suite, self.answered("p256.pem", "p256", "p256.root", Ciphersuites=suite)[1])

    def test_each_cipher(self):
        for key, exchange in (("rsa", "ECDHE-RSA-"), ("p256", "ECDHE-ECDSA-")):
            for cipher in CIPHERS:
                with self.subTest(exchange + cipher):
                    self.assertEqual(exchange + cipher, self.answered(key + ".pem", key, key + ".root", "TLSv1_2", exchange + cipher)[1])

    def test_no_old_cipher(self):
        """Without forward secrecy, or without authenticated encryption."""
        for cipher in ("AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA256", "ECDHE-RSA-AES128-SHA"):
            with self.subTest(cipher):
                self.refused("rsa.pem", "rsa", "rsa.root", "TLSv1_2", cipher)

    def test_a_root_that_does_not_know_it(self):
        self.refused("rsa.pem", "rsa", "p256.root")

    def test_a_signature_that_another_key_made(self):
        for name, other in (("rsa", "rsa-pss"), ("p256", "p384"), ("ed25519", "rsa")):
            with self.subTest(name):
                openssl("req", "-x509", "-key", self.path(other + ".key"), "-out", self.path("twin.root"), "-subj", "/CN=root " + name, "-days", "2")
                self.refused(name + ".pem", name, "twin.root")

    def test_a_certificate_of_yesterday(self):
        self.issue("rsa", "old.pem", LEAF, "/CN=localhost", "rsa.root", "rsa", days="-1")
        self.refused("old.pem", "rsa", "rsa.root")

    def chain(self, leaf, between):
        self.issue("p384", "between.pem", between, "/CN=between", "rsa.root", "rsa")
        self.issue("p256", "chain.pem", leaf, "/CN=localhost", "between.pem", "p384")
        with open(self.path("chain.pem"), "a", encoding="utf-8") as chain, open(self.path("between.pem"), encoding="utf-8") as stream:
            chain.write(stream.read())

    def test_chains_that_say_what_they_are_for(self):
        for name, said in ACCEPTED.items():
            for host in ("localhost", "127.0.0.1"):
                with self.subTest(name, host=host):
                    self.chain(*said)
                    self.answered("chain.pem", "p256", "rsa.root", host=host)

    def test_chains_that_must_not_be_believed(self):
        for name, said in REFUSED.items():
            with self.subTest(name):
                self.chain(*said)
                self.refused("chain.pem", "p256", "rsa.root", host="127.0.0.1" if "address" in name else "localhost")
