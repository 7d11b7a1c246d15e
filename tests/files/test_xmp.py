import base64
import zlib
from xml.etree import ElementTree

import pytest

from layerforge.files.png_chunks import BadPng
from layerforge.files.xmp import NAMESPACE, BadXmp, recipe_in_xmp, xmp_packet
from layerforge.model.canvas import Canvas
from layerforge.model.recipe import Recipe, decode_recipe, encode_recipe

RECIPE = Recipe(canvas=Canvas(width=8, height=4), sources=(), steps=())
LIMIT = 1 << 20


def test_the_packet_is_xml_with_one_property():
    packet = xmp_packet(RECIPE)
    root = ElementTree.fromstring(packet.decode().partition("?>")[2].rpartition("<?")[0])
    assert root.tag == "{adobe:ns:meta/}xmpmeta"
    (text,) = [one.text for one in root.iter(f"{{{NAMESPACE}}}recipe")]
    assert zlib.decompress(base64.b64decode(text)) == encode_recipe(RECIPE)
    assert decode_recipe(recipe_in_xmp(packet, limit=LIMIT)) == RECIPE


def test_the_property_may_be_an_attribute():
    text = base64.b64encode(zlib.compress(encode_recipe(RECIPE))).decode()
    packet = f'<rdf:Description layerforge:recipe="{text}"/>'.encode()
    assert recipe_in_xmp(packet, limit=LIMIT) == encode_recipe(RECIPE)


def test_a_packet_of_others_has_no_recipe():
    assert recipe_in_xmp(b"<x:xmpmeta/>", limit=LIMIT) is None


def test_damage_is_named():
    with pytest.raises(BadXmp, match="damaged"):
        recipe_in_xmp(b"layerforge:recipe>abcde</", limit=LIMIT)
    with pytest.raises(BadPng, match="damaged"):
        recipe_in_xmp(b"layerforge:recipe>AAAA</", limit=LIMIT)
