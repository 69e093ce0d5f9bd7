# SPDX-License-Identifier: MIT
"""components/hotreload/idf_ext.py in a fake idf.py of ESP-IDF 5 and 6, with a tool that writes down its runs.

python3 -m unittest discover -s Tests/ESPIDFExtension
"""

import contextlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from fake_idf_py import BASE_ACTIONS, FakeIdfPy, load

FOLDER = Path(__file__).resolve().parent
VERSIONS = (5, 6)


class ProjectTests(unittest.TestCase):
    """One project folder a test, built as CMake leaves it."""

    def setUp(self):
        # A symbolic link in the path, as on macOS, would make two names of one folder.
        self.project = Path(os.path.realpath(tempfile.mkdtemp(prefix="hotreload-idf-ext-")))
        self.addCleanup(shutil.rmtree, str(self.project))
        self.record = self.project / "runs.jsonl"
        self.tool = self.project / "fake tool"
        shutil.copy(str(FOLDER / "fake_tool.py"), str(self.tool))
        self.environment = dict(os.environ, FAKE_TOOL_RECORD=str(self.record))
        for name in ("HOTRELOAD_URL", "HOTRELOAD_TOOL", "FAKE_TOOL_END"):
            self.environment.pop(name, None)

    def configure(self, build="build"):
        """What CMake writes."""
        folder = self.project / build
        (folder / "hotreload").mkdir(parents=True, exist_ok=True)
        (folder / "hotreload-plan.json").write_text("{}")
        (folder / "hotreload" / "tool.txt").write_text("{}\n".format(self.tool))
        return folder

    def runs(self):
        """The tool's runs since the last call."""
        if not self.record.exists():
            return []
        runs = [json.loads(line) for line in self.record.read_text().splitlines()]
        self.record.unlink()
        return runs


class CommandTests(ProjectTests):
    """What a command line comes to."""

    def idf_py(self, line, version=6, actions=None, **environment):
        """Runs a command line: the exit code, the commands that ran, and what was said on standard error."""
        saved = dict(os.environ)
        os.environ.clear()
        os.environ.update(self.environment, **environment)
        errors = io.StringIO()
        code, ran = 0, None
        try:
            with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
                ran = FakeIdfPy(version, self.project, actions).run(line.split())
        except SystemExit as end:
            code = end.code
        finally:
            os.environ.clear()
            os.environ.update(saved)
        return code, ran, errors.getvalue()

    def test_command_lines(self):
        self.configure()
        self.configure("build/esp32c3-hardware")
        plan = str(self.project / "build" / "hotreload-plan.json")
        other = str(self.project / "build" / "esp32c3-hardware" / "hotreload-plan.json")
        table = [
            ("reload", ["reload", "--plan", plan]),
            ("reload --url 192.168.1.100", ["reload", "--plan", plan, "--url", "192.168.1.100"]),
            ("reload --url=http://a:8080", ["reload", "--plan", plan, "--url", "http://a:8080"]),
            ("reload --skip-build", ["reload", "--plan", plan, "--skip-build"]),
            ("reload -v", ["reload", "--plan", plan, "--verbose"]),
            ("reload --verbose", ["reload", "--plan", plan, "--verbose"]),
            ("-v reload", ["reload", "--plan", plan, "--verbose"]),
            ("-B {} reload".format(Path(other).parent), ["reload", "--plan", other]),
            ("watch", ["watch", "--plan", plan]),
            ("watch --url a", ["watch", "--plan", plan, "--url", "a"]),
            ("watch --debounce 1.0", ["watch", "--plan", plan, "--debounce", "1.0"]),
            ("watch --poll-interval 2", ["watch", "--plan", plan]),
            ("watch -v --debounce 0", ["watch", "--plan", plan, "--verbose", "--debounce", "0.0"]),
            ("-B {} watch".format(Path(other).parent), ["watch", "--plan", other]),
        ]
        for version in VERSIONS:
            for line, arguments in table:
                with self.subTest(idf_py=version, line=line):
                    code, _, errors = self.idf_py(line, version)
                    self.assertEqual(code, 0, errors)
                    self.assertEqual(
                        self.runs(), [{"arguments": arguments, "folder": str(self.project), "url": None}])

    def test_loaded_twice_the_commands_are_there_once(self):
        """ESP-IDF 6 with IDF_EXTRA_ACTIONS_PATH: from that folder, then from the component."""
        first = load(5)({"actions": dict(BASE_ACTIONS)}, str(self.project))
        both = dict(BASE_ACTIONS, **first["actions"])
        self.assertEqual(load(6)({"actions": both}, str(self.project)), {"version": "1.0"})
        # Somebody else's `reload` does not hide `watch`.
        others = dict(BASE_ACTIONS, reload={"callback": BASE_ACTIONS["all"]["callback"]})
        self.assertIn("watch", load(6)({"actions": others}, str(self.project))["actions"])

    def test_the_environment_reaches_the_tool(self):
        self.configure()
        self.idf_py("reload", HOTRELOAD_URL="http://192.168.1.100:8080")
        self.assertEqual(self.runs()[0]["url"], "http://192.168.1.100:8080")

    def test_a_poll_interval_is_said_to_have_no_effect(self):
        self.configure()
        _, _, errors = self.idf_py("watch --poll-interval 2")
        self.assertIn("--poll-interval has no effect", errors)
        _, _, errors = self.idf_py("watch")
        self.assertEqual(errors, "")

    def test_the_tools_exit_code_is_idf_pys(self):
        self.configure()
        table = [("exit:{}".format(code), code) for code in (0, 1, 5, 64)] + [("signal:15", 143)]
        for version in VERSIONS:
            for command in ("reload", "watch"):
                for end, expected in table:
                    with self.subTest(idf_py=version, command=command, end=end):
                        code, _, errors = self.idf_py(command, version, FAKE_TOOL_END=end)
                        self.assertEqual(code, expected, errors)

    def test_what_follows_runs_only_after_a_success(self):
        self.configure()
        self.assertEqual(self.idf_py("reload app-flash")[1], ["app-flash", "reload"])
        code, ran, _ = self.idf_py("app-flash reload", FAKE_TOOL_END="exit:4")
        self.assertEqual((code, ran), (4, None))

    def test_without_a_plan_the_project_is_built_first(self):
        built = []

        def build(action, ctx, args):
            built.append((action, args.build_dir))
            self.configure()

        actions = dict(BASE_ACTIONS, all={"callback": build, "aliases": ["build"]})
        for version in VERSIONS:
            for command in ("reload", "watch"):
                with self.subTest(idf_py=version, command=command):
                    shutil.rmtree(str(self.project / "build"), ignore_errors=True)
                    built.clear()
                    code, _, errors = self.idf_py(command, version, actions)
                    self.assertEqual(code, 0, errors)
                    self.assertEqual(built, [("all", str(self.project / "build"))])
                    self.assertIn("building first", errors)
                    self.assertEqual(self.runs()[0]["arguments"][0], command)

    def test_what_is_missing_is_said(self):
        plan = self.project / "build" / "hotreload-plan.json"
        record = self.project / "build" / "hotreload" / "tool.txt"

        def no_tool():
            self.configure()
            self.tool.unlink()

        def no_program():
            self.configure()
            self.tool.write_text("")
            self.tool.chmod(0o644)

        def no_record():
            self.configure()
            record.unlink()

        nothing = ("there is no build plan at {}".format(plan), "idf.py build")
        gone = ("the tool that builds modules is gone: {}".format(self.tool), "idf.py reconfigure")
        table = [
            ("reload --skip-build", lambda: None, nothing),
            # The fake build writes no plan: a project without a reloadable component.
            ("reload", lambda: None, nothing),
            ("watch", lambda: None, nothing),
            ("reload", no_record, ("{} is missing".format(record), "idf.py reconfigure")),
            ("reload", no_program, gone),
            ("watch", no_tool, gone),
        ]
        for line, arrange, (message, hint) in table:
            with self.subTest(line=line, message=message):
                arrange()
                code, _, errors = self.idf_py(line)
                self.assertEqual(code, 1)
                self.assertRegex(errors, "(?m)^error: .*" + re.escape(message) + "$")
                self.assertRegex(errors, "(?m)^hint: .*" + re.escape(hint))
                self.assertEqual(self.runs(), [])

    def test_watch_comes_right_before_whoever_has_the_terminal(self):
        self.configure()
        table = [
            ("watch monitor", ["watch", "monitor"]),
            ("monitor watch", ["watch", "monitor"]),
            ("watch flash monitor", ["all", "flash", "watch", "monitor"]),
            ("watch monitor flash", ["all", "flash", "watch", "monitor"]),
            ("build watch monitor", ["all", "watch", "monitor"]),
            ("watch qemu monitor", ["all", "qemu", "watch", "monitor"]),
            ("qemu monitor watch", ["all", "qemu", "watch", "monitor"]),
            ("watch qemu", ["all", "watch", "qemu"]),
            ("watch build qemu", ["all", "watch", "qemu"]),
        ]
        for version in VERSIONS:
            for line, expected in table:
                with self.subTest(idf_py=version, line=line):
                    tasks = FakeIdfPy(version, self.project)
                    args, parsed = tasks.parse(line.split())
                    for callback in tasks.callbacks:
                        callback(None, args, parsed)
                    background = [task.action_args.get("background") for task in parsed if task.name == "watch"]
                    self.assertEqual(background, [True])
                    self.assertEqual([task.name for task in tasks.order(parsed)], expected)

    def test_alone_watch_has_the_terminal(self):
        for line in ("watch", "flash watch", "reload", "monitor"):
            with self.subTest(line=line):
                tasks = FakeIdfPy(6, self.project)
                args, parsed = tasks.parse(line.split())
                for callback in tasks.callbacks:
                    callback(None, args, parsed)
                self.assertFalse(any("background" in task.action_args for task in parsed))


class ProcessTests(ProjectTests):
    """idf.py as a process of its own: signals, and watching beside a monitor."""

    def start(self, line, version, end):
        environment = dict(
            self.environment, FAKE_TOOL_END=end, FAKE_IDF_VERSION=str(version),
            FAKE_PROJECT_DIR=str(self.project))
        process = subprocess.Popen(
            [sys.executable, str(FOLDER / "fake_idf_py.py")] + line.split(), env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            universal_newlines=True, start_new_session=True)
        self.addCleanup(self.clean_up, process)
        return process

    def clean_up(self, process):
        process.kill()
        for stream in (process.stdout, process.stderr):
            stream.close()
        process.wait()

    def test_ctrl_c_is_the_tools(self):
        """The terminal signals the whole group, kill(1) only idf.py."""
        self.configure()
        for send in (os.killpg, os.kill):
            for command in ("reload", "watch"):
                with self.subTest(send=send.__name__, command=command):
                    process = self.start(command, 6, "interrupt")
                    self.assertEqual(process.stdout.readline(), "ready\n")
                    send(process.pid, signal.SIGINT)
                    self.assertEqual(process.wait(60), 0, process.stderr)

    def test_beside_a_monitor_the_tool_ends_with_idf_py(self):
        """Whether the monitor ends, or idf.py is killed: the tool sees the end of its input."""
        self.configure()
        plan = str(self.project / "build" / "hotreload-plan.json")
        arguments = ["watch", "--plan", plan, "--url", "a", "--debounce", "1.0", "--until-input-ends"]

        def monitor_ends(process):
            process.send_signal(signal.SIGINT)
            return 0

        def is_killed(process):
            process.kill()
            return -signal.SIGKILL

        for version in VERSIONS:
            for end in (monitor_ends, is_killed):
                with self.subTest(idf_py=version, end=end.__name__):
                    process = self.start("watch --url a --debounce 1 monitor", version, "input")
                    self.assertEqual(process.stderr.readline(), "ready\n")
                    self.assertEqual(process.stdout.readline(), "fake idf.py: monitor\n")
                    self.assertEqual(self.runs()[0]["arguments"], arguments)
                    code = end(process)
                    self.assertEqual(process.stderr.readline(), "ended\n")
                    self.assertEqual(process.wait(60), code)


if __name__ == "__main__":
    unittest.main()
