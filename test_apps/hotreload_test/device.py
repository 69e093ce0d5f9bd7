# SPDX-License-Identifier: MIT
"""A device with the test application, as its network and idf.py see it."""

import hashlib
import hmac
import json
import os
import struct
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

PROJECT = Path(__file__).resolve().parent

# Inside QEMU, and on a board.
DEVICE_PORT = 8080


def idf_py_command(build_dir, *arguments):
    """A command line of idf.py for one build folder. ESP-IDF 5 finds the component's commands through a variable."""
    return ["idf.py", "-C", str(PROJECT), "-B", str(build_dir)] + list(arguments)


def idf_py_environment():
    return dict(os.environ, IDF_EXTRA_ACTIONS_PATH=str(PROJECT.parents[1] / "components" / "hotreload"))


def idf_py(build_dir, *arguments, check=True):
    """Runs idf.py to its end."""
    result = subprocess.run(
        idf_py_command(build_dir, *arguments), env=idf_py_environment(), stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, universal_newlines=True, timeout=600)
    print(result.stdout)
    assert not check or result.returncode == 0, "idf.py ended with {}".format(result.returncode)
    return result


class Reply:
    """Status and body of an HTTP reply."""

    def __init__(self, status, body):
        self.status = status
        self.body = body

    @property
    def json(self):
        return json.loads(self.body.decode())


class Device:
    """One that serves; `dut` is its console."""

    def __init__(self, dut, url, build_dir):
        self.dut = dut
        self.url = url
        self.build_dir = build_dir

    def request(self, path, body=None, headers=None):
        request = urllib.request.Request(self.url + path, data=body, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                return Reply(reply.status, reply.read())
        except urllib.error.HTTPError as error:
            return Reply(error.code, error.read())

    def module(self):
        """The image that the build made."""
        return (self.build_dir / "hotreload" / "reloadable" / "module.elf").read_bytes()

    def signature(self, body, nonce):
        """Headers of an upload of `body` to /upload: docs/PROTOCOL.md, "Authentication"."""
        key = (self.build_dir / "hotreload.key").read_bytes()
        digest = hashlib.sha256(body).digest()
        text = bytes.fromhex(nonce) + digest + struct.pack("<Q", len(body)) + b"/upload"
        return {
            "X-Hotreload-Nonce": nonce,
            "X-Hotreload-SHA256": digest.hex(),
            "X-Hotreload-HMAC": hmac.new(key, text, hashlib.sha256).hexdigest(),
        }

    def nonce(self):
        return self.request("/challenge").json["nonce"]

    def upload(self, body, **changes):
        """A signed upload; `changes` replaces headers, None leaves one out."""
        headers = self.signature(body, self.nonce())
        headers.update({name: value for name, value in changes.items() if value is not None})
        for name in [name for name, value in changes.items() if value is None]:
            del headers[name]
        return self.request("/upload", body, headers)
