#!/usr/bin/env python3
"""The packages of scripts/deb, in a root of their own.

    deb.py FOLDER     ends with "N passed, N failed[, N skipped]"

They are installed by dpkg (as the user who runs this, without what they depend on, which
is this machine's), looked at, built with, and removed.
"""
import glob
import os
import re
import shutil
import sys
import tempfile

from run import Runner, run

NAMES = ["crosslog", "crosslog-sandbox", "libcrosslog-dev", "libcrosslog0"]
# Of a package that nobody has uploaded.
NOT_OURS = "initial-upload-closes-no-bugs,bogus-mail-host,no-homepage-field"


def field(package, name):
    return run("dpkg-deb", "--field", package, name)[1].strip()


def dpkg(root, *words):
    return run("dpkg", "--root=" + root, "--force-not-root,depends", *words, env={"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"})


def prepare(root):
    for folder in ("info", "updates"):
        os.makedirs(os.path.join(root, "var", "lib", "dpkg", folder))
    open(os.path.join(root, "var", "lib", "dpkg", "status"), "w", encoding="utf-8").close()


def controls(runner, packages):
    versions = {field(package, "Version") for package in packages.values()}
    runner.check("one version, which is ours", len(versions) == 1 and min(versions).startswith(runner.version), str(versions))
    for name, wanted, not_wanted in (("crosslog", ["libc6", "libcurl4", "libsimdjson", "libssl3", "libyaml-0-2"], "libcrosslog"),
                                     ("libcrosslog0", ["libc6", "libcurl4", "libsimdjson", "libssl3"], "libyaml"),
                                     ("libcrosslog-dev", ["libcrosslog0 (= %s)" % min(versions), "libcurl4-openssl-dev"], "libyaml"),
                                     ("crosslog-sandbox", ["libc6", "libssl3"], "libcurl")):
        text = field(packages[name], "Depends")
        runner.check("%s depends on what it needs" % name,
                     all(part in text for part in wanted) and not_wanted not in text, text)


def contents(runner, root):
    for name in NAMES:
        folder = os.path.join(root, "usr", "share", "doc", name)
        found = os.listdir(folder) if os.path.isdir(folder) else []
        runner.check("%s: copyright and changelogs" % name,
                     {"copyright", "changelog.gz", "changelog.Debian.gz"} <= set(found), " ".join(found))
        code, text = run("md5sum", "--check", "--quiet", os.path.join(root, "var/lib/dpkg/info", name + ".md5sums"), cwd=root)
        if not os.path.exists(os.path.join(root, "var/lib/dpkg/info", name + ".md5sums")):
            sums = glob.glob(os.path.join(root, "var/lib/dpkg/info", name + ":*.md5sums"))
            code, text = run("md5sum", "--check", "--quiet", *sums, cwd=root) if sums else (1, "no md5sums")
        runner.check("%s: md5sums" % name, code == 0, text)
    pages = glob.glob(os.path.join(root, "usr/share/man/man1/*.gz"))
    runner.check("two man pages", len(pages) == 2, " ".join(pages))
    for page in pages:
        with open(page, "rb") as file:
            head = file.read(10)
        runner.check("%s: gzip -9n" % os.path.basename(page), head[3] == 0 and head[4:9] == b"\0\0\0\0\2", head.hex())
        if shutil.which("man"):
            code, text = run("man", "--warnings", "-l", page, env={"MANWIDTH": "80", "LC_ALL": "C.UTF-8"})
            runner.check("man %s" % os.path.basename(page), code == 0 and "warning:" not in text and "NAME" in text, text)
    for path in ("usr/share/bash-completion/completions/crosslog", "usr/share/zsh/vendor-completions/_crosslog",
                 "usr/share/fish/vendor_completions.d/crosslog.fish", "usr/share/doc/libcrosslog-dev/examples/python/read_stream.py"):
        runner.check(path, os.path.getsize(os.path.join(root, path)) > 0 if os.path.exists(os.path.join(root, path)) else False)
    for program in ("crosslog", "crosslog-sandbox"):
        code, text = run(os.path.join(root, "usr", "bin", program), "--version")
        runner.check("%s --version" % program, code == 0 and re.match(program + "[/ ]" + re.escape(runner.version), text), text)


def lintian(runner, packages):
    if not shutil.which("lintian"):
        return runner.skip("lintian", "lintian is not here")
    code, text = run("lintian", "--allow-root", "--fail-on", "error,warning", "--suppress-tags", NOT_OURS, *packages.values(),
                     env={"LC_ALL": "C.UTF-8"})
    return runner.check("lintian", code == 0 and not text.strip(), text)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    found = sorted(glob.glob(os.path.join(os.path.abspath(sys.argv[1]), "*.deb")))
    packages = {os.path.basename(path).split("_")[0]: path for path in found}
    with tempfile.TemporaryDirectory(prefix="crosslog-deb-") as work:
        root = os.path.join(work, "root")
        prepare(root)
        folders = {"libdir": "lib/" + run("dpkg-architecture", "-qDEB_HOST_MULTIARCH")[1].strip(), "bindir": "bin",
                   "includedir": "include", "mandir": "share/man", "datadir": "share"}
        runner = Runner(folders, work, os.path.join(root, "usr"))
        if runner.check("the packages", sorted(packages) == NAMES, " ".join(found)):
            code, text = dpkg(root, "--install", *packages.values())
            if runner.check("dpkg --install", code == 0, text):
                controls(runner, packages)
                contents(runner, root)
                lintian(runner, packages)
                code, text = dpkg(root, "--purge", *NAMES)
                left = [name for _, _, names in os.walk(os.path.join(root, "usr")) for name in names]
                runner.check("dpkg --purge leaves nothing", code == 0 and not left, text + " ".join(left))
                dpkg(root, "--install", *packages.values())
                runner.move_pkg_config()
                runner.outside()
    return runner.close()


if __name__ == "__main__":
    sys.exit(main())
