# SPDX-License-Identifier: MIT
"""The options and fixtures of pytest-embedded that test_apps/ uses, so that its tests can be collected without it.

pytest -p pytest_embedded_stub --collect-only
"""

import pytest


def pytest_addoption(parser):
    group = parser.getgroup("embedded")
    for name in ("--embedded-services", "--target", "--build-dir", "--port"):
        group.addoption(name)


@pytest.fixture
def target(request):
    return getattr(request, "param", None) or request.config.getoption("target")


@pytest.fixture
def embedded_services(request):
    return getattr(request, "param", None) or request.config.getoption("embedded_services") or ""


@pytest.fixture(scope="session")
def port_app_cache():
    return {}


@pytest.fixture
def app(build_dir):
    raise NotImplementedError("only collected")


@pytest.fixture
def dut(app):
    raise NotImplementedError("only collected")
