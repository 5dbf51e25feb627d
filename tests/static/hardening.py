"""What readelf and nm say of a program, judged: faults_of(FILE, ...) yields what is missing."""
import re
import subprocess


def output_of(*argv):
    return subprocess.run(argv, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def symbols_of(file):
    """Names of every symbol, without versions; for a stripped program the dynamic ones."""
    text = output_of("readelf", "--symbols", "--dyn-syms", "--wide", file)
    names = (line.split() for line in text.splitlines() if re.match(r"\s*\d+: ", line))
    return {words[7].split("@")[0] for words in names if len(words) > 7}


def faults_of(file, symbols_file=None, optimised=True):
    """A shared or a static program. SYMBOLS_FILE: the same one before it was stripped. FORTIFY needs the optimiser."""
    header = output_of("readelf", "--file-header", file)
    segments = output_of("readelf", "--program-headers", "--wide", file)
    dynamic = output_of("readelf", "--dynamic", "--wide", file)
    symbols = symbols_of(symbols_file or file)
    if not re.search(r"Type:\s+DYN", header):
        yield "not position-independent"
    stack = re.search(r"GNU_STACK\s+(?:0x\w+\s+){5}([RWE ]+?)\s+0", segments)
    if not stack or "E" in stack.group(1):
        yield "the stack is executable, or says nothing"
    if re.search(r"LOAD\s+(?:0x\w+\s+){5}(RWE|R?WE)", segments):
        yield "a segment is writable and executable"
    if "GNU_RELRO" not in segments:
        yield "no RELRO"
    if not re.search(r"\(FLAGS(_1)?\).*\b(BIND_NOW|NOW)\b", dynamic):
        yield "relocations are not all done at the start (NOW)"
    if re.search(r"\(TEXTREL\)|\((RPATH|RUNPATH)\)", dynamic):
        yield "text relocations or a search path for libraries"
    if "__stack_chk_fail" not in symbols:
        yield "no stack protector"
    if optimised and not any(re.fullmatch(r"__\w+_chk", name) and name != "__stack_chk_fail" for name in symbols):
        yield "no FORTIFY"



def unmarked(archive, marks=("IBT", "SHSTK")):
    """The objects of an archive that are not compiled for CET. Programs themselves cannot carry the mark
    on Debian 12: the C library's start files have none, and the linker writes what all inputs share."""
    objects = re.split(r"^File: ", output_of("readelf", "--notes", "--wide", archive), flags=re.M)[1:]
    return [text.split("\n")[0] for text in objects if not all(re.search(r"feature:.*\b%s\b" % mark, text) for mark in marks)]
