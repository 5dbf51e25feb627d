#!/usr/bin/env python3
"""Python's side of the comparison of YAML: the same lines in and out as
yaml_answers.cc, with the two ways in which the AWS CLI uses ruamel.yaml."""
import datetime
import io
import json
import math
import sys
import warnings

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

warnings.simplefilter("ignore")


class Foreign(Exception):
    """A value that JSON does not have."""


def write(value):
    if value is None or isinstance(value, (int, float, bool, str)):
        return json.dumps(value, ensure_ascii=False) + "\n"
    if value == {}:
        return ""
    yaml = YAML(typ="safe")
    yaml.encoding = None
    yaml.representer.default_flow_style = False
    out = io.StringIO()
    yaml.dump(value, out)
    return out.getvalue()


def as_document(value):
    if type(value) is dict:
        if not all(isinstance(name, str) for name in value):
            raise Foreign("a name that is no text")
        return {name: as_document(member) for name, member in value.items()}
    if type(value) is list:
        return [as_document(element) for element in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and not isinstance(value, bool) and not -2**63 <= value < 2**63:
        raise Foreign("an integer beyond 64 bits")
    if isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Foreign("half a surrogate pair")
    if value is None or type(value) in (bool, int, float, str):
        return value
    assert isinstance(value, (datetime.date, bytes, tuple, set, dict))
    raise Foreign(type(value).__name__)


def read(text):
    try:
        value = YAML(typ="safe", pure=True).load(text)
        return {"value": as_document(value)}
    except YAMLError as error:
        return {"fault": "Invalid YAML received.", "why": str(error)}
    except (Foreign, RecursionError) as error:
        return {"foreign": str(error)}
    except Exception as error:  # the AWS CLI ends with it, and with 255
        return {"foreign": "crash: %s" % error}


def answer(question):
    if "write" in question:
        return {"text": write(question["write"])}
    if "page" in question:
        return {"text": write([question["page"]])}
    return read(question["read"])


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
