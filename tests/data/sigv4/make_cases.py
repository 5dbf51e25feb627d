#!/usr/bin/env python3
"""Writes the cases of this folder, with botocore as the independent signer.

    python3 -m venv v && v/bin/pip install botocore==1.43.11 && v/bin/python make_cases.py

Everything expected (canonical-request.txt, string-to-sign.txt, signature.txt,
authorization.txt, query.txt) is botocore's; the requests are written here. The
results do not depend on when or where it runs.
"""
import datetime
import json
import pathlib
import shutil

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.compat import quote
from botocore.credentials import Credentials

HERE = pathlib.Path(__file__).parent
KEY = "AKIAIOSFODNN7EXAMPLE"
SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
TOKEN = "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJGMEQCIE+x/y=="
LOGS = "logs.eu-west-1.amazonaws.com"
STS = "sts.us-east-1.amazonaws.com"
JSON = [("Content-Type", "application/x-amz-json-1.1"), ("X-Amz-Target", "Logs_20140328.GetLogEvents")]
FORM = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]


class WithoutNormalization(botocore.auth.SigV4Auth):
    def _normalize_url_path(self, path):
        return quote(path, safe="/~")


CASES = [
    dict(name="logs-json-body", about="GetLogEvents as the client sends it",
         method="POST", host=LOGS, headers=JSON,
         body='{"logGroupName":"/aws/lambda/f","logStreamName":"2026/01/02/[$LATEST]0a1b","startFromHead":true}'),
    dict(name="logs-session-token", about="the session token is a signed header",
         method="POST", host=LOGS, headers=JSON, token=TOKEN, body='{"logGroupName":"g","logStreamName":"s"}'),
    dict(name="logs-token-not-signed", about="the session token is added after signing",
         method="POST", host=LOGS, headers=JSON, token=TOKEN, sign_session_token=False,
         body='{"logGroupName":"g","logStreamName":"s"}'),
    dict(name="logs-utf8-body", about="a body that is not ASCII", method="POST", host=LOGS, headers=JSON,
         body='{"logGroupName":"日本語","logStreamName":"é\\u0000"}'),
    dict(name="sts-form-body", about="AssumeRole, characters percent-encoded in the form",
         method="POST", host=STS, service="sts", region="us-east-1", headers=FORM,
         body="Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Freader"
              "&RoleSessionName=a%2Bb%3Dc&ExternalId=x%26y+z"),
    dict(name="sts-china", about="another partition, with a token", method="POST",
         host="sts.cn-north-1.amazonaws.com.cn", service="sts", region="cn-north-1", headers=FORM, token=TOKEN * 20,
         body="Action=GetCallerIdentity&Version=2011-06-15"),
    dict(name="query-unicode", about="raw UTF-8 in names and values", target="/?é=ü&名=値&emoji=🙂",
         params=[("é", "ü"), ("名", "値"), ("emoji", "🙂")]),
    dict(name="query-reencoded", about="lower-case escapes, escapes that need none, a bare %, a plus sign",
         target="/?a=%e2%82%ac&b=%41%7e&c=100%&d=1+2&e=a/b",
         params=[("a", "€"), ("b", "A~"), ("c", "100%"), ("d", "1+2"), ("e", "a/b")]),
    dict(name="query-sorted", about="sorted by encoded name, then by encoded value; repeated names stay",
         target="/?b=2&a=z&a=10&a=9&B=1&a-b=1&a=&%C3%A9=1",
         params=[("b", "2"), ("a", "z"), ("a", "10"), ("a", "9"), ("B", "1"), ("a-b", "1"), ("a", ""), ("é", "1")]),
    dict(name="query-without-value", about="names without a value or an equals sign, values that hold one",
         target="/?flag&other=&x=y=z", params=[("flag", ""), ("other", ""), ("x", "y=z")]),
    dict(name="path-double-slashes", about="doubled slashes are one, the last stays", target="//a///b//"),
    dict(name="path-dot-segments", about="dot segments are removed, never above the root",
         target="/../a/./b/c/../../d/./"),
    dict(name="path-not-normalized", about="normalize off keeps slashes and dots", target="//a/./../b//",
         normalize_path=False),
    dict(name="path-encoded-again", about="a path that is encoded already is encoded once more",
         target="/role%2Fname/a%20b/@x/$y/(z)*!'"),
    dict(name="path-unicode", about="raw UTF-8 and blanks in the path", target="/日本/a b/~é"),
    dict(name="headers-duplicate", about="repeated headers are joined in the order of the request",
         headers=[("X-Part", "z"), ("X-Other", "1"), ("x-part", "a"), ("X-PART", "m")]),
    dict(name="headers-blanks", about="runs of blanks and tabs are one blank, in quotes as well; an empty value",
         headers=[("X-A", "  a   b\t\tc  "), ("X-B", '"  q   r  "'), ("X-C", "")]),
    dict(name="headers-folded", about="a folded value is one line", headers=[("X-Long", "one\n  two\n\tthree")]),
    dict(name="headers-order", about="sorted by name: a dash comes before a digit, a digit before a letter",
         headers=[("X-AB", "3"), ("X-A-B", "1"), ("X-A1", "2"), ("Accept", "*/*"), ("Date2", "4")]),
    dict(name="headers-not-signed", about="what proxies and tracers change is left out", method="POST", host=LOGS,
         headers=JSON + [("User-Agent", "crosslog/0"), ("X-Amzn-Trace-Id", "Root=1-5759e988"),
                         ("Connection", "keep-alive"), ("Expect", "100-continue"), ("Keep-Alive", "timeout=5"),
                         ("TE", "trailers"), ("Trailer", "x"), ("Transfer-Encoding", "chunked"), ("Upgrade", "h2c"),
                         ("Proxy-Authorization", "none"), ("amz-sdk-request", "attempt=1")], body="{}"),
    dict(name="host-with-port", about="an explicit port is part of the host", host="localhost:4566", method="POST",
         headers=JSON, body="{}"),
    dict(name="payload-header", about="x-amz-content-sha256 is added and signed", method="POST", host=LOGS,
         headers=JSON, body='{"a":1}', add_payload_header=True),
    dict(name="payload-unsigned", about="x-amz-content-sha256 of the request replaces the hash", method="PUT",
         headers=[("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")], body="anything"),
    dict(name="date-present", about="x-amz-date is there already and agrees",
         headers=[("x-amz-date", "20260102T030405Z")]),
    dict(name="day-boundary", about="the last second of a leap year", time="2024-12-31T23:59:59Z"),
    dict(name="presign-sts", about="GetCallerIdentity as a URL", host=STS, service="sts", region="us-east-1",
         target="/?Action=GetCallerIdentity&Version=2011-06-15", expires=900),
    dict(name="presign-token", about="the session token is a signed parameter", host=STS, service="sts",
         region="us-east-1", token=TOKEN, target="/?Action=GetCallerIdentity&Version=2011-06-15", expires=604800),
    dict(name="presign-header", about="a signed header in the query form (the EKS token)", host=STS, service="sts",
         region="us-east-1", token=TOKEN, headers=[("x-k8s-aws-id", "my cluster")],
         target="/?Action=GetCallerIdentity&Version=2011-06-15", expires=60),
    dict(name="presign-path", about="a path and a query of their own", host="localhost:8080",
         target="//a/../b%20c/?z=1&a=%C3%A9&e=", expires=1),
]


def write(folder, file, text):
    (folder / file).write_bytes(text.encode("utf-8"))


def make(case):
    folder = HERE / case["name"]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    host = case.get("host", "example.amazonaws.com")
    method, target, body = case.get("method", "GET"), case.get("target", "/"), case.get("body", "")
    service, region = case.get("service", "logs"), case.get("region", "eu-west-1")
    time, token = case.get("time", "2026-01-02T03:04:05Z"), case.get("token")
    headers = [("Host", host), *case.get("headers", [])]
    signed_token = token if case.get("sign_session_token", True) else None

    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers), "", body]
    write(folder, "request.txt", "\n".join(lines))
    context = dict(about=case["about"], form="query" if "expires" in case else "header", region=region, service=service,
                   time=time, access_key_id=KEY, secret_access_key=SECRET)
    context |= {"session_token": token} if token else {}
    context |= {name: case[name] for name in
                ("expires", "normalize_path", "add_payload_header", "sign_session_token") if name in case}
    write(folder, "context.json", json.dumps(context, indent=2) + "\n")

    moment = datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc)
    botocore.auth.get_current_datetime = lambda *a, **k: moment
    request = AWSRequest(method=method, url=f"https://{host}{target}", data=body.encode("utf-8"))
    if "params" in case:
        request = AWSRequest(method=method, url=f"https://{host}{target.partition('?')[0]}", params=case["params"])
    for name, value in headers:
        request.headers[name] = value
    if case.get("add_payload_header"):
        request.headers["X-Amz-Content-SHA256"] = botocore.auth.SigV4Auth(None, "", "").payload(request)
    credentials = Credentials(KEY, SECRET, signed_token)
    if "expires" in case:
        signer = botocore.auth.SigV4QueryAuth(credentials, service, region, expires=case["expires"])
    elif not case.get("normalize_path", True):
        signer = WithoutNormalization(credentials, service, region)
    else:
        signer = botocore.auth.SigV4Auth(credentials, service, region)

    stages = {}

    def keep(stage):
        inner = getattr(signer, stage)

        def outer(*arguments):
            stages[stage] = inner(*arguments)
            return stages[stage]
        setattr(signer, stage, outer)

    for stage in ("canonical_request", "string_to_sign", "signature"):
        keep(stage)
    signer.add_auth(request)
    for stage, text in stages.items():
        write(folder, stage.replace("_", "-") + ".txt", text)
    if "expires" in case:
        write(folder, "query.txt", request.url.partition("?")[2])
    else:
        write(folder, "authorization.txt", request.headers["Authorization"])


for case in CASES:
    make(case)
print(len(CASES), "cases")
