# SPDX-License-Identifier: MIT
"""idf.py reload and idf.py watch: find the build's plan and the tool `hotreload`, and run the tool.

ESP-IDF 6 loads this file from the component, ESP-IDF 5 from the folder that IDF_EXTRA_ACTIONS_PATH
names. Everything else is the tool's: compiling, linking, uploading, watching, and what it says about them.
"""

import atexit
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

COMPONENT = Path(__file__).resolve().parent

# What CMake writes into the build folder: the plan, and which tool it found.
PLAN = "hotreload-plan.json"
TOOL_RECORD = "hotreload/tool.txt"

# What has to be done before a module is sent, if it stands in the same command line. Names of idf.py.
EARLIER_ACTIONS = [
    "all",
    "app",
    "erase-flash",
    "flash",
    "encrypted-flash",
    "partition-table-flash",
    "bootloader-flash",
    "app-flash",
    "encrypted-app-flash",
]

# How long the tool may take to end its children and remove its files.
SECONDS_TO_END = 10


class Failure(Exception):
    """What went wrong, where, and what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def find_plan(build_folder: Path) -> Path:
    plan = build_folder / PLAN
    if not plan.is_file():
        raise Failure(
            "there is no build plan at {}".format(plan),
            "idf.py build writes it if a component is RELOADABLE")
    return plan


def find_tool(build_folder: Path) -> Path:
    """The tool that CMake found (cmake/tool.cmake): the one that built the modules."""
    record = build_folder / TOOL_RECORD
    tool = Path(record.read_text(encoding="utf-8").strip()) if record.is_file() else None
    if tool is None or not os.access(str(tool), os.X_OK):
        raise Failure(
            "the tool that builds modules is gone: {}".format(tool or "{} is missing".format(record)),
            "idf.py reconfigure looks for it again")
    return tool


def run(command: List[str], folder: str) -> int:
    """Runs a program in this terminal. Returns its exit code as a shell says it."""
    process = subprocess.Popen(command, cwd=folder)
    while True:
        try:
            code = process.wait()
            return code if code >= 0 else 128 - code
        except KeyboardInterrupt:
            # A terminal signals both of us, kill(1) only this process; the tool takes two for one.
            process.send_signal(signal.SIGINT)


def run_beside(command: List[str], folder: str) -> "subprocess.Popen[bytes]":
    """Runs a program until idf.py ends. The terminal and its signals belong to another one."""
    process = subprocess.Popen(
        # However idf.py ends, the pipe closes, and with it the tool.
        command + ["--until-input-ends"], stdin=subprocess.PIPE, stdout=sys.stderr, cwd=folder,
        env=dict(os.environ, NO_COLOR="1"), start_new_session=True)
    atexit.register(end, process)
    return process


def end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def end_with(code: int) -> None:
    """Ends idf.py as the tool ended, unless it did what it was asked for."""
    if code != 0:
        raise SystemExit(code)


def reporting(command: Callable[..., None]) -> Callable[..., None]:
    """A command of idf.py that says what went wrong, and ends idf.py."""

    def reported(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except Failure as failure:
            say("error: {}".format(failure.message))
            say("hint: {}".format(failure.hint))
            raise SystemExit(1)

    return reported


def put_watch_beside(tasks: List[Any]) -> None:
    """Has `watch` run in the background if a monitor or an emulator wants the terminal, and before it."""
    watch = next((task for task in tasks if task.name == "watch"), None)
    names = [task.name for task in tasks]
    # Beside a monitor, qemu runs in the background.
    owner = next((name for name in ("monitor", "qemu") if name in names), None)
    if watch is None or owner is None:
        return
    watch.action_args["background"] = True
    if owner == "qemu":
        # It builds first, and whoever watches must not build beside that.
        watch.dependencies = list(watch.dependencies) + ["all"]
    tasks.remove(watch)
    tasks.insert([task.name for task in tasks].index(owner), watch)


RELOAD_HELP = """Build the reloadable components, send what changed to the device, wait until it runs there.

Ends with 0 when the device says that it runs the new code: else 2 (the build failed), 3 (no answer),
4 (refused), 5 (no device would load it), 64 (no URL or no build plan), and the old code goes on.
`hotreload reload --help` says more."""

WATCH_HELP = """Bring the device up to date, then reload on every save until Ctrl-C.

Beside monitor or qemu it runs in the background, and marks its lines: idf.py watch monitor."""

URL = {
    "names": ["--url"],
    "help": "The device, as in http://192.168.1.100:8080 or just 192.168.1.100. Default: HOTRELOAD_URL.",
    "type": str,
    "default": None,
}

SKIP_BUILD = {
    "names": ["--skip-build"],
    "help": "Send what the last build made.",
    "is_flag": True,
    "default": False,
}

DEBOUNCE = {
    "names": ["--debounce"],
    "help": "Seconds in which nothing may change before a reload. Default: 0.05.",
    "type": float,
    "default": None,
}

POLL_INTERVAL = {
    "names": ["--poll-interval"],
    "help": "Accepted, without effect: nothing is polled.",
    "type": float,
    "default": None,
}

VERBOSE = {
    "names": ["--verbose", "-v"],
    "help": "Show every step.",
    "is_flag": True,
    "default": False,
}


def is_loaded(base_actions: Dict) -> bool:
    """Whether idf.py has this file's commands: version 6 comes by it twice if IDF_EXTRA_ACTIONS_PATH names it, too."""
    callback = base_actions["actions"].get("reload", {}).get("callback")
    code = getattr(callback, "__code__", None)
    return code is not None and Path(code.co_filename).resolve() == Path(__file__).resolve()


def action_extensions(base_actions: Dict, project_path: str) -> Dict:
    """What idf.py asks an extension for: its commands."""
    if is_loaded(base_actions):
        # The same names once more would be a warning each, in every run of idf.py.
        return {"version": "1.0"}

    def command_line(
        name: str, ctx: Any, args: Any, url: Optional[str], verbose: bool, builds: bool
    ) -> List[str]:
        build_folder = Path(args.build_dir)
        if builds and not (build_folder / PLAN).is_file():
            say("hotreload: there is no build plan yet: building first")
            base_actions["actions"]["all"]["callback"]("all", ctx, args)
        plan = find_plan(build_folder)
        command = [str(find_tool(build_folder)), name, "--plan", str(plan)]
        # Without --url the tool looks into HOTRELOAD_URL, then into hotreload.toml.
        command += ["--url", url] if url else []
        return command + (["--verbose"] if verbose or args.verbose else [])

    @reporting
    def reload(
        action: str, ctx: Any, args: Any, url: Optional[str] = None, skip_build: bool = False,
        verbose: bool = False
    ) -> None:
        command = command_line("reload", ctx, args, url, verbose, builds=not skip_build)
        end_with(run(command + (["--skip-build"] if skip_build else []), args.project_dir))

    @reporting
    def watch(
        action: str, ctx: Any, args: Any, url: Optional[str] = None, debounce: Optional[float] = None,
        poll_interval: Optional[float] = None, verbose: bool = False, background: bool = False
    ) -> None:
        if poll_interval is not None:
            say("hotreload: --poll-interval has no effect: the system tells of every save")
        command = command_line("watch", ctx, args, url, verbose, builds=True)
        if debounce is not None:
            command += ["--debounce", str(debounce)]
        if background:
            run_beside(command, args.project_dir)
        else:
            end_with(run(command, args.project_dir))

    def before_all(ctx: Any, global_args: Dict, tasks: List[Any]) -> None:
        put_watch_beside(tasks)

    return {
        "version": "1.0",
        "global_action_callbacks": [before_all],
        "actions": {
            "reload": {
                "callback": reload,
                "short_help": "Build the reloadable components, send them, wait until they run.",
                "help": RELOAD_HELP,
                "order_dependencies": EARLIER_ACTIONS,
                "options": [URL, SKIP_BUILD, VERBOSE],
            },
            "watch": {
                "callback": watch,
                "short_help": "Reload on every save.",
                "help": WATCH_HELP,
                "order_dependencies": EARLIER_ACTIONS,
                "options": [URL, DEBOUNCE, POLL_INTERVAL, VERBOSE],
            },
        },
    }
