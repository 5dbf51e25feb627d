"""Two accounts in moto: run by run.py with the judges' Python, before moto's checks
are on. Prints as JSON the instance's session, a reader's keys, a session of the
role in the other account, and values for the command lines."""
import json
import sys
import time

import boto3

ACCOUNT_A, ACCOUNT_B, REGION = "111111111111", "999999999999", "us-east-1"
URL = sys.argv[1]


def client(service, account):
    made = boto3.client(service, region_name=REGION, endpoint_url=URL, aws_access_key_id="seed", aws_secret_access_key="seed")
    made.meta.events.register("before-send", lambda request, **_: request.headers.__setitem__("x-moto-account-id", account))
    return made


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource):
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def main():
    iam_a, iam_b = client("iam", ACCOUNT_A), client("iam", ACCOUNT_B)
    role_b = "arn:aws:iam::%s:role/cross-account" % ACCOUNT_B
    iam_b.create_role(RoleName="cross-account", AssumeRolePolicyDocument=document(
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::%s:root" % ACCOUNT_A}, "Action": "sts:AssumeRole"}))
    iam_b.put_role_policy(RoleName="cross-account", PolicyName="read", PolicyDocument=document(
        allow(["logs:Get*", "logs:Describe*", "logs:Filter*", "logs:List*"], "*")))
    # Two more roles, each to be assumed by the one before. Inside an account moto wants the session itself.
    trust_b = document({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": [
        "arn:aws:iam::%s:root" % ACCOUNT_B, "arn:aws:sts::%s:assumed-role/cross-account/interop" % ACCOUNT_B]}})
    for iam, name, account, before, iam_before in ((iam_b, "second", ACCOUNT_B, "cross-account", iam_b),
                                                   (iam_a, "third", ACCOUNT_A, "second", iam_b)):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust_b)
        iam_before.put_role_policy(RoleName=before, PolicyName="assume",
                                   PolicyDocument=document(allow("sts:AssumeRole", "arn:aws:iam::%s:role/%s" % (account, name))))
    iam_a.create_role(RoleName="instance-role", AssumeRolePolicyDocument=document(
        {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}))
    iam_a.put_role_policy(RoleName="instance-role", PolicyName="assume",
                          PolicyDocument=document(allow("sts:AssumeRole", role_b)))
    iam_a.create_user(UserName="reader")
    iam_a.put_user_policy(UserName="reader", PolicyName="assume", PolicyDocument=document(allow("sts:AssumeRole", role_b)))
    key = iam_a.create_access_key(UserName="reader")["AccessKey"]

    logs = client("logs", ACCOUNT_B)
    t0 = int(time.time()) * 1000 - 3_600_000
    for group, stream, messages in (
            ("G", "S", ["first", "second", "third"]),
            ("/interop/app", "web", ["INFO request %d took %d ms" % (i, i * 37 % 250) for i in range(12)]),
            ("/interop/app", "empty", []),
            ("/interop/app", "long", ["x" * 3000, "short"]),
            ("/interop/app", "unicode", ["caf\u00e9", "\u65e5\u672c\u8a9e\u306e\u30ed\u30b0", "\U0001F600", "tab\there",
                                         "quote \" backslash \\ <tag>", "line\nbreak", "bell \u0007"])):
        if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
            logs.create_log_group(logGroupName=group)
        logs.create_log_stream(logGroupName=group, logStreamName=stream)
        if messages:
            logs.put_log_events(logGroupName=group, logStreamName=stream,
                                logEvents=[{"timestamp": t0 + i * 1000, "message": m} for i, m in enumerate(messages)])
    token = logs.get_log_events(logGroupName="/interop/app", logStreamName="web", limit=4, startFromHead=True)["nextForwardToken"]

    def session(account, name, role):
        answer = client("sts", account).assume_role(
            RoleArn="arn:aws:iam::%s:role/%s" % (account, role), RoleSessionName=name)
        found = answer["Credentials"]
        return {"AccessKeyId": found["AccessKeyId"], "SecretAccessKey": found["SecretAccessKey"],
                "SessionToken": found["SessionToken"], "Expiration": found["Expiration"].strftime("%Y-%m-%dT%H:%M:%SZ"),
                "Arn": answer["AssumedRoleUser"]["Arn"]}
    print(json.dumps({"instance": session(ACCOUNT_A, "i-0abcdef1234567890", "instance-role"),
                      "session": session(ACCOUNT_B, "direct", "cross-account"),
                      "reader": {"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]},
                      "values": {"token": token, "t0": t0, "t5": t0 + 5000}}))


if __name__ == "__main__":
    main()
