"""Folders whose tests share something slow to make stay together on one worker, when there are several.

xdist's own groups (`xdist_group`) are silently without effect under pytest 9.2, hence a scheduler of ours.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

ON_ONE_WORKER = ("tests/e2e/", "tests/demo/")


class FolderScheduling(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in ON_ONE_WORKER if nodeid.startswith(folder)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return FolderScheduling(config, log)
