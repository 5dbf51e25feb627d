#!/usr/bin/env python3
"""What the static file is made of, in SPDX 2.3: sbom.py BUILD ARCH REVISION.

Nothing in it but what the build used: the same build writes the same bytes.
"""
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# Parts of Debian's compiler that every program holds.
TOOLCHAIN = [("glibc", "libc6-dev", "LGPL-2.1-or-later"),
             ("libstdc++", "libstdc++-12-dev", "GPL-3.0-or-later WITH GCC-exception-3.1"),
             ("libgcc", "libgcc-12-dev", "GPL-3.0-or-later WITH GCC-exception-3.1")]


def sha256_of(path):
    with open(path, "rb") as stream:
        return hashlib.sha256(stream.read()).hexdigest()


def rows(path):
    with open(path, encoding="utf-8") as stream:
        return {line.split()[0]: line.split() for line in stream if line.strip() and not line.startswith("#")}


def package(name, version, licence, **more):
    return {"SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]", "-", name), "name": name, "versionInfo": version,
            "downloadLocation": "NOASSERTION", "filesAnalyzed": False, "licenseConcluded": licence,
            "licenseDeclared": licence, "copyrightText": "NOASSERTION", **more}


def source_package(pin, record, sources):
    name, upstream, _, licence, _ = pin
    _, _, version, tar, packaging = record
    comment = "Debian's patches are applied, from %s (SHA-256 %s)" % (packaging, sha256_of(os.path.join(sources, packaging))) \
        if packaging != "-" else "upstream's tarball as it is: Debian's packaging file was not served"
    folder = name[:4] if name.startswith("lib") else name[0]
    return package(name, upstream, licence, sourceInfo="Debian source package %s %s" % (name, version), comment=comment,
                   downloadLocation="https://deb.debian.org/debian/pool/main/%s/%s/%s" % (folder, name, tar),
                   packageFileName=tar, checksums=[{"algorithm": "SHA256", "checksumValue": sha256_of(os.path.join(sources, tar))}],
                   externalRefs=[{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                                  "referenceLocator": "pkg:deb/debian/%s@%s?arch=source" % (name, version)}])


def toolchain_package(name, debian, licence, arch):
    names = [debian] if arch == "x86_64" else [debian + "-arm64-cross"]
    version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}"] + names, check=True, stdout=subprocess.PIPE, text=True).stdout
    return package(name, version, licence, sourceInfo="Debian package %s %s" % (names[0], version))


def main():
    build, arch, revision = sys.argv[1:]
    sources = os.environ.get("CROSSLOG_STATIC_SOURCES") or os.path.join(ROOT, "build-static", "sources")
    with open(os.path.join(ROOT, "meson.build"), encoding="utf-8") as stream:
        version = re.search(r"version: '([^']+)'", stream.read()).group(1) + ("+" + revision if revision else "")
    digest = sha256_of(os.path.join(build, "crosslog"))
    pins, record = rows(os.path.join(HERE, "pins")), rows(os.path.join(sources, "record"))
    parts = [source_package(pins[name], record[name], sources) for name in pins]
    parts += [toolchain_package(*row, arch) for row in TOOLCHAIN]
    own = package("crosslog", version, "Apache-2.0", packageFileName="crosslog",
                  checksums=[{"algorithm": "SHA256", "checksumValue": digest}])
    created = datetime.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), datetime.timezone.utc)
    json.dump({"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
               "name": "crosslog-%s-%s" % (version, arch), "documentNamespace": "https://spdx.invalid/crosslog/" + digest,
               "creationInfo": {"created": created.strftime("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: crosslog-packaging/static/sbom.py"]},
               "packages": [own] + parts,
               "relationships": [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]}] +
               [{"spdxElementId": own["SPDXID"], "relationshipType": "STATIC_LINK", "relatedSpdxElement": part["SPDXID"]} for part in parts]},
              sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
