#!/usr/bin/env python3
"""JMESPath beside Python's implementation, the one in the AWS CLI:
jmespath_judge.py BUILD [--count N] [--seed N] [--compliance FOLDER] [--python PYTHON].

  suite      each case of tests/data/jmespath, and of FOLDER (the official suite,
             default $CROSSLOG_JMESPATH_COMPLIANCE): Python and we give the same
             answer, and it is the one that the case names
  generated  N expressions, half of them damaged, each on a random document: the
             same value, of the same number types and in the same order, or the
             same error, byte for byte

Left out, and counted: merge() of a list or a string, which Python takes for pairs.
The last line is "N passed, N failed[, N skipped]".
"""
import argparse
import glob
import json
import os
import random
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import judges  # noqa: E402

CASES = os.path.join(os.path.dirname(HERE), "data", "jmespath")
NAMES = ["a", "b", "c", "name", "size", "tags"]
WORDS = ["", "a", "b", "ab", "naïve", "日本", "🙂x", "10", "-2.5", "1e3", " 7 ", "it's", 'say "x"', "x\ny", "\x7f\u200b"]
NUMBERS = [0, 1, 2, 3, -1, 10, 1.0, 0.5, -2.25, 1e16, 123456789012, 2**53 + 1, 2.0**53, 1e-7, -0.0]
ANY = ["type", "to_string", "to_array", "to_number", "length", "not_null", "keys", "values", "reverse", "sort", "max", "min",
       "sum", "avg", "abs", "ceil", "floor", "merge"]


class Generator:
    """Random documents, and expressions that mostly find something in them."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def scalar(self):
        pick = self.random.random()
        if pick < 0.4:
            return self.random.choice(NUMBERS)
        if pick < 0.8:
            return self.random.choice(WORDS)
        return self.random.choice([None, True, False])

    def document(self, depth=3):
        pick = self.random.random()
        if depth == 0 or pick < 0.15:
            return self.scalar()
        size = self.random.randrange(5)
        if pick < 0.3:
            kind = self.random.choice([NUMBERS, WORDS])
            return [self.random.choice(kind) for _ in range(size)]
        if pick < 0.55:
            return [self.document(depth - 1) for _ in range(size)]
        return {name: self.document(depth - 1) for name in self.random.sample(NAMES, size)}

    def literal(self):
        pick = self.random.random()
        if pick < 0.6:
            return "`%s`" % json.dumps(self.scalar(), ensure_ascii=self.random.random() < 0.5).replace("`", "\\`")
        if pick < 0.75:
            return "`%s`" % json.dumps(self.document(2)).replace("`", "\\`")
        if pick < 0.85:
            return "`%s`" % self.random.choice(["foo", " bar", "01", "a b", "-", "1.", "tru", "x\\`y", "nul l", ""])
        return "'%s'" % self.random.choice(WORDS).replace("'", "\\'")

    def field(self):
        name = self.random.choice(NAMES)
        return json.dumps(name) if self.random.random() < 0.1 else name

    def bounds(self):
        parts = [self.random.choice(["", str(self.random.randrange(-4, 5))]) for _ in range(self.random.choice([2, 2, 3]))]
        return "[%s]" % ":".join(parts)

    def suffix(self, depth):
        pick = self.random.randrange(12)
        if pick < 3:
            return "." + self.field()
        if pick == 3:
            return "[%d]" % self.random.randrange(-3, 4)
        if pick == 4:
            return self.bounds()
        if pick == 5:
            return "[*]"
        if pick == 6:
            return "[]"
        if pick == 7:
            return ".*"
        if pick == 8:
            return "[?%s]" % self.expression(depth - 1)
        if pick == 9:
            return "." + self.multiselect(depth - 1)
        if pick == 10:
            return " | " + self.expression(depth - 1)
        return "." + self.call(depth - 1)

    def multiselect(self, depth):
        count = self.random.randrange(1, 4)
        if self.random.random() < 0.5:
            return "[%s]" % ", ".join(self.expression(depth) for _ in range(count))
        return "{%s}" % ", ".join("%s: %s" % (self.field(), self.expression(depth)) for _ in range(count))

    def call(self, depth):
        pick = self.random.randrange(20)
        inner = self.expression(depth)
        if pick < 10:
            return "%s(%s)" % (self.random.choice(ANY), inner)
        if pick < 14:
            name = self.random.choice(["contains", "starts_with", "ends_with", "join", "merge", "not_null"])
            return "%s(%s, %s)" % (name, inner, self.expression(depth))
        if pick < 17:
            return "%s(%s, &%s)" % (self.random.choice(["sort_by", "min_by", "max_by"]), inner, self.expression(depth))
        if pick < 19:
            return "map(&%s, %s)" % (self.expression(depth), inner)
        return "%s(%s)" % (self.random.choice(["nothing", "length", "abs"]), ", ".join([inner] * self.random.randrange(4)))

    def primary(self, depth):
        pick = self.random.random()
        if depth <= 0 or pick < 0.35:
            return self.random.choice([self.field(), self.field(), self.field(), "@", self.literal()])
        if pick < 0.5:
            return self.call(depth - 1)
        if pick < 0.6:
            return self.multiselect(depth - 1)
        if pick < 0.7:
            return "(%s)" % self.expression(depth - 1)
        if pick < 0.75:
            return "!" + self.expression(depth - 1)
        if pick < 0.85:
            return self.random.choice(["*", "[*]", "[]", "[0]", self.bounds(), "[?%s]" % self.expression(depth - 1)])
        return self.field()

    def expression(self, depth=3):
        text = self.primary(depth)
        for _ in range(self.random.choice([0, 0, 1, 1, 2, 3]) if depth > 0 else 0):
            text += self.suffix(depth)
        if depth > 0 and self.random.random() < 0.2:
            operator = self.random.choice(["==", "!=", "<", "<=", ">", ">=", "&&", "||"])
            text += " %s %s" % (operator, self.expression(depth - 1))
        return text

    def damaged(self):
        text = list(self.expression())
        for _ in range(self.random.randrange(1, 4)):
            at = self.random.randrange(len(text) + 1)
            if self.random.random() < 0.4:
                del text[at:at + self.random.randrange(1, 4)]
            else:
                text.insert(at, self.random.choice(list("abc.*[]{}()@&|!<>=:,?'\"`\\ 0123-_#é\t") + ["[?", "||", "&&", "\\u00e9", "==", "[*]"]))
        return "".join(text)

    def question(self, damaged):
        expression = self.damaged() if damaged else self.expression()
        return {"expression": expression, "given": self.document()}


def cases(folder):
    """(question, expected) of every case of a suite; benchmarks have no answer."""
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.json"), recursive=True)):
        with open(path, encoding="utf-8") as file:
            for group in json.load(file):
                for case in group["cases"]:
                    if "bench" not in case:
                        yield {"expression": case["expression"], "given": group["given"]}, case


def ask(argv, questions):
    lines = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in questions)
    done = subprocess.run(argv, input=lines.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    if len(answers) != len(questions):
        raise RuntimeError("%s ended after %d answers: %s" % (argv[0], len(answers), done.stderr.decode()[-500:]))
    return answers


def left_out(ours, theirs):
    """A documented difference."""
    words = r"In function merge\(\), invalid type for value: .*, expected one of: \['object'\], received: \"(string|array)\"$"
    return ours != theirs and re.match(words, ours.get("search_error", ""), re.S)


def meets(case, answer):
    if "error" in case:
        return "result" not in answer and case.get("message") in (None, *answer.values())
    return answer.get("result", case) == case["result"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("build")
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=4)
    parser.add_argument("--compliance", default=os.environ.get("CROSSLOG_JMESPATH_COMPLIANCE"))
    parser.add_argument("--python", help="a Python that has the package (default: the judges')")
    options = parser.parse_args()
    suites = list(cases(CASES)) + (list(cases(options.compliance)) if options.compliance else [])
    generator = Generator(options.seed)
    questions = [question for question, _ in suites]
    questions += [generator.question(damaged=i % 2 == 1) for i in range(options.count)]
    try:
        python = options.python or judges.python_of(options.build)
    except judges.Absent as why:
        print("skipped: %s" % why)
        print("0 passed, 0 failed, %d skipped" % len(questions))
        return 0
    ours = ask([os.path.join(options.build, "tests", "jmespath_answers")], questions)
    theirs = ask([python, "-W", "ignore", os.path.join(HERE, "jmespath_python.py")], questions)
    passed = failed = skipped = 0
    kinds = {}
    for i, (question, mine, other) in enumerate(zip(questions, ours, theirs)):
        # As text: 1 is not 1.0, and members have an order.
        same = json.dumps(mine) == json.dumps(other)
        if not same and left_out(mine, other):
            skipped += 1
        elif not same or (i < len(suites) and not meets(suites[i][1], mine)):
            failed += 1
            if failed <= 20:
                print("FAIL %s\n  ours   %s\n  theirs %s" % (json.dumps(question), json.dumps(mine), json.dumps(other)))
        else:
            passed += 1
            kinds[next(iter(mine))] = kinds.get(next(iter(mine)), 0) + 1
    print("%d cases, %d generated: %s" % (len(suites), options.count,
                                          ", ".join("%s %d" % pair for pair in sorted(kinds.items()))))
    if skipped:
        print("skipped: %d expressions that merge() what is no map" % skipped)
    print("%d passed, %d failed%s" % (passed, failed, ", %d skipped" % skipped if skipped else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
