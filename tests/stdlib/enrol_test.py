"""The script that enrols the sensor of std/patterns/watched_fleet, with a service manager that is played."""

import os
import pathlib
import stat
import subprocess
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "stdlib/patterns/watched_fleet/enrol.sh"


class Enrol(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.addCleanup(self.place.cleanup)
        self.root = pathlib.Path(self.place.name)
        self.calls = self.root / "calls"
        self.played(0)

    def played(self, answer):
        program = self.root / "systemctl"
        program.write_text(f'#!/bin/sh\necho "$@" >> "{self.calls}"\nexit {answer}\n')
        program.chmod(0o755)

    def run_script(self, **more):
        environment = {"PATH": f"{self.root}:{os.environ['PATH']}", "SENSOR_FOLDER": str(self.root / "sensor"), **more}
        return subprocess.run(["sh", SCRIPT], env=environment, capture_output=True, text=True)

    def test_hands_the_token_to_the_sensor_alone(self):
        made = self.run_script(AGENT_TOKEN="a b$c\\n'")
        token = self.root / "sensor/token"
        self.assertEqual((made.returncode, made.stdout, made.stderr), (0, "", ""))
        self.assertEqual(token.read_text(), "a b$c\\n'")
        self.assertEqual(stat.S_IMODE(token.stat().st_mode), 0o600)
        self.assertEqual(self.calls.read_text(), "enable --now sensor\n")

    def test_may_run_again(self):
        self.run_script(AGENT_TOKEN="old")
        self.assertEqual(self.run_script(AGENT_TOKEN="new").returncode, 0)
        self.assertEqual((self.root / "sensor/token").read_text(), "new")
        self.assertEqual(sorted(each.name for each in (self.root / "sensor").iterdir()), ["token"])

    def test_without_a_token_nothing_is_started(self):
        for environment in ({}, {"AGENT_TOKEN": ""}):
            made = self.run_script(**environment)
            self.assertNotEqual(made.returncode, 0)
            self.assertIn("the sensor has no token", made.stderr)
            self.assertFalse(self.calls.exists())
            self.assertFalse((self.root / "sensor/token").exists())

    def test_says_when_the_sensor_does_not_start(self):
        self.played(3)
        self.assertEqual(self.run_script(AGENT_TOKEN="one").returncode, 3)


if __name__ == "__main__":
    unittest.main()
