#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""As much of ESP-IDF's idf.py as an extension sees: how it is loaded, parsed, ordered and called.

Two ways of loading: 5 takes the folder in IDF_EXTRA_ACTIONS_PATH, 6 the component's folder. Commands that are
not of the extension print their name; `monitor` has the terminal until SIGINT.
"""

import argparse
import importlib
import importlib.util
import os
import signal
import sys
from pathlib import Path

COMPONENT = Path(__file__).resolve().parents[2] / "components" / "hotreload"

# What idf.py of 5.0 to 6.0 takes as keys of an option, beside the names (class Option there, click.Option).
OPTION_KEYS = {"names", "help", "type", "default", "is_flag", "hidden", "multiple", "scope", "deprecated", "envvar"}
# And of an action (class Action there, click.Command).
ACTION_KEYS = {
    "callback", "help", "short_help", "options", "arguments", "aliases", "hidden", "deprecated", "dependencies",
    "order_dependencies",
}


class PropertyDict(dict):
    """Options of idf.py itself: keys are attributes."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value


class Task:
    """One command of the command line."""

    def __init__(self, name, action, action_args):
        self.name = name
        self.callback = action["callback"]
        self.aliases = action.get("aliases", [])
        self.dependencies = action.get("dependencies", [])
        self.order_dependencies = action.get("order_dependencies", [])
        self.action_args = action_args


def printing(action, ctx, args):
    print("fake idf.py: {}".format(action), flush=True)


def monitor(action, ctx, args):
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    printing(action, ctx, args)
    signal.sigwait({signal.SIGINT})


# Names, aliases and dependencies as in core_ext.py, serial_ext.py and qemu_ext.py.
BASE_ACTIONS = {
    "all": {"callback": printing, "aliases": ["build"]},
    "flash": {"callback": printing, "dependencies": ["all"], "order_dependencies": ["erase-flash"]},
    "app-flash": {"callback": printing, "order_dependencies": ["erase-flash"]},
    "erase-flash": {"callback": printing},
    "monitor": {"callback": monitor, "order_dependencies": ["flash", "app-flash"]},
    "qemu": {"callback": printing, "dependencies": ["all"]},
}


def load(version):
    """The extension's entry point, as idf.py of that version comes by it."""
    sys.dont_write_bytecode = True
    if version == 5:
        sys.path.append(str(COMPONENT))
        sys.modules.pop("idf_ext", None)
        return importlib.import_module("idf_ext").action_extensions
    name = "idf_ext_{}".format(COMPONENT.name)
    spec = importlib.util.spec_from_file_location(name, str(COMPONENT / "idf_ext.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module.action_extensions


class FakeIdfPy:
    """idf.py for one project."""

    def __init__(self, version, project_dir, base_actions=None):
        self.project_dir = os.path.realpath(str(project_dir))
        base = {"actions": dict(base_actions or BASE_ACTIONS), "global_options": [], "global_action_callbacks": []}
        extension = load(version)(base, self.project_dir)
        if version == 6:
            assert extension["version"], "ESP-IDF 6 refuses an extension without a version"
        for name, action in extension["actions"].items():
            assert name not in base["actions"], name
            assert set(action) <= ACTION_KEYS, set(action) - ACTION_KEYS
            for option in action["options"]:
                assert set(option) <= OPTION_KEYS, set(option) - OPTION_KEYS
        self.actions = dict(base["actions"], **extension["actions"])
        self.callbacks = extension["global_action_callbacks"]

    def action_named(self, word):
        """Name and action; an alias stands for its action."""
        for name, action in self.actions.items():
            if word == name or word in action.get("aliases", []):
                return name, action
        raise SystemExit("fake idf.py: no command {}".format(word))

    def parse(self, words):
        """Options of idf.py itself, and the tasks."""
        parser = argparse.ArgumentParser(prog="idf.py", add_help=False)
        parser.add_argument("-B", "--build-dir")
        parser.add_argument("-C", "--project-dir")
        parser.add_argument("-v", "--verbose", action="store_true")
        parser.add_argument("rest", nargs=argparse.REMAINDER)
        options = parser.parse_args(words)
        build_dir = options.build_dir or os.path.join(self.project_dir, "build")
        args = PropertyDict(
            project_dir=self.project_dir, build_dir=os.path.realpath(build_dir), verbose=options.verbose,
            preset=None, generator="Ninja", port=None, define_cache_entry=[], dry_run=False, no_hints=False)
        tasks = []
        rest = options.rest
        while rest:
            name, action = self.action_named(rest[0])
            parser = argparse.ArgumentParser(prog="idf.py " + name, add_help=False)
            for option in action.get("options", []):
                keywords = {key: option[key] for key in ("default", "type") if key in option}
                if option.get("is_flag"):
                    keywords["action"] = "store_true"
                parser.add_argument(*option["names"], **keywords)
            # As click: up to the next word that is no option of this command.
            parsed, rest = parse_leading(parser, rest[1:])
            tasks.append(Task(name, action, vars(parsed)))
        return args, tasks

    def run(self, words):
        """Runs a command line; the commands' names in the order in which they ran."""
        args, tasks = self.parse(words)
        for callback in self.callbacks:
            callback(None, args, tasks)
        ordered = self.order(tasks)
        for task in ordered:
            task.callback(task.name, None, args, **task.action_args)
        return [task.name for task in ordered]

    def order(self, tasks):
        """Dependencies come before what needs them; order dependencies only if they were asked for."""
        ordered = {}
        while tasks:
            task = tasks[0]
            named = {task.name: task for task in tasks}
            missing = [name for name in task.dependencies if name not in ordered]
            if missing:
                dependency = named.get(missing[0])
                if dependency is None:
                    dependency = Task(missing[0], self.actions[missing[0]], {})
                else:
                    tasks.remove(dependency)
                tasks.insert(0, dependency)
                continue
            earlier = [name for name in task.order_dependencies if name in named and name not in ordered]
            if earlier:
                tasks.remove(named[earlier[0]])
                tasks.insert(0, named[earlier[0]])
                continue
            tasks.pop(0)
            ordered.setdefault(task.name, task)
        return list(ordered.values())


def parse_leading(parser, words):
    """What the parser takes of the first words, and those that are left."""
    flags = {name: action for action in parser._actions for name in action.option_strings}
    count = 0
    while count < len(words) and words[count].split("=")[0] in flags:
        takes_value = flags[words[count].split("=")[0]].nargs != 0 and "=" not in words[count]
        count += 2 if takes_value else 1
    return parser.parse_args(words[:count]), words[count:]


if __name__ == "__main__":
    project = os.environ.get("FAKE_PROJECT_DIR", os.getcwd())
    FakeIdfPy(int(os.environ["FAKE_IDF_VERSION"]), project).run(sys.argv[1:])
