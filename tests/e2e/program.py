"""Runs the command line as a user would: a fresh home, an empty environment, no terminal."""
import os
import pty
import shutil
import subprocess
import tempfile

PROFILES = """\
[default]
region = us-east-1

[profile crossb]
role_arn = arn:aws:iam::999999999999:role/cross-account
credential_source = Ec2InstanceMetadata
role_session_name = reader
region = us-east-1

[profile story]
role_arn = arn:aws:iam::999999999999:role/cross-account
credential_source = Ec2InstanceMetadata
"""
ROLES = ("nologs", "distrusting", "not-in-policy", "needs-external-id", "nonexistent")
for role in ROLES:
    PROFILES += """
[profile %s]
role_arn = arn:aws:iam::999999999999:role/%s
credential_source = Ec2InstanceMetadata
role_session_name = reader
region = us-east-1
""" % (role, role)


class Result:
    def __init__(self, rc, out, err):
        self.rc, self.out_bytes, self.err_bytes = rc, out, err
        self.out, self.err = out.decode("utf-8", "backslashreplace"), err.decode("utf-8", "backslashreplace")

    @property
    def hints(self):
        return [line[6:] for line in self.err.splitlines() if line.startswith("hint: ")]

    @property
    def first_line(self):
        """The first line that says something."""
        return next((line for line in self.err.splitlines() if line), "")


class Program:
    """A folder with the binary under both names, and a home beside them."""

    def __init__(self, binary, config=PROFILES):
        self.folder = tempfile.mkdtemp(prefix="crosslog-e2e-")
        self.home = os.path.join(self.folder, "home")
        os.makedirs(os.path.join(self.home, ".aws"))
        for name in ("aws", "crosslog"):
            os.symlink(binary, os.path.join(self.folder, name))
        self.write(".aws/config", config)

    def close(self):
        shutil.rmtree(self.folder)

    def write(self, name, text, mode=0o600):
        path = os.path.join(self.home, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def environment(self, **changes):
        env = {"PATH": os.environ["PATH"], "HOME": self.home, "LANG": "C.UTF-8", "TZ": "UTC", "NO_PROXY": "*"}
        env.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")})
        env.update(changes)
        return {name: value for name, value in env.items() if value is not None}

    def environment_in(self, box, **changes):
        """Every endpoint is the sandbox's."""
        return self.environment(**{"AWS_ENDPOINT_URL": "http://" + box.host(),
                                   "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://" + box.host("imds"), **changes})

    def popen(self, *words, name="crosslog", env=None, **more):
        return subprocess.Popen([os.path.join(self.folder, name), *words], env=env or self.environment(),
                                cwd=self.home, **more)

    def run(self, *words, name="crosslog", env=None, stdin=b"", **more):
        process = self.popen(*words, name=name, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE, **more)
        out, err = process.communicate(stdin, timeout=60)
        return Result(process.returncode, out, err)

    def run_on_terminal(self, *words, name="crosslog", env=None, size=None):
        """stdout and stderr are one terminal; its bytes come back as `out`."""
        leader, follower = pty.openpty()
        if size:
            import fcntl
            import struct
            import termios
            fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        process = self.popen(*words, name=name, env=env, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower)
        os.close(follower)
        out = b""
        while True:
            try:
                piece = os.read(leader, 65536)
            except OSError:
                break
            if not piece:
                break
            out += piece
        os.close(leader)
        return Result(process.wait(60), out.replace(b"\r\n", b"\n"), b"")
