"""What the runners here share: the programs under test, a sandbox for a class of cases and
a home for each of them, the count at the end."""
import os
import sys
import types
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "sandbox"))

from client import Sandbox  # noqa: E402
from program import PROFILES, Program  # noqa: E402

programs = types.SimpleNamespace()  # the paths that run() was given


class InTheSandbox(unittest.TestCase):
    arguments, config = (), PROFILES

    @classmethod
    def setUpClass(cls):
        cls.box = Sandbox(programs.sandbox, *cls.arguments)

    @classmethod
    def tearDownClass(cls):
        assert cls.box.stop() == 0

    def setUp(self):
        self.box.reset()
        self.program = Program(programs.crosslog, self.config)
        self.addCleanup(self.program.close)
        self.env = self.program.environment_in(self.box)


def run(*names):
    """A runner: NAME... [-v] [Class.test], where a name is that of a program."""
    if len(sys.argv) <= len(names):
        sys.exit("usage: %s %s [-v] [Class.test]" % (os.path.basename(sys.argv[0]), " ".join(names).upper()))
    for name in names:
        setattr(programs, name, os.path.abspath(sys.argv.pop(1)))
    result = unittest.main("__main__", exit=False, verbosity=1).result
    failed = len({test.id().split(" ")[0] for test, _ in result.failures + result.errors})  # not each of its subtests
    skipped = len(result.skipped)
    for _, reason in result.skipped:
        print("skipped: " + reason)
    print("%d passed, %d failed" % (result.testsRun - failed - skipped, failed) + (", %d skipped" % skipped if skipped else ""),
          flush=True)
    sys.exit(1 if failed else 0)
