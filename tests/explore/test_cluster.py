"""Workers of a real Dask cluster, each a process of its own; whatever becomes of them."""

import dataclasses
import os
import signal

import pytest

from layerforge.explore.clusters import join
from layerforge.explore.events import RoundDone
from layerforge.explore.versions import versions

pytest.importorskip("distributed", reason="needs the extra layerforge[cluster]")

from distributed import LocalCluster

from layerforge.explore import cluster as module
from layerforge.explore.cluster import ClusterUnreachable, unlike
from layerforge.explore.cluster_worker import introduce


@pytest.fixture
def local():
    options = {"threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with LocalCluster(n_workers=2, **options) as cluster:
        yield cluster


@pytest.fixture
def far(make_exploration, local):
    """Explores on the cluster; gives the tree, what was told, and the cluster as it was left."""
    told = []
    cluster = join(local.scheduler_address, tell=told.append)

    def explore(*, in_round=lambda number: None):
        exploration = make_exploration("far")

        def listen(event):
            if isinstance(event, RoundDone):
                in_round(event.round)

        exploration.run(executor=cluster, listener=listen)
        return exploration.tree(), told

    yield explore
    cluster.shutdown()


@pytest.fixture
def near(make_exploration):
    """The tree that this machine finds alone."""
    exploration = make_exploration("near")
    exploration.run()
    return exploration.tree()


def processes(local):
    return [worker.process.pid for worker in local.workers.values()]


def test_the_tree_is_the_one_that_this_machine_finds_alone(near, far):
    tree, told = far()
    assert tree == near
    assert told == []


def test_a_worker_that_dies_loses_nothing(near, far, local):
    def kill(number):
        if number == 2:
            os.kill(processes(local)[0], signal.SIGKILL)

    assert far(in_round=kill)[0] == near


def test_without_a_scheduler_this_machine_goes_on_alone(near, far, local):
    def end(number):
        if number == 1:
            local.close()

    tree, told = far(in_round=end)
    assert tree == near
    assert any("going on with this machine alone" in line for line in told)


def test_what_a_worker_does_not_get_done_is_done_here(near, far, local, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_S", 1.0)
    stopped = []

    def hold(number):
        if number == 1:
            stopped.extend(processes(local))
            for process in stopped:
                os.kill(process, signal.SIGSTOP)

    try:
        tree, told = far(in_round=hold)
    finally:
        for process in stopped:
            os.kill(process, signal.SIGCONT)
    assert tree == near
    assert any("takes very long" in line for line in told)


def test_workers_that_would_render_otherwise_are_left_out():
    alike = introduce()
    assert unlike(alike) == ""
    other = dataclasses.replace(alike, versions={**versions(), "opencv": "1.0"})
    assert "opencv 1.0" in unlike(other)
    assert "blur.gaussian" in unlike(
        dataclasses.replace(alike, operations=alike.operations - {"blur.gaussian"})
    )
    assert "no module" in unlike(ModuleNotFoundError("no module named 'layerforge'"))


def test_no_scheduler_is_told_soon(monkeypatch):
    monkeypatch.setattr(module, "CONNECT_S", 1.0)
    with pytest.raises(ClusterUnreachable, match=r"127\.0\.0\.1:9.*dask scheduler"):
        join("tcp://127.0.0.1:9", tell=print)


def test_an_address_that_is_none_is_named():
    with pytest.raises(ClusterUnreachable, match="nonsense"):
        join("nonsense://x", tell=print)
