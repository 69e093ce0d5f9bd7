# SPDX-License-Identifier: MIT
"""test_apps/hotreload_test: its presets are whole, and the commands of its README name tests that there are.

python3 -m unittest discover -s Tests/ESPIDFTestApp
"""

import json
import os
import re
import shlex
import subprocess
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
REPOSITORY = FOLDER.parents[1]
PROJECT = REPOSITORY / "test_apps" / "hotreload_test"

# Chips that Espressif's QEMU knows and hotreload runs on.
QEMU_CHIPS = ["esp32", "esp32c3"]


def chips():
    """The targets of the component's manifest."""
    manifest = (REPOSITORY / "components" / "hotreload" / "idf_component.yml").read_text()
    listed = re.search(r"(?m)^targets:\n((?: *- .*\n)+)", manifest)
    return re.findall(r"- (\S+)", listed.group(1))


def presets():
    return json.loads((PROJECT / "CMakePresets.json").read_text())["configurePresets"]


class PresetTests(unittest.TestCase):
    def test_every_chip_has_its_presets(self):
        expected = {"{}-hardware".format(chip) for chip in chips()} | {"{}-qemu".format(chip) for chip in QEMU_CHIPS}
        self.assertEqual({preset["name"] for preset in presets()}, expected)

    def test_cmake_lists_them(self):
        listed = subprocess.run(
            ["cmake", "--list-presets"], cwd=str(PROJECT), check=True, stdout=subprocess.PIPE,
            universal_newlines=True).stdout
        self.assertEqual(re.findall(r'(?m)^  "(.*?)"', listed), [preset["name"] for preset in presets()])

    def test_each_says_what_its_name_says(self):
        for preset in presets():
            with self.subTest(preset=preset["name"]):
                chip, kind = preset["name"].split("-")
                self.assertEqual(preset["cacheVariables"]["IDF_TARGET"], chip)
                self.assertEqual(preset["binaryDir"], "build/" + preset["name"])
                self.assertEqual(
                    preset["cacheVariables"]["SDKCONFIG"], "${sourceDir}/build/%s/sdkconfig" % preset["name"])
                # idf.py does not follow it.
                self.assertNotIn("inherits", preset)
                defaults = preset["cacheVariables"]["SDKCONFIG_DEFAULTS"].split(";")
                self.assertTrue(defaults[-1].endswith("." + kind), defaults)
                for path in defaults:
                    path = Path(path.replace("${sourceDir}", str(PROJECT)))
                    # ESP-IDF stops at one that is missing.
                    self.assertTrue(path.is_file(), path)

    def test_no_defaults_are_for_a_chip_without_a_preset(self):
        for path in PROJECT.glob("sdkconfig.defaults*"):
            chip = path.suffix.lstrip(".")
            self.assertIn(chip, ["defaults", "hardware", "qemu"] + chips(), path)


class CollectionTests(unittest.TestCase):
    def collect(self, *arguments):
        """What pytest collects: names of tests, with their parameters."""
        environment = dict(os.environ, PYTHONPATH=str(FOLDER), PYTHONDONTWRITEBYTECODE="1")
        result = subprocess.run(
            ["pytest-3", "-p", "pytest_embedded_stub", "-p", "no:cacheprovider", "--collect-only", "-q"]
            + list(arguments), cwd=str(PROJECT), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            universal_newlines=True)
        self.assertEqual(result.returncode, 0, result.stdout)
        return re.findall(r"(?m)^(\S+\.py::\S+)", result.stdout)

    def test_every_test_runs_somewhere(self):
        collected = self.collect("test_hotreload.py")
        parameters = {re.search(r"\[(.*)\]", test).group(1) for test in collected}
        expected = {"{}-esp,idf".format(chip) for chip in chips()} | {"{}-idf,qemu".format(chip) for chip in QEMU_CHIPS}
        self.assertEqual(parameters, expected)

    def test_a_target_chooses(self):
        collected = self.collect("test_hotreload.py", "--target", "esp32c6")
        self.assertEqual({re.search(r"\[(.*)\]", test).group(1) for test in collected}, {"esp32c6-esp,idf"})

    def test_the_readme_names_tests_and_options_that_there_are(self):
        readme = (PROJECT / "README.md").read_text()
        readme = readme.replace("\\\n", " ").replace("<target>", "esp32c3")
        commands = [shlex.split(command) for command in re.findall(r"(?m)^pytest (.*)$", readme)]
        self.assertGreater(len(commands), 5)
        options = [word for command in commands for word in command[1:] if word != "-v"]
        named = {command[0].split("/")[-1] for command in commands}
        # Everything at once: each start of pytest takes a second. The last -k holds.
        collected = self.collect("test_hotreload.py", *options, "-k", "hotreload or hardware")
        collected += self.collect("tests_build_system/test_rebuild.py")
        known = {test.split("[")[0] for test in collected}
        self.assertLessEqual(named - {test.split("::")[0] for test in known}, known)

    def test_the_readme_names_presets_that_there_are(self):
        readme = (PROJECT / "README.md").read_text()
        named = set(re.findall(r"--preset (\S+)", readme)) - {"<target>-hardware", "<target>-qemu"}
        self.assertLessEqual(named, {preset["name"] for preset in presets()})


if __name__ == "__main__":
    unittest.main()
