"""Workers on other machines, reached through the scheduler of a Dask cluster.

The tree, the gate and the project stay here; candidates are rendered and judged there.  Whatever
becomes of the cluster, a job is done once: what a worker, a scheduler or a network takes with it
is done on this machine, and what takes far too long as well.
Source: Dask.distributed, https://distributed.dask.org (client, futures, scatter).
"""

from __future__ import annotations

import logging
import statistics
import time
import warnings
from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from distributed import Client
from distributed import Future as Remote
from tornado.ioloop import PeriodicCallback

from layerforge.explore.cluster_worker import NotFit, Worker, do, introduce
from layerforge.explore.equipment import Equipment
from layerforge.explore.jobs import Executor, Future, do_into, make_executor, settle
from layerforge.explore.versions import versions
from layerforge.model.canvas import Canvas
from layerforge.model.errors import LayerForgeError
from layerforge.operations.references import sources_of
from layerforge.operations.registry import toolbox

CONNECT_S = 8.0
"""So long a scheduler has to answer."""

AGAIN_S = 15.0
"""So long after a scheduler was lost it is looked for again, and again."""

LOOK_S = 2.0
"""So often it is looked for new workers."""

PATIENCE_S = 30.0
"""A job that takes longer than this, and than ten jobs usually take, is done here as well."""


class _Job(NamedTuple):
    """A job on its way."""

    work: Callable[..., Any]
    given: tuple[Any, ...]
    began: float


class ClusterUnreachable(LayerForgeError):
    """No scheduler answers at an address."""


class Cluster(Executor):
    """Does jobs of `explore.workbench` on the workers of a Dask scheduler.

    address: of the scheduler, such as ``tcp://host:8786``.  threads: of this machine's own
    workers, for what the cluster can't do; 0 for one a core.  tell: told of what happens to the
    cluster.  Raises ClusterUnreachable.
    """

    def __init__(self, address: str, *, tell: Callable[[str], None], threads: int = 0) -> None:
        self.address = address
        self._tell = tell
        self._threads = threads
        self._own: Executor | None = None
        self._equipment: Equipment | None = None
        self._sources: Mapping[str, bytes] = {}
        self._sent: dict[str, Remote] = {}
        self._fit: dict[str, bool] = {}
        self._looked = 0.0
        self._lost: float | None = None
        self._took: deque[float] = deque(maxlen=64)
        self._away: dict[Future[Any], _Job] = {}
        self._told: set[str] = set()
        self._client = self._connect()
        self._look()

    # What an executor does ----------------------------------------------------------------------

    def submit(self, job: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """Begin a job of `explore.workbench`; ``given`` begins with the workbench's name."""
        if named:
            raise TypeError("jobs of a workbench are given everything by place")
        outcome: Future[Any] = Future()
        job_here = _Job(job, given, time.monotonic())
        if (
            self._equipment is not None
            and given[:1] == (self._equipment.bench,)
            and self._is_there()
        ):
            self._send(outcome, job_here)
        else:
            self._do_here(outcome, job_here)
        return outcome

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as any executor
        """Let the cluster go, and end this machine's own workers."""
        self._sent.clear()
        self._client.close(timeout=CONNECT_S)
        if self._own is not None:
            self._own.shutdown(wait=wait, cancel_futures=cancel_futures)

    # What a run needs ---------------------------------------------------------------------------

    def equip(self, equipment: Equipment, sources: Mapping[str, bytes]) -> None:
        """Say what the jobs to come need.  sources: file bytes by id."""
        self._equipment, self._sources = equipment, sources

    @property
    def workers(self) -> int:
        """How many workers there are that may take part."""
        return sum(self._fit.values())

    # The way there ------------------------------------------------------------------------------

    def _connect(self) -> Client:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of differing versions, which we look at ourselves
                logging.getLogger("distributed").setLevel(logging.CRITICAL)
                client = Client(self.address, timeout=CONNECT_S, set_as_default=False)
        except (OSError, TimeoutError, ValueError, ImportError) as error:
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ClusterUnreachable(
                f"no scheduler answers at {self.address} ({why}): start one with `dask scheduler`, "
                "and workers with `layerforge worker`"
            ) from error
        client.loop.add_callback(PeriodicCallback(self._help_out, 1000.0).start)
        return client

    def _is_there(self) -> bool:
        """Whether there is a worker to send a job to."""
        now = time.monotonic()
        if self._client.status != "running":
            if self._lost is None:
                self._lost = now
                self._fit = {}
                self._sent.clear()
                self._say(
                    f"the scheduler at {self.address} is gone: going on with this machine alone, "
                    "and looking for it again"
                )
            if now - self._lost < AGAIN_S:
                return False
            self._lost = now
            try:
                self._client = self._connect()
            except ClusterUnreachable:
                return False
            self._lost = None
            self._told.clear()
            self._looked = 0.0
            self._tell(f"the scheduler at {self.address} is back")
        if now - self._looked >= LOOK_S or not self.workers:
            self._look()
        return self.workers > 0

    def _look(self) -> None:
        """Meet workers that are new, and forget those that went."""
        self._looked = time.monotonic()
        try:
            there = list(self._client.nthreads())
            new = [address for address in there if address not in self._fit]
            met = self._client.run(introduce, workers=new, on_error="return") if new else {}
        except (OSError, TimeoutError, RuntimeError, ValueError) as error:
            self._say(f"the cluster does not answer ({error}): going on with this machine")
            self._fit = {}
            return
        self._fit = {address: self._fit.get(address, False) for address in there}
        for address, worker in met.items():
            why = unlike(worker)
            self._fit[address] = not why
            if why:
                self._say(f"the worker {address} is left out: {why}")
        if not self.workers:
            self._say(
                f"no worker at {self.address} takes part yet: going on with this machine until "
                "one does"
            )

    def _send(self, outcome: Future[Any], job: _Job) -> None:
        fit = [address for address, is_fit in self._fit.items() if is_fit]
        try:
            remote = self._client.submit(
                do,
                self._held("equipment-" + job.given[0], self._equipment),
                self._seen_by(job),
                job.work,
                *job.given[1:],
                pure=False,
                workers=None if len(fit) == len(self._fit) else fit,
            )
        except (OSError, TimeoutError, RuntimeError, ValueError):
            self._do_here(outcome, job)
            return
        self._away[outcome] = job
        outcome.add_done_callback(partial(self._done, remote))
        remote.add_done_callback(partial(self._came_back, outcome, job))

    def _seen_by(self, job: _Job) -> dict[str, Remote]:
        """The sources that a job looks at."""
        seen = {
            source for one in job.given if isinstance(one, Canvas) for source in sources_of(one)
        }
        return {
            source: self._held(f"source-{source}", self._sources[source])
            for source in sorted(seen)
            if source in self._sources
        }

    def _held(self, key: str, value: object) -> Remote:
        """Something that workers keep at hand, sent once."""
        if key not in self._sent:
            self._sent.update(self._client.scatter({key: value}, broadcast=True))
        return self._sent[key]

    # The way back -------------------------------------------------------------------------------

    def _came_back(self, outcome: Future[Any], job: _Job, remote: Remote) -> None:
        """A job ended, one way or the other.  Runs in a thread of the client."""
        if outcome.done():
            return
        try:
            found = remote.result(timeout=PATIENCE_S)
        except NotFit as error:
            self._fit[error.address] = False
            self._say(f"the worker {error.address} is left out: {error}")
            self._do_here(outcome, job)
        except Exception:  # noqa: BLE001 - what is wrong with the job shows here; else it is done
            self._sent.clear()  # a worker may have taken with it what all others need
            self._do_here(outcome, job)
        else:
            self._took.append(time.monotonic() - job.began)
            settle(outcome, found)

    def _done(self, remote: Remote, outcome: Future[Any]) -> None:
        """Whoever did it: a job is done, or no longer wanted."""
        self._away.pop(outcome, None)
        if remote.status == "pending":
            remote.cancel()

    def _help_out(self) -> None:
        """Do here as well what takes far too long there; who is first counts."""
        patience = max(PATIENCE_S, 10 * statistics.median(self._took) if self._took else 0.0)
        now = time.monotonic()
        for outcome, job in list(self._away.items()):
            if now - job.began > patience:
                self._away.pop(outcome, None)
                self._say(
                    "a worker takes very long: what it works at is done on this machine as well"
                )
                self._do_here(outcome, job)

    def _do_here(self, outcome: Future[Any], job: _Job) -> None:
        if self._own is None:
            self._own = make_executor(self._threads)
        self._own.submit(do_into, outcome, job.work, *job.given)

    def _say(self, text: str) -> None:
        """Tell something once."""
        if text not in self._told:
            self._told.add(text)
            self._tell(text)


def unlike(worker: Worker | BaseException) -> str:
    """Why a worker can't take part; empty where it can."""
    if isinstance(worker, BaseException):
        return f"it has no LayerForge that fits this one ({worker})"
    ours = versions()
    for name, version in ours.items():
        if (theirs := worker.versions.get(name)) != version:
            return f"it has {name} {theirs}, and here is {version}: results would differ"
    lacking = sorted(set(toolbox().operations) - worker.operations)
    if lacking:
        more = f" and {len(lacking) - 1} more" if lacking[1:] else ""
        return f"it lacks {lacking[0]}{more}"
    return ""
