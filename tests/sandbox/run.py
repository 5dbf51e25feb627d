#!/usr/bin/env python3
"""crosslog-sandbox from outside, by a client that shares no code with it.

    run.py BINARY        the last line is "N passed, N failed"
"""
import gzip
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from client import (ALICE, BOB, ECS_PATH, EKS_PATH, EKS_TOKEN, ROLE, SSO_TOKEN, TOKEN, WEB_TOKEN, Sandbox, messages,
                    presign, sign)

BINARY = os.environ.get("CROSSLOG_SANDBOX", "")
STORY = "arn:aws:sts::111111111111:assumed-role/monitor-iam-ec2/i-0abcdef1234567890"
CREDENTIALS = "/latest/meta-data/iam/security-credentials/"
EXTENDED = "/latest/meta-data/iam/security-credentials-extended/"


class Shared(unittest.TestCase):
    """One sandbox for the class, as new for each test."""
    arguments = ("--events", "25000")

    @classmethod
    def setUpClass(cls):
        cls.box = Sandbox(BINARY, *cls.arguments)

    @classmethod
    def tearDownClass(cls):
        assert cls.box.stop() == 0

    def setUp(self):
        self.box.reset()

    def cross(self):
        return self.box.session(self.box.instance(), "cross-account")


class Imds(Shared):
    def test_a_token_needs_a_ttl_of_1_to_21600(self):
        for ttl, status in (("1", 200), ("21600", 200), ("0", 400), ("21601", 400), ("-1", 400), ("abc", 400), ("", 400),
                            ("1.5", 400), ("99999999999999999999", 400)):
            answer = self.box.http("imds", "PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": ttl})
            self.assertEqual(answer.status, status, ttl)
            if status == 200:
                self.assertEqual(answer.headers["X-aws-ec2-metadata-token-ttl-seconds"], ttl)
        self.assertEqual(self.box.http("imds", "PUT", "/latest/api/token").status, 400)

    def test_a_proxied_put_is_refused(self):
        headers = {"X-aws-ec2-metadata-token-ttl-seconds": "60", "X-Forwarded-For": "10.0.0.1"}
        self.assertEqual(self.box.http("imds", "PUT", "/latest/api/token", headers).status, 403)

    def test_nothing_without_a_valid_token(self):
        for path in ("/latest/meta-data/", CREDENTIALS, CREDENTIALS + "monitor-iam-ec2", "/latest/nothing"):
            self.assertEqual(self.box.http("imds", "GET", path).status, 401)
            self.assertEqual(self.box.imds(path, "AQAEAwrong==").status, 401)
        token = self.box.imds_token()
        self.assertEqual(self.box.imds("/latest/meta-data/", token).status, 200)
        self.box.control("POST", "/sessions/expire", {"access_key_id": "none", "imds_tokens": True})
        self.assertEqual(self.box.imds("/latest/meta-data/", token).status, 401)

    def test_methods(self):
        for method, path in (("PUT", "/latest/meta-data/"), ("POST", "/latest/api/token"), ("DELETE", CREDENTIALS),
                             ("GET", "/latest/api/token")):
            self.assertEqual(self.box.http("imds", method, path).status, 405, method + path)

    def test_the_role_and_its_credentials(self):
        for path in (CREDENTIALS, CREDENTIALS[:-1], EXTENDED):
            self.assertEqual(self.box.imds(path).text, "monitor-iam-ec2")
        document = self.box.instance()
        self.assertEqual(sorted(document), ["AccessKeyId", "Code", "Expiration", "LastUpdated", "SecretAccessKey",
                                            "Token", "Type"])
        self.assertEqual((document["Code"], document["Type"]), ("Success", "AWS-HMAC"))
        self.assertEqual(self.box.instance()["AccessKeyId"], document["AccessKeyId"], "the same until it ends")
        self.assertEqual(self.box.sts(document, "GetCallerIdentity").find("Arn"), STORY)
        self.assertEqual(self.box.imds(EXTENDED + "monitor-iam-ec2").json["AccountId"], "111111111111")
        for path in (CREDENTIALS + "other", EXTENDED + "other", "/latest/meta-data/nothing", "/"):
            self.assertEqual(self.box.imds(path).status, 404, path)

    def test_documents(self):
        self.assertEqual(self.box.imds("/latest/meta-data/placement/region").text, "us-east-1")
        self.assertEqual(self.box.imds("/latest/meta-data/placement/availability-zone").text, "us-east-1a")
        self.assertEqual(self.box.imds("/latest/meta-data/placement/availability-zone/").text, "us-east-1a")
        self.assertEqual(self.box.imds("/latest/meta-data/instance-id").text, "i-0abcdef1234567890")
        self.assertIn("iam/\n", self.box.imds("/latest/meta-data/").text)
        identity = self.box.imds("/latest/dynamic/instance-identity/document").json
        self.assertEqual((identity["accountId"], identity["region"]), ("111111111111", "us-east-1"))
        self.assertEqual(self.box.imds("/latest/meta-data/iam/info").json["Code"], "Success")

    def test_a_session_near_its_end_is_replaced(self):
        first = self.box.instance()["AccessKeyId"]
        self.box.control("POST", "/sessions/expire", {"access_key_id": first})
        self.assertNotEqual(self.box.instance()["AccessKeyId"], first)

    def test_credentials_that_a_test_gives(self):
        given = {"AccessKeyId": "ASIATEST", "SecretAccessKey": "s", "Token": "t", "Expiration": "2020-01-01T00:00:00Z"}
        self.box.control("POST", "/imds/credentials", given)
        document = self.box.instance()
        self.assertEqual({k: document[k] for k in given}, given)
        self.box.control("POST", "/imds/credentials", {"Code": "AssumeRoleUnauthorizedAccess", "Message": "no"})
        self.assertEqual(self.box.instance()["Code"], "AssumeRoleUnauthorizedAccess")


class Sts(Shared):
    def test_who_a_user_is(self):
        answer = self.box.sts(ALICE, "GetCallerIdentity")
        self.assertEqual([answer.find(n) for n in ("Arn", "UserId", "Account")],
                         ["arn:aws:iam::111111111111:user/alice", "AIDASANDBOXALICE00001", "111111111111"])
        self.assertEqual(answer.headers["Content-Type"], "text/xml")
        self.assertEqual(answer.headers["x-amzn-RequestId"], answer.find("RequestId"))

    def test_the_story(self):
        answer = self.box.assume(self.box.instance(), "cross-account", "demo")
        self.assertEqual(answer.find("AssumedRoleId"), "AROASANDBOXCROSSACC01:demo")
        self.assertIsNone(answer.find("PackedPolicySize"))
        session = self.cross()
        self.assertEqual(self.box.sts(session, "GetCallerIdentity").find("Arn"),
                         "arn:aws:sts::999999999999:assumed-role/cross-account/test")
        self.assertIn("+", session["Token"])
        self.assertIn("/", session["Token"])

    def test_constraints(self):
        role = ROLE + "cross-account"
        name, arn = "roleSessionName", "roleArn"
        table = [
            (dict(RoleSessionName="ok"), "1 validation error detected: Value null at 'roleArn' failed to satisfy "
                                         "constraint: Member must not be null"),
            (dict(RoleArn=role), "Value null at '%s'" % name),
            (dict(), "2 validation errors detected: "),
            (dict(RoleArn="short", RoleSessionName="ok"), "Value 'short' at '%s' failed to satisfy constraint: Member must "
                                                          "have length greater than or equal to 20" % arn),
            (dict(RoleArn="x" * 2049, RoleSessionName="ok"), "length less than or equal to 2048"),
            (dict(RoleArn="x" * 25, RoleSessionName="ok"), "x" * 25 + " is invalid"),
            (dict(RoleArn="arn:aws:iam::12:role/cross-account", RoleSessionName="ok"), " is invalid"),
            (dict(RoleArn=role, RoleSessionName="a"), "length greater than or equal to 2"),
            (dict(RoleArn=role, RoleSessionName="a" * 65), "length less than or equal to 64"),
            (dict(RoleArn=role, RoleSessionName="a b"), "regular expression pattern: [\\w+=,.@-]*"),
            (dict(RoleArn=role, RoleSessionName="ok", DurationSeconds="899"),
             "Value '899' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or "
             "equal to 900"),
            (dict(RoleArn=role, RoleSessionName="ok", DurationSeconds="43201"), "less than or equal to 43200"),
            (dict(RoleArn=role, RoleSessionName="ok", ExternalId="x"), "'externalId'"),
            (dict(RoleArn=role, RoleSessionName="ok", ExternalId="a b"), "[\\w+=,.@:\\/-]*"),
            (dict(RoleArn=role, RoleSessionName="ok", TokenCode="12345"), "'tokenCode'"),
            (dict(RoleArn=role, RoleSessionName="ok", Policy=""), "'policy'"),
        ]
        for fields, expected in table:
            answer = self.box.sts(ALICE, "AssumeRole", **fields)
            self.assertEqual(answer.error[:2], (400, "ValidationError"), fields)
            self.assertIn(expected, answer.error[2])
        self.assertEqual(self.box.assume(ALICE, "cross-account", DurationSeconds="x").error[1], "MalformedInput")

    def test_who_may_assume_what(self):
        instance = self.box.instance()
        denied = "User: %s is not authorized to perform: sts:AssumeRole on resource: " + ROLE + "%s"
        for who, arn, role in ((instance, STORY, "distrusting"), (instance, STORY, "not-in-policy"),
                               (instance, STORY, "nonexistent"), (instance, STORY, "deep"),
                               (instance, STORY, "needs-external-id"),
                               (BOB, "arn:aws:iam::111111111111:user/bob", "cross-account"),
                               (ALICE, "arn:aws:iam::111111111111:user/alice", "distrusting")):
            self.assertEqual(self.box.assume(who, role).error, (403, "AccessDenied", denied % (arn, role)))
        self.assertEqual(self.box.assume(instance, "needs-external-id", ExternalId="wrong").status, 403)
        self.assertEqual(self.box.assume(instance, "needs-external-id", ExternalId="ext-42").status, 200)
        self.assertEqual(self.box.assume(instance, "path/to/nested-role").status, 200)
        hop = self.box.session(instance, "hop")
        self.assertEqual(self.box.assume(hop, "deep").status, 200)
        self.assertEqual(self.box.assume(hop, "cross-account").status, 403)

    def test_how_long(self):
        instance = self.box.instance()
        self.assertEqual(self.box.assume(instance, "cross-account", DurationSeconds="3601").error[2],
                         "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role "
                         "chaining")
        self.assertEqual(self.box.assume(ALICE, "cross-account", DurationSeconds="3601").error[2],
                         "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        self.assertEqual(self.box.assume(ALICE, "unmasker", DurationSeconds="43200").status, 200)
        self.assertEqual(self.box.assume(instance, "cross-account", DurationSeconds="900").status, 200)

    def test_session_policies_only_take_away(self):
        deny = json.dumps({"Statement": {"Effect": "Allow", "Action": "logs:Describe*", "Resource": "*"}})
        answer = self.box.assume(ALICE, "cross-account", Policy=deny)
        self.assertEqual(answer.find("PackedPolicySize"), "6")
        who = self.box.session(ALICE, "cross-account", Policy=deny)
        self.assertEqual(self.box.events(who).error[1], "AccessDeniedException")
        allow = self.box.session(ALICE, "nologs", Policy=deny.replace("Describe", "Get"))
        self.assertEqual(self.box.events(allow).error[1], "AccessDeniedException")
        arn = {"PolicyArns__member__1__arn": "arn:aws:iam::aws:policy/CloudWatchLogsReadOnlyAccess"}
        self.assertEqual(self.box.events(self.box.session(ALICE, "cross-account", **arn)).status, 200)
        for bad in ("{", "[]", "{}", '{"Statement":[{"Effect":"Maybe"}]}'):
            self.assertEqual(self.box.assume(ALICE, "cross-account", Policy=bad).error[:2],
                             (400, "MalformedPolicyDocument"))

    def test_tags_source_identity_and_mfa(self):
        self.assertEqual(self.box.assume(ALICE, "cross-account", SourceIdentity="me").error[1], "AccessDenied")
        instance_tag = dict(Tags__member__1__Key="k", Tags__member__1__Value="v")
        self.assertIn("sts:TagSession", self.box.assume(ALICE, "cross-account", **instance_tag).error[2])
        serial = "arn:aws:iam::111111111111:mfa/alice"
        self.assertEqual(self.box.assume(ALICE, "cross-account", SerialNumber=serial, TokenCode="123456").status, 200)
        self.assertEqual(self.box.assume(ALICE, "cross-account", SerialNumber=serial, TokenCode="000000").error[2],
                         "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
        self.assertEqual(self.box.assume(BOB, "cross-account", SerialNumber=serial, TokenCode="123456").status, 403)
        self.assertNotIn("123456", json.dumps(self.box.requests()))

    def test_a_role_that_wants_mfa(self):
        device = {"SerialNumber": "arn:aws:iam::111111111111:mfa/alice", "TokenCode": "123456"}
        self.assertEqual(self.box.assume(ALICE, "needs-mfa").error[1], "AccessDenied")
        self.assertEqual(self.box.assume(ALICE, "needs-mfa", **dict(device, TokenCode="654321")).error[1], "AccessDenied")
        self.assertEqual(self.box.assume(ALICE, "needs-mfa", SerialNumber=device["SerialNumber"]).error[1], "ValidationError")
        self.assertEqual(self.box.assume(ALICE, "needs-mfa", **device).status, 200)

    def test_other_operations(self):
        self.assertEqual(self.box.sts(ALICE, "GetSessionToken").error,
                         (400, "InvalidAction", "Could not find operation GetSessionToken for version 2011-06-15"))
        self.assertEqual(self.box.sts(ALICE, "GetCallerIdentity", version="2010-01-01").error[1], "InvalidAction")
        self.assertEqual(self.box.sts(ALICE, "A<b>&").error[2], "Could not find operation A<b>& for version 2011-06-15")

    def test_presigned(self):
        query = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}
        for who in (ALICE, self.box.instance()):
            target = presign(who, "sts", self.box.host(), query)
            self.assertEqual(self.box.http("aws", "GET", target).find("Account"), "111111111111")
            self.assertTrue(self.box.requests()[-1]["presigned"])
            self.assertEqual(self.box.http("aws", "GET", target + "&x=1").error[1], "SignatureDoesNotMatch")
        old = presign(ALICE, "sts", self.box.host(), query, expires=60, offset=-61)
        self.assertIn("Signature expired", self.box.http("aws", "GET", old).error[2])


class Containers(Shared):
    def ask(self, path, token=None, method="GET"):
        return self.box.http("container", method, path, {"Authorization": token} if token else {})

    def test_a_task(self):
        document = self.ask(ECS_PATH).json
        self.assertEqual(sorted(document), ["AccessKeyId", "Expiration", "RoleArn", "SecretAccessKey", "Token"])
        self.assertEqual(self.ask(ECS_PATH + "?x=1").json["AccessKeyId"], document["AccessKeyId"])
        self.assertEqual(self.box.sts(document, "GetCallerIdentity").find("Arn"),
                         "arn:aws:sts::111111111111:assumed-role/task/ecs-task")

    def test_a_pod_shows_its_token(self):
        document = self.ask(EKS_PATH, EKS_TOKEN).json
        self.assertEqual(document["AccountId"], "111111111111")
        self.assertNotIn("RoleArn", document)
        for token in (None, "wrong", "Bearer " + EKS_TOKEN, EKS_TOKEN + "x"):
            answer = self.ask(EKS_PATH, token)
            self.assertEqual((answer.status, answer.json["code"]), (403, "AccessDenied"), token)
        self.assertEqual([r["authorized"] for r in self.box.requests()], [True, False, True, True, True])
        self.assertNotIn(EKS_TOKEN, json.dumps(self.box.requests()))

    def test_refusals(self):
        answer = self.ask("/v2/credentials/other")
        self.assertEqual((answer.status, sorted(answer.json)), (400, ["code", "message"]))
        self.assertEqual(self.ask(ECS_PATH, method="PUT").status, 405)

    def test_faults(self):
        self.box.control("POST", "/faults", [
            {"service": "container", "path": "/v2/", "count": 1, "error": {"code": "c", "message": "m", "status": 500}},
            {"service": "container", "count": 1, "throttle": True}, {"service": "container", "count": 1, "html": True},
            {"service": "imds", "hang": True}])
        first = self.ask(ECS_PATH)
        self.assertEqual((first.status, first.json), (500, {"code": "c", "message": "m"}))
        self.assertEqual(self.ask(ECS_PATH).status, 200, "the second rule saw the first request too")
        self.box.control("POST", "/faults", [{"service": "container", "count": 1, "throttle": True}])
        self.assertEqual([self.ask(ECS_PATH).status for _ in range(2)], [429, 200])


class WebIdentity(Shared):
    def test_a_token_for_a_role(self):
        answer = self.box.assume_by_token(WEB_TOKEN)
        self.assertEqual((answer.status, answer.find("Audience"), answer.find("SubjectFromWebIdentityToken")),
                         (200, "sts.amazonaws.com", "system:serviceaccount:monitoring:reader"))
        self.assertTrue(answer.find("Provider").startswith("arn:aws:iam::111111111111:oidc-provider/"))
        who = {"AccessKeyId": answer.find("AccessKeyId"), "SecretAccessKey": answer.find("SecretAccessKey"),
               "Token": answer.find("SessionToken")}
        self.assertEqual(self.box.sts(who, "GetCallerIdentity").find("Arn"), "arn:aws:sts::111111111111:assumed-role/irsa/pod")
        self.assertEqual(self.box.requests()[0]["signature"], "unsigned")
        self.assertNotIn(WEB_TOKEN, json.dumps(self.box.requests()))

    def test_refusals(self):
        refused = (403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
        for token, error in (("sandbox.web-identity.expired003", (400, "ExpiredTokenException")),
                             ("sandbox.web-identity.rejected04", (403, "IDPRejectedClaim")),
                             ("a.b.unknown", (400, "InvalidIdentityToken")), ("no-jwt", (400, "InvalidIdentityToken")),
                             ("abc", (400, "ValidationError")), ("sandbox.web-identity.other00002", refused[:2])):
            answer = self.box.assume_by_token(token)
            self.assertEqual(answer.error[:2], error, token)
            self.assertNotIn(token, answer.text)
        for role in (ROLE + "cross-account", "arn:aws:iam::111111111111:role/task", "arn:aws:iam::111111111111:role/nope"):
            self.assertEqual(self.box.assume_by_token(WEB_TOKEN, role).error, refused, role)
        self.assertEqual(self.box.assume_by_token(WEB_TOKEN, DurationSeconds="3601").error[1], "ValidationError")
        self.assertEqual(self.box.assume(ALICE, "arn:aws:iam::111111111111:role/irsa").error[1], "AccessDenied")


class Portal(Shared):
    def test_credentials_of_an_assignment(self):
        before = time.time()
        role = self.box.portal(SSO_TOKEN).json["roleCredentials"]
        self.assertGreater(role["expiration"], before * 1000)
        who = {"AccessKeyId": role["accessKeyId"], "SecretAccessKey": role["secretAccessKey"], "Token": role["sessionToken"]}
        self.assertEqual(messages(self.box.events(who))[0], "INFO  web-1 started, listening on port 8080")
        self.assertEqual(self.box.portal(SSO_TOKEN).json["roleCredentials"], role, "the same until its end is near")

    def test_refusals(self):
        for token in (None, "wrong", "sandbox-sso-access-token-expired2"):
            answer = self.box.portal(token)
            self.assertEqual((answer.status, answer.json["__type"].split("#")[1]), (401, "UnauthorizedException"))
            self.assertTrue(answer.headers["x-amzn-errortype"].startswith("UnauthorizedException:"))
        for account, role, error in (("111111111111", "ReadLogs", (403, "ForbiddenException")),
                                     ("999999999999", "Other", (403, "ForbiddenException")),
                                     ("", "ReadLogs", (400, "InvalidRequestException"))):
            answer = self.box.portal(SSO_TOKEN, account, role)
            self.assertEqual((answer.status, answer.json["__type"].split("#")[1]), error)
        self.assertNotIn(SSO_TOKEN, json.dumps(self.box.requests()))

    def test_faults(self):
        self.box.control("POST", "/faults", [
            {"service": "sso", "count": 1, "throttle": True},
            {"service": "sso", "skip": 1, "count": 1, "error": {"code": "ResourceNotFoundException", "message": "x", "status": 404}}])
        self.assertEqual([self.box.portal(SSO_TOKEN).status for _ in range(3)], [429, 404, 200])


class Signatures(Shared):
    def test_codes_of_both_protocols(self):
        unknown = dict(ALICE, AccessKeyId="AKIANOBODY")
        wrong = dict(ALICE, SecretAccessKey="x")
        session = self.cross()
        bad_token = dict(session, Token=session["Token"][:-1])
        no_token = {k: v for k, v in session.items() if k != "Token"}
        extra_token = dict(ALICE, Token="x")
        invalid = "The security token included in the request is invalid."
        for who, sts, logs, message in (
                (None, "MissingAuthenticationToken", "MissingAuthenticationTokenException", None),
                (unknown, "InvalidClientTokenId", "UnrecognizedClientException", invalid),
                (bad_token, "InvalidClientTokenId", "UnrecognizedClientException", invalid),
                (no_token, "InvalidClientTokenId", "UnrecognizedClientException", invalid),
                (extra_token, "InvalidClientTokenId", "UnrecognizedClientException", invalid),
                (wrong, "SignatureDoesNotMatch", "InvalidSignatureException", None)):
            a, b = self.box.sts(who, "GetCallerIdentity"), self.box.events(who)
            self.assertEqual((a.error[:2], b.error[:2]), ((403, sts), (400, logs)))
            self.assertEqual(self.box.requests()[-1]["signature"], logs)
            if message:
                self.assertEqual((a.error[2], b.error[2]), (message, message))

    def test_expired_sessions(self):
        session = self.cross()
        self.assertEqual(self.box.control("POST", "/sessions/expire", {"access_key_id": session["AccessKeyId"]}),
                         {"expired": 1})
        text = "The security token included in the request is expired"
        self.assertEqual(self.box.sts(session, "GetCallerIdentity").error, (403, "ExpiredToken", text))
        self.assertEqual(self.box.events(session).error, (400, "ExpiredTokenException", text))
        minted = self.box.control("POST", "/sessions", {"role_arn": ROLE + "cross-account", "seconds": -60})
        self.assertEqual(self.box.events(minted).error[1], "ExpiredTokenException")
        minted = self.box.control("POST", "/sessions", {"role_arn": ROLE + "cross-account", "session_name": "m"})
        self.assertEqual(self.box.events(minted).status, 200)

    def test_sessions_end_by_the_clock(self):
        session = self.cross()
        self.box.control("POST", "/clock", {"offset": 3500})
        self.assertEqual(self.box.sts(session, "GetCallerIdentity", offset=3500).status, 200)
        self.box.control("POST", "/clock", {"offset": 3700})
        self.assertEqual(self.box.sts(session, "GetCallerIdentity", offset=3700).error[1], "ExpiredToken")

    def test_clock_skew(self):
        self.assertEqual(self.box.sts(ALICE, "GetCallerIdentity", offset=-890).status, 200)
        old, new = self.box.sts(ALICE, "GetCallerIdentity", offset=-3600), self.box.events(ALICE, offset=3600)
        self.assertEqual(old.error[1], "SignatureDoesNotMatch")
        self.assertRegex(old.error[2], r"^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z "
                                       r"\(\d{8}T\d{6}Z - 15 min\.\)$")
        self.assertEqual(new.error[1], "InvalidSignatureException")
        self.assertRegex(new.error[2], r"^Signature not yet current: \S+ is still later than \S+ \(\S+ \+ 15 min\.\)$")

    def test_scope_and_signed_headers(self):
        body = b"{}"
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "Logs_20140328.GetLogEvents"}
        signed = sign(ALICE, "monitoring", "POST", self.box.host(), headers, body)
        self.assertEqual(self.box.http("aws", "POST", "/", signed, body).error[2],
                         "Credential should be scoped to correct service: 'logs'. ")
        signed = sign(ALICE, "logs", "POST", self.box.host(), headers, body, region="US EAST")
        self.assertIn("valid region", self.box.http("aws", "POST", "/", signed, body).error[2])
        self.assertEqual(self.box.events(ALICE, unsigned=("X-Amz-Target",)).error[2],
                         "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.")
        self.assertEqual(self.box.events(self.cross(), unsigned=("X-Amz-Security-Token",)).error[1],
                         "InvalidSignatureException")


class Logs(Shared):
    def setUp(self):
        super().setUp()
        self.who = self.cross()

    def read(self, **members):
        return self.box.events(self.who, **members)

    def test_a_small_stream(self):
        answer = self.read()
        self.assertEqual(answer.headers["Content-Type"], "application/x-amz-json-1.1")
        self.assertEqual(len(answer.json["events"]), 6)
        self.assertEqual(answer.json["events"][0], {"timestamp": 1700000000000, "ingestionTime": 1700000000250,
                                                    "message": "INFO  web-1 started, listening on port 8080"})
        for name, letter in (("nextForwardToken", "f"), ("nextBackwardToken", "b")):
            self.assertEqual(TOKEN.match(answer.json[name]).group(1), letter)
        self.assertEqual(self.read().json, answer.json, "the same request, the same answer")
        self.assertIn("account A", messages(self.box.events(ALICE))[0])
        self.assertEqual(len(messages(self.box.events(self.who, region="eu-west-1"))), 1)
        self.assertEqual(messages(self.read(group="/crossb/app", stream="empty")), [])

    def test_time_bounds(self):
        t = 1700000000000
        for members, count in ((dict(startTime=t), 6), (dict(startTime=t + 1), 5), (dict(endTime=t), 0),
                               (dict(endTime=t + 1), 1), (dict(startTime=t, endTime=t + 1000), 1),
                               (dict(startTime=t + 5001), 0), (dict(startTime=t + 9000, endTime=t), 0)):
            self.assertEqual(len(messages(self.read(**members))), count, members)

    def walk(self, token_name, **members):
        """Pages until the token comes back unchanged; the tokens and the messages of each."""
        pages, token = [], None
        while True:
            answer = self.read(**members, **({"nextToken": token} if token else {}))
            self.assertEqual(answer.status, 200, answer.text)
            pages.append(messages(answer))
            if answer.json[token_name] == token:
                return pages
            token = answer.json[token_name]

    def test_forward(self):
        pages = self.walk("nextForwardToken", startFromHead=True, limit=4)
        self.assertEqual([len(p) for p in pages], [4, 2, 0])

    def test_backward(self):
        everything = messages(self.read())
        pages = self.walk("nextBackwardToken", limit=4)
        self.assertEqual([len(p) for p in pages], [4, 2, 0])
        self.assertEqual(pages[0], everything[2:], "the newest, oldest first")
        self.assertEqual(pages[1], everything[:2])

    def test_there_and_back(self):
        first = self.read(startFromHead=True, limit=2).json
        second = self.read(nextToken=first["nextForwardToken"], startFromHead=True, limit=2).json
        back = self.read(nextToken=second["nextBackwardToken"], limit=2).json
        self.assertEqual(back["events"], first["events"])
        self.assertEqual(back["nextForwardToken"], first["nextForwardToken"])

    def test_same_millisecond(self):
        pages = self.walk("nextForwardToken", group="/crossb/app", stream="same-ms", startFromHead=True, limit=1)
        self.assertEqual(sum(pages, []), ["same ms %d" % i for i in range(4)])

    def test_page_limits(self):
        pages = self.walk("nextForwardToken", group="/crossb/many", stream="ten-thousand-plus", startFromHead=True)
        self.assertEqual([len(p) for p in pages], [10000, 500, 0])
        pages = self.walk("nextForwardToken", group="/crossb/many", stream="large-messages", startFromHead=True)
        self.assertEqual([len(p) for p in pages], [10, 10, 10, 0], "1 MB, 26 bytes for each event")

    def test_generated(self):
        pages = self.walk("nextForwardToken", group="/load/generated", stream="s", startFromHead=True)
        self.assertEqual([len(p) for p in pages], [1048576 // 146] * 3 + [25000 - 3 * 7182, 0])
        everything = sum(pages, [])
        self.assertEqual({len(m) for m in everything}, {120})
        self.assertIn(" request=00000000 ", everything[0])
        self.assertIn(" request=00024999 ", everything[-1])
        late = self.read(group="/load/generated", stream="s", startTime=1700000000000 + 24998)
        self.assertEqual(messages(late), everything[-2:])
        self.assertEqual(messages(self.read(group="/load/generated", stream="s", limit=2)), everything[-2:])

    def test_tokens_are_bound(self):
        token = self.read(startFromHead=True, limit=1).json["nextForwardToken"]
        self.assertEqual(len(messages(self.read(nextToken=token))), 5, "the token has the direction")
        flipped = token[:30] + str((int(token[30]) + 1) % 10) + token[31:]
        for members in (dict(stream="S", startTime=1), dict(group="/crossb/app", stream="json"), dict(endTime=1800000000000)):
            self.assertEqual(self.read(nextToken=token, **members).error,
                             (400, "InvalidParameterException", "The specified nextToken is invalid."))
        for bad in (flipped, "x", token + "x", token.replace("f/", "g/"), "f/" + "0" * 56 + "/s"):
            self.assertEqual(self.read(nextToken=bad).error[1], "InvalidParameterException", bad)

    def test_tokens_live_a_day(self):
        token = self.read(startFromHead=True, limit=1, startTime=5).json["nextForwardToken"]
        self.box.control("POST", "/clock", {"offset": 86300})
        fresh = self.box.control("POST", "/sessions", {"role_arn": ROLE + "cross-account"})
        self.assertEqual(self.box.events(fresh, nextToken=token, startTime=5, offset=86300).status, 200)
        self.box.control("POST", "/clock", {"offset": 86500})
        fresh = self.box.control("POST", "/sessions", {"role_arn": ROLE + "cross-account"})
        self.assertEqual(self.box.events(fresh, nextToken=token, startTime=5, offset=86500).error[1:],
                         ("InvalidParameterException", "The specified nextToken has expired."))

    def test_new_events_move_the_end(self):
        place = {"account": "999999999999", "log_group": "/tail", "log_stream": "t"}
        self.box.control("POST", "/events", dict(place, events=[{"timestamp": 10, "message": "a"}]))
        token = self.read(group="/tail", stream="t", startFromHead=True).json["nextForwardToken"]
        self.assertEqual(self.read(group="/tail", stream="t", nextToken=token).json["nextForwardToken"], token)
        self.box.control("POST", "/events", dict(place, events=[{"timestamp": 10, "message": "b"},
                                                                {"timestamp": 5, "message": "late"}]))
        self.assertEqual(messages(self.read(group="/tail", stream="t", nextToken=token)), ["b"])
        self.assertEqual(messages(self.read(group="/tail", stream="t")), ["late", "a", "b"])
        self.box.control("DELETE", "/log-groups", {"account": "999999999999", "log_group": "/tail"})
        self.assertEqual(self.read(group="/tail", stream="t").error[2], "The specified log group does not exist.")

    def test_identifiers(self):
        arn = "arn:aws:logs:us-east-1:999999999999:log-group:G"
        for identifier in ("G", arn):
            self.assertEqual(self.box.logs(self.who, logGroupIdentifier=identifier, logStreamName="S").status, 200)
        for identifier, code in ((arn + ":*", "InvalidParameterException"), ("arn:aws:s3:::G", "InvalidParameterException"),
                                 (arn.replace("us-east-1", "eu-west-1"), "InvalidParameterException"),
                                 (arn.replace("999999999999", "111111111111"), "AccessDeniedException")):
            self.assertEqual(self.box.logs(self.who, logGroupIdentifier=identifier, logStreamName="S").error[1], code)

    def test_parameters(self):
        head = "1 validation error detected: Value "
        tail = " failed to satisfy constraint: Member must "
        for members, message in (
                (dict(logGroupName="G"), head + "null at 'logStreamName'" + tail + "not be null"),
                (dict(logGroupName="G", logStreamName="S", limit=0), head + "'0' at 'limit'" + tail + "have value greater "
                                                                     "than or equal to 1"),
                (dict(logGroupName="G", logStreamName="S", limit=10001), head + "'10001' at 'limit'" + tail + "have value "
                                                                         "less than or equal to 10000"),
                (dict(logGroupName="G", logStreamName="S", startTime=-1), head + "'-1' at 'startTime'" + tail + "have value "
                                                                          "greater than or equal to 0"),
                (dict(logGroupName="a b", logStreamName="S"), head + "'a b' at 'logGroupName'" + tail +
                 "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+"),
                (dict(logGroupName="G", logStreamName="a:b"), head + "'a:b' at 'logStreamName'" + tail +
                 "satisfy regular expression pattern: [^:*]*"),
                (dict(logGroupName="", logStreamName="", limit=-5), "4 validation errors detected: "),
                (dict(logGroupName="g" * 513, logStreamName="S"), "less than or equal to 512"),
                (dict(logStreamName="S"), "Should provider either name or id, but not both"),
                (dict(logGroupName="G", logGroupIdentifier="G", logStreamName="S"),
                 "LogGroup name and LogGroup ARN are mutually exclusive parameters."),
                (dict(logGroupName="G", logStreamName="S", nextToken=""), "'nextToken'")):
            answer = self.box.logs(self.who, **members)
            self.assertEqual(answer.error[:2], (400, "InvalidParameterException"))
            self.assertIn(message, answer.error[2])

    def test_types(self):
        for members, message in ((dict(limit="1"), "STRING_VALUE can not be converted to Integer"),
                                 (dict(startTime=1.5), "NUMBER_VALUE can not be converted to Long"),
                                 (dict(startFromHead="true"), "STRING_VALUE can not be converted to Boolean"),
                                 (dict(logGroupName=1), "NUMBER_VALUE can not be converted to a String"),
                                 (dict(logGroupName=["G"]), "Start of list found where not expected"),
                                 (dict(logGroupName={}), "Start of structure or map found where not expected.")):
            self.assertEqual(self.box.logs(self.who, **members).error, (400, "SerializationException", message))
        for body in (b"", b"{", b"[]", b"null", b"\xff", b"{" * 5000):
            self.assertEqual(self.box.logs(self.who, body=body).error, (400, "SerializationException", None), body[:9])
        self.assertEqual(self.box.logs(self.who, logGroupName="G", logStreamName="S", limit=None, unknown=1).status, 200)

    def test_what_does_not_exist_and_what_is_not_allowed(self):
        self.assertEqual(self.read(group="H").error,
                         (400, "ResourceNotFoundException", "The specified log group does not exist."))
        self.assertEqual(self.read(stream="T").error,
                         (400, "ResourceNotFoundException", "The specified log stream does not exist."))
        nologs = self.box.session(ALICE, "nologs", "reader")
        self.assertEqual(self.box.events(nologs).error, (
            400, "AccessDeniedException", "User: arn:aws:sts::999999999999:assumed-role/nologs/reader is not authorized to "
            "perform: logs:GetLogEvents on resource: arn:aws:logs:us-east-1:999999999999:log-group:G:log-stream:S because "
            "no identity-based policy allows the logs:GetLogEvents action"))
        self.assertEqual(self.box.events(self.box.instance()).error[1], "AccessDeniedException")

    def test_unmask(self):
        place = dict(group="/crossb/app", stream="masked")
        self.assertEqual(messages(self.read(**place)), ["card ******************* charged"])
        self.assertIn("logs:Unmask", self.read(unmask=True, **place).error[2])
        full = self.box.session(ALICE, "unmasker")
        self.assertEqual(messages(self.box.events(full, unmask=True, **place)), ["card 4111-1111-1111-1111 charged"])

    def test_odd_bytes_reach_the_wire(self):
        body = self.read(group="/crossb/app", stream="broken-bytes").body
        self.assertIn(rb'"lone surrogate \ud800 here"', body)
        self.assertIn(b'"bad utf8\xc3(\xffend"', body)
        self.assertEqual(len(messages(self.read(group="/crossb/app", stream="unicode"))), 6)

    def test_other_operations_and_forms(self):
        self.assertEqual(self.box.logs(self.who, operation="CreateLogGroup").error,
                         (400, "UnknownOperationException", None))
        host = self.box.host()
        for headers in ({"Content-Type": "application/json", "X-Amz-Target": "Logs_20140328.GetLogEvents"},
                        {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "Other.GetLogEvents"},
                        {"Content-Type": "application/x-amz-json-1.1"}):
            answer = self.box.http("aws", "POST", "/", sign(self.who, "logs", "POST", host, headers, b"{}"), b"{}")
            self.assertEqual(answer.error[:2], (400, "UnknownOperationException"))

    def test_quota(self):
        self.box.control("POST", "/quota", {"rate": 0.0001})
        self.assertEqual(self.read().status, 200)
        for _ in range(3):
            self.assertEqual(self.read().error, (400, "ThrottlingException", "Rate exceeded"))
        self.assertEqual(self.box.events(ALICE).status, 200, "each account has its own")


class PageWindow(Shared):
    arguments = ("--page-window", "1000", "--page-events", "3")

    def test_pages_cut_by_time_can_be_empty(self):
        place = {"account": "999999999999", "log_group": "/gaps", "log_stream": "s"}
        self.box.control("POST", "/events", dict(place, events=[{"timestamp": t, "message": str(t)}
                                                                for t in (10000, 10001, 13500, 13501, 13502, 13503)]))
        who = self.cross()
        for forward, token_name, members in ((True, "nextForwardToken", dict(startFromHead=True, startTime=9000)),
                                             (False, "nextBackwardToken", dict(endTime=15000))):
            pages, token = [], None
            while True:
                answer = self.box.logs(who, logGroupName="/gaps", logStreamName="s", **members,
                                       **({"nextToken": token} if token else {})).json
                pages.append([e["message"] for e in answer["events"]])
                if answer[token_name] == token:
                    break
                token = answer[token_name]
            found = sum(pages if forward else pages[::-1], [])
            self.assertEqual(found, ["10000", "10001", "13500", "13501", "13502", "13503"])
            self.assertIn([], pages[:-1], pages)
            self.assertLessEqual(max(len(p) for p in pages), 3)


class Faults(Shared):
    def faults(self, *rules):
        return self.box.control("POST", "/faults", list(rules))

    def test_skip_and_count(self):
        self.faults({"service": "logs", "operation": "GetLogEvents", "skip": 1, "count": 2, "throttle": True})
        who = self.cross()
        self.assertEqual([self.box.events(who).status for _ in range(5)], [200, 400, 400, 200, 200])
        self.assertEqual([r["status"] for r in self.box.requests()[-5:]], [200, 400, 400, 200, 200])
        self.assertTrue(all(r["signature"] == "valid" for r in self.box.requests()[-5:]))
        self.assertEqual(self.box.control("GET", "/faults"), [{"seen": 5}])

    def test_rules_in_turn(self):
        self.faults({"service": "sts", "count": 1, "throttle": True}, {"service": "sts", "skip": 1, "count": 1, "status": 503})
        self.box.control("POST", "/faults/more", [{"service": "sts", "skip": 2, "count": 1, "html": True}])
        answers = [self.box.sts(ALICE, "GetCallerIdentity") for _ in range(4)]
        self.assertEqual([a.status for a in answers], [400, 503, 200, 200])
        self.assertEqual(answers[0].error, (400, "Throttling", "Rate exceeded"))
        self.assertEqual(answers[1].body, b"")
        self.assertEqual(answers[2].headers["Content-Type"], "text/html")
        self.assertIn(b"<html>", answers[2].body)

    def test_errors_in_every_form(self):
        error = {"code": "ServiceUnavailableException", "message": "later", "status": 503}
        for form, header, member in (("", None, ("__type", error["code"])),
                                     ("namespace", None, ("__type", "com.amazonaws.logs#" + error["code"])),
                                     ("header", error["code"], None), ("both", error["code"], ("__type", error["code"])),
                                     ("uri", error["code"] + ":http://internal.amazon.com/coral/com.amazonaws.logs/", None),
                                     ("code", None, ("code", error["code"]))):
            self.faults({"service": "logs", "error": dict(error, form=form)})
            answer = self.box.events(ALICE)
            self.assertEqual((answer.status, answer.headers["x-amzn-ErrorType"]), (503, header))
            self.assertEqual(answer.json, dict([member] if member else [], message="later"))
        self.faults({"error": {"code": "RegionDisabledException", "message": "a<b", "status": 403}})
        self.assertEqual(self.box.sts(ALICE, "GetCallerIdentity").error, (403, "RegionDisabledException", "a<b"))

    def test_bodies(self):
        for rule, body in (({"body": "{}"}, b"{}"), ({"empty": True}, b""), ({"body_hex": "ff00fe"}, b"\xff\x00\xfe"),
                           ({"body_base64": "/wD+"}, b"\xff\x00\xfe"), ({"truncate": 5}, b'{"eve')):
            self.faults(dict(rule, service="logs"))
            self.assertEqual(self.box.events(ALICE).body, body, rule)
        self.faults({"service": "logs", "merge": {"events": None}, "remove": ["nextForwardToken"]})
        self.assertEqual(sorted(self.box.events(ALICE).json), ["events", "nextBackwardToken"])
        self.faults({"service": "logs", "replace": {"account": "\u00e9"}, "ascii_json": True})
        answer = self.box.events(ALICE)
        self.assertIn(b"\\u00e9", answer.body)
        self.assertTrue(answer.body.isascii())
        self.faults({"service": "sts", "replace": {"<Account>": "<Account x='1'>"}})
        self.assertIn("<Account x='1'>", self.box.sts(ALICE, "GetCallerIdentity").text)

    def test_headers(self):
        self.faults({"service": "sts", "headers": {"Date": "Thu, 01 Jan 1970 00:00:00 GMT", "Content-Type": None, "Age": "5"}})
        answer = self.box.sts(ALICE, "GetCallerIdentity")
        self.assertEqual((answer.headers["Date"], answer.headers["Content-Type"], answer.headers["Age"]),
                         ("Thu, 01 Jan 1970 00:00:00 GMT", None, "5"))
        self.faults({"service": "sts", "redirect": "http://127.0.0.1:1/"})
        answer = self.box.sts(ALICE, "GetCallerIdentity")
        self.assertEqual((answer.status, answer.headers["Location"], answer.body), (302, "http://127.0.0.1:1/", b""))
        self.faults({"service": "sts", "gzip": True})
        answer = self.box.sts(ALICE, "GetCallerIdentity")
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        self.assertRaises(gzip.BadGzipFile, gzip.decompress, answer.body)

    def get(self, path="/latest/meta-data/instance-id"):
        return self.box.raw("imds", b"GET %s HTTP/1.1\r\nHost: h\r\nX-aws-ec2-metadata-token: %s\r\nConnection: close\r\n\r\n"
                            % (path.encode(), self.box.imds_token().encode()))

    def test_cut_at_every_byte(self):
        whole = self.get()
        self.assertTrue(whole.endswith(b"i-0abcdef1234567890"))
        for size in range(0, len(whole), 7):
            self.faults({"service": "imds", "path": "/latest/meta-data", "cut_after": size})
            self.assertEqual(len(self.get()), size)
        self.faults({"service": "imds", "path": "/latest/meta-data", "cut_body_after": 3})
        self.assertTrue(self.get().endswith(b"\r\n\r\ni-0"))

    def test_no_answer(self):
        self.faults({"service": "imds", "path": "/latest/meta-data", "close": True})
        self.assertEqual(self.get(), b"")
        self.faults({"service": "imds", "path": "/latest/meta-data", "close": True, "reset": True})
        self.assertEqual(self.get(), b"<reset>")
        self.assertEqual(self.box.requests()[-1]["status"], 0)

    def test_a_request_that_hangs_holds_up_nobody(self):
        self.faults({"service": "imds", "method": "PUT", "count": 1, "hang": True})
        swallowed = threading.Thread(target=self.box.imds_token, daemon=True)
        # It ends with the sandbox: then its connection does.
        swallowed.run = lambda: self.assertRaises(Exception, self.box.imds_token)
        swallowed.start()
        while not self.box.control("GET", "/faults")[0]["seen"]:
            pass
        self.assertEqual(self.box.imds("/latest/meta-data/instance-id").status, 200)

    def test_framing(self):
        self.faults({"service": "imds", "path": "/latest/meta-data", "chunked": 7, "trailer": True})
        self.assertTrue(self.get().endswith(b"\r\n\r\n7\r\ni-0abcd\r\n7\r\nef12345\r\n5\r\n67890\r\n0\r\nX-Trailer: 1\r\n\r\n"))
        self.assertEqual(self.box.imds("/latest/meta-data/instance-id").text, "i-0abcdef1234567890")
        self.faults({"service": "imds", "path": "/latest/meta-data", "content_length": 500})
        self.assertIn(b"Content-Length: 500\r\n", self.get())
        self.faults({"service": "imds", "path": "/latest/meta-data", "huge": 3000000})
        self.assertEqual(len(self.box.imds("/latest/meta-data/instance-id").body), 3000019)
        self.faults({"service": "imds", "path": "/latest/meta-data", "endless": True, "cut_after": 1000000})
        self.assertEqual(len(self.get()), 1000000)

    def test_slow(self):
        self.faults({"service": "imds", "path": "/latest/meta-data", "delay_ms": 50, "drip": 100000})
        self.assertEqual(self.box.imds("/latest/meta-data/instance-id").text, "i-0abcdef1234567890")

    def test_imds_credentials_in_any_shape(self):
        rule = {"service": "imds", "path": CREDENTIALS + "monitor"}
        for change, field, value in (({"merge": {"Expiration": "not-a-date"}}, "Expiration", "not-a-date"),
                                     ({"remove": ["Token"]}, "Token", None), ({"merge": {"Code": "Failed"}}, "Code", "Failed")):
            self.faults(dict(rule, **change))
            self.assertEqual(self.box.instance().get(field), value)
        self.faults(dict(rule, error={"code": "x", "status": 503}))
        self.assertEqual(self.box.imds(CREDENTIALS + "monitor-iam-ec2").status, 503)
        self.faults({"service": "imds", "expire_tokens": True, "method": "GET", "count": 1})
        self.assertEqual(self.box.imds(CREDENTIALS).status, 401)
        self.assertEqual(self.box.imds(CREDENTIALS).status, 200)

    def test_sessions_end_under_way(self):
        who = self.cross()
        self.faults({"service": "logs", "skip": 1, "expire_session": True})
        self.assertEqual([self.box.events(who).error[1] if i else self.box.events(who).status for i in range(2)],
                         [200, "ExpiredTokenException"])

    def test_tokens_that_lead_nowhere(self):
        self.faults({"service": "logs", "empty_page": True, "count": 3})
        token, seen = None, set()
        for _ in range(3):
            page = self.box.events(ALICE, startFromHead=True, **({"nextToken": token} if token else {})).json
            self.assertEqual(page["events"], [])
            token = page["nextForwardToken"]
            seen.add(token)
        self.assertEqual(len(seen), 3)
        self.assertEqual(len(self.box.events(ALICE, startFromHead=True, nextToken=token).json["events"]), 1)
        first = self.box.events(ALICE, startFromHead=True, startTime=1).json["nextBackwardToken"].replace("b/", "f/", 1)
        self.faults({"service": "logs", "same_token": True})
        page = self.box.events(ALICE, startFromHead=True, startTime=1, nextToken=first).json
        self.assertEqual((len(page["events"]), page["nextForwardToken"]), (1, first))

    def test_bad_scripts_are_refused(self):
        for script, message in (([{"delay_ms": -1}], "rule 1: \"delay_ms\" must be a number from 0"),
                                ([{}, {"nonsense": 1}], "rule 2: \"nonsense\" is no member of a rule"),
                                ([{"error": {"message": "x"}}], "rule 1: \"error\" needs a code"),
                                ([{"body_hex": "xyz"}], "cannot be decoded"), ("text", "a list of rules"),
                                ([1], "rule 1: must be an object")):
            with self.assertRaisesRegex(RuntimeError, message.replace('"', '.*')):
                self.faults(*script) if isinstance(script, list) else self.box.control("POST", "/faults", script)


class Http(Shared):
    def test_what_is_no_request(self):
        for data in (b"\r\n\r\n", b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
                     b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                     b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
                     b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", bytes(range(256)) + b"\r\n\r\n"):
            for door in ("aws", "imds", "control"):
                self.assertTrue(self.box.raw(door, data).startswith(b"HTTP/1.1 400 "), data)
        self.assertEqual(self.box.raw("aws", b"GET / HTTP/1.1\r\n"), b"")
        self.assertEqual(self.box.raw("aws", b"POST / HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc"), b"")

    def test_sizes_are_bounded(self):
        self.assertTrue(self.box.raw("aws", b"GET / HTTP/1.1\r\nX: " + b"a" * 70000, end=False).startswith(b"HTTP/1.1 431 "))
        self.assertTrue(self.box.raw("aws", b"POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n").startswith(b"HTTP/1.1 413 "))
        chunk = b"20000\r\n" + b"a" * 0x20000 + b"\r\n"
        answer = self.box.raw("aws", b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk * 9, end=False)
        self.assertTrue(answer == b"<reset>" or answer.startswith(b"HTTP/1.1 413 "), answer[:50])

    def test_chunked_expect_and_kept_connections(self):
        body = b'{"logGroupName":"G","logStreamName":"S"}'
        headers = sign(ALICE, "logs", "POST", self.box.host(), {"Content-Type": "application/x-amz-json-1.1",
                                                                "X-Amz-Target": "Logs_20140328.GetLogEvents"}, body)
        head = "POST / HTTP/1.1\r\n" + "".join("%s: %s\r\n" % h for h in headers.items())
        one = (head + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n5\r\n").encode() + body[:5] + \
            b"\r\n23\r\n" + body[5:] + b"\r\n0\r\n\r\n"
        two = (head + "Content-Length: %d\r\n\r\n" % len(body)).encode() + body
        answer = self.box.raw("aws", one + two + two)
        self.assertEqual(answer.count(b"HTTP/1.1 200 OK"), 3, answer)
        self.assertTrue(answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\n"))

    def test_folded_and_repeated_headers_are_checked_as_they_came(self):
        body = b"Action=GetCallerIdentity&Version=2011-06-15"
        headers = sign(ALICE, "sts", "POST", self.box.host(), {
            "Content-Type": "application/x-www-form-urlencoded", "My-Header": "a b c,d"}, body)
        lines = "".join("%s: %s\r\n" % h for h in headers.items()).replace("My-Header: a b c,d", "My-Header:  a   b\r\n\t c  \r\nmy-HEADER:d ")
        request = ("POST / HTTP/1.1\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n" % (lines, len(body))).encode() + body
        self.assertIn(b"HTTP/1.1 200 OK", self.box.raw("aws", request))
        self.assertIn(b"SignatureDoesNotMatch", self.box.raw("aws", request.replace(b"\t c", b"\t d")))

    def test_bytes_that_are_no_utf8(self):
        body = b"Action=%ff%fe&Version=2011-06-15&x=%c3%28"
        headers = sign(ALICE, "sts", "POST", self.box.host(), {"Content-Type": "application/x-www-form-urlencoded"}, body)
        self.assertEqual(self.box.http("aws", "POST", "/", headers, body).error[2],
                         "Could not find operation ?? for version 2011-06-15")
        self.box.raw("imds", b"GET /\xff HTTP/1.1\r\nHost: x\r\n\r\n")
        self.assertEqual([r["action"] for r in self.box.requests()], ["??", "GET /?"])

    def test_many_at_once(self):
        results = []
        threads = [threading.Thread(target=lambda: results.append(self.box.sts(ALICE, "GetCallerIdentity").status))
                   for _ in range(40)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [200] * 40)

    def test_only_loopback_may_control(self):
        answer = self.box.http("control", "POST", "/clock", {"Host": "evil.example"}, b'{"offset":1}')
        self.assertEqual(answer.status, 403)
        for method, path, body, status in (("GET", "/nothing", b"", 404), ("POST", "/clock", b"{", 400),
                                           ("POST", "/clock", b"{}", 400), ("POST", "/clock", b"[]", 400),
                                           ("PUT", "/clock", b"{}", 405), ("POST", "/sessions", b"{}", 400),
                                           ("DELETE", "/log-groups", b"{}", 404), ("POST", "/events", b"{}", 400)):
            self.assertEqual(self.box.http("control", method, path, body=body).status, status, path)

    def test_the_record_holds_no_secret(self):
        session = self.cross()
        self.box.events(session)
        self.box.http("aws", "GET", presign(session, "sts", self.box.host(), {"Action": "GetCallerIdentity"}))
        text = json.dumps(self.box.requests())
        for secret in (session["SecretAccessKey"], session["Token"], ALICE["SecretAccessKey"]):
            self.assertNotIn(secret, text)
        last = self.box.requests()[-2]
        self.assertEqual((last["service"], last["action"], last["access_key_id"], last["status"]),
                         ("logs", "GetLogEvents", session["AccessKeyId"], 200))
        self.assertEqual(last["signed_headers"], "content-type;host;x-amz-date;x-amz-security-token;x-amz-target")
        self.assertEqual(last["parameters"], {"logGroupName": "G", "logStreamName": "S"})


class CommandLine(unittest.TestCase):
    def run_it(self, *arguments, status=0):
        done = subprocess.run([BINARY, *arguments], capture_output=True, text=True, timeout=20)
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stdout if status == 0 else done.stderr

    def test_help_version_and_seed(self):
        self.assertIn("Not emulated", self.run_it("--help"))
        self.assertRegex(self.run_it("--version"), r"^crosslog-sandbox \d")
        json.loads(self.run_it("--print-seed"))

    def test_wrong_usage(self):
        for arguments, message in ((("--nope",), "unknown option: --nope"), (("--port",), "--port needs a value"),
                                   (("--port", "70000"), "not a value for --port: '70000'"), (("--quiet=1",), "takes no value"),
                                   (("--seed", "/does/not/exist"), "cannot read"), (("stray",), "unknown option"),
                                   (("--quota", "-1"), "not a value for --quota"), (("--verify", "x"), "needs --context"),
                                   (("--log", "/does/not/exist"), "cannot write")):
            self.assertIn(message, self.run_it(*arguments, status=2))

    def test_seeds_that_are_wrong_are_refused(self):
        role = '{"name":"r","id":"AROA","trust":%s}'
        for seed, message in (("{", "not JSON"), ("[]", "must be an object"), ('{"acounts":[]}', 'unknown member "acounts"'),
                              ('{"accounts":[{"id":"1"}]}', "12 digits"),
                              ('{"accounts":[{"id":"111111111111","roles":[{"name":"r","id":"x"}]}]}', '"trust" is missing'),
                              ('{"accounts":[{"id":"111111111111","roles":[' + role % '{"Statement":{"Effect":"Allow","Action":'
                               '"sts:AssumeRole","Principal":{"AWS":"*"},"Condition":{"IpAddress":{"aws:SourceIp":"1"}}}}' + ']}]}',
                               "Condition IpAddress on aws:SourceIp is not emulated"),
                              ('{"accounts":[{"id":"111111111111","users":[{"name":"u","id":"x","policies":["Nope"]}]}]}',
                               'unknown managed policy "Nope"'),
                              ('{"instance":{"account":"111111111111","role":"gone"}}', "there is no role"),
                              ('{"accounts":[{"id":"111111111111","log_groups":[{"name":"g","streams":[{"name":"s","events":'
                               '[{"message":"x"}]}]}]}]}', '"timestamp" is missing')):
            with tempfile.NamedTemporaryFile("w") as file:
                file.write(seed)
                file.flush()
                self.assertIn(message, self.run_it("--seed", file.name, status=2), seed)

    def test_its_own_seed_as_a_file(self):
        with tempfile.NamedTemporaryFile("w") as file:
            file.write(self.run_it("--print-seed").replace('"role": "monitor-iam-ec2",', ""))
            file.flush()
            box = Sandbox(BINARY, "--seed", file.name)
        self.assertEqual(box.imds(CREDENTIALS).status, 404)
        self.assertEqual(box.imds("/latest/meta-data/iam/info").status, 404)
        self.assertEqual(box.sts(ALICE, "GetCallerIdentity").status, 200)
        self.assertEqual(box.stop(), 0)

    def test_options_of_the_metadata(self):
        with tempfile.NamedTemporaryFile("w") as file:
            json.dump({"AccessKeyId": "A", "SecretAccessKey": "S", "Token": "T", "Expiration": "2030-01-01T00:00:00Z"}, file)
            file.flush()
            box = Sandbox(BINARY, "--no-imds-extended", "--imds-credentials", file.name)
            self.assertEqual(box.imds(EXTENDED).status, 404)
            self.assertEqual(box.imds(EXTENDED + "monitor-iam-ec2").status, 404)
            self.assertEqual(box.instance()["AccessKeyId"], "A")
            box.stop()

    def test_clock_offset_quota_and_faults_at_start(self):
        with tempfile.NamedTemporaryFile("w") as file:
            json.dump([{"service": "sts", "count": 1, "throttle": True}], file)
            file.flush()
            box = Sandbox(BINARY, "--clock-offset", "3600", "--quota", "off", "--faults", file.name)
        self.assertEqual(box.sts(ALICE, "GetCallerIdentity", offset=3600).error[1], "Throttling")
        self.assertEqual(box.sts(ALICE, "GetCallerIdentity", offset=3600).status, 200)
        answer = box.sts(ALICE, "GetCallerIdentity")
        self.assertIn("Signature expired", answer.error[2])
        self.assertEqual({box.events(ALICE, offset=3600).status for _ in range(40)}, {200})
        box.stop()

    def test_the_quota_of_the_service(self):
        box = Sandbox(BINARY)
        self.assertEqual({box.events(ALICE).status for _ in range(25)}, {200})
        box.stop()

    def test_signals_end_it_and_the_log_has_no_secret(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with tempfile.TemporaryDirectory() as folder:
                log = os.path.join(folder, "log")
                process = subprocess.Popen([BINARY, "--log", log], stdout=subprocess.PIPE, text=True)
                self.addCleanup(process.kill)
                lines = [process.stdout.readline() for _ in range(5)]
                self.assertEqual(lines[4], "ready\n")
                box = Sandbox.__new__(Sandbox)
                box.ports = {line.split()[0]: int(line.rsplit(":", 1)[1]) for line in lines[:4]}
                session = box.session(box.instance(), "cross-account")
                box.events(session)
                process.send_signal(number)
                self.assertEqual(process.wait(10), 0)
                process.stdout.close()
                with open(log, encoding="utf-8") as file:
                    text = file.read()
                self.assertRegex(text, r"(?m)^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ imds PUT /latest/api/token - 200 \d+$")
                self.assertIn(" sts AssumeRole %s 200 " % STORY, text)
                self.assertNotIn(session["Token"], text)
                self.assertNotIn(session["SecretAccessKey"], text)

    def test_a_port_that_is_taken(self):
        box = Sandbox(BINARY)
        self.assertIn("port %d: " % box.ports["aws"], self.run_it("--port", str(box.ports["aws"]), status=1))
        box.stop()

    def test_verify(self):
        body = b"x"
        headers = sign(ALICE, "logs", "POST", "h", {}, body)
        text = "POST / HTTP/1.1\n" + "".join("%s: %s\n" % h for h in headers.items()) + "\nx"
        context = {"credentials": {"access_key_id": ALICE["AccessKeyId"], "secret_access_key": ALICE["SecretAccessKey"]},
                   "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}
        with tempfile.TemporaryDirectory() as folder:
            request, about = os.path.join(folder, "r"), os.path.join(folder, "c")
            for content, status, expected in ((text, 0, "valid\n"), (text + "y", 1, "")):
                with open(request, "w", encoding="utf-8") as file:
                    file.write(content)
                with open(about, "w", encoding="utf-8") as file:
                    json.dump(context, file)
                self.assertEqual(self.run_it("--verify", request, "--context", about, status=status), expected)


def main():
    global BINARY
    if len(sys.argv) > 1:
        BINARY = os.path.abspath(sys.argv.pop(1))
    if not os.access(BINARY, os.X_OK):
        sys.exit("usage: run.py BINARY [-v] [Class.test]")
    program = unittest.main(exit=False, verbosity=1)
    result = program.result
    failed = len(result.failures) + len(result.errors)
    print("%d passed, %d failed" % (result.testsRun - failed - len(result.skipped), failed), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
