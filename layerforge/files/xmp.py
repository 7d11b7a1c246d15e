"""The recipe in an XMP packet, as TIFF, WebP, JPEG and PSD carry it.

The packet holds one property with the recipe's JSON, packed with zlib, in base64.  It is looked
for as text and never parsed as XML, so nothing in a stranger's packet is ever run or fetched.
Source: XMP specification, part 1 (ISO 16684-1), 7.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib

from layerforge.files.png_chunks import inflated
from layerforge.files.refusals import Damaged
from layerforge.model.recipe import Recipe, encode_recipe

NAMESPACE = "urn:layerforge:xmp:1#"

_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:layerforge="{namespace}">'
    "<layerforge:recipe>{recipe}</layerforge:recipe>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="w"?>'
)
# other programs that keep the property may write it as an attribute
_RECIPE = re.compile(rb'layerforge:recipe(?:>|\s*=\s*["\'])([A-Za-z0-9+/=\s]*)')


class BadXmp(Damaged):
    """An XMP packet whose recipe is damaged; says how."""


def xmp_packet(recipe: Recipe) -> bytes:
    """A packet with ``recipe``, UTF-8."""
    packed = base64.b64encode(zlib.compress(encode_recipe(recipe), 9)).decode()
    return _PACKET.format(namespace=NAMESPACE, recipe=packed).encode()


def recipe_in_xmp(packet: bytes, *, limit: int) -> bytes | None:
    """The recipe's JSON, or None where the packet has none.

    Raises BadXmp where it is damaged, BadPng where it unpacks to more than ``limit`` bytes.
    """
    found = _RECIPE.search(packet)
    if found is None:
        return None
    try:
        packed = base64.b64decode(found[1])
    except binascii.Error as error:
        raise BadXmp("its recipe is damaged") from error
    return inflated(packed, limit=limit)
