import io

import numpy as np
import pytest
from PIL import Image

from layerforge.project.webp import webp_size

PLAIN = Image.fromarray(np.zeros((5, 300, 3), dtype=np.uint8))
CLEAR = Image.fromarray(np.zeros((300, 7, 4), dtype=np.uint8))


def encoded(image, **options):
    out = io.BytesIO()
    image.save(out, "WEBP", **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (encoded(PLAIN), (300, 5)),
        (encoded(PLAIN, lossless=True), (300, 5)),
        (encoded(CLEAR), (7, 300)),
        (encoded(CLEAR, lossless=True), (7, 300)),
        (encoded(PLAIN, save_all=True, append_images=[PLAIN.rotate(180)]), (300, 5)),
        (encoded(PLAIN)[:25], None),
        (b"", None),
        (b"RIFF" + bytes(40), None),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), None),
    ],
)
def test_the_size_is_read_without_decoding(content, size):
    assert webp_size(content) == size
