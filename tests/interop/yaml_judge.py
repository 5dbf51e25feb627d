#!/usr/bin/env python3
"""YAML beside ruamel.yaml, the library in the AWS CLI:
yaml_judge.py BUILD [--count N] [--seed N] [--python PYTHON].

  write  N values, made of texts that a YAML writer must quote, break or escape: the
         same bytes as `aws --output yaml` and yaml-stream
  read   N YAML texts, half of them damaged: the same value, or refused by both

Left out, and counted: texts that Python reads as something that JSON has no value
for (we refuse them all), and the syntax where libyaml and ruamel.yaml differ. The last line is "N passed, N failed[, N skipped]".
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import judges  # noqa: E402

# Each stands for a rule of quoting, of breaking or of types.
WORDS = [
    "", " ", "  ", "a", "word", "two words", " leading", "trailing ", "\ttab", "a\tb", "\n", "a\nb", "a\nb\n", "a\n\nb", "\na",
    "a \nb", "a\n b", "a\n\n", "a\r\nb", "\r", "true", "True", "TRUE", "tRue", "false", "yes", "no", "on", "off", "y", "n", "null", "Null",
    "NULL", "~", "none", "None", "0", "1", "-1", "+1", "007", "0o17", "0x1F", "0b101", "0b12", "1_000", "_1", "-_", "+", "-", "--",
    "1.0", "1.", ".5", "-.5", "._", "1e5", "1e+5", "1.5E-3", ".5e+3", ".5e3", ".inf", "-.INF", "+.Inf", ".nan", "-.nan", ".NaN",
    "inf", "nan", "1:30", "190:20:30", "1,000", "12e", "0x", "0xg", "123456789012", "2020-01-01", "2020-1-1", "2020-01-01T00:00:00Z",
    "2020-1-1 1:00:00", "2020-01-01 00:00:00.5 +1", "2020-01-01t00:00:00.+01:00", "2020-01-01T00:00", "=", "==", "<<", "<", "!", "!tag",
    "&", "&a", "*", "*a", "|", "|x", ">", ">x", "%", "%x", "@", "@x", "`", "`x", "'", "''", "it's", '"', 'say "x"', "\\", "a\\b", "#",
    "# x", "a #b", "a# b", "a#b", ":", "::", "a:", "a: b", "a:b", ": a", "?", "? x", "?x", "- x", "-x", "-", "---", "--- x", "...", "... x",
    "[", "]", "[]", "[a]", "{", "}", "{}", "{a}", ",", "a,b", "a, b", "arn:aws:iam::123456789012:role/x", "/aws/lambda/f",
    "\x00", "\x01", "\x07", "\x08", "\x0b", "\x0c", "\x1b[31mred\x1b[0m", "\x7f", "\x80", "\x85", "\x9f", "\xa0", "a\x85b", "\xad", "é",
    "naïve", "日本語", "\u2028", "a\u2028b", "a\u2029 b", "\u200b", "\u202ex", "\ufeff", "a\ufeff", "\ufffd", "\ufffe", "\uffff",
    "🙂", "a🙂b", "\U0010ffff", "x" * 79, "x" * 81, "x" * 127, "x" * 128, "x" * 129, "y" * 300, "word " * 30, "日本 " * 60, "é" * 90,
    " " * 100, "a" + " " * 90 + "b", "'quoted' " * 20, "a: b " * 30, "long\n" * 30, "\\ " * 60, "\x1b " * 60, 'q" ' * 50,
    '{"level":"info","msg":"x"}', "START RequestId: 1 Version: $LATEST\n", "\tat com.example.Main(Main.java:1)\n\tat x\n",
]
PARTS = ["a", "b ", " ", "\n", "\n ", "  ", ":", ": ", "#", " #", "-", "- ", "'", '"', "\\", "\t", "é", "🙂", "\x1b", "\u2028", "\x85", "0", "1",
         ".", "e", "+", "_", "x", "T", "Z", "true", "null", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "=", "<<", "?",
         "long" * 15, "word " * 12]
NUMBERS = [0, 1, -1, 2**63 - 1, -2**63, 10**12, 1.0, -0.0, 0.5, 1e16, 1e17, 1.5e300, 5e-324, 1e-7, 123456.789]
# Texts for the reader that no writer makes.
CASES = [
    "", " ", "\n", "# only a comment", "---", "--- a", "---\na: 1\n...\n", "a: 1\n---\nb: 2", "%YAML 1.2\n---\na: yes", "a: b: c", "a:\n\tb: c",
    "a: 1\na: 2", "{a: 1, a: 2}", "a: &x 1\nb: *x", "a: *x", "a: &x [1, 2]\nb: *x\nc: [*x, *x]", "- &a x\n- &a y\n- *a",
    "base: &b {x: 1, y: 2}\nd:\n  <<: *b\n  y: 3", "b: &b {x: 1}\nc: &c {x: 2, z: 3}\nd: {<<: [*b, *c], w: 4}", "<<: 1", "<<: [1]", "<<: {a: 1}\na: 2\na: 3",
    "<<: {a: 1}\n<<: {b: 2}", "<<: {}\n<<: {b: 2}", "'<<': {a: 1}", "a: <<", "a: =", "=: a", "a: !!str 12", "a: !!int '12'", "a: !!float 1", "a: !!float '1.5'",
    "a: !!bool 'yes'", "a: !!bool true", "a: !!null ''", "a: !!null x", "a: ! 12", "a: ! [1]", "a: !foo x", "a: !!foo x", "a: !!seq [1]", "a: !!map {b: 1}",
    "a: !!seq {b: 1}", "a: !!map [1]", "a: !<tag:yaml.org,2002:str> 1", "%TAG !y! tag:yaml.org,2002:\n---\na: !y!str 1", "a: |\n  x\n  y\n", "a: |-\n  x\n",
    "a: |+\n  x\n\n", "a: >\n  x\n  y\n\n  z\n", "a: >-\n  x\n", "a: |2\n   x\n", "a: 'x\n  y'", "a: \"x\\\n  y\"", 'a: "\\x41\\u00e9\\U0001F642\\n\\e\\N\\_\\L\\P\\0\\/"',
    'a: "\\q"', 'a: "\\ud800"', "a: 'it''s'", "[a, b", "{a: b", "a]", "[a, , b]", "{a, b: , c}", "{a: 1,}", "[1,]", "- - a\n  - b\n- c", "-\n  a: 1\n  b: 2",
    "? a\n: b", "? [a]\n: b", "1: a", "true: a", "null: a", "~: a", "? a", "a: - b", "a:\n- b\n- c", "a:\n  - b\n c: d", "a: 2020-01-01", "a: !!binary aGk=",
    "a: !!set {x}", "a: !!omap [x: 1]", "a: !!timestamp '2020-01-01'", "a: 0o17", "a: 017", "a: 0x1f", "a: 0b11", "a: 1_000", "a: 089", "a: +.inf", "a: .nan",
    "a: 99999999999999999999", "a: -9223372036854775808", "a: 9223372036854775808", "a: 1e400", "a: 1.", "a: .5", "a: 12e03", "a: yes", "a: No", "a: Off",
    "a: @b", "a: `b", "a: %b", "a: b #c", "a: b#c", "a: '#c'", "a : b", "a :b", "\"a\": b", "\"a\":b", "{\"a\":1}", "{a:1}", "[a:1]", "a:\r\n  b\r\n", "a: b\x00",
    "a: \x1b", "a: \x7f", "\ufeffa: b", "a: \u2028b", "a: b\x85c: d", "a: *b c", "&a a: b", "&a : b", "a: &b", "a: &b\nc: *b", "'a", "\"a", "a: 'b' c",
    "a: \"b\" c", "[1, 2] x", "--- |\n  a\n", "--- >-\n a\n b", "!!str", "- ", "-", "?", ":", "? ", ": a", "a: ? b", "x: [a, [b, {c: d}]]", "{? a : b}", "[? a : b]",
    "a: b\n  c", "a:\n  b\n  c", "a: b\n c: d", "  a: 1\n b: 2", "a: [\n1\n]", "a: [\n  1\n  ]", "a: {\n  b: 1\n  }", "a: {\nb: 1\n}", "# c\na: b # d\n# e",
]

OTHER_SYNTAX = {
    "line breaks of YAML 1.1 as they are (we refuse them)": "[\x85\u2028\u2029]",
    "anchors that are no words (libyaml refuses them)": r"[&*][\w-]*[^\w\s-]",
}


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def text(self):
        if self.random.random() < 0.6:
            return self.random.choice(WORDS)
        return "".join(self.random.choice(PARTS) for _ in range(self.random.randrange(1, 12)))

    def value(self, depth=4):
        pick = self.random.random()
        size = self.random.choice([0, 1, 1, 2, 3])
        if depth == 0 or pick < 0.5:
            if self.random.random() < 0.75:
                return self.text()
            return self.random.choice(NUMBERS + [None, True, False])
        if pick < 0.7:
            return [self.value(depth - 1) for _ in range(size)]
        return {self.text(): self.value(depth - 1) for _ in range(size)}

    def damaged(self, text):
        letters = list(text)
        for _ in range(self.random.randrange(1, 4)):
            at = self.random.randrange(len(letters) + 1)
            if self.random.random() < 0.4:
                del letters[at:at + self.random.randrange(1, 4)]
            else:
                letters.insert(at, self.random.choice(PARTS))
        return "".join(letters)


def ask(argv, questions):
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    done = subprocess.run(argv, input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    # Not splitlines(): some of the texts hold what that takes for line breaks.
    answers = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    if len(answers) != len(questions):
        raise RuntimeError("%s ended after %d answers: %s" % (argv[0], len(answers), done.stderr.decode()[-500:]))
    return answers


def jsonable(value):
    """Without what has no UTF-8."""
    return json.loads(json.dumps(value))


def same(question, ours, theirs):
    """True, False, or why it is left out."""
    if "foreign" in theirs:
        return "no value of JSON: " + theirs["foreign"].split(":")[0] if "fault" in ours else False
    if "fault" in theirs:
        tab = "found character '\\t' that cannot start any token" in theirs.get("why", "")
        return "fault" in ours or (tab and "a tab that ruamel.yaml takes for no blank")
    if "fault" in ours:
        for why, pattern in OTHER_SYNTAX.items():
            if re.search(pattern, question["read"]):
                return why
    # As text: 1 is not 1.0, and members have an order.
    return json.dumps(ours) == json.dumps(theirs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("--python", help="a Python that has the package (default: the judges')")
    options = parser.parse_args()
    generator = Generator(options.seed)
    questions = [{"write": [word]} for word in WORDS] + [{"write": {word: {word: word}}} for word in WORDS]
    questions += [{"write": value} for value in WORDS + NUMBERS + [None, True, [], {}, [{}], [[]], {"": {}}]]
    for i in range(options.count):
        questions.append({"page" if i % 4 == 0 else "write": jsonable(generator.value())})
    writes = len(questions)
    try:
        python = options.python or judges.python_of(options.build)
    except judges.Absent as why:
        print("skipped: %s" % why)
        print("0 passed, 0 failed, %d skipped" % (writes + len(CASES) + options.count))
        return 0
    binary = [os.path.join(options.build, "tests", "yaml_answers")]
    judge = [python, "-W", "ignore", os.path.join(HERE, "yaml_python.py")]
    theirs = ask(judge, questions)
    texts = [answer["text"] for answer in theirs if answer["text"]]
    readings = [{"read": text} for text in CASES]
    for i in range(options.count):
        text = generator.random.choice(texts)
        readings.append({"read": generator.damaged(text) if i % 2 else text})
    theirs += ask(judge, readings)
    questions += readings
    ours = ask(binary, questions)
    passed = failed = 0
    skipped = {}
    for question, mine, other in zip(questions, ours, theirs):
        verdict = same(question, mine, other)
        if isinstance(verdict, str):
            skipped[verdict] = skipped.get(verdict, 0) + 1
        elif verdict:
            passed += 1
        else:
            failed += 1
            if failed <= options.show:
                print("FAIL %s\n  ours   %s\n  theirs %s" % (json.dumps(question), json.dumps(mine), json.dumps(other)))
    print("%d written, %d read" % (writes, len(readings)))
    for why, count in sorted(skipped.items()):
        print("skipped: %d: %s" % (count, why))
    left = sum(skipped.values())
    print("%d passed, %d failed%s" % (passed, failed, ", %d skipped" % left if left else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
