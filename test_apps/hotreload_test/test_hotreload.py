# SPDX-License-Identifier: MIT
"""hotreload on a chip: in Espressif's QEMU, and on boards. README.md says how to run which."""

import os
import re
import signal
import subprocess

import pytest

from device import DEVICE_PORT, Device, idf_py, idf_py_command, idf_py_environment

# Chips that Espressif's QEMU knows, and those of idf_component.yml.
QEMU_TARGETS = ["esp32", "esp32c3"]
TARGETS = [
    "esp32", "esp32s2", "esp32s3", "esp32c2", "esp32c3", "esp32c5", "esp32c6", "esp32c61", "esp32h2", "esp32p4",
]


def in_qemu(test):
    for mark in (
        pytest.mark.host_test,
        pytest.mark.qemu,
        pytest.mark.parametrize("target", QEMU_TARGETS, indirect=True),
        pytest.mark.parametrize("embedded_services", ["idf,qemu"], indirect=True),
    ):
        test = mark(test)
    return test


def on_a_board(test):
    for mark in (
        pytest.mark.hardware,
        pytest.mark.parametrize("target", TARGETS, indirect=True),
        pytest.mark.parametrize("embedded_services", ["esp,idf"], indirect=True),
    ):
        test = mark(test)
    return test


# Unit tests: Unity runs them, everything but the application that serves.

@in_qemu
def test_hotreload_unit_tests(dut):
    dut.run_all_single_board_cases(group="!integration", timeout=300)


@on_a_board
def test_hotreload_unit_tests_hardware(dut):
    dut.run_all_single_board_cases(group="!integration", timeout=300)


# A reload from end to end: edit, build, upload, new output, no restart.

def reload_end_to_end(device, greeting):
    boot = device.request("/status").json["boot_id"]
    greeting("Goodbye")
    idf_py(device.build_dir, "build")
    assert device.upload(device.module()).status == 200
    device.dut.expect("Reload successful", timeout=60)
    device.dut.expect("Goodbye.*from main loop", timeout=60)
    status = device.request("/status").json
    assert status["boot_id"] == boot
    assert (status["pending"], status["reloads"]) == (False, 1)


@in_qemu
def test_hot_reload_e2e(qemu_device, greeting):
    reload_end_to_end(qemu_device, greeting)


@on_a_board
def test_hot_reload_e2e_hardware(board_device, greeting):
    reload_end_to_end(board_device, greeting)


# The commands of idf.py.

def reload_by_command(device, greeting):
    greeting("Howdy")
    result = idf_py(device.build_dir, "reload", "--url", device.url)
    assert re.search(r"^reloadable [0-9a-f]+ runs \(\d+ bytes sent\)", result.stdout, re.MULTILINE)
    device.dut.expect("Howdy.*from main loop", timeout=60)
    # What runs is not sent again.
    assert "unchanged" in idf_py(device.build_dir, "reload", "--url", device.url).stdout


@in_qemu
def test_idf_reload_command(qemu_device, greeting):
    reload_by_command(qemu_device, greeting)


@on_a_board
def test_idf_reload_command_hardware(board_device, greeting):
    reload_by_command(board_device, greeting)


@in_qemu
def test_idf_reload_command_fails_loudly(qemu_device, greeting):
    nobody = idf_py(qemu_device.build_dir, "reload", "--skip-build", "--url", "http://127.0.0.1:9", check=False)
    assert nobody.returncode == 3
    greeting('Hello" + ;')
    broken = idf_py(qemu_device.build_dir, "reload", "--url", qemu_device.url, check=False)
    assert broken.returncode == 2
    assert "reloadable.c" in broken.stdout
    qemu_device.dut.expect("Hello.*from main loop", timeout=60)


@in_qemu
def test_idf_watch_with_qemu(build_dir, host_port, greeting):
    """`idf.py watch qemu`: one terminal has the console and the watcher's lines."""
    url = "http://127.0.0.1:{}".format(host_port)
    network = "-nic user,model=open_eth,id=lo0,hostfwd=tcp:127.0.0.1:{}-:{}".format(host_port, DEVICE_PORT)
    process = subprocess.Popen(
        idf_py_command(build_dir, "watch", "--url", url, "qemu", "--qemu-extra-args", network),
        env=idf_py_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        universal_newlines=True, start_new_session=True)

    def expect(pattern):
        for line in process.stdout:
            print(line, end="")
            if re.search(pattern, line):
                return
        pytest.fail("idf.py ended before it printed: " + pattern)

    try:
        expect("Press ENTER to see the list of tests")
        process.stdin.write('"hotreload_integration"\n')
        process.stdin.flush()
        expect("Hello.*from main loop")
        greeting("Watched")
        expect(r"^\[hotreload\] reloadable\.c: reloadable [0-9a-f]+ runs")
        expect("Watched.*from main loop")
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=60)


# What the server answers (docs/PROTOCOL.md).

@in_qemu
def test_an_upload_waits_for_the_application(qemu_device: Device):
    image = qemu_device.module()
    reply = qemu_device.upload(image)
    assert (reply.status, reply.body) == (200, "OK: {} bytes stored\n".format(len(image)).encode())
    qemu_device.dut.expect("Reload successful", timeout=60)
    assert qemu_device.request("/pending").json == {"pending": False}


@in_qemu
def test_who_cannot_sign_is_refused(qemu_device: Device):
    image = qemu_device.module()
    wrong = "0" * 64
    replayed = qemu_device.signature(image, qemu_device.nonce())
    assert qemu_device.request("/upload", image, replayed).status == 200
    table = [
        ({"X-Hotreload-HMAC": wrong}, 403),
        ({"X-Hotreload-HMAC": None}, 403),
        ({"X-Hotreload-HMAC": "short"}, 403),
        ({"X-Hotreload-SHA256": wrong}, 403),
        ({"X-Hotreload-SHA256": None}, 403),
        ({"X-Hotreload-Nonce": None}, 403),
        ({"X-Hotreload-Nonce": replayed["X-Hotreload-Nonce"]}, 403),
    ]
    for changes, status in table:
        reply = qemu_device.upload(image, **changes)
        assert (reply.status, reply.json["error"]) == (status, "forbidden"), changes
    # Hex digits may have either case.
    upper = {name: value.upper() for name, value in qemu_device.signature(image, qemu_device.nonce()).items()}
    assert qemu_device.request("/upload", image, upper).status == 200


@in_qemu
def test_what_cannot_be_stored_is_refused(qemu_device: Device):
    table = [(b"", 400), (bytes(128 * 1024 + 1), 413), (b"no module" * 100, 422)]
    for body, status in table:
        assert qemu_device.upload(body).status == status, len(body)
    for path, status in [("/nowhere", 404), ("/upload", 405)]:
        assert qemu_device.request(path).status == status, path
    assert qemu_device.request("/pending").json == {"pending": False}
    qemu_device.dut.expect("Hello.*from main loop", timeout=60)
