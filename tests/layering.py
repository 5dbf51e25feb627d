#!/usr/bin/env python3
"""Holds the layers and the doors of ARCHITECTURE.md.

A file includes headers of its own layer and of those above it in LAYERS, never
below; each outside library has one door; a public header includes the standard
library and its siblings only; the edges are ordinary embedders. Every file is
one test; the last line is "N passed, N failed".
"""
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Lowest first. The public headers that a layer implements come with it.
LAYERS = [
    ("nouns", {"error", "clock", "http", "transport", "credentials", "document", "events", "host", "version"}),
    ("base", set()),
    ("http", set()),
    ("wire", set()),
    ("query", {"jmespath"}),
    ("config", {"config", "client"}),
    ("auth", {"sigv4", "providers", "sts", "credential_cache"}),
    ("logs", {"messages", "logs", "operations"}),
]
RANK = {name: rank for rank, (name, _) in enumerate(LAYERS)}
PUBLIC = {header: rank for rank, (_, headers) in enumerate(LAYERS) for header in headers}
# A noun whose functions a layer above implements; the layer may include it, as all may.
EDGES = {"cli", "sandbox", "capi"}
C_API = "crosslog"  # crosslog/crosslog.h: of no layer, and for the edge that implements it
SANDBOX_MAY = {"base/crypto.h"}  # the hash functions; the check of signatures is its own

# Header prefix of an outside library -> files that may include it.
DOORS = [
    (r"curl/", r"src/http/"),
    (r"openssl/ssl|openssl/x509|openssl/err", r"src/http/"),
    (r"openssl/", r"src/base/crypto\.cc|src/http/"),
    (r"simdjson", r"src/wire/|src/cli/version\.cc"),
    (r"boost/", r"src/sandbox/"),
    (r"yaml\.h", r"src/cli/yaml/"),
    (r"ares\.h", r"src/base/lookup_cares\.cc"),
]
# Kept out of the library: streams, regular expressions and locales cost size and start-up.
BANNED = {"iostream", "regex", "locale", "fstream", "sstream", "iomanip"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def faults(path, text):
    parts = path.split("/")
    public = parts[0] == "include"
    layer = parts[1] if not public else None
    for bracket, header in INCLUDE.findall(text):
        for pattern, doors in DOORS:
            if re.match(pattern, header):
                if public or not re.match(doors, path):
                    yield "%s is not the door to <%s>" % (path, header)
                break
        if header in BANNED and layer != "sandbox":
            yield "%s includes <%s>" % (path, header)
        if bracket == "<":
            continue
        if header.startswith("crosslog/"):
            name = header[len("crosslog/"):-len(".h")]
            if name == C_API and layer == "capi":
                continue
            if name not in PUBLIC:
                yield "%s includes %s, which no layer lists" % (path, header)
            elif public:
                if PUBLIC[name] > PUBLIC[parts[-1][:-2]]:
                    yield "%s includes %s of a layer below" % (path, header)
            elif layer not in EDGES and PUBLIC[name] > RANK[layer]:
                yield "%s includes %s of a layer below" % (path, header)
        elif public:
            yield "%s, a public header, includes %s" % (path, header)
        elif layer in EDGES:
            if header.split("/")[0] != layer and not (layer == "sandbox" and header in SANDBOX_MAY):
                yield "%s includes %s: the edges use public headers only" % (path, header)
        else:
            target = header.split("/")[0]
            if target not in RANK:
                yield "%s includes %s, which is in no layer" % (path, header)
            elif RANK[target] > RANK[layer]:
                yield "%s includes %s of a layer below" % (path, header)


def self_test():
    """A check that cannot fail is none: each rule refuses its counter-example."""
    bad = [("src/wire/a.cc", '#include "auth/b.h"'), ("src/base/a.cc", '#include "crosslog/logs.h"'),
           ("src/auth/a.cc", "#include <simdjson.h>"), ("src/http/a.cc", "#include <boost/beast.hpp>"),
           ("src/cli/a.cc", '#include "base/text.h"'), ("include/crosslog/http.h", '#include "base/text.h"'),
           ("include/crosslog/clock.h", '#include "crosslog/config.h"'), ("src/logs/a.cc", "#include <iostream>"),
           ("src/cli/a.cc", '#include "crosslog/crosslog.h"'), ("src/capi/a.cc", '#include "logs/b.h"'),
           ("src/auth/a.cc", "#include <curl/curl.h>"), ("src/logs/a.cc", "#include <openssl/sha.h>")]
    good = [("src/capi/a.cc", '#include "crosslog/crosslog.h"'), ("src/auth/a.cc", '#include "wire/b.h"\n#include "crosslog/sts.h"\n#include <vector>'),
            ("src/base/crypto.cc", "#include <openssl/sha.h>"), ("src/sandbox/a.cc", '#include "base/crypto.h"')]
    for path, text in bad:
        if not list(faults(path, text)):
            yield "the check lets pass: %s: %s" % (path, text)
    for path, text in good:
        for fault in faults(path, text):
            yield "the check refuses: " + fault


def main():
    passed = failed = 0
    checks = [("self-test", list(self_test()))]
    for top in ("include", "src"):
        for folder, _, names in sorted(os.walk(os.path.join(ROOT, top))):
            for name in sorted(names):
                if name.endswith((".h", ".cc")):
                    path = os.path.relpath(os.path.join(folder, name), ROOT)
                    if path.startswith("src/") and path.split("/")[1] not in RANK.keys() | EDGES:
                        checks.append((path, ["%s is in no layer" % path]))
                        continue
                    with open(os.path.join(folder, name), encoding="utf-8") as file:
                        checks.append((path, list(faults(path, file.read()))))
    for _, found in checks:
        for fault in found:
            print("FAIL " + fault)
        passed, failed = passed + (not found), failed + bool(found)
    print("%d passed, %d failed" % (passed, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
