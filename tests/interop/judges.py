"""The independent judges from PyPI, in a virtual environment kept in the build folder."""
import fcntl
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REQUIREMENTS = os.path.join(HERE, "requirements.txt")


class Absent(Exception):
    """The packages cannot be had here; the text says why."""


def python_of(build):
    """The environment's python, made on first use, by one of the runners that ask at a time."""
    with open(os.path.join(build, "interop-venv.lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return make_environment(os.path.join(os.path.abspath(build), "interop-venv"))


def make_environment(folder):
    python = os.path.join(folder, "bin", "python")
    stamp = os.path.join(folder, "requirements.txt")
    with open(REQUIREMENTS, encoding="utf-8") as file:
        wanted = file.read()
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as file:
            if file.read() == wanted:
                return python
    if sys.version_info < (3, 11):
        raise Absent("Python %d.%d is older than 3.11" % sys.version_info[:2])
    for argv in ([sys.executable, "-m", "venv", "--clear", folder],
                 [python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--retries", "1",
                  "--timeout", "20", "-r", REQUIREMENTS]):
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            lines = done.stdout.decode("utf-8", "replace").strip().splitlines() or ["no output"]
            raise Absent("%s failed: %s" % (" ".join(argv[1:4]), lines[-1]))
    with open(stamp, "w", encoding="utf-8") as file:
        file.write(wanted)
    return python
