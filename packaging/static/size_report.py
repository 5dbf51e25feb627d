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

NOT_IN_FILE = (".bss", ".tbss")
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


def pieces(text):
    """(output section, size, object) for all that the linker placed."""
    begin = text.index("Linker script and memory map")
    output = None
    for match in re.finditer(r"^(\.[\w.]+)\b|^ (\.[^\s]+|COMMON|\*fill\*)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)(?:[ ](\S.*))?$", text[begin:], re.M):
        if match.group(1):
            output = match.group(1)
        elif match.group(4) and int(match.group(3), 16) and output:
            yield output, int(match.group(4), 16), match.group(5) or "(padding)"


def main():
    map_file, file = sys.argv[1:]
    with open(map_file, encoding="utf-8", errors="replace") as stream:
        # A long name has its numbers on the next line.
        text = re.sub(r"^( \.\S+)\n\s+(0x)", r"\1 \2", stream.read(), flags=re.M)
    table = collections.defaultdict(collections.Counter)
    for section, size, where in pieces(text):
        if section.startswith(NOT_IN_FILE) or section.startswith((".comment", ".debug", ".symtab", ".strtab", ".shstrtab")):
            continue
        table["(padding)" if where == "(padding)" else part_of(where)][column_of(section)] += size
    print("%-26s" % "bytes" + "".join("%12s" % name for name in COLUMNS + ("sum",)))
    total = collections.Counter()
    for part, counts in sorted(table.items(), key=lambda row: -sum(row[1].values())):
        print("%-26s" % part + "".join("%12d" % counts[name] for name in COLUMNS) + "%12d" % sum(counts.values()))
        total.update(counts)
    print("%-26s" % "placed by the linker" + "".join("%12d" % total[name] for name in COLUMNS) + "%12d" % sum(total.values()))
    print("%-26s%72d" % (os.path.basename(file) + ", stripped", os.path.getsize(file)))


if __name__ == "__main__":
    main()
