#!/usr/bin/env python3
"""What `meson install` gives, and programs of others that are built with it, each way.

    run.py BUILD [--subproject]     ends with "N passed, N failed[, N skipped]"

BUILD is installed into a folder that is then moved, as staged files are. --subproject
builds crosslog once more, as a part of another project (some minutes).
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
OUTSIDE = os.path.join(HERE, "outside")


def run(*words, env=None, cwd=None):
    done = subprocess.run(words, env=dict(os.environ, **(env or {})), cwd=cwd, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=1800)
    return done.returncode, done.stdout


def needed(binary):
    """The shared libraries that a file names."""
    return re.findall(r"\(NEEDED\).*\[(.*)\]", run("readelf", "-d", binary)[1])


def options_of(build):
    with open(os.path.join(build, "meson-info", "intro-buildoptions.json"), encoding="utf-8") as file:
        return {option["name"]: option["value"] for option in json.load(file)}


class Runner:
    """Of an installation: `options` are Meson's names of its folders, `prefix` is in `work`, a folder
    that others remove."""

    def __init__(self, options, work, prefix):
        self.options, self.work, self.prefix = options, work, prefix
        with open(os.path.join(ROOT, "meson.build"), encoding="utf-8") as file:
            self.version = re.search(r"version: '([^']+)'", file.read())[1]
        self.libdir = self.under("libdir")
        self.pkgconfig = {"PKG_CONFIG_PATH": os.path.join(self.libdir, "pkgconfig")}
        self.passed = self.failed = self.skipped = 0

    def under(self, option):
        return os.path.join(self.prefix, self.options[option])

    def check(self, name, good, text=""):
        self.passed, self.failed = self.passed + bool(good), self.failed + (not good)
        if not good:
            print("FAIL %s\n%s" % (name, text))
        return good

    def skip(self, name, why):
        self.skipped += 1
        print("skipped: %s: %s" % (name, why))

    def install(self, build):
        stage = os.path.join(self.work, "stage")
        code, text = run("meson", "install", "-C", build, "--no-rebuild", "--destdir", stage)
        if self.check("meson install", code == 0, text):
            os.rename(stage + self.options["prefix"], self.prefix)
            self.move_pkg_config()
        return code == 0

    def move_pkg_config(self):
        folder = os.path.join(self.libdir, "pkgconfig")
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                text = file.read()
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(re.sub(r"^prefix=.*", "prefix=" + self.prefix, text, flags=re.M))

    def files(self):
        places = [("libdir", "libcrosslog.a"), ("libdir", "libcrosslog.so"), ("libdir", "pkgconfig/crosslog.pc"),
                  ("libdir", "pkgconfig/crosslog-cpp.pc"), ("libdir", "cmake/crosslog/crosslogConfig.cmake"),
                  ("libdir", "cmake/crosslog/crosslogConfigVersion.cmake"), ("bindir", "crosslog"),
                  ("mandir", "man1/crosslog.1"), ("datadir", "bash-completion/completions/crosslog"),
                  ("datadir", "zsh/site-functions/_crosslog"), ("datadir", "fish/vendor_completions.d/crosslog.fish"),
                  ("bindir", "crosslog-sandbox")]
        for option, name in places:
            path = os.path.join(self.under(option), name)
            self.check("installed: " + name, os.path.isfile(path) and os.path.getsize(path) > 0, path)
        headers = sorted(os.listdir(os.path.join(ROOT, "include", "crosslog")))
        found = sorted(os.listdir(os.path.join(self.under("includedir"), "crosslog")))
        self.check("installed: every public header, and no other", found == headers, "\n".join(found))
        everything = [os.path.join(folder, name) for folder, _, names in os.walk(self.prefix) for name in names]
        self.check("nothing private is installed",
                   not [path for path in everything if re.search(r"crosslog-[a-z]+\.a$|_test$|canary|Boost", path)],
                   "\n".join(everything))
        library = os.path.realpath(os.path.join(self.libdir, "libcrosslog.so"))
        self.check("the shared library's file has the version", library.endswith(".so." + self.version), library)
        soname = re.search(r"soname: \[(.*)\]", run("readelf", "-d", library)[1])[1]
        self.check("the soname is a link to it",
                   soname == "libcrosslog.so.0" and os.path.realpath(os.path.join(self.libdir, soname)) == library, soname)

    def programs(self):
        _, text = run(os.path.join(self.under("bindir"), "crosslog"), "--version")
        self.check("crosslog --version", re.match(r"crosslog/%s[+ ]" % re.escape(self.version), text), text)
        self.check("crosslog does not need the shared library",
                   not [name for name in needed(os.path.join(self.under("bindir"), "crosslog")) if "crosslog" in name])
        if shutil.which("man"):
            code, text = run("man", "--warnings", "-l", os.path.join(self.under("mandir"), "man1", "crosslog.1"),
                             env={"MANWIDTH": "80", "LC_ALL": "C.UTF-8"})
            self.check("man crosslog", code == 0 and "get-log-events" in text and "warning:" not in text, text[-2000:])
        else:
            self.skip("man crosslog", "man is not here")

    def outcome(self, name, binary, shared):
        """What a program of outside/ must do, and whether it must need the shared library."""
        code, text = run(binary, env={"LD_LIBRARY_PATH": self.libdir})
        self.check(name + ": runs", (code, text) == (0, self.version + " hello\n"), text)
        libraries = needed(binary)
        self.check(name + ": needs", ("libcrosslog.so.0" in libraries) == shared and
                   ("libcurl.so.4" in libraries) == (not shared), " ".join(libraries))

    def by_pkg_config(self):
        for name, compiler, source, package, shared in (
                ("pkg-config, C", ["cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"], "embed.c", "crosslog", True),
                ("pkg-config, C++", ["c++", "-std=c++23", "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers"],
                 "embed.cc", "crosslog-cpp", False)):
            _, flags = run("pkg-config", "--cflags", "--libs", package, env=self.pkgconfig)
            binary = os.path.join(self.work, package)
            code, text = run(*compiler, os.path.join(OUTSIDE, source), "-o", binary, *flags.split())
            if self.check(name + ": builds", code == 0, flags + text):
                self.outcome(name, binary, shared)
        _, text = run("pkg-config", "--modversion", "crosslog", "crosslog-cpp", env=self.pkgconfig)
        self.check("pkg-config: the version", text.split() == [self.version] * 2, text)
        _, text = run("pkg-config", "--static", "--libs", "crosslog", env=self.pkgconfig)
        self.check("pkg-config --static: C's archive with all it needs",
                   {"-lcrosslog", "-lcurl", "-lcrypto", "-lsimdjson", "-lstdc++"} <= set(text.split()), text)

    def by_cmake(self):
        if not shutil.which("cmake"):
            return self.skip("CMake", "cmake is not here")
        build = os.path.join(self.work, "cmake")
        code, text = run("cmake", "-S", OUTSIDE, "-B", build, "-DCMAKE_PREFIX_PATH=" + self.prefix)
        if self.check("CMake: finds the package", code == 0, text):
            code, text = run("cmake", "--build", build)
            if self.check("CMake: builds", code == 0, text):
                self.outcome("CMake, C", os.path.join(build, "embed_c"), True)
                self.outcome("CMake, C++", os.path.join(build, "embed_cpp"), False)
        major, minor, patch = (int(part) for part in self.version.split("."))
        for wanted, good in (("%d.%d" % (major, minor), True), ("%s EXACT" % self.version, True), ("", True),
                             ("%d.%d.%d" % (major, minor, patch + 1), False), ("%d.%d" % (major, minor + 1), False),
                             ("%d.0" % (major + 1), False)):
            self.ask_cmake("NONE", wanted + " REQUIRED COMPONENTS c", good)
        self.ask_cmake("NONE", "REQUIRED COMPONENTS ada", False)
        self.ask_cmake("NONE", "OPTIONAL_COMPONENTS ada", True)
        self.ask_cmake("C", "REQUIRED", True, "-DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON")
        self.ask_cmake("C", "REQUIRED COMPONENTS cpp", False, "-DCMAKE_DISABLE_FIND_PACKAGE_CURL=ON")

    def ask_cmake(self, languages, wanted, good, *options):
        folder = tempfile.mkdtemp(dir=self.work)
        with open(os.path.join(folder, "CMakeLists.txt"), "w", encoding="utf-8") as file:
            file.write("cmake_minimum_required(VERSION 3.20)\nproject(ask %s)\nfind_package(crosslog %s)\n" % (languages, wanted))
        # Named, as CMake knows lib/<architecture> by a compiler only.
        code, text = run("cmake", "-S", folder, "-B", os.path.join(folder, "b"),
                         "-Dcrosslog_DIR=" + os.path.join(self.libdir, "cmake", "crosslog"), *options)
        self.check("CMake: find_package(crosslog %s) %s" % (wanted, " ".join(options)), (code == 0) == good, text)

    def by_meson(self, name, *options, subproject=False):
        outside, build = os.path.join(self.work, name), os.path.join(self.work, name, "build")
        shutil.copytree(OUTSIDE, outside)
        if subproject:
            os.mkdir(os.path.join(outside, "subprojects"))
            os.symlink(ROOT, os.path.join(outside, "subprojects", "crosslog"))
        code, text = run("meson", "setup", build, outside, *options, env=self.pkgconfig)
        if not self.check("Meson, %s: finds crosslog" % name, code == 0, text):
            return
        if subproject:
            with open(os.path.join(build, "meson-info", "intro-targets.json"), encoding="utf-8") as file:
                targets = [target["name"] for target in json.load(file)]
            unasked = [target for target in targets
                       if re.search(r"test|fuzz|sandbox|cli|canary|man-page|completion|^crosslog_exe", target)]
            self.check("Meson, %s: the libraries alone" % name, not unasked, " ".join(unasked))
        code, text = run("ninja", "-C", build)
        if self.check("Meson, %s: builds" % name, code == 0, text[-4000:]):
            self.outcome("Meson, %s, C" % name, os.path.join(build, "embed_c"), True)
            self.outcome("Meson, %s, C++" % name, os.path.join(build, "embed_cpp"), False)


    def outside(self):
        """Every way to build with what is installed."""
        self.by_pkg_config()
        self.by_cmake()
        self.by_meson("installed", "--wrap-mode=nofallback")

    def close(self):
        print("%d passed, %d failed" % (self.passed, self.failed) +
              (", %d skipped" % self.skipped if self.skipped else ""))
        return 1 if self.failed or not self.passed + self.skipped else 0


def main():
    words = [word for word in sys.argv[1:] if word != "--subproject"]
    if len(words) != 1:
        sys.exit(__doc__)
    build = os.path.abspath(words[0])
    with tempfile.TemporaryDirectory(prefix="crosslog-packaging-") as work:
        runner = Runner(options_of(build), work, os.path.join(work, "moved"))
        if runner.options["b_sanitize"] != "none":
            runner.skip("packaging", "others do not link with a build for sanitizers")
        elif runner.install(build):
            runner.files()
            runner.programs()
            runner.outside()
            if len(words) < len(sys.argv) - 1:
                runner.by_meson("subproject", "--force-fallback-for=crosslog,crosslog-cpp", "-Dunity=on",
                                "-Dunity_size=1000", "-Doptimization=0", "-Ddebug=false", subproject=True)
    return runner.close()


if __name__ == "__main__":
    sys.exit(main())
