"""Roles that are kept between runs, codes of MFA devices, `whoami` and `configure list`.

RoleCases is mixed into a test case that has a sandbox (`box`), a Program and its environment.
"""
import glob
import hashlib
import json
import os
import pty
import re
import stat
import subprocess
import termios

WHOAMI = ("sts", "get-caller-identity", "--profile", "story")
ALICE = "[alice]\naws_access_key_id = AKIASANDBOXALICE0001\naws_secret_access_key = sandbox/alice+made/up/secret00000000001\n"
MFA = """
[profile mfa]
role_arn = arn:aws:iam::999999999999:role/needs-mfa
source_profile = alice
mfa_serial = arn:aws:iam::111111111111:mfa/alice
region = us-east-1
"""


class Terminal:
    """The program with a terminal of its own, its output in pipes."""

    def __init__(self, program, words, env, name="crosslog"):
        out, self.out = os.pipe(), None
        self.pid, self.leader = pty.fork()
        if self.pid == 0:
            os.dup2(out[1], 1)
            os.dup2(out[1], 2)
            os.chdir(program.home)
            os.execve(os.path.join(program.folder, name), [name, *words], env)
        os.close(out[1])
        self.pipe = out[0]
        self.shown = b""

    def wait_for(self, text):
        while text not in self.shown:
            self.shown += os.read(self.leader, 4096)

    def type(self, data):
        os.write(self.leader, data)

    def echoes(self):
        return bool(termios.tcgetattr(self.leader)[3] & termios.ECHO)

    def end(self):
        with os.fdopen(self.pipe, "rb") as pipe:
            out = pipe.read().decode()
        status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        echoes = self.echoes()
        try:
            self.shown += os.read(self.leader, 4096)
        except OSError:
            pass
        os.close(self.leader)
        return status, out, echoes


class RoleCases:
    def assumed(self):
        return self.actions().count("AssumeRole")

    def folder(self):
        return os.path.join(self.program.home, ".aws", "cli", "cache")

    def entry(self):
        [path] = glob.glob(os.path.join(self.folder(), "*.json"))
        return path

    def test_a_role_is_kept_for_the_next_run(self):
        arns = {json.loads(self.good(*WHOAMI, name=name).out)["Arn"] for name in ("crosslog", "crosslog", "aws")}
        self.assertEqual((len(arns), self.assumed()), (1, 1))
        self.assertEqual(stat.S_IMODE(os.stat(self.entry()).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(self.folder()).st_mode), 0o700)
        key = hashlib.sha1(b'{"RoleArn": "arn:aws:iam::999999999999:role/cross-account"}').hexdigest()
        self.assertEqual(os.path.basename(self.entry()), key + ".json")
        with open(self.entry(), encoding="ascii") as file:
            text = file.read()
        entry = json.loads(text)
        self.assertEqual(text, json.dumps(entry))
        self.assertEqual(list(entry), ["Credentials", "AssumedRoleUser", "ResponseMetadata"])
        self.assertEqual(list(entry["Credentials"]), ["AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "AccountId"])
        self.assertRegex(entry["Credentials"]["Expiration"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$")

    def test_no_cache(self):
        self.good(*WHOAMI, "--no-cache")
        self.good(*WHOAMI, CROSSLOG_NO_CACHE="1")
        self.good(*WHOAMI, CROSSLOG_NO_CACHE="1", name="aws")
        self.assertEqual(self.assumed(), 3)
        self.assertFalse(os.path.exists(self.folder()))
        result = self.run_it(*WHOAMI, "--no-cache", name="aws")
        self.assertEqual(result.rc, 252)
        self.assertIn("Unknown options: --no-cache", result.err)

    def test_a_bad_entry_is_replaced(self):
        self.good(*WHOAMI)
        path = self.entry()
        with open(path, encoding="ascii") as file:
            good = file.read()
        for calls, text in enumerate(("", good[:100], "[]", "{}", '{"Credentials": {}}', "\0" * 50), 2):
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
            self.good(*WHOAMI)
            self.good(*WHOAMI)
            self.assertEqual(self.assumed(), calls, text[:50])

    def test_an_entry_that_others_may_have_written(self):
        self.good(*WHOAMI)
        path = self.entry()
        os.chmod(path, 0o666)
        result = self.run_it(*WHOAMI)
        self.assertEqual((result.rc, self.assumed()), (0, 2))
        self.assertEqual(result.hints, ["role cache: Unable to read %s: other users may read or write it" % path])
        self.good(*WHOAMI)
        os.rename(path, path + ".target")
        os.symlink(path + ".target", path)
        self.good(*WHOAMI, name="aws")
        self.assertEqual(self.assumed(), 3)
        self.assertFalse(os.path.islink(path))

    def test_a_folder_that_is_none(self):
        self.program.write(".aws/cli", "a file")
        for name, hints in (("crosslog", 1), ("aws", 0)):
            result = self.run_it(*WHOAMI, name=name)
            self.assertEqual((result.rc, len(result.err.splitlines())), (0, hints), result.err)
        self.assertEqual(self.assumed(), 2)

    def test_thirty_two_processes_ask_once(self):
        running = [self.program.popen(*WHOAMI, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(32)]
        ends = [process.communicate(timeout=120) + (process.returncode,) for process in running]
        self.assertEqual({(err, rc) for _, err, rc in ends}, {(b"", 0)})
        arns = {json.loads(out)["Arn"] for out, _, _ in ends}
        self.assertLessEqual(self.assumed(), 2)
        self.assertEqual(len(arns), self.assumed())

    def test_a_kept_session_that_the_service_refuses_is_replaced(self):
        first = json.loads(self.good(*WHOAMI).out)
        self.box.control("POST", "/faults", [{"service": "sts", "count": 1, "expire_session": True}])
        self.good(*WHOAMI)
        self.assertEqual(self.assumed(), 2)
        self.assertEqual(json.loads(self.good(*WHOAMI).out)["Account"], first["Account"])
        self.assertEqual(self.assumed(), 2)

    def with_mfa(self):
        with open(os.path.join(self.program.home, ".aws/config"), "a", encoding="utf-8") as file:
            file.write(MFA)
        self.program.write(".aws/credentials", ALICE)
        return ("sts", "get-caller-identity", "--profile", "mfa")

    def test_a_code_is_asked_for_at_the_terminal_and_once(self):
        words = self.with_mfa()
        for name in ("crosslog", "aws"):
            terminal = Terminal(self.program, words, self.env, name)
            terminal.wait_for(b"Enter MFA code for arn:aws:iam::111111111111:mfa/alice: ")
            self.assertFalse(terminal.echoes())
            terminal.type(b"123456\n")
            status, out, echoes = terminal.end()
            self.assertEqual((status, echoes), (0, True), out)
            self.assertEqual(json.loads(out)["Account"], "999999999999")
            self.assertNotIn(b"123456", terminal.shown)
            self.good(*words, name=name)  # without a terminal: out of the cache
            os.unlink(self.entry())

    def test_a_question_can_be_interrupted(self):
        terminal = Terminal(self.program, self.with_mfa(), self.env)
        terminal.wait_for(b"mfa/alice: ")
        terminal.type(b"\x03")
        self.assertEqual(terminal.end(), (130, "", True))
        self.assertEqual(self.assumed(), 0)

    def test_a_wrong_code_is_the_services_to_refuse(self):
        terminal = Terminal(self.program, self.with_mfa(), self.env)
        terminal.wait_for(b"mfa/alice: ")
        terminal.type(b"000000\n")
        status, out, _ = terminal.end()
        self.assertEqual(status, 254)
        self.assertIn("AccessDenied", out)
        self.assertNotIn("000000", out)

    def test_without_a_terminal_a_code_is_a_refusal(self):
        words = self.with_mfa()
        for name in ("crosslog", "aws"):
            result = self.program.run(*words, name=name, env=self.env, start_new_session=True)
            self.assertEqual((result.rc, result.out), (255, ""))
            self.assertIn("needs an MFA code of arn:aws:iam::111111111111:mfa/alice", result.err)
            self.assertEqual(bool(result.hints), name == "crosslog")
        self.assertEqual(self.assumed(), 0)

    def test_whoami(self):
        text = self.good("whoami", "--profile", "story", "--region", "us-east-1").out
        config = os.path.join(self.program.home, ".aws", "config")
        self.assertRegex(text, r"(?m)^account     999999999999$")
        self.assertRegex(text, r"(?m)^arn         arn:aws:sts::999999999999:assumed-role/cross-account/crosslog-\d+$")
        self.assertRegex(text, r"(?m)^access key  ASIA\*+\w{4}$")
        self.assertRegex(text, r"(?m)^expires     \S+Z, in (59|1 h 0) min$")
        self.assertRegex(text, r"(?m)^chain       1\. iam-role \S+ \(instance metadata\)$")
        self.assertRegex(text, r"(?m)^            2\. assume-role arn:aws:iam::999999999999:role/cross-account \(%s:\d+\)$" %
                         re.escape(config))
        self.assertRegex(text, r"(?m)^profile     story \(--profile\)$")
        self.assertRegex(text, r"(?m)^region      us-east-1 \(--region\)$")
        self.assertRegex(text, r"(?m)^endpoints   sts http://127\S+ \(environment AWS_ENDPOINT_URL\)$")
        kept = self.good("whoami", "--profile", "story", "--region", "us-east-1").out
        self.assertRegex(kept, r"(?m)^chain       1\. assume-role .*, from the cache$")
        self.assertIn(self.entry(), kept)

    def test_whoami_as_a_document(self):
        first, second = (json.loads(self.good("whoami", "--profile", "crossb", "--output", "json").out) for _ in range(2))
        self.assertEqual(list(first), ["Account", "Arn", "UserId", "Credentials", "Chain", "Profile", "Region", "Endpoints"])
        self.assertEqual([hop["Method"] for hop in first["Chain"]], ["iam-role", "assume-role"])
        self.assertEqual([hop["FromCache"] for hop in second["Chain"]], [True])
        self.assertEqual((first["Credentials"]["FromCache"], second["Credentials"]["FromCache"]), (False, True))
        self.assertEqual(first["Arn"], second["Arn"])
        self.assertEqual(first["Region"]["Name"], "us-east-1")
        with open(self.entry(), encoding="ascii") as file:
            secrets = json.load(file)["Credentials"]
        for name in ("AccessKeyId", "SecretAccessKey", "SessionToken"):
            self.assertNotIn(secrets[name], json.dumps([first, second]))

    def test_whoami_of_other_sources(self):
        self.program.write(".aws/credentials", ALICE)
        text = self.good("whoami", "--profile", "alice", "--region", "us-east-1").out
        self.assertIn("chain       1. shared-credentials-file alice (%s:2)\n" %
                      os.path.join(self.program.home, ".aws", "credentials"), text)
        self.assertRegex(text, r"(?m)^expires     never$")
        keys = dict(line.split(" = ") for line in ALICE.strip().splitlines()[1:])
        text = self.good("whoami", **{name.upper(): value for name, value in keys.items()}).out
        self.assertIn("chain       1. env AWS_ACCESS_KEY_ID (environment)\n", text)
        self.assertIn("profile     default", text)
        for value in keys.values():
            self.assertNotIn(value, text)
        self.assertIn("iam-role", self.good("whoami").out)

    def test_whoami_without_credentials(self):
        result = self.run_it("whoami", AWS_EC2_METADATA_DISABLED="true")
        self.assertEqual((result.rc, result.out), (253, ""))
        self.assertTrue(result.hints)
        self.assertEqual(self.run_it("whoami", "--bogus").rc, 252)
        self.assertEqual(self.run_it("whoami", name="aws").rc, 252)
        self.assertIn("usage: crosslog", self.good("whoami", "help").out)

    def test_configure_list(self):
        for name in ("crosslog", "aws"):
            rows = self.good("configure", "list", "--profile", "story", AWS_REGION="us-east-1", name=name).out.splitlines()
            self.assertEqual(rows[0], "NAME       : VALUE                    : TYPE             : LOCATION")
            self.assertEqual(rows[1], "profile    : story                    : manual           : --profile")
            for row, label in ((rows[2], "access_key"), (rows[3], "secret_key")):
                self.assertRegex(row, r"^%s : \*{16}\S{4}     : assume-role      : $" % label)
            self.assertEqual(rows[4], "region     : us-east-1                : env              : ['AWS_REGION', 'AWS_DEFAULT_REGION']")
            self.assertEqual(len(rows), 5)

    def test_configure_list_of_the_instance_and_of_nothing(self):
        rows = self.good("configure", "list").out.splitlines()
        self.assertRegex(rows[2], r": iam-role         : $")
        self.assertEqual(rows[4], "region     : us-east-1                : config-file      : ~/.aws/config")
        self.program.write(".aws/config", "")
        rows = self.good("configure", "list").out.splitlines()
        self.assertRegex(rows[4], r"^region     : us-east-1                : imds             : $")
        rows = self.good("configure", "list", AWS_EC2_METADATA_DISABLED="true").out.splitlines()
        self.assertEqual(rows[2:], [label + " : <not set>                : None             : None"
                                    for label in ("access_key", "secret_key", "region    ")])

    def test_configure_list_that_fails_has_said_something_already(self):
        for name in ("crosslog", "aws"):
            result = self.run_it("configure", "list", "--profile", "nope", name=name)
            self.assertEqual((result.rc, len(result.out.splitlines())), (255, 2))
            self.assertIn("The config profile (nope) could not be found", result.err)
            self.assertEqual(self.run_it("configure", "list", "extra", name=name).rc, 252)
            self.assertEqual(self.run_it("configure", name=name).rc, 252)
            self.assertEqual(self.run_it("configure", "get", "region", name=name).rc, 252)
