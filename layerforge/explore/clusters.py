"""The way to a cluster, where the libraries for it are installed."""

from __future__ import annotations

import importlib.util
import os
import tempfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from layerforge.explore.settings import DeviceName
from layerforge.model.errors import LayerForgeError

if TYPE_CHECKING:
    from layerforge.explore.cluster import Cluster

DEVICE_SETTING = "LAYERFORGE_WORKER_DEVICE"
"""The environment variable that says what a worker's judge runs on."""


class ClusterNotInstalled(LayerForgeError):
    """A cluster was asked for, and this installation comes without the libraries for it."""

    def __init__(self) -> None:
        super().__init__(
            "clusters need Dask, which is not installed: pip install 'layerforge[cluster]'"
        )


def join(address: str, *, tell: Callable[[str], None], threads: int = 0) -> Cluster:
    """The cluster of the scheduler at ``address``; see `explore.cluster`.

    Raises ClusterNotInstalled, ClusterUnreachable.
    """
    _demand_dask()
    from layerforge.explore.cluster import Cluster

    return Cluster(address, tell=tell, threads=threads)


def serve(address: str, *, threads: int, device: DeviceName, wait_s: int) -> None:
    """Work for the scheduler at ``address`` until it ends or this is interrupted.

    threads: jobs at a time.  wait_s: so long the scheduler may be out of reach.  Raises
    ClusterNotInstalled, and LayerForgeError where the scheduler can't be reached.
    """
    _demand_dask()
    from distributed.cli.dask_worker import main as work

    os.environ[DEVICE_SETTING] = device
    given = {
        "--nworkers": 1,
        "--nthreads": threads,
        "--death-timeout": wait_s,
        "--preload": "layerforge.explore.cluster_worker",
        "--local-directory": tempfile.gettempdir(),
    }
    options = [str(part) for option in given.items() for part in option]
    try:
        work.main([address, *options, "--no-dashboard"], standalone_mode=False)
    except (OSError, TimeoutError, RuntimeError) as error:
        raise LayerForgeError(
            f"the scheduler at {address} can't be reached ({error}): start one with "
            "`dask scheduler`"
        ) from error


def _demand_dask() -> None:
    if importlib.util.find_spec("distributed") is None:
        raise ClusterNotInstalled
