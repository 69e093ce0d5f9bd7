#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""In place of the tool `hotreload`: writes down how it was run, and ends as FAKE_TOOL_END says.

exit:N        ends with that exit code at once
signal:N      is ended by that signal
interrupt     says `ready`, waits for SIGINT, ends with 0
input         says `ready`, waits for the end of standard input, notes it, ends with 0
"""

import json
import os
import signal
import sys

record = os.environ["FAKE_TOOL_RECORD"]
with open(record, "a", encoding="utf-8") as file:
    file.write(json.dumps({
        "arguments": sys.argv[1:], "folder": os.getcwd(), "url": os.environ.get("HOTRELOAD_URL"),
    }) + "\n")

kind, _, number = os.environ.get("FAKE_TOOL_END", "exit:0").partition(":")
if kind == "exit":
    sys.exit(int(number))
if kind == "signal":
    os.kill(os.getpid(), int(number))
if kind == "interrupt":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    print("ready", flush=True)
    signal.sigwait({signal.SIGINT})
if kind == "input":
    print("ready", flush=True)
    sys.stdin.read()
    print("ended", flush=True)
