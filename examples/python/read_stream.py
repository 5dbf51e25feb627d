#!/usr/bin/env python3
"""Prints a log stream, page by page, with the credentials that the AWS CLI would use.

    read_stream.py GROUP STREAM [PROFILE]
"""
import sys

import crosslog


def main(group, stream, profile=""):
    options = crosslog.SessionOptions(profile=profile)
    for page in crosslog.pages_of(options, group, stream):
        for _, message in page:
            sys.stdout.buffer.write(message + b"\n")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except crosslog.CrosslogError as error:
        sys.exit("\n".join([str(error)] + ["hint: " + hint for hint in error.hints]))
