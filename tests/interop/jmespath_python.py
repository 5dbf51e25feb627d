#!/usr/bin/env python3
"""Python's side of the comparison of JMESPath: the same lines in and out as
jmespath_answers.cc. What a Document does not hold is put into its place: an integer
beyond 64 bits is a double, NaN and infinities are null, half a surrogate pair is U+FFFD."""
import json
import math
import re
import sys

import jmespath


def text(value):
    return re.sub("[\ud800-\udfff]", "\ufffd", value)


def as_document(value):
    if isinstance(value, str):
        return text(value)
    if isinstance(value, dict):
        return {text(name): as_document(member) for name, member in value.items()}
    if isinstance(value, list):
        return [as_document(element) for element in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and not -2**63 <= value < 2**63:
        return float(value)
    return value


def words(error):
    return re.sub(r"(_Expression object) at 0x[0-9a-f]+", r"\1", text(str(error)))


def answer(question):
    try:
        expression = jmespath.compile(question["expression"])
    except Exception as error:
        return {"parse_error": words(error)}
    try:
        # to_string() of an expression holds an address.
        return json.loads(words(json.dumps({"result": as_document(expression.search(question["given"]))})))
    except Exception as error:
        return {"search_error": words(error)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
