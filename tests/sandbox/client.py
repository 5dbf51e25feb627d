"""A small AWS client for the sandbox's tests: the standard library, a signer of its own."""
import datetime
import hashlib
import hmac
import http.client
import json
import re
import socket
import subprocess
import urllib.parse
import xml.etree.ElementTree as ElementTree

ALICE = {"AccessKeyId": "AKIASANDBOXALICE0001", "SecretAccessKey": "sandbox/alice+made/up/secret00000000001"}
BOB = {"AccessKeyId": "AKIASANDBOXBOB000001", "SecretAccessKey": "sandbox/bob+made/up/secret0000000000002"}
ECS_PATH = "/v2/credentials/0b7e4a2c-1111-4222-8333-sandboxtask01"
EKS_PATH, EKS_TOKEN = "/v1/credentials", "sandbox.pod.identity-token-0001"
WEB_TOKEN = "sandbox.web-identity.reader0001"
SSO_TOKEN = "sandbox-sso-access-token-00000001"
ROLE = "arn:aws:iam::999999999999:role/"
NS = "{https://sts.amazonaws.com/doc/2011-06-15/}"


def quote(text):
    return urllib.parse.quote(text, safe="-_.~")


def hmac256(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def amz_date(offset=0):
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=offset)
    return now.strftime("%Y%m%dT%H%M%SZ")


def signature(secret, scope, date, canonical):
    key = ("AWS4" + secret).encode()
    for part in scope.split("/"):
        key = hmac256(key, part)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return hmac256(key, "\n".join(["AWS4-HMAC-SHA256", date, scope, digest])).hex()


def sign(who, service, method, host, headers, body, region="us-east-1", offset=0, unsigned=()):
    """The headers with X-Amz-Date, the token and Authorization; `unsigned` names are added but left out of it."""
    date = amz_date(offset)
    headers = dict(headers, Host=host, **{"X-Amz-Date": date})
    if who.get("Token"):
        headers["X-Amz-Security-Token"] = who["Token"]
    names = sorted(n.lower() for n in headers if n not in unsigned)
    lower = {n.lower(): v for n, v in headers.items()}
    canonical = "\n".join([method, "/", "", "".join("%s:%s\n" % (n, lower[n]) for n in names), ";".join(names),
                           hashlib.sha256(body).hexdigest()])
    scope = "%s/%s/%s/aws4_request" % (date[:8], region, service)
    headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s" % (
        who["AccessKeyId"], scope, ";".join(names), signature(who["SecretAccessKey"], scope, date, canonical))
    return headers


def presign(who, service, host, query, region="us-east-1", expires=900, offset=0):
    date = amz_date(offset)
    scope = "%s/%s/%s/aws4_request" % (date[:8], region, service)
    query = dict(query, **{"X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": who["AccessKeyId"] + "/" + scope,
                           "X-Amz-Date": date, "X-Amz-Expires": str(expires), "X-Amz-SignedHeaders": "host"})
    if who.get("Token"):
        query["X-Amz-Security-Token"] = who["Token"]
    text = "&".join("%s=%s" % (quote(k), quote(v)) for k, v in sorted(query.items()))
    canonical = "\n".join(["GET", "/", text, "host:%s\n" % host, "host", hashlib.sha256(b"").hexdigest()])
    return "/?%s&X-Amz-Signature=%s" % (text, signature(who["SecretAccessKey"], scope, date, canonical))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    def find(self, name):
        """The text of the first XML element of this name."""
        element = ElementTree.fromstring(self.body).find(".//" + NS + name)
        return None if element is None else element.text

    @property
    def error(self):
        """(status, code, message) in either protocol."""
        if self.body.startswith(b"<"):
            return self.status, self.find("Code"), self.find("Message")
        document = self.json
        return self.status, document.get("__type"), document.get("message", document.get("Message"))


class Sandbox:
    def __init__(self, binary, *arguments):
        self.process = subprocess.Popen([binary, "--quiet", "--until-stdin-closes", *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ports = {}
        for line in self.process.stdout:
            if line.strip() == "ready":
                return
            name, url = line.split()
            self.ports[name] = int(url.rsplit(":", 1)[1])
        raise RuntimeError("the sandbox did not start: %s" % self.process.wait())

    def stop(self):
        self.process.stdin.close()
        self.process.stdout.close()
        return self.process.wait(10)

    def host(self, door="aws"):
        return "127.0.0.1:%d" % self.ports[door]

    def http(self, door, method, target, headers=(), body=b""):
        connection = http.client.HTTPConnection("127.0.0.1", self.ports[door], timeout=20)
        try:
            connection.request(method, target, body or None, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def raw(self, door, data, end=True):
        """Sends these bytes; everything that comes back until the connection ends."""
        with socket.create_connection(("127.0.0.1", self.ports[door]), timeout=20) as connection:
            connection.sendall(data)
            if end:
                try:
                    connection.shutdown(socket.SHUT_WR)
                except OSError:
                    pass  # it was reset already: recv tells
            out = b""
            while True:
                try:
                    piece = connection.recv(65536)
                except ConnectionResetError:
                    return out + b"<reset>"
                if not piece:
                    return out
                out += piece

    def control(self, method, path, value=None):
        body = b"" if value is None else json.dumps(value).encode()
        answer = self.http("control", method, path, body=body)
        if answer.status != 200:
            raise RuntimeError("%s %s: %s" % (method, path, answer.text))
        return answer.json

    def requests(self):
        return self.control("GET", "/requests")

    def reset(self):
        for path in ("/requests", "/faults", "/imds/credentials"):
            self.control("DELETE", path)
        self.control("POST", "/clock", {"offset": 0})
        self.control("POST", "/quota", {"rate": 0})

    # The services.
    def sts(self, who, action, offset=0, region="us-east-1", unsigned=(), version="2011-06-15", **fields):
        fields = {k.replace("__", "."): v for k, v in fields.items()}
        body = urllib.parse.urlencode(dict(Action=action, Version=version, **fields)).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        if who:
            headers = sign(who, "sts", "POST", self.host(), headers, body, region, offset, unsigned)
        return self.http("aws", "POST", "/", headers, body)

    def assume(self, who, role, session="test", **fields):
        return self.sts(who, "AssumeRole", RoleArn=role if role.startswith("arn:") else ROLE + role,
                        RoleSessionName=session, **fields)

    def assume_by_token(self, token, role="arn:aws:iam::111111111111:role/irsa", session="pod", **fields):
        return self.sts(None, "AssumeRoleWithWebIdentity", RoleArn=role, RoleSessionName=session, WebIdentityToken=token, **fields)

    def portal(self, token, account="999999999999", role="ReadLogs"):
        query = urllib.parse.urlencode({"role_name": role, "account_id": account})
        return self.http("aws", "GET", "/federation/credentials?" + query, {"x-amz-sso_bearer_token": token} if token else {})

    def session(self, who, role, session="test", **fields):
        answer = self.assume(who, role, session, **fields)
        if answer.status != 200:
            raise RuntimeError(answer.text)
        return {"AccessKeyId": answer.find("AccessKeyId"), "SecretAccessKey": answer.find("SecretAccessKey"),
                "Token": answer.find("SessionToken"), "Expiration": answer.find("Expiration")}

    def logs(self, who, body=None, operation="GetLogEvents", region="us-east-1", offset=0, unsigned=(), **members):
        body = json.dumps(members).encode() if body is None else body
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": "Logs_20140328." + operation}
        if who:
            headers = sign(who, "logs", "POST", self.host(), headers, body, region, offset, unsigned)
        return self.http("aws", "POST", "/", headers, body)

    def events(self, who, group="G", stream="S", **members):
        return self.logs(who, logGroupName=group, logStreamName=stream, **members)

    def imds_token(self, ttl="60"):
        return self.http("imds", "PUT", "/latest/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": ttl}).text

    def imds(self, path, token=None):
        return self.http("imds", "GET", path, {"X-aws-ec2-metadata-token": token or self.imds_token()})

    def instance(self):
        """The instance role's session."""
        return self.imds("/latest/meta-data/iam/security-credentials/monitor-iam-ec2").json


def messages(answer):
    return [event["message"] for event in answer.json["events"]]


TOKEN = re.compile(r"^([fb])/(\d{56})/s$")
