"""`layerforge worker`: this machine works for an exploration elsewhere."""

from __future__ import annotations

import argparse

from layerforge.cli.arguments import whole


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "worker",
        description="Renders and judges for `layerforge explore --cluster ADDRESS`, until the "
        "scheduler ends or Ctrl+C.  Whoever can reach the scheduler can run code here: use it in "
        "a network that you trust, or with TLS (tls:// and Dask's settings for it).",
    )
    parser.add_argument("address", help="of the Dask scheduler, such as tcp://host:8786")
    parser.add_argument(
        "--threads", type=whole(0, 256), default=0, help="jobs at a time; 0 is one a core (0)"
    )
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto")
    parser.add_argument(
        "--wait",
        type=whole(1, 86_400),
        default=60,
        metavar="SECONDS",
        help="how long the scheduler may be out of reach (60)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Work until it ends."""
    from layerforge.explore.clusters import serve
    from layerforge.explore.jobs import default_threads

    threads = args.threads or default_threads()
    serve(args.address, threads=threads, device=args.device, wait_s=args.wait)
    return 0
