"""What the files for many machines name is there."""

import importlib.util
import json
import re
from pathlib import Path

from layerforge.cli.main import make_parser
from layerforge.explore.clusters import DEVICE_SETTING

CLUSTER = Path(__file__).parents[2] / "packaging" / "cluster"
PAGE = (CLUSTER / "README.md").read_text(encoding="utf-8")
COMPOSE = (CLUSTER / "compose.yaml").read_text(encoding="utf-8")


def test_the_compose_file_starts_a_scheduler_and_a_worker():
    scheduler, worker = (json.loads(one) for one in re.findall(r"command: (\[.*\])", COMPOSE))
    assert scheduler[:2] == ["dask", "scheduler"]
    assert worker[:2] == ["layerforge", "worker"]
    given = make_parser("worker").parse_args(worker[1:])
    port = scheduler[scheduler.index("--port") + 1]
    assert (given.address, given.wait) == (f"tcp://scheduler:{port}", 120)


def test_the_image_is_built_from_what_the_compose_file_says():
    (context,) = set(re.findall(r"context: (\S+)", COMPOSE))
    (dockerfile,) = set(re.findall(r"dockerfile: (\S+)", COMPOSE))
    assert (CLUSTER / context / dockerfile).is_file()


def test_the_page_names_what_workers_load_and_read():
    for module in set(re.findall(r"--preload\", \"([\w.]+)\"", PAGE)):
        assert importlib.util.find_spec(module) is not None
    assert f"`{DEVICE_SETTING}`" in PAGE
