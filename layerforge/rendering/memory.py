"""How much memory this process may use at most."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil

# Source: cgroup-v2.rst and cgroup-v1/memory.rst in the documentation of the Linux kernel.
_GROUPS_OF_THIS_PROCESS = Path("/proc/self/cgroup")
_ALL_GROUPS = Path("/sys/fs/cgroup")


def machine_bytes() -> int:
    """The machine's memory, or what its container or control group leaves of it."""
    return min([int(psutil.virtual_memory().total), *group_limits()])


def group_limits(own: Path = _GROUPS_OF_THIS_PROCESS, groups: Path = _ALL_GROUPS) -> Iterator[int]:
    """The limits, in bytes, of the control groups that hold this process; none off Linux.

    own: lists the groups.  groups: the folder in which each has its own, version 1 or 2.
    """
    try:
        lines = own.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if not controllers:
            folder, name = groups, "memory.max"
        elif "memory" in controllers.split(","):
            folder, name = groups / "memory", "memory.limit_in_bytes"
        else:
            continue
        place = folder / path.lstrip("/")
        # the groups around it bind too; inside a container only the outermost may be there
        for one in (place, *place.parents):
            yield from _limit_in(one / name)
            if one == folder:
                break


def _limit_in(file: Path) -> Iterator[int]:
    try:
        text = file.read_text(encoding="utf-8").strip()
    except OSError:
        return
    if text.isdecimal():  # else "max"
        yield int(text)
