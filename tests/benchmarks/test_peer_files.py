import numpy as np
import pytest

from layerforge.files.images import ImageRefused, decode, decode_image
from layerforge.operations.pixels import flatten, from_uint8, premultiply, to_uint8
from tests.benchmarks.peer_files import hostile_files, written_files
from tests.benchmarks.peers import Peer, shown_by

REFUSED = {
    "PNG that claims 60000x60000": "60000x60000 is more than",
    "OpenRaster that holds it": "60000x60000 is more than",
    "half a JPEG": "a part of it is missing",
    "PNG with a wrong checksum": "checksum",
    "HTML named .jpg": "a web page",
}
NOTED = {
    "JPEG without end marker": "its end marker is missing; the picture is whole",
    "PNG with 90 MB of text": "85 MiB of text inside it",
    "float TIFF, one lamp of 500": "its brightest samples, up to 500, were taken as white",
    "float TIFF with NaN": "samples that are not numbers were taken as 0",
}


@pytest.fixture(scope="module")
def picture(photographs):
    return np.ascontiguousarray(photographs["china.jpg"][:160, :240])


def test_hostile_files_are_refused_and_rare_ones_shown(tmp_path, picture):
    refused, noted = {}, {}
    for case in hostile_files(tmp_path, picture):
        try:
            decoded = decode_image(case.path.read_bytes(), name="x")
        except ImageRefused as error:
            refused[case.name] = error.reason
            continue
        off = np.abs(decoded.pixels[..., :3].astype(int) - case.shows)
        # one lamp is white, which it was not in the picture
        assert np.median(off) <= 3
        assert off.mean() < 3, case.name
        if decoded.notes:
            (noted[case.name],) = decoded.notes
    assert refused.keys() == REFUSED.keys()
    assert all(REFUSED[name] in reason for name, reason in refused.items())
    assert noted.keys() == NOTED.keys()
    assert all(noted[name].startswith(words) for name, words in NOTED.items())


def test_what_is_written_shows_what_it_should(tmp_path, picture):
    for case in written_files(tmp_path, picture):
        pixels = premultiply(from_uint8(decode(case.path.read_bytes(), name="x")))
        assert np.abs(to_uint8(flatten(pixels)).astype(int) - case.shows).mean() < 4, case.name


def test_cells_say_what_a_program_did(tmp_path, picture):
    (case,) = (one for one in written_files(tmp_path, picture) if one.path.suffix == ".png"
               and "16" not in one.name)  # fmt: skip
    copies = Peer("copies", lambda source, target: ["cp", source, target], there=True)
    fails = Peer("fails", lambda source, target: ["false"], there=True)
    assert shown_by(copies, case, tmp_path) == "0.0"
    assert shown_by(fails, case, tmp_path) == "no"
