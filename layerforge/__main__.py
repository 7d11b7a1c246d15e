"""``python -m layerforge`` and the ``layerforge`` command."""

import sys


def main() -> int:
    """Run the command line; returns the exit code."""
    return 0


if __name__ == "__main__":
    sys.exit(main())
