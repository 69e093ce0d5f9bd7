# SPDX-License-Identifier: MIT
"""Fixtures of test_hotreload.py, on top of those of pytest-embedded."""

import os
import socket
from pathlib import Path

import pytest

from device import DEVICE_PORT, PROJECT, Device, idf_py

GREETING_SOURCE = PROJECT / "components" / "reloadable" / "reloadable.c"


def pytest_configure(config):
    config.addinivalue_line("markers", "qemu: runs in Espressif's QEMU")
    config.addinivalue_line("markers", "hardware: needs a board")
    config.addinivalue_line("markers", "host_test: needs no board")


def pytest_collection_modifyitems(config, items):
    """Of a test for many chips only that for --target runs."""
    wanted = config.getoption("target", None)
    if not wanted:
        return
    others = [item for item in items if getattr(item, "callspec", None)
              and item.callspec.params.get("target", wanted) != wanted]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.fixture
def build_dir(request, target, embedded_services):
    """The preset's build folder, unless --build-dir names another."""
    named = request.config.getoption("build_dir", None)
    kind = "qemu" if "qemu" in embedded_services else "hardware"
    preset = "{}-{}".format(target, kind)
    folder = PROJECT / (named or "build/" + preset)
    if not (folder / "project_description.json").is_file():
        pytest.skip("{} is not built: idf.py --preset {} build".format(folder, preset))
    return str(folder)


@pytest.fixture
def host_port():
    """A TCP port of this computer that nobody has."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def qemu_extra_args(target, host_port):
    """A network with the device's port at `host_port`, and no watchdog: QEMU's time is not a chip's."""
    return (
        "-nic user,model=open_eth,id=lo0,hostfwd=tcp:127.0.0.1:{}-:{} "
        "-global driver=timer.{}.timg,property=wdt_disable,value=true".format(host_port, DEVICE_PORT, target))


def start_application(dut):
    """Has the board run the application that waits for uploads."""
    dut.expect_exact("Press ENTER to see the list of tests", timeout=60)
    dut.write('"hotreload_integration"')
    dut.expect("Hello.*from initial load", timeout=120)
    dut.expect("Hello.*from main loop", timeout=60)


@pytest.fixture
def qemu_device(dut, app, host_port):
    """The application in QEMU."""
    start_application(dut)
    return Device(dut, "http://127.0.0.1:{}".format(host_port), Path(app.binary_path))


@pytest.fixture
def board_device(dut, app):
    """The application on a board, which says its address."""
    dut.expect_exact("Press ENTER to see the list of tests", timeout=60)
    dut.write('"hotreload_integration"')
    address = dut.expect(r"(http://[0-9.]+:\d+)", timeout=180).group(1).decode()
    dut.expect("Hello.*from main loop", timeout=60)
    return Device(dut, address, Path(app.binary_path))


@pytest.fixture
def greeting(build_dir, port_app_cache):
    """Changes what the module says. Afterwards source and build are as they were."""
    original = GREETING_SOURCE.read_text()

    def change(word):
        changed = original.replace('"Hello"', '"{}"'.format(word))
        assert changed != original
        # By rename, as editors do.
        temporary = GREETING_SOURCE.with_suffix(".new")
        temporary.write_text(changed)
        os.replace(str(temporary), str(GREETING_SOURCE))

    yield change
    GREETING_SOURCE.write_text(original)
    idf_py(build_dir, "build")
    # pytest-embedded flashes again only if the application changed, and knows nothing of modules.
    port_app_cache.clear()
