// Account A's instance reads account B's logs: the story of the README, and around it
// one role for each way in which that can fail. Every id, key and time is made up and
// fixed, so that output can be compared byte for byte.
#include "sandbox/world.h"

namespace crosslog::sandbox {

std::string_view demo_seed() {
  return R"json({
  "instance": {"id": "i-0abcdef1234567890", "account": "111111111111", "role": "monitor-iam-ec2",
               "region": "us-east-1", "availability_zone": "us-east-1a"},
  "accounts": [
    {"id": "111111111111",
     "users": [
       {"name": "alice", "id": "AIDASANDBOXALICE00001",
        "keys": [{"access_key_id": "AKIASANDBOXALICE0001", "secret_access_key": "sandbox/alice+made/up/secret00000000001"}],
        "policies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Action": ["sts:AssumeRole", "logs:Describe*", "logs:Get*", "logs:FilterLogEvents"], "Resource": "*"}]}],
        "mfa": {"serial": "arn:aws:iam::111111111111:mfa/alice", "code": "123456"}},
       {"name": "bob", "id": "AIDASANDBOXBOB0000001",
        "keys": [{"access_key_id": "AKIASANDBOXBOB000001", "secret_access_key": "sandbox/bob+made/up/secret0000000000002"}]}
     ],
     "roles": [
       {"name": "monitor-iam-ec2", "id": "AROASANDBOXMONITOR001",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]},
        "policies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": [
          "arn:aws:iam::999999999999:role/cross-account", "arn:aws:iam::999999999999:role/nologs",
          "arn:aws:iam::999999999999:role/distrusting", "arn:aws:iam::999999999999:role/needs-external-id",
          "arn:aws:iam::999999999999:role/nonexistent", "arn:aws:iam::999999999999:role/hop",
          "arn:aws:iam::999999999999:role/unmasker", "arn:aws:iam::999999999999:role/path/to/*"]}]}]},
       {"name": "task", "id": "AROASANDBOXTASK000001",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"Service": ["ecs-tasks.amazonaws.com", "pods.eks.amazonaws.com"]}, "Action": "sts:AssumeRole"}]},
        "policies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
          "Resource": "arn:aws:iam::999999999999:role/cross-account"}]}]},
       {"name": "observer", "id": "AROASANDBOXOBSERVER01",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]},
       {"name": "irsa", "id": "AROASANDBOXIRSA000001",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"Federated": "arn:aws:iam::111111111111:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/SANDBOX"},
          "Action": "sts:AssumeRoleWithWebIdentity",
          "Condition": {"StringEquals": {
            "oidc.eks.us-east-1.amazonaws.com/id/SANDBOX:aud": "sts.amazonaws.com",
            "oidc.eks.us-east-1.amazonaws.com/id/SANDBOX:sub": "system:serviceaccount:monitoring:reader"}}}]},
        "policies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
          "Resource": "arn:aws:iam::999999999999:role/cross-account"}]}]}
     ],
     "log_groups": [
       {"name": "G", "streams": [{"name": "S", "events": [
         {"timestamp": 1700000000000, "message": "this is account A's stream S, not account B's"}]}]}
     ]},
    {"id": "999999999999",
     "roles": [
       {"name": "cross-account", "id": "AROASANDBOXCROSSACC01",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]},
       {"name": "unmasker", "id": "AROASANDBOXUNMASKER01", "max_session_duration": 43200,
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "111111111111"}, "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]}]},
        "policies": ["CloudWatchLogsFullAccess"]},
       {"name": "nologs", "id": "AROASANDBOXNOLOGS0001",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"}]}},
       {"name": "distrusting", "id": "AROASANDBOXDISTRUST01",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::222222222222:root"}, "Action": "sts:AssumeRole"}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]},
       {"name": "not-in-policy", "id": "AROASANDBOXNOTINPOL01",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]},
       {"name": "needs-external-id", "id": "AROASANDBOXEXTERNAL01",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole",
          "Condition": {"StringEquals": {"sts:ExternalId": "ext-42"}}}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]},
       {"name": "hop", "id": "AROASANDBOXHOP0000001",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"}]},
        "policies": [{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
          "Resource": "arn:aws:iam::999999999999:role/deep"}]}]},
       {"name": "deep", "id": "AROASANDBOXDEEP000001",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::999999999999:role/hop"}, "Action": "sts:AssumeRole"}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]},
       {"name": "needs-mfa", "id": "AROASANDBOXNEEDSMFA01",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole",
          "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]},
       {"name": "AWSReservedSSO_ReadLogs_0123456789abcdef", "path": "/aws-reserved/sso.amazonaws.com/",
        "id": "AROASANDBOXSSOREAD001",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"Federated": "arn:aws:iam::999999999999:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE"},
          "Action": "sts:AssumeRoleWithSAML"}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]},
       {"name": "nested-role", "path": "/path/to/", "id": "AROASANDBOXNESTED0001",
        "trust": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
          "Principal": {"AWS": "arn:aws:iam::111111111111:root"}, "Action": "sts:AssumeRole"}]},
        "policies": ["CloudWatchLogsReadOnlyAccess"]}
     ],
     "log_groups": [
       {"name": "G", "streams": [{"name": "S", "events": [
         {"timestamp": 1700000000000, "message": "INFO  web-1 started, listening on port 8080"},
         {"timestamp": 1700000001000, "message": "INFO  GET /health 200 in 1 ms"},
         {"timestamp": 1700000002500, "message": "WARN  GET /items?page=7 200 in 812 ms (slow)"},
         {"timestamp": 1700000004000, "message": "ERROR POST /pay 502: upstream \"bank\" did not answer in 5 s"},
         {"timestamp": 1700000004200, "message": "INFO  retrying payment 4711, attempt 2 of 3"},
         {"timestamp": 1700000005000, "message": "INFO  payment 4711 accepted, 12,50 € → shop №7 ✓"}]}]},
       {"name": "G", "region": "eu-west-1", "streams": [{"name": "S", "events": [
         {"timestamp": 1700000000000, "message": "INFO  the same names in eu-west-1"}]}]},
       {"name": "/crossb/app", "masked": ["4111-1111-1111-1111"], "streams": [
         {"name": "web-1", "generate": {"count": 25, "message_bytes": 90, "step_ms": 1000}},
         {"name": "web-2", "generate": {"count": 10, "message_bytes": 90, "first_timestamp": 1700000000500, "step_ms": 1000}},
         {"name": "2024/01/31/[$LATEST]0123456789abcdef", "events": [
           {"timestamp": 1700000000000, "message": "START RequestId: 3f1c2a77-0000-4000-8000-000000000001 Version: $LATEST\n"},
           {"timestamp": 1700000000120, "message": "END RequestId: 3f1c2a77-0000-4000-8000-000000000001\n"}]},
         {"name": "empty"},
         {"name": "masked", "events": [{"timestamp": 1700000000000, "message": "card 4111-1111-1111-1111 charged"}]},
         {"name": "unicode", "events": [
           {"timestamp": 1700000000000, "message": "café naïve über; 日本語のログ; 中文; 한국어"},
           {"timestamp": 1700000000001, "message": "emoji 😀 flag 🇫🇷 combining é rtl שלום"},
           {"timestamp": 1700000000002, "message": "quote \" backslash \\ slash / <tag> & tab\there\nsecond line\r"},
           {"timestamp": 1700000000003, "message": "control \u0001\u001f\u007f nbsp\u00a0 separators \u2028\u2029 esc \u001b[31mred\u001b[0m"},
           {"timestamp": 1700000000004, "message": " blanks at both ends  "},
           {"timestamp": 1700000000005, "message": ""}]},
         {"name": "broken-bytes", "events": [
           {"timestamp": 1700000000000, "message": "before"},
           {"timestamp": 1700000000001, "message_wire": "\"lone surrogate \\ud800 here\""},
           {"timestamp": 1700000000002, "message_wire_hex": "226261642075746638c328ff656e6422"},
           {"timestamp": 1700000000003, "message_wire": "\"nul \\u0000 inside\""},
           {"timestamp": 1700000000004, "message": "after"}]},
         {"name": "json", "events": [
           {"timestamp": 1700000000000, "message": "{\"level\":\"info\",\"user\":{\"id\":7},\"ms\":12.5}"},
           {"timestamp": 1700000000010, "message": "{\"unterminated\": "}]},
         {"name": "same-ms", "events": [
           {"timestamp": 1700000005000, "message": "same ms 0"}, {"timestamp": 1700000005000, "message": "same ms 1"},
           {"timestamp": 1700000005000, "message": "same ms 2"}, {"timestamp": 1700000005000, "message": "same ms 3"}]}
       ]},
       {"name": "/crossb/many", "streams": [
         {"name": "ten-thousand-plus", "generate": {"count": 10500, "message_bytes": 40}},
         {"name": "large-messages", "generate": {"count": 30, "message_bytes": 100000, "step_ms": 1000}}]}
     ]},
    {"id": "333333333333",
     "log_groups": [
       {"name": "/linked/app", "tags": {"team": "linked"}, "streams": [{"name": "web", "events": [
         {"timestamp": 1700000000000, "message": "{\"level\": \"error\", \"ms\": 12, \"user\": {\"id\": 7}}"},
         {"timestamp": 1700000001000, "message": "{\"level\": \"info\", \"ms\": 3}"}]}]}
     ]}
  ],
  "links": [{"monitoring": "111111111111", "source": "333333333333"}],
  "containers": [
    {"kind": "ecs", "path": "/v2/credentials/0b7e4a2c-1111-4222-8333-sandboxtask01", "session_name": "ecs-task",
     "role_arn": "arn:aws:iam::111111111111:role/task"},
    {"kind": "eks", "path": "/v1/credentials", "session_name": "eks-reader-pod",
     "role_arn": "arn:aws:iam::111111111111:role/task", "authorization": "sandbox.pod.identity-token-0001"}
  ],
  "identity_providers": [
    {"arn": "arn:aws:iam::111111111111:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/SANDBOX", "tokens": [
      {"token": "sandbox.web-identity.reader0001", "subject": "system:serviceaccount:monitoring:reader"},
      {"token": "sandbox.web-identity.other00002", "subject": "system:serviceaccount:default:other"},
      {"token": "sandbox.web-identity.expired003", "subject": "system:serviceaccount:monitoring:reader",
       "expires": "2023-11-14T22:13:20Z"},
      {"token": "sandbox.web-identity.rejected04", "subject": "system:serviceaccount:monitoring:reader",
       "rejected": "The provider said that the claims of this token are not acceptable."}]}
  ],
  "sso_tokens": [
    {"token": "sandbox-sso-access-token-00000001", "user": "carol@example.com", "assignments": [
      {"account": "999999999999", "role_name": "ReadLogs",
       "role_arn": "arn:aws:iam::999999999999:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_ReadLogs_0123456789abcdef"}]},
    {"token": "sandbox-sso-access-token-expired2", "user": "dave@example.com", "expires": "2023-11-14T22:13:20Z",
     "assignments": []}
  ]
})json";
}

}  // namespace crosslog::sandbox
