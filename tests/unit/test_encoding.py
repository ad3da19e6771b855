"""From bytes to text: right, or asked; never wrong in silence."""

from __future__ import annotations

import codecs

import pytest

from crmclean.core.errors import InputError
from crmclean.formats.encoding import decode

TEXT = "Firma;Straße\r\nMüller Söhne;Königsallee – 5 €\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "has_bom"),
    [
        (TEXT.encode(), "utf-8", False),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", True),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be", True),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le", True),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be", True),
        (TEXT.encode("utf-16-le"), "utf-16-le", False),
        (TEXT.encode("cp1252"), "cp1252", False),
    ],
)
def test_right_without_being_told(data: bytes, encoding: str, has_bom: bool) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.bom) == (encoding, has_bom)
    assert decoded.utf8.decode() == TEXT
    assert decoded.unreadable == {}


def test_cp1252_is_said_to_be_a_guess() -> None:
    assert [note.code for note in decode(TEXT.encode("cp1252")).notes] == ["encoding-guessed"]


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman", "cp1251", "koi8-r", "cp1250", "iso8859-2"])
def test_others_are_asked_for(encoding: str) -> None:
    words = {
        "cp1251": "Москва Петров",
        "koi8-r": "Москва Петров",
        "cp1250": "Dvořák Plzeň Łódź",
        "iso8859-2": "Łódź Dvořák",
    }
    data = words.get(encoding, "Müller Größe Köln Straße").encode(encoding)
    with pytest.raises(InputError) as caught:
        decode(data)
    assert caught.value.code == "encoding-unknown"
    assert caught.value.hint is not None
    assert "--encoding" in caught.value.hint.en
    assert decode(data, encoding).utf8.decode() == data.decode(encoding)


def test_lines_of_another_encoding_are_named_byte_for_byte() -> None:
    data = "Müller\nKöln\n".encode() + "Söhne\n".encode("cp1252") + "Bär\n".encode()
    decoded = decode(data)
    assert decoded.unreadable == {2: ("encoding-mixed", b"S\xf6hne")}
    assert decoded.utf8.decode() == "Müller\nKöln\nS\\xf6hne\nBär\n"


def test_a_bad_byte_far_behind_is_seen() -> None:
    data = b"a;b\n" * 50_000 + "ä\n".encode() * 3 + b"\x81\n"
    assert decode(data).unreadable == {50_003: ("encoding-error", b"\x81")}


def test_a_file_cut_within_a_character() -> None:
    data = "Müller\nKöln\nBär\nGrün".encode()[:-2]
    assert decode(data).unreadable == {3: ("truncated-file", b"Gr\xc3")}


@pytest.mark.parametrize("encoding", ["no-such", "base64", "utf-16\x00"])
def test_unknown_name(encoding: str) -> None:
    with pytest.raises(InputError):
        decode(b"a", encoding)


@pytest.mark.parametrize("name", ["utf-32-be", "utf-32-le"])
def test_utf32_behind_the_mark_of_utf16_is_read_with_a_word(name: str) -> None:
    decoded = decode(codecs.BOM_UTF16_BE + TEXT.encode(name))
    assert (decoded.utf8.decode(), decoded.encoding, decoded.mark) == (TEXT, name, codecs.BOM_UTF16_BE)
    assert [note.code for note in decoded.notes] == ["encoding-guessed"]


def test_wrong_width_is_refused() -> None:
    with pytest.raises(InputError):
        decode(codecs.BOM_UTF16_BE + "abc;def\n".encode("utf-32-be") + b"\0a")
