"""sign.py REQUEST SECONDS: botocore and awscrt (aws-c-auth) sign it. A JSON object a line: signer,
ns (CPU for one signature, fastest batch), headers as signed."""
import datetime
import json
import sys
import time

import awscrt.auth
import awscrt.http
import botocore.auth
import botocore.awsrequest
import botocore.credentials


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    seconds = float(sys.argv[2])
    keys = request["access_key_id"], request["secret_access_key"], request["session_token"]
    url = "https://" + request["headers"]["host"] + "/"
    when = datetime.datetime.strptime(request["date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=datetime.timezone.utc)
    # botocore asks for the time itself.
    if hasattr(botocore.auth, "get_current_datetime"):
        botocore.auth.get_current_datetime = lambda remove_tzinfo=True: when.replace(tzinfo=None) if remove_tzinfo else when
    else:
        class Fixed(datetime.datetime):
            @classmethod
            def utcnow(cls):
                return when.replace(tzinfo=None)
        botocore.auth.datetime.datetime = Fixed

    signer = botocore.auth.SigV4Auth(botocore.credentials.Credentials(*keys), request["service"], request["region"])

    def with_botocore():
        made = botocore.awsrequest.AWSRequest(method="POST", url=url, data=request["body"].encode(), headers=request["headers"])
        signer.add_auth(made)
        return made.headers.items()

    provider = awscrt.auth.AwsCredentialsProvider.new_static(*keys)

    def with_awscrt():
        made = awscrt.http.HttpRequest("POST", "/", awscrt.http.HttpHeaders(list(request["headers"].items())), Stream(request["body"].encode()))
        config = awscrt.auth.AwsSigningConfig(
            algorithm=awscrt.auth.AwsSigningAlgorithm.V4, signature_type=awscrt.auth.AwsSignatureType.HTTP_REQUEST_HEADERS,
            credentials_provider=provider, region=request["region"], service=request["service"], date=when)
        return awscrt.auth.aws_sign_request(made, config).result().headers

    import io
    Stream = io.BytesIO
    for name, sign in (("botocore", with_botocore), ("awscrt", with_awscrt)):
        headers = {key.lower(): value for key, value in sign()}
        best, end = None, time.monotonic() + seconds
        while best is None or time.monotonic() < end:
            # Of all threads: aws-c-auth works in one of its own.
            begin = time.process_time_ns()
            for _ in range(200):
                sign()
            took = (time.process_time_ns() - begin) / 200
            best = took if best is None else min(best, took)
        print(json.dumps({"signer": name, "ns": best, "headers": headers}))


main()
