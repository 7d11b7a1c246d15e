"""Fuzz one entrance with atheris:  python -m tests.fuzz.run ENTRANCE SECONDS [FOLDER].

FOLDER keeps the corpus (default: a temporary one).  Stops at the first finding: an exception that
is no LayerForgeError, more than 2 s for one input, or more than 2 GiB of memory; the input is
then written to tests/fuzz/found/ENTRANCE, where test_entrances.py tries it again for ever.
"""

import os
import sys
import tempfile
from pathlib import Path

try:
    import atheris
except ImportError:
    sys.exit("tests.fuzz.run: atheris is not installed: pip install atheris (Linux and macOS)")

SECONDS_AN_INPUT = 2
MEMORY_MIB = 2048
LONGEST = {"project": 49152, "salvage": 49152}
WORDS = (
    b'"layout.stamp_visible"', b'"layout.duplicate"', b'"parameters"', b'"operation"', b'"steps"',
    b'"target"', b'"canvas"', b'"width"', b'"sources"', b'"format"', b'"layerforge-recipe"',
    b"layerforge:recipe", b"8BIM", b"IHDR", b"iTXt", b"iCCP", b"tRNS", b"PK\\x01\\x02",
    b"PK\\x05\\x06", b"mergedimage.png", b"layerforge/recipe.json", b"acTL", b"fcTL", b"fdAT",
    b"SQLite format 3", b"CREATE TABLE ", b"CREATE TRIGGER ", b"CREATE VIEW ", b"STRICT", b"LFog",
    b"branches", b"thumbnails", b"layout.add_picture",
)  # fmt: skip


def main():
    entrance_name, seconds = sys.argv[1], int(sys.argv[2])
    os.environ["LAYERFORGE_MAX_MEGAPIXELS"] = "1"
    with atheris.instrument_imports(include=["layerforge", "PIL"]):
        from tests.fuzz.entrances import ENTRANCES
    from tests.fuzz.seeds import seeds

    entrance = ENTRANCES[entrance_name]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[3] if len(sys.argv) > 3 else temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in seeds(entrance_name).items():
            (folder / name).write_bytes(content)
        words = Path(temporary) / "words.txt"
        words.write_text("\n".join('"' + _quoted(word) + '"' for word in WORDS))
        found = Path(__file__).parent / "found" / entrance_name
        found.mkdir(parents=True, exist_ok=True)
        options = [
            f"-max_total_time={seconds}",
            f"-timeout={SECONDS_AN_INPUT}",
            f"-rss_limit_mb={MEMORY_MIB}",
            f"-artifact_prefix={found}/",
            f"-dict={words}",
            f"-max_len={LONGEST.get(entrance_name, 8192)}",
            "-print_final_stats=1",
            "-verbosity=0",
        ]
        atheris.Setup([sys.argv[0], *options, str(folder)], entrance)
        atheris.Fuzz()


def _quoted(word):
    return word.decode().replace('"', '\\"')


if __name__ == "__main__":
    main()
