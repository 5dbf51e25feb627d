"""parse.py --make FOLDER: writes the inputs. parse.py FOLDER SECONDS: botocore's query parser
and config reader and jmespath.py on them; a JSON object a line: what, n, ns (CPU, fastest), and
first one {"answer": ...} as parse_bench prints it."""
import json
import os
import sys
import time

EXPRESSION = "events[?contains(message, 'ERROR')].[timestamp, message]"
ASSUME_ROLE = """<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser>
      <AssumedRoleId>AROA1111111111111111:bench</AssumedRoleId>
      <Arn>arn:aws:sts::999999999999:assumed-role/cross-account/bench</Arn>
    </AssumedRoleUser>
    <Credentials>
      <AccessKeyId>ASIA1111111111111111</AccessKeyId>
      <SecretAccessKey>made/up/secret0000000000000000000000002</SecretAccessKey>
      <SessionToken>%s</SessionToken>
      <Expiration>2099-01-01T00:00:00Z</Expiration>
    </Credentials>
  </AssumeRoleResult>
  <ResponseMetadata>
    <RequestId>11111111-2222-3333-4444-555555555555</RequestId>
  </ResponseMetadata>
</AssumeRoleResponse>
""" % ("MadeUp00" * 100)
CONFIGS, EVENTS = (10, 100, 1000), (100, 1000, 10000)


def make(folder):
    def write(name, text):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    write("assume_role.xml", ASSUME_ROLE)
    for n in CONFIGS:
        write("config_%d.ini" % n, "".join("[profile team-%d]\nrole_arn = arn:aws:iam::%012d:role/cross-account\n"
                                           "source_profile = base\nregion = eu-west-1\n# a remark\noutput = json\n\n" % (i, i)
                                           for i in range(n)))
    for n in EVENTS:
        write("events_%d.json" % n, json.dumps({"events": [
            {"timestamp": 1700000000000 + i, "message": "%s request %d served in %d ms" % ("ERROR" if i % 10 == 0 else "INFO", i, i % 97),
             "ingestionTime": 1700000001500 + i} for i in range(n)]}))


def main():
    if sys.argv[1] == "--make":
        make(sys.argv[2])
        return
    import botocore.configloader
    import botocore.parsers
    import botocore.session
    import jmespath
    folder, seconds = sys.argv[1], float(sys.argv[2])
    shape = botocore.session.get_session().get_service_model("sts").operation_model("AssumeRole").output_shape
    parser = botocore.parsers.create_parser("query")
    response = {"body": open(os.path.join(folder, "assume_role.xml"), "rb").read(), "headers": {}, "status_code": 200}
    expression = jmespath.compile(EXPRESSION)
    events = {n: json.load(open(os.path.join(folder, "events_%d.json" % n), encoding="utf-8")) for n in EVENTS}
    load = lambda n: botocore.configloader.load_config(os.path.join(folder, "config_%d.ini" % n))

    role = parser.parse(response, shape)
    profiles = load(100)["profiles"]
    print(json.dumps({"answer": {
        "sts_xml": role["AssumedRoleUser"]["Arn"] + " " + role["Credentials"]["AccessKeyId"],
        "config": "%d %s" % (len(profiles), profiles["team-99"]["role_arn"]),
        "jmespath": expression.search(events[1000])}}))

    def compile_anew():
        jmespath.parser.Parser.purge()
        jmespath.compile(EXPRESSION)

    work = [("sts_xml", 0, lambda: parser.parse(response, shape)), ("jmespath_parse", 0, compile_anew)]
    work += [("config", n, lambda n=n: load(n)) for n in CONFIGS]
    work += [("jmespath_search", n, lambda n=n: expression.search(events[n])) for n in EVENTS]
    for what, n, run in work:
        best, end = None, time.monotonic() + seconds
        while best is None or time.monotonic() < end:
            begin = time.thread_time_ns()
            run()
            took = time.thread_time_ns() - begin
            best = took if best is None else min(best, took)
        print(json.dumps({"what": what, "n": n, "ns": best}))


main()
