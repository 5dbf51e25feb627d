#!/usr/bin/env python3
"""Secrets after their use: none in the memory, none in what is printed or written.

    canary.py PROBE CROSSLOG SANDBOX [-v] [Class.test]     ends with "N passed, N failed[, N skipped]"
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "sandbox")]

from client import ALICE  # noqa: E402
from suite import InTheSandbox, programs, run  # noqa: E402

EVENTS = ("logs", "get-log-events", "--log-group-name", "/crossb/app", "--log-stream-name", "web-1")
CONFIG = """\
[default]
region = us-east-1

[profile keys]
aws_access_key_id = %(AccessKeyId)s
aws_secret_access_key = %(SecretAccessKey)s

[profile of-keys]
role_arn = arn:aws:iam::999999999999:role/cross-account
source_profile = keys

[profile of-variables]
role_arn = arn:aws:iam::999999999999:role/cross-account
credential_source = Environment

[profile of-metadata]
role_arn = arn:aws:iam::999999999999:role/cross-account
credential_source = Ec2InstanceMetadata
""" % ALICE
VARIABLES = {"AWS_ACCESS_KEY_ID": ALICE["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": ALICE["SecretAccessKey"]}


def masked(text):
    return "".join("%02x" % (~byte & 0xff) for byte in text.encode())


class Scene(InTheSandbox):
    arguments, config = ("--events", "50"), CONFIG

    def setUp(self):
        super().setUp()
        os.symlink(programs.probe, os.path.join(self.program.folder, "probe"))


class Memory(Scene):
    """What the probe finds in itself when all is destroyed."""
    def check(self, profile, *secrets, **variables):
        env = dict(self.env, **{"CANARY_" + name: masked(value) for name, value in variables.items()})
        for words in ((), ("--wipe-on-free",)):
            with self.subTest(profile=profile, words=words):
                result = self.program.run(profile, *words, name="probe", env=env)
                self.assertEqual((result.rc, result.err), (0, ""))
                found = dict(line.split("\t") for line in result.out.splitlines() if "\t" in line)
                self.assertEqual(found.pop("events"), "10")
                self.assertLessEqual(set(secrets), set(found), "the probe has seen less than it should")
                if not words:
                    # libcurl frees the headers of a host's last request as they are; whether
                    # something else was written there since depends on its version.
                    for sent_as_header in ("STS token", "metadata token"):
                        found.pop(sent_as_header, None)
                self.assertEqual(set(found.values()), {"0"}, result.out)

    def test_keys_of_a_file(self):
        self.check("of-keys", "file secret", "STS secret", "STS token")

    def test_keys_of_the_environment(self):
        self.check("of-variables", "environment secret", "STS secret", "STS token", **VARIABLES)

    def test_instance_metadata(self):
        self.check("of-metadata", "metadata secret", "metadata token", "metadata session token", "STS secret", "STS token")


class Output(Scene):
    """Nothing of a secret in what the program prints, --debug included, nor in files but the role cache."""
    def check(self, *words, rc, secrets=(), **variables):
        result = self.program.run(*words, "--debug", env=dict(self.env, **variables))
        self.assertEqual(result.rc, rc, result.err)
        self.assertIn("debug: ", result.err)
        secrets = [ALICE["SecretAccessKey"], *secrets, *self.cached()]
        for folder, _, names in os.walk(self.program.home):
            if folder.endswith(os.path.join("cli", "cache")):
                continue
            for name in names:
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    if name != "config":
                        self.check_text(file.read(), secrets)
        self.check_text(result.out + result.err, secrets)
        return result

    def check_text(self, text, secrets):
        for secret in secrets:
            self.assertNotIn(secret, text)
            self.assertNotIn(secret[:16], text)

    def cached(self):
        """The secrets that STS gave, as the cache keeps them."""
        folder = os.path.join(self.program.home, ".aws", "cli", "cache")
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if name.endswith(".json"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    credentials = json.load(file)["Credentials"]
                yield from (credentials["SecretAccessKey"], credentials["SessionToken"])

    def metadata(self):
        found = self.box.instance()
        return found["SecretAccessKey"], found["Token"]

    def test_a_call_that_succeeds(self):
        self.check(*EVENTS, "--profile", "of-keys", rc=0)
        self.check(*EVENTS, "--profile", "of-variables", rc=0, **VARIABLES)
        self.check(*EVENTS, "--profile", "of-metadata", rc=0, secrets=self.metadata())

    def test_metadata_that_is_broken(self):
        secret, token = "CanaryMetadataSecret/0123456789abcdefghi", "CanaryMetadataToken/" + "t" * 100
        for broken in ({}, {"AccessKeyId": "AKIA CANARY"}, {"Expiration": secret}, {"Token": token + "\r\nX: y"}):
            self.box.control("POST", "/imds/credentials", dict(
                {"Code": "Success", "AccessKeyId": "AKIACANARYMETADATA01", "SecretAccessKey": secret, "Token": token,
                 "Expiration": "2036-01-01T00:00:00Z"}, **broken))
            result = self.program.run(*EVENTS, "--profile", "of-metadata", "--debug", env=self.env)
            self.assertNotEqual(result.rc, 0)
            self.check_text(result.out + result.err, (secret, token))

    def test_answers_that_are_broken(self):
        secret = "CanaryOfSts/0123456789abcdefghijklmnopqr"
        for service in ("sts", "logs"):
            for fault in ({"truncate": 300}, {"html": True}, {"cut_body_after": 200}, {"redirect": "http://127.0.0.1:1/"},
                          {"replace": {"<SecretAccessKey>": "<SecretAccessKey>" + secret}},
                          {"replace": {"</SecretAccessKey>": secret}},
                          {"replace": {"<SessionToken>": "<SessionToken>&bad;" + secret}},
                          {"error": {"code": "AccessDenied", "message": "no", "status": 403}},
                          {"error": {"code": "ExpiredToken", "message": "old", "status": 400}}):
                with self.subTest(service=service, fault=fault):
                    self.box.control("POST", "/faults", [dict({"service": service}, **fault)])
                    result = self.program.run(*EVENTS, "--profile", "of-keys", "--no-cache", "--debug",
                                              env=dict(self.env, AWS_MAX_ATTEMPTS="1"))
                    self.check_text(result.out + result.err, (secret, ALICE["SecretAccessKey"]))

    def test_settings_that_are_secrets(self):
        secret = VARIABLES["AWS_SECRET_ACCESS_KEY"]
        for variable in ("AWS_MAX_ATTEMPTS", "AWS_RETRY_MODE"):
            with self.subTest(variable=variable):
                result = self.program.run(*EVENTS, "--profile", "of-keys", "--debug", env=dict(self.env, **{variable: secret}))
                self.check_text(result.out + result.err, (secret,))


if __name__ == "__main__":
    run("probe", "crosslog", "sandbox")
