#!/usr/bin/env python3
"""Credential sources that fail, one test for each row of faults: the program against the
sandbox with a fault script.

    faults.py CROSSLOG SANDBOX [-v] [Class.test]     ends with "N passed, N failed"

Every run has --debug: no secret that the sandbox hands out may stand in its output.
"""
import hashlib
import json
import os
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), "sandbox")]

from client import ALICE, ECS_PATH, EKS_PATH, EKS_TOKEN, SSO_TOKEN, WEB_TOKEN  # noqa: E402
from suite import InTheSandbox, run  # noqa: E402

IDENTITY = ("sts", "get-caller-identity")
EVENTS = ("logs", "get-log-events", "--log-group-name", "G", "--log-stream-name", "S")
TREE = "/latest/meta-data/iam/security-credentials"
ROLE = TREE + "-extended/monitor-iam-ec2"
KEYS = {"AWS_ACCESS_KEY_ID": ALICE["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": ALICE["SecretAccessKey"]}
CANARY = "canary/secret/never/to/be/seen/0000000001"
# A verdict takes 2.5 s; the rest is for a machine under load to start a program.
VERDICT = 2.5 + 5


class Case(InTheSandbox):
    def setUp(self):
        super().setUp()
        self.secrets = [CANARY, ALICE["SecretAccessKey"]]

    def faults(self, *rules):
        self.box.control("DELETE", "/requests")
        self.box.control("POST", "/faults", list(rules))

    def run_it(self, *words, name="crosslog", **changes):
        env = self.program.environment_in(self.box, **{"AWS_REGION": "us-east-1", "CROSSLOG_NO_CACHE": "1", **changes})
        begin = time.monotonic()
        result = self.program.run(*(words or IDENTITY), "--debug", name=name, env=env)
        result.seconds = time.monotonic() - begin
        for secret in self.secrets:
            self.assertNotIn(secret, result.out + result.err)
        result.said = [line for line in result.err.splitlines() if line and not line.startswith("debug: ")]
        return result

    def good(self, *words, **changes):
        result = self.run_it(*words, **changes)
        self.assertEqual((result.rc, result.said), (0, []))
        return result

    def bad(self, rc, first, *words, hint=None, **changes):
        result = self.run_it(*words, **changes)
        self.assertEqual((result.rc, result.out), (rc, ""), result.err)
        self.assertIn(first, result.said[0])
        if hint:
            self.assertIn(hint, " ".join(result.hints))
        return result

    def no_credentials(self, hint, **changes):
        return self.bad(253, "Unable to locate credentials", hint=hint, **changes)

    def seen(self, service):
        return [request["action"] for request in self.box.requests() if request["service"] == service]

    def puts_and_gets(self):
        seen = self.seen("imds")
        return len([a for a in seen if a.startswith("PUT")]), len([a for a in seen if a.startswith("GET")])


class Imds(Case):
    def test_i1_nobody_there(self):
        result = self.no_credentials("127.0.0.1:1", AWS_EC2_METADATA_SERVICE_ENDPOINT="http://127.0.0.1:1")
        self.assertLess(result.seconds, VERDICT)

    def test_i2_a_put_that_is_swallowed(self):
        self.faults({"service": "imds", "method": "PUT", "hang": True})
        result = self.no_credentials("HttpPutResponseHopLimit")
        self.assertEqual(self.puts_and_gets(), (2, 0))
        self.assertLess(result.seconds, VERDICT)
        self.assertEqual(self.run_it(name="aws").rc, 253)

    def test_i3_version_2_is_refused(self):
        texts = set()
        for status in (403, 404, 405):
            self.faults({"service": "imds", "method": "PUT", "error": {"code": "x", "status": status}})
            texts.add(" ".join(self.no_credentials("answered %d to the token request" % status).hints))
            self.assertEqual(self.puts_and_gets(), (1, 0))
        self.assertEqual(len(texts), 3)

    def test_i4_busy_twice(self):
        for method, status in (("PUT", 500), ("PUT", 503), ("GET", 429), ("GET", 500)):
            self.faults({"service": "imds", "method": method, "count": 2, "error": {"code": "x", "status": status}})
            self.good()
        self.faults({"service": "imds", "method": "PUT", "error": {"code": "x", "status": 503}})
        self.no_credentials("503")
        self.assertEqual(self.puts_and_gets(), (4, 0))

    def test_i5_a_token_that_is_not_taken(self):
        self.faults({"service": "imds", "method": "GET", "count": 1, "expire_tokens": True})
        self.good()
        self.assertEqual(self.puts_and_gets()[0], 2)
        self.faults({"service": "imds", "method": "GET", "error": {"code": "x", "status": 401}})
        self.no_credentials("401")
        self.assertLessEqual(self.puts_and_gets()[1], 4)

    def test_i6_the_lifetime_of_the_token(self):
        for value in ("60", "0", "-1", None, "1000000000000"):
            self.faults({"service": "imds", "method": "PUT", "headers": {"X-aws-ec2-metadata-token-ttl-seconds": value}})
            self.good()
            self.assertEqual(self.puts_and_gets(), (1, 2))

    def test_i7_tokens_that_are_no_header(self):
        for body in (CANARY + "\r\nX-Evil: 1", CANARY + "\x00", CANARY * 250, ""):
            self.faults({"service": "imds", "method": "PUT", "body": body})
            self.no_credentials("cannot be sent as a header")
            self.assertEqual(self.puts_and_gets(), (1, 0))

    def test_i8_names_that_are_no_role(self):
        for body in ("../../../user-data", "%2e%2e", "r" * 300):
            self.faults({"service": "imds", "path": TREE, "body": body})
            self.no_credentials("not one that IAM allows")
            self.assertEqual(self.puts_and_gets(), (1, 1))
        self.faults({"service": "imds", "path": TREE, "count": 1, "body": "monitor-iam-ec2\nother"})
        self.good()
        self.faults({"service": "imds", "path": TREE, "body": ""})
        self.no_credentials("no IAM role is attached")

    def test_i9_a_code_that_is_not_success(self):
        for code in ("Failed", "AssumeRoleUnauthorizedAccess"):
            self.box.control("POST", "/imds/credentials", {"Code": code, "Message": "because " + code})
            self.faults()
            self.no_credentials("%s: because %s" % (code, code))
            self.assertEqual(self.puts_and_gets(), (1, 2))

    def test_i10_documents_that_are_none(self):
        for fault, words in (({"truncate": 60}, "are cut off"), ({"html": True}, "are HTML")):
            self.faults({"service": "imds", "path": ROLE, **fault})
            self.no_credentials(words)
        self.faults({"service": "imds", "path": ROLE, "error": {"code": "x", "status": 404}})
        self.no_credentials("there are no credentials for the role")
        self.assertEqual(len([a for a in self.seen("imds") if a.endswith("extended/")]), 2, "asked for the role once more")

    def test_i11_expired_credentials_are_used(self):
        minted = self.box.control("POST", "/sessions", {"role_arn": "arn:aws:iam::111111111111:role/monitor-iam-ec2", "seconds": 600})
        self.secrets += [minted["SecretAccessKey"], minted["Token"]]
        self.box.control("POST", "/imds/credentials", dict(minted, Expiration="2020-01-01T00:00:00Z"))
        self.assertEqual(self.run_it().rc, 0)

    def test_i12_expirations_that_cannot_be_true(self):
        minted = self.box.control("POST", "/sessions", {"role_arn": "arn:aws:iam::111111111111:role/monitor-iam-ec2"})
        self.secrets += [minted["SecretAccessKey"], minted["Token"]]
        for value in ("not-a-date", "9999-12-31T23:59:59Z", "2026-11-23 19:00:00 +0900", ""):
            self.box.control("POST", "/imds/credentials", dict(minted, Expiration=value))
            self.good()
        self.box.control("POST", "/imds/credentials", {k: v for k, v in minted.items() if k != "Expiration"})
        self.good()

    def test_i13_bodies_without_end(self):
        for fault in ({"huge": 400000000}, {"endless": True}):
            self.faults({"service": "imds", "path": ROLE, **fault})
            self.assertEqual(self.run_it().rc, 253)

    def test_i14_a_redirect_is_not_followed(self):
        self.faults({"service": "imds", "path": ROLE, "redirect": "http://" + self.box.host("container") + "/away"})
        self.no_credentials("302")
        self.assertEqual(self.seen("container"), [])

    def test_i15_never_through_a_proxy(self):
        proxy = {"HTTP_PROXY": "http://127.0.0.1:1", "http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "http://127.0.0.1:1"}
        self.run_it(NO_PROXY=None, **proxy)
        self.assertEqual(self.puts_and_gets(), (1, 2))


class Sts(Case):
    def assume(self, rc, first, **changes):
        return self.bad(rc, first, *EVENTS, "--profile", "crossb", **changes)

    def test_t1_refusals_are_final(self):
        for code in ("AccessDenied", "MalformedPolicyDocument", "RegionDisabledException"):
            self.faults({"service": "sts", "error": {"code": code, "message": "why " + code, "status": 403}})
            result = self.assume(254, "An error occurred (%s) when calling the AssumeRole operation: why %s" % (code, code))
            self.assertIn("arn:aws:iam::999999999999:role/cross-account", " ".join(result.hints))
            self.assertEqual(self.seen("sts"), ["AssumeRole"])

    def test_t2_what_passes_by(self):
        for fault in ({"throttle": True}, {"error": {"code": "ServiceUnavailable", "status": 503}}, {"close": True, "reset": True}):
            self.faults({"service": "sts", "count": 1, **fault})
            self.good(*EVENTS, "--profile", "crossb", AWS_MAX_ATTEMPTS="4")
            self.assertEqual(self.seen("sts"), ["AssumeRole"] * 2)
        self.faults({"service": "sts", "throttle": True})
        self.assume(254, "(Throttling)", AWS_MAX_ATTEMPTS="2")
        self.assertEqual(len(self.seen("sts")), 2)

    def test_t3_other_content(self):
        for fault in ({"html": True}, {"empty": True}, {"body": "{}"}):
            self.faults({"service": "sts", **fault})
            result = self.run_it(*EVENTS, "--profile", "crossb", AWS_MAX_ATTEMPTS="2")
            self.assertEqual((result.rc, result.out, len(self.seen("sts"))), (255, "", 2), result.err)

    def test_t4_cut_anywhere(self):
        for offset in (0, 1, 40, 200, 333, 600, 700):
            self.faults({"service": "sts", "truncate": offset, "replace": {"</SecretAccessKey>": CANARY + "</SecretAccessKey>"}})
            result = self.run_it(*EVENTS, "--profile", "crossb", AWS_MAX_ATTEMPTS="1")
            self.assertEqual((result.rc, result.out), (255, ""), offset)

    def test_t5_markup_that_is_refused(self):
        for start in ("<!DOCTYPE x [<!ENTITY a 'b'>]>", "<!DOCTYPE x>"):
            self.faults({"service": "sts", "replace": {"<AssumeRoleResponse": start + "<AssumeRoleResponse"}})
            result = self.run_it(*EVENTS, "--profile", "crossb", AWS_MAX_ATTEMPTS="1")
            self.assertEqual((result.rc, result.out), (255, ""))
        fake = "<Credentials><AccessKeyId>ASIAFAKE</AccessKeyId></Credentials>"
        self.faults({"service": "sts", "replace": {"<AssumedRoleUser>": "<!-- %s --><AssumedRoleUser>" % fake}})
        self.good(*EVENTS, "--profile", "crossb")

    def test_t6_fields_twice_empty_or_missing(self):
        for old, new in (("<AccessKeyId>", "<AccessKeyId>ASIAOTHER</AccessKeyId><AccessKeyId>"), ("SecretAccessKey>", "SecretAccessKeyX>"),
                         ("<SessionToken>", "<SessionToken></SessionToken><X>"), ("Credentials>", "Other>")):
            self.faults({"service": "sts", "replace": {old: new}})
            result = self.run_it(*EVENTS, "--profile", "crossb", AWS_MAX_ATTEMPTS="1")
            self.assertEqual((result.rc, result.out), (255, ""), old)

    def test_t8_a_chain_of_roles_and_a_cycle(self):
        arn = "arn:aws:iam::999999999999:role/"
        self.program.write(".aws/config", "[profile hop]\nrole_arn = %shop\ncredential_source = Ec2InstanceMetadata\n"
                           "[profile deep]\nrole_arn = %sdeep\nsource_profile = hop\n"
                           "[profile a]\nrole_arn = %sa\nsource_profile = b\n[profile b]\nrole_arn = %sb\nsource_profile = a\n"
                           % (arn, arn, arn, arn))
        page = self.good(*EVENTS, "--profile", "deep")
        self.assertEqual(len(json.loads(page.out)["events"]), 6)
        self.assertEqual(self.seen("sts"), ["AssumeRole"] * 2)
        self.bad(255, "Infinite loop in credential configuration", *EVENTS, "--profile", "a")


    def test_t9_what_has_to_be_encoded(self):
        for external, encoded in (("a=b+c@d:e/f", True), ("a&b %é", True)):
            self.program.write(".aws/config", "[profile x]\nrole_arn = arn:aws:iam::999999999999:role/needs-external-id\n"
                               "credential_source = Ec2InstanceMetadata\nexternal_id = %s\nrole_session_name = a+b=c\n" % external)
            self.faults()
            self.run_it(*EVENTS, "--profile", "x")
            sent = [r for r in self.box.requests() if r["service"] == "sts"]
            self.assertEqual([(r["signature"], r["parameters"]["ExternalId"], r["parameters"]["RoleSessionName"]) for r in sent],
                             [("valid", external, "a+b=c")])


class Sources(Case):
    """Every other source once as it should be, and the container's refusals."""

    def who(self, *words, **changes):
        return json.loads(self.good(*IDENTITY, *words, **changes).out)["Arn"]

    def test_i16_where_no_container_lives(self):
        for uri in ("http://evil.invalid/", "http://127.0.0.1@evil.invalid/", "http://localhost.evil.invalid/", "http://10.0.0.1/"):
            result = self.run_it(AWS_CONTAINER_CREDENTIALS_FULL_URI=uri)
            self.assertEqual((result.rc, result.out), (255, ""), uri)
        self.assertEqual(self.box.requests(), [])

    def test_i16_a_token_file_with_a_line_end(self):
        path = self.program.write("token", CANARY + "\n")
        result = self.run_it(AWS_CONTAINER_CREDENTIALS_FULL_URI="http://" + self.box.host("container") + EKS_PATH,
                             AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=path)
        self.assertEqual((result.rc, result.out, self.seen("container")), (255, "", []))

    def test_a_pod_with_a_token_file(self):
        path = self.program.write("token", EKS_TOKEN)
        self.assertEqual(self.who(AWS_CONTAINER_CREDENTIALS_FULL_URI="http://" + self.box.host("container") + EKS_PATH,
                                  AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE=path),
                         "arn:aws:sts::111111111111:assumed-role/task/eks-reader-pod")

    def test_a_chain_from_a_container(self):
        self.program.write(".aws/config", "[profile x]\nrole_arn = arn:aws:iam::999999999999:role/cross-account\n"
                           "credential_source = EcsContainer\nrole_session_name = me\n")
        self.assertEqual(self.who("--profile", "x", AWS_CONTAINER_CREDENTIALS_FULL_URI="http://" + self.box.host("container") + ECS_PATH),
                         "arn:aws:sts::999999999999:assumed-role/cross-account/me")

    def test_a_web_identity(self):
        path = self.program.write("token", WEB_TOKEN)
        role = "arn:aws:iam::111111111111:role/irsa"
        here = "arn:aws:sts::111111111111:assumed-role/irsa/pod"
        self.assertEqual(self.who(AWS_WEB_IDENTITY_TOKEN_FILE=path, AWS_ROLE_ARN=role, AWS_ROLE_SESSION_NAME="pod"), here)
        self.program.write(".aws/config", "[profile x]\nrole_arn = %s\nweb_identity_token_file = %s\nrole_session_name = pod\n"
                           % (role, path))
        self.assertEqual(self.who("--profile", "x"), here)
        self.program.write("token", "sandbox.web-identity.expired003")
        self.bad(254, "(ExpiredTokenException) when calling the AssumeRoleWithWebIdentity", *IDENTITY, "--profile", "x")

    def test_single_sign_on(self):
        self.program.write(".aws/config", "[profile x]\nsso_session = s\nsso_account_id = 999999999999\nsso_role_name = ReadLogs\n"
                           "[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://sandbox.awsapps.com/start\n")
        os.makedirs(os.path.join(self.program.home, ".aws", "sso", "cache"))
        self.program.write(".aws/sso/cache/%s.json" % hashlib.sha1(b"s").hexdigest(), json.dumps(
            {"accessToken": SSO_TOKEN, "expiresAt": "2099-01-01T00:00:00Z", "region": "us-east-1",
             "startUrl": "https://sandbox.awsapps.com/start"}))
        self.secrets.append(SSO_TOKEN)
        self.assertIn("assumed-role/AWSReservedSSO_ReadLogs_", self.who("--profile", "x"))

    def test_a_program(self):
        document = {"Version": 1, "AccessKeyId": ALICE["AccessKeyId"], "SecretAccessKey": ALICE["SecretAccessKey"]}
        path = self.program.write("answer", json.dumps(document))
        self.program.write(".aws/config", "[profile x]\ncredential_process = cat '%s'\n" % path)
        self.assertEqual(self.who("--profile", "x"), "arn:aws:iam::111111111111:user/alice")


class Files(Case):
    def test_f1_configuration_that_cannot_be_read(self):
        path = os.path.join(self.program.home, ".aws", "config")
        os.remove(path)
        self.good(**KEYS)
        for make in (lambda: os.mkdir(path), lambda: os.mkfifo(path), lambda: os.symlink("config", path)):
            make()
            result = self.run_it(**KEYS)
            self.assertEqual(result.out, "", result.err)
            self.assertNotEqual(result.rc, 0)
            self.assertIn(path, result.err)
            (os.rmdir if os.path.isdir(path) else os.remove)(path)


if __name__ == "__main__":
    run("crosslog", "sandbox")
