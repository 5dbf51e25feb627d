"""Answers written down before, and what the AWS CLI 2.36.7 made of them: one folder a case.

case.json holds argv, env (null unsets), server (operation -> answer or answers), rc
and requests; stdout.txt and stderr.txt beside it are byte for byte.
"""
import http.server
import json
import os
import threading
import urllib.parse

BASE = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1", "AWS_PAGER": "",
        "AWS_EC2_METADATA_DISABLED": "true"}
NOT_YET = ("is not supported yet", "that crosslog does not have")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        target = self.headers.get("X-Amz-Target")
        operation = target.split(".")[1] if target else urllib.parse.parse_qs(body)["Action"][0]
        seen = {"method": "POST", "path": self.path, "body": body}
        self.server.seen.append(dict(seen, target=target) if target else seen)
        answer = self.server.script[operation]
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        body = answer["body"]
        body = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(answer["status"])
        for header in answer["headers"].items():
            self.send_header(*header)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Canned:
    """A loopback service that knows these answers."""

    def __init__(self, script):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.script, self.server.seen = json.loads(json.dumps(script)), []
        self.url = "http://127.0.0.1:%d" % self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()

    def environment(self, program, changes=()):
        return program.environment(**{**BASE, "AWS_ENDPOINT_URL": self.url, **dict(changes)})


def same_request(seen, expected):
    if any(seen.get(name) != expected.get(name) for name in ("method", "path", "target")):
        return False
    if expected.get("target"):
        return json.loads(seen["body"]) == json.loads(expected["body"])
    return urllib.parse.parse_qs(seen["body"]) == urllib.parse.parse_qs(expected["body"])


def read(folder, name):
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def run_case(program, folder):
    """(fault or None, reason to skip or None)"""
    case = json.loads(read(folder, "case.json"))
    with Canned(case["server"]) as service:
        result = program.run(*case["argv"], name="aws", env=service.environment(program, case["env"]))
        seen = service.server.seen
    if result.rc == 252 and any(words in result.err for words in NOT_YET):
        return None, result.first_line
    faults = []
    if result.rc != case["rc"]:
        faults.append("status %d, not %d" % (result.rc, case["rc"]))
    for stream, bytes_seen in (("stdout", result.out_bytes), ("stderr", result.err_bytes)):
        if bytes_seen != read(folder, stream + ".txt"):
            faults.append("%s: %r\n  not: %r" % (stream, bytes_seen, read(folder, stream + ".txt")))
    if len(seen) != len(case["requests"]) or not all(map(same_request, seen, case["requests"])):
        faults.append("requests: %r\n  not: %r" % (seen, case["requests"]))
    return "\n".join(faults) or None, None
