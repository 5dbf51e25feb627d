#!/usr/bin/env python3
"""Where the bytes of the static file are: size_report.py MAP FILE.

MAP is the linker's map of the link that FILE was stripped from. Library by
library and section by section: the sizes that the linker placed, which are the
file's but for headers and padding; strings that were merged count where the
linker put them. What is zeroed at the start (.bss) takes no room in the file.
"""
import collections
import os
import re
import sys

NOT_IN_FILE = (".bss", ".tbss", ".comment", ".debug", ".symtab", ".strtab", ".shstrtab")
COLUMNS = ("code", "constants", "relocated", "unwinding", "other")


def column_of(section):
    if section.startswith((".text", ".init", ".fini", ".plt", ".iplt")):
        return "code"
    if section.startswith((".rodata", ".stapsdt")):
        return "constants"
    if section.startswith((".data", ".got", ".tdata", ".rela", ".relr", ".init_array")):
        return "relocated"
    if section.startswith((".eh_frame", ".gcc_except_table")):
        return "unwinding"
    return "other"


def part_of(path):
    """The library or the part of ours that an object in the map belongs to."""
    if path.startswith("<internal>"):
        return "tables of the linker"
    archive = re.match(r"(.*/)?lib([^/]+)\.a(\(|:)", path + ("" if "(" in path else "("))
    if archive:
        name = archive.group(2)
        return {"crosslog-cli": "crosslog (command line)", "c": "glibc", "m": "glibc", "stdc++": "libstdc++", "gcc": "libgcc",
                "gcc_eh": "libgcc", "cares": "c-ares", "crypto": "OpenSSL (libcrypto)", "ssl": "OpenSSL (libssl)",
                "curl": "libcurl", "yaml": "libyaml"}.get(name, "crosslog (library)" if name.startswith("crosslog") else name)
    layer = re.search(r"libcrosslog(-\w+)?\.a\.p/", path)
    if layer:
        return "crosslog (command line)" if layer.group(1) == "-cli" else "crosslog (library)"
    if "crosslog" in path:
        return "crosslog (command line)"
    return "start-up files"


def pieces(lines):
    """(output section, size, object) for all that lld placed: address, address, size, alignment, then the
    section, or deeper the object, or deeper still the symbol."""
    output = None
    for line in lines:
        found = re.match(r" *[0-9a-f]+ +[0-9a-f]+ +([0-9a-f]+) +\d+ ( {8})?(\S.*)$", line)
        if found and not found.group(2):
            output = found.group(3)
        elif found:
            yield output, int(found.group(1), 16), found.group(3)


def main():
    map_file, file = sys.argv[1:]
    table = collections.defaultdict(collections.Counter)
    with open(map_file, encoding="utf-8", errors="replace") as stream:
        for section, size, where in pieces(stream):
            if not section.startswith(NOT_IN_FILE):
                table[part_of(where)][column_of(section)] += size
    print("%-26s" % "bytes" + "".join("%12s" % name for name in COLUMNS + ("sum",)))
    total = collections.Counter()
    for part, counts in sorted(table.items(), key=lambda row: -sum(row[1].values())):
        print("%-26s" % part + "".join("%12d" % counts[name] for name in COLUMNS) + "%12d" % sum(counts.values()))
        total.update(counts)
    print("%-26s" % "placed by the linker" + "".join("%12d" % total[name] for name in COLUMNS) + "%12d" % sum(total.values()))
    print("%-26s%72d" % (os.path.basename(file) + ", stripped", os.path.getsize(file)))


if __name__ == "__main__":
    main()
