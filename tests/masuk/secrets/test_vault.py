"""Secrets print masked, are masked and found however a writer spells them, and are not found where they are not."""

import base64
import csv
import html
import io
import json
import os
import random
import re
import shlex
import string
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from masuk.base.errors import SecretLeaked
from masuk.base.polling import until
from masuk.secrets.vault import Secret, Vault
from masuk.secrets.weak_values import is_weak
from masuk.services.personas import HARD_SIGNS, People

HARD = "pä\"s<&'\\%s 🙂 x"
LABEL = "password of Rini"
DOCS = Path(__file__).parents[3] / "docs"


def vault_with(*values: str) -> Vault:
    vault = Vault()
    for value in values:
        vault.add(Secret(value, LABEL))
    return vault


def java_literal(value: str) -> str:
    """As Java's source code and a .properties file have it."""
    units = value.encode("utf-16-be")
    codes = [int.from_bytes(units[i : i + 2]) for i in range(0, len(units), 2)]
    plain = {ord('"'): '\\"', ord("\\"): "\\\\", ord("'"): "\\'"}
    return "".join(plain.get(code, chr(code) if 32 <= code < 127 else f"\\u{code:04x}") for code in codes)


def element(value: str) -> ET.Element:
    tree = ET.Element("string", name="pw", title=value)
    tree.text = value
    return tree


def double_quoted(value: str) -> str:
    return '"' + re.sub(r'(["$`\\])', r"\\\1", value) + '"'


def csv_row(value: str) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(["rini", value])
    return out.getvalue()


WRITERS: dict[str, Callable[[str], str]] = {
    "plain": lambda value: value,
    "XML text": escape,
    "XML attribute": quoteattr,
    "XML, ASCII only": lambda value: ET.tostring(element(value), encoding="us-ascii").decode(),
    "XML, surrogates": lambda value: "".join(
        c
        if c.isalnum() and c.isascii()
        else f"&#{int.from_bytes(c.encode('utf-16-be')[:2])};"
        if len(c.encode("utf-16-be")) == 2
        else "".join(f"&#{int.from_bytes(c.encode('utf-16-be')[n : n + 2])};" for n in (0, 2))
        for i, c in enumerate(value)
    ),
    "HTML": html.escape,
    "HTML in HTML": lambda value: html.escape(html.escape(value)),
    "HTML, ASCII only": lambda value: html.escape(value).encode("ascii", "xmlcharrefreplace").decode(),
    "JSON": lambda value: json.dumps(value, ensure_ascii=True),
    "JSON in UTF-8": lambda value: json.dumps(value, ensure_ascii=False),
    "JSON for HTML": lambda value: re.sub("[<>&'=]", lambda c: f"\\u{ord(c[0]):04X}", json.dumps(value)),
    "JSON in JSON": lambda value: json.dumps(json.dumps({"p": value}, ensure_ascii=False)),
    "percent": lambda value: quote(value, safe=""),
    "percent, lower case": lambda value: re.sub("%..", lambda c: c[0].lower(), quote(value, safe="!'()*")),
    "percent twice": lambda value: quote(quote(value, safe=""), safe=""),
    "path": quote,
    "form": quote_plus,
    "form of pairs": lambda value: urlencode({"p": value, "q": "1"}),
    "shell": shlex.quote,
    "shell, double quotes": double_quoted,
    "shell, backslashes": lambda value: re.sub(r"([^A-Za-z0-9_\u0080-\U0010ffff])", r"\\\1", value),
    "shell in JSON": lambda value: json.dumps({"cmd": f"input text {shlex.quote(value)}"}),
    "input text": lambda value: value.replace(" ", "%s"),
    "Java": java_literal,
    "Python": repr,
    "Python, ASCII only": ascii,
    "Python bytes": lambda value: repr(value.encode()),
    "Python repr in JSON": lambda value: json.dumps(repr({"p": value})),
    "octal": lambda value: "".join(
        chr(byte) if 32 < byte < 127 and byte != 92 else f"\\{byte:03o}" for byte in value.encode()
    ),
    "characters": lambda value: json.dumps(list(value)),
    "characters, Python": lambda value: repr(list(value)),
    "CSV": csv_row,
    "base64": lambda value: base64.b64encode(value.encode()).decode(),
    "base64, shifted": lambda value: base64.b64encode(b"x" + value.encode() + b"tail").decode(),
    "base64, shifted by two": lambda value: base64.b64encode(b"xy" + value.encode() + b"tail").decode(),
    "base64 for URLs": lambda value: base64.urlsafe_b64encode(f"rini:{value}".encode()).decode(),
    "base64 of JSON": lambda value: base64.b64encode(json.dumps({"p": value}).encode()).decode(),
    "base64 in lines": lambda value: base64.encodebytes((70 * "long " + value).encode()).decode(),
    "base64 of base64": lambda value: base64.b64encode(base64.b64encode(value.encode())).decode(),
}
EXAMPLES = settings(max_examples=50, derandomize=True, deadline=None, database=None)
ENCODINGS = ("utf-8", "utf-16", "utf-16-le", "utf-16-be")
passwords = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=6, max_size=40).filter(
    lambda value: not is_weak(value) and value.strip() == value
)


@pytest.mark.parametrize("writer", WRITERS)
@settings(EXAMPLES)
@given(password=passwords)
@example(password=HARD)
@example(password="0012345678901234")
@example(password='""""""""')
@example(password="a1%41&amp;\\u0041")
def test_any_password_is_masked_and_found_as_any_writer_has_it(writer: str, password: str) -> None:
    vault = vault_with(password)
    text = f"before: {WRITERS[writer](password)} :after"
    masked = vault.mask(text)
    assert f"<{LABEL}>" in masked
    assert masked.startswith("before: ")
    assert masked.endswith(":after")
    assert vault.found_in(text) == [LABEL]
    assert vault.found_in(masked) == []


@pytest.mark.parametrize("encoding", ENCODINGS)
@settings(EXAMPLES)
@given(password=passwords)
@example(password=HARD)
def test_any_password_is_found_in_a_file_of_any_encoding(
    encoding: str, password: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    (folder / "report.html").write_bytes(f"<p>{password}</p>".encode(encoding))
    assert vault_with(password).search(folder) == {folder / "report.html": {LABEL}}


@settings(EXAMPLES)
@given(password=passwords, text=st.text(max_size=200))
def test_a_text_without_the_password_stays_as_it_is(password: str, text: str) -> None:
    vault = vault_with(password)
    if vault.found_in(text) == []:
        assert vault.mask(text) == text
    else:
        assert any(ord(c) in map(ord, text) for c in password)


def test_a_secret_prints_its_label_only() -> None:
    secret = Secret(HARD, LABEL)
    assert HARD not in f"{secret} {secret!r} {[secret]}"
    assert secret.reveal() == HARD


def test_an_empty_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="the password is empty"):
        Secret("", "password")


def test_the_longer_secret_is_masked_whole() -> None:
    vault = Vault()
    vault.add(Secret("12345678", "short"))
    vault.add(Secret("1234567812345678", "long"))
    assert vault.mask("1234567812345678") == "<long>"


def test_two_secrets_with_one_core_are_told_apart() -> None:
    vault = Vault()
    vault.add(Secret("geheim12345", "right"))
    vault.add(Secret("geheim12345!", "wrong"))
    assert vault.mask("geheim12345 geheim12345!") == "<right> <wrong>"


def test_a_planted_secret_is_found_in_texts_and_in_names(tmp_path: Path) -> None:
    vault = vault_with(HARD)
    vault.add(Secret("0012345678901234", "identity number of Rini"))
    folder = tmp_path / "logs"
    folder.mkdir()
    (folder / "app.log").write_text(f"login with {HARD}", encoding="utf-8")
    (folder / "0012345678901234.txt").write_text("nothing")
    with pytest.raises(SecretLeaked, match=r"identity number of Rini.*password of Rini") as leak:
        vault.demand_clean(tmp_path)
    assert "0012345678901234" not in str(leak.value)


def test_a_file_is_searched_as_a_folder_is_and_one_that_is_absent_is_clean(tmp_path: Path) -> None:
    (tmp_path / "app.log").write_text(HARD, encoding="utf-8")
    assert vault_with(HARD).search(tmp_path / "app.log", tmp_path / "absent") == {tmp_path / "app.log": {LABEL}}


@pytest.mark.parametrize("place", ["text", "tail"])
def test_a_secret_beside_the_pixels_of_a_picture_is_found(place: str, tmp_path: Path) -> None:
    texts = PngInfo()
    if place == "text":
        texts.add_itxt("Comment", HARD)
    path = tmp_path / "screen.png"
    Image.effect_noise((64, 64), 99).save(path, pnginfo=texts)
    if place == "tail":
        path.write_bytes(path.read_bytes() + HARD.encode())
    assert vault_with(HARD).search(tmp_path) == {path: {LABEL}}


def test_a_clean_folder_is_clean(tmp_path: Path) -> None:
    vault = vault_with(HARD)
    (tmp_path / "app.log").write_text(vault.mask(f"login with {HARD}"), encoding="utf-8")
    vault.demand_clean(tmp_path)


# Weak values: what language and chance bring into any text.

WEAK = ["user", "admin", "1234", "99", "098765", "password", "Identifier", "user1", "log-in", "tests"]
FIELDS: dict[str, Callable[[str], str]] = {
    "JSON": lambda value: json.dumps({"ok": True, "identifier": value}),
    "JSON in JSON": lambda value: json.dumps({"body": json.dumps({"userName": value, "pin": "x"})}),
    "Python": lambda value: str({"password": value}),
    "form": lambda value: f"grant=x&username={quote_plus(value)}&scope=all",
    "form, last": lambda value: f"POST /login login_id={value}",
    "URL in JSON": lambda value: json.dumps(f"https://10.0.2.2/login?pin={value}"),
    "header": lambda value: f"Accept: */*\nX-User: {value}\nHost: a",
    "XML": lambda value: f"<login><userName>{value}</userName></login>",
    "XML in HTML": lambda value: html.escape(f"<login><userName>{value}</userName></login>"),
    "preferences": lambda value: f'<map><string name="card_number">{value}</string></map>',
    "screen": lambda value: f'<android.widget.EditText index="1" text="{value}" resource-id="a:id/b" />',
    "screen in HTML": lambda value: html.escape(f'<android.widget.EditText index="1" text="{value}" a="" />'),
    "Basic": lambda value: "Authorization: Basic " + base64.b64encode(f"{value}:geheim".encode()).decode(),
    "Basic, password": lambda value: "Authorization: Basic " + base64.b64encode(f"rini:{value}".encode()).decode(),
    "JSON in base64": lambda value: base64.b64encode(json.dumps({"user": value}).encode()).decode(),
}


@pytest.mark.parametrize("value", WEAK)
@pytest.mark.parametrize("field", FIELDS)
def test_a_weak_value_is_masked_and_found_as_the_value_of_a_field(value: str, field: str) -> None:
    vault = vault_with(value)
    text = FIELDS[field](value)
    assert vault.found_in(text) == [LABEL]
    masked = vault.mask(text)
    assert f"<{LABEL}>" in masked
    assert vault.found_in(masked) == []


@settings(EXAMPLES)
@given(value=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=7).filter(str.strip))
def test_any_value_however_short_is_found_as_the_value_of_a_field(value: str) -> None:
    vault = vault_with(value)
    for text in (
        json.dumps({"password": value}),
        f"password={quote(value, safe='')}&x=1",
        f"<a pin={quoteattr(value)}/>",
    ):
        assert vault.found_in(text) == [LABEL], text
        assert vault.found_in(vault.mask(text)) == []


def test_what_shows_nothing_but_a_weak_value_is_masked() -> None:
    assert vault_with("admin").mask(" admin ") == f" <{LABEL}> "


@pytest.mark.parametrize(
    "text",
    [
        "the admin logs in as user 1234 after 1234 ms",
        '{"name": "user", "status": "admin", "value": "1234"}',
        'bounds="[0,1234][99,1234]" <a user="root">',
        "Login: user 1234 of admin",
        "user-1234.png admin.html #1234;",
    ],
)
def test_a_weak_value_in_other_text_is_none(text: str) -> None:
    vault = vault_with("user", "admin", "1234", "99")
    assert vault.found_in(text) == []
    assert vault.mask(text) == text


def a_report(chance: random.Random, words: list[str]) -> str:
    """Texts, numbers, results and base64 of a report, without any field of a login."""
    prose = " ".join(chance.choices(words, k=300))
    numbers = " ".join(str(chance.randrange(10 ** chance.randint(1, 14))) for _ in range(100))
    result = {
        "name": f"Login: {' '.join(chance.choices(words, k=6))}",
        "labels": [{"name": "feature", "value": word} for word in chance.choices(words, k=20)],
        "status": chance.choice(words),
        "start": chance.randrange(10**13),
    }
    tree = "".join(
        f'<android.widget.TextView index="{chance.randrange(9)}" text="{chance.choice(words)}" bounds="[0,9]"/>'
        for _ in range(20)
    )
    noise = base64.b64encode(chance.randbytes(4000)).decode()
    inside = base64.b64encode(f"{prose} {json.dumps(result)}".encode()).decode()
    return "\n".join([prose, numbers, json.dumps(result), html.escape(tree), noise, inside])


def test_no_leak_is_found_in_a_thousand_reports_that_have_none() -> None:
    chance = random.Random(19)
    words = sorted({word for page in DOCS.glob("*.md") for word in re.findall("[A-Za-z]{4,15}", page.read_text())})
    pins = ["".join(chance.choices(string.digits, k=length)) for length in (4, 5, 6) for _ in range(20)]
    for number in range(1000):
        vault = vault_with(*chance.sample(words, 4), *chance.sample(pins, 2), f"{chance.choice(words)[:5].lower()}7")
        assert vault.found_in(a_report(chance, words)) == [], number


def test_a_leak_is_found_in_every_one_of_a_hundred_reports_that_have_one() -> None:
    chance = random.Random(20)
    words = sorted({word for page in DOCS.glob("*.md") for word in re.findall("[A-Za-z]{4,15}", page.read_text())})
    for number in range(100):
        value = chance.choice(words)
        field = chance.choice(list(FIELDS))
        report = f"{a_report(chance, words)}\n{FIELDS[field](value)}\n{a_report(chance, words)}"
        assert vault_with(value).found_in(report) == [LABEL], (number, field, value)


def test_personas_are_made_up_once_and_never_alike() -> None:
    vault = Vault()
    people = People(vault)
    rini, budi = people.named("Rini"), people.named("Budi")
    assert people.named("Rini") is rini
    assert rini.identifier != budi.identifier
    assert len(rini.identifier.reveal()) == 16
    assert len(rini.card_number.reveal()) == 13
    assert len(rini.virtual_account.reveal()) == 16
    assert rini.password.reveal() not in vault.mask(f"{rini.password.reveal()} {rini}")


def test_every_password_that_is_made_up_has_every_hard_sign() -> None:
    people = People(Vault())
    rini = people.named("Rini")
    for password in (rini.password, people.wrong_password(rini), people.new_password(rini)):
        assert all(sign in password.reveal() for sign in HARD_SIGNS)
        assert password.reveal().strip() == password.reveal()


def test_what_was_there_before_a_run_is_not_searched_whatever_date_it_bears(tmp_path: Path) -> None:
    before = tmp_path / "old.log"
    before.write_text(HARD, encoding="utf-8")
    began = before.stat().st_ctime + 0.05
    # The kernel dates files by a clock that goes on in steps of some milliseconds.
    until(lambda: time.time() > began + 0.05, "the clock to go on", timeout=10)
    pushed = tmp_path / "pushed.xml"
    pushed.write_text(HARD, encoding="utf-8")
    os.utime(pushed, (0, 0))  # as adb push dates what it writes
    assert vault_with(HARD).search(tmp_path, since=began) == {pushed: {LABEL}}
    with before.open("a") as log:
        log.write("one more line\n")
    assert vault_with(HARD).search(tmp_path, since=began).keys() == {before, pushed}
