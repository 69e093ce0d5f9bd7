# SPDX-License-Identifier: MIT
"""What an incremental build does, and what it leaves alone. Needs idf.py and a built preset:

    idf.py --preset esp32c3-qemu build
    pytest tests_build_system/test_rebuild.py
"""

import os
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
MODULE_SOURCE = PROJECT / "components" / "reloadable" / "reloadable.c"
FIRMWARE_SOURCE = PROJECT / "main" / "test_integration.c"


@pytest.fixture
def build_dir():
    """The build folder in HOTRELOAD_TEST_BUILD_DIR, or the first that is built."""
    named = os.environ.get("HOTRELOAD_TEST_BUILD_DIR")
    built = sorted(path.parent for path in (PROJECT / "build").glob("*/hotreload-plan.json"))
    folder = Path(named).resolve() if named else built[0] if built else None
    assert folder, "nothing is built: idf.py --preset esp32c3-qemu build"
    build(folder)
    return folder


@pytest.fixture(params=[MODULE_SOURCE, FIRMWARE_SOURCE], ids=["module", "firmware"])
def edited(request):
    """A source whose content can be changed; afterwards it is as it was."""
    original = request.param.read_text()
    yield request.param
    request.param.write_text(original)


def build(folder):
    subprocess.run(["idf.py", "-C", str(PROJECT), "-B", str(folder), "build"], check=True, timeout=600)


def states(folder):
    """When firmware, generated files and module were written, to the nanosecond."""
    files = {
        "firmware": folder / "hotreload_test.elf",
        "stubs": folder / "hotreload" / "stubs.S",
        "module": folder / "hotreload" / "reloadable" / "module.elf",
    }
    return {name: path.stat().st_mtime_ns for name, path in files.items()}


def test_a_build_without_an_edit_writes_nothing(build_dir):
    before = states(build_dir)
    build(build_dir)
    assert states(build_dir) == before


def test_what_an_edit_rebuilds(build_dir, edited):
    before = states(build_dir)
    edited.write_text(edited.read_text().replace("Hello", "Edited").replace("Reload failed", "Edited"))
    build(build_dir)
    after = states(build_dir)
    written = {name for name in before if after[name] != before[name]}
    # A module is linked for one firmware: another firmware needs another module.
    assert written == ({"module"} if edited == MODULE_SOURCE else {"firmware", "module"})
