"""What must hold of each parser for any input, and where the inputs come from."""

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from handset.adb.transport import CLSE, CNXN, OKAY, OPEN, VERSION, WRTE
from handset.base.display import Display
from handset.shell.all_commands import COMMANDS
from handset.ui.uiautomator2 import locators, source, uiselector
from handset.ui.uiautomator2.all_endpoints import ROUTES
from handset.ui.uiautomator2.errors import WebDriverError
from tests.handset.fake_process import FakeApp
from tests.handset.fuzzing.world import PACKAGE, World, is_documented, packet

WAITING = {"sleep", "reboot", "screenrecord", "monkey"}
NUMBERS = st.one_of(
    st.integers(-3, 5).map(str),
    st.sampled_from(["²", "0x", "1e999", "nan", "inf", "-", "9" * 30, "1_0", "07", "1.5"]),
)
PATHS = st.sampled_from(
    [
        "/sdcard/*",
        "***",
        "**",
        "[",
        "[b-a]*",
        "[!",
        "/",
        ".",
        "..",
        "/sdcard",
        "/data/local/tmp/a",
        "a\0b",
        "x" * 300,
        "~",
    ]
)
OPTIONS = st.text("abcdefgilnoprstuvwxzSWEF-", min_size=1, max_size=3).map("-".__add__)
WORDS = st.one_of(
    NUMBERS,
    PATHS,
    OPTIONS,
    st.sampled_from([PACKAGE, f"{PACKAGE}/.Main", "'", '"', "\\", "$X", "${", "--", "=", "+%s"]),
    st.text(max_size=6),
)
VERBS = {
    "am": ["start", "force-stop", "kill", "broadcast", "startservice", "stack"],
    "pm": ["list", "path", "install-create", "install-write", "grant", "resolve-activity", "dump", "clear"],
    "cmd": ["connectivity", "wifi", "phone", "alarm", "locale", "package", "activity", "window", "-l"],
    "settings": ["get", "put", "list", "delete"],
    "input": ["tap", "swipe", "keyevent", "text"],
    "dumpsys": ["activity", "window", "package", "input_method", "wifi", "deviceidle"],
    "svc": ["wifi", "data", "power"],
    "wm": ["size", "density"],
}
NAMES = sorted(set(COMMANDS) - WAITING)


@st.composite
def commands(draw: st.DrawFn) -> str:
    name = draw(st.sampled_from(NAMES))
    verb = [draw(st.sampled_from(VERBS[name]))] if name in VERBS else []
    return " ".join([name, *verb, *draw(st.lists(WORDS, max_size=4))])


LINES = st.one_of(
    commands(),
    st.lists(commands(), min_size=2, max_size=3).flatmap(
        lambda parts: st.sampled_from(["|", "&&", "||", ";", ">", "2>", "<", "\n"]).map(lambda mark: mark.join(parts))
    ),
    st.text("ls*?[]!{}()'\"\\$`|&;<> \n\0~#=-/.", max_size=30),
    st.text(max_size=30),
)


def shell(world: World, line: str) -> None:
    """A line ends with an exit code or goes on waiting, and the shell goes on."""
    code, _ = world.shell(line)
    assert code is None or isinstance(code, int)
    assert world.shell("echo alive") == (0, b"alive\n")
    noticed, world.defects = world.defects, []
    assert not noticed, noticed


WORD32 = st.one_of(st.integers(0, 5), st.just(0xFFFFFFFF), st.integers(0, 0xFFFFFFFF))
SYNC_NAMES = [
    b"STAT",
    b"STA2",
    b"LST2",
    b"LIST",
    b"LIS2",
    b"SEND",
    b"SND2",
    b"RECV",
    b"RCV2",
    b"DATA",
    b"DONE",
    b"QUIT",
]
SYNC_PATHS = [b"/sdcard", b"/sdcard/a,33188", b"/sdcard/a,x", b"/sdcard/a", b"\xff\0", b"/", b"", b"x" * 1100]
SYNC = st.lists(
    st.tuples(st.sampled_from(SYNC_NAMES), st.sampled_from(SYNC_PATHS), st.one_of(st.none(), WORD32)).map(
        lambda of: of[0] + struct.pack("<I", len(of[1]) if of[2] is None else of[2]) + of[1]
    ),
    max_size=4,
).map(b"".join)
SHELL_V2 = st.lists(
    st.tuples(st.integers(0, 255), st.binary(max_size=8), st.one_of(st.none(), WORD32)).map(
        lambda of: struct.pack("<BI", of[0], len(of[1]) if of[2] is None else of[2]) + of[1]
    ),
    max_size=3,
).map(b"".join)
SERVICES = st.one_of(
    st.sampled_from(
        [
            b"sync:",
            b"shell,v2,raw:cat",
            b"shell:ls ***",
            b"exec:cat",
            b"abb:package\0list",
            b"reverse:forward:tcp:99999;tcp:1",
            b"reverse:list-forward",
            b"reverse:killforward:tcp:x",
            b"reverse:forward:\xc3\xa4",
            b"tcp:1",
            b"root:",
            b"",
            b"shell,v2:echo \xff",
        ]
    ),
    st.binary(max_size=12),
)
PACKETS = st.one_of(
    SERVICES.map(lambda name: packet(OPEN, 7, 0, name + b"\0")),
    st.tuples(st.sampled_from([OKAY, CLSE]), WORD32, WORD32).map(lambda of: packet(*of)),
    st.tuples(WORD32, st.one_of(SYNC, SHELL_V2, st.binary(max_size=20))).map(
        lambda of: packet(WRTE, 7, min(of[0], 3), of[1])
    ),
    st.tuples(WORD32, WORD32, WORD32, st.binary(max_size=9), st.one_of(st.none(), WORD32)).map(lambda of: packet(*of)),
    st.tuples(WORD32, WORD32).map(lambda of: packet(CNXN, of[0], of[1], b"host::")),
    st.binary(max_size=30),
)
CONNECTIONS = st.tuples(st.sampled_from([4, 4096, 0]), st.lists(PACKETS, max_size=6)).map(
    lambda of: packet(CNXN, VERSION, of[0], b"host::features=shell_v2") + b"".join(of[1])
)


def adb(world: World, packets: bytes) -> None:
    """A connection of adb is served or cut, and the next one is served."""
    world.adb(packets)
    world.check()


CALLS = st.sampled_from(
    [
        *locators.PATTERN_METHODS,
        *locators.BOOLEAN_ATTRIBUTES,
        "index",
        "instance",
        "childSelector",
        "fromParent",
        "fancy",
    ]
)
ARGUMENTS = st.recursive(
    st.one_of(
        st.text(max_size=5).map(lambda text: f'"{text}"'),
        st.sampled_from(
            ['"["', '"(a+)+"', '"*"', '"\\ud800"', "true", "1", "-1", "9" * 30, "1.5", "Foo.class", "", "x y", "1,2"]
        ),
    ),
    lambda inner: st.tuples(CALLS, inner).map(lambda of: f"new UiSelector().{of[0]}({of[1]})"),
    max_leaves=4,
)
UI_SELECTORS = st.one_of(
    st.lists(st.tuples(CALLS, ARGUMENTS), max_size=3).map(
        lambda calls: "new UiSelector()" + "".join(f".{name}({argument})" for name, argument in calls)
    ),
    st.tuples(
        ARGUMENTS, st.sampled_from(["scrollIntoView", "scrollForward", "setMaxSearchSwipes", "fancy"]), ARGUMENTS
    ).map(lambda of: f"new UiScrollable({of[0]}).{of[1]}({of[2]})"),
    st.integers(1, 2000).map(lambda depth: "new UiSelector().childSelector(" * depth),
    st.text('newUiSelctor().;,"\\ 0-9', max_size=30),
    st.text(max_size=20),
)
XPATHS = st.one_of(
    st.tuples(
        st.sampled_from(["//*", "/hierarchy", "//a", ".", "..", ""]), st.text("@text()[]='\"|/*:!$<>+-1 ", max_size=12)
    ).map("".join),
    st.sampled_from(
        [
            "//*[matches(@text, '[')]",
            "//*[matches(@text)]",
            "//*[matches(1, 2)]",
            "//*[ends-with(@text, //*)]",
            "1 + 1",
            "//*[lower-case()]",
            "$x",
            "//x:y",
            "string(//*)",
            "//@text",
            "\ud800",
            "\0",
            "(" * 500,
            "//*[matches(@text, '\\u')]",
        ]
    ),
    st.text(max_size=15),
)
SELECTORS = st.one_of(
    st.tuples(st.just("-android uiautomator"), UI_SELECTORS),
    st.tuples(st.just("xpath"), XPATHS),
    st.tuples(st.sampled_from(["id", "accessibility id", "class name", "css selector", ""]), st.text(max_size=10)),
)


def screen() -> etree._Element:
    app = FakeApp()
    app.activities = [f"{PACKAGE}.Main"]
    return source.build(app.tree(), Display())


def selector(_world: World, chosen: tuple[str, str]) -> None:
    """A selector finds elements or is an invalid selector, in the server's parser and in the finder."""
    for parse in (lambda: locators.find(screen(), *chosen), lambda: uiselector.parse(chosen[1])):
        code = _refusal(parse)
        assert code in {None, "invalid selector"}


def _refusal(parse: Callable[[], object]) -> str | None:
    try:
        parse()
    except WebDriverError as error:
        return error.code
    return None


IDENTIFIERS = ["00000000-0000-0000-ffff-ffff00000000", "nope", "%00", "²"]
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 5), st.just(2**31), st.just(10**400), st.floats(), st.text(max_size=5)
)
KEYS = st.sampled_from(
    [
        "strategy",
        "selector",
        "context",
        "text",
        "value",
        "origin",
        "offset",
        "area",
        "direction",
        "percent",
        "speed",
        "x",
        "y",
        "end",
        "start",
        "actions",
        "type",
        "keycode",
        "settings",
        "capabilities",
        "alwaysMatch",
        "firstMatch",
        "params",
        "orientation",
        "z",
        "replace",
        "element-6066-11e4-a52e-4f735466cecf",
        "buttonLabel",
        "left",
        "top",
        "width",
        "height",
    ]
)
VALUES = st.one_of(
    st.sampled_from(
        [
            "xpath",
            "//*",
            "-android uiautomator",
            "new UiSelector()",
            "pointer",
            "key",
            "pointerDown",
            "pointerUp",
            "pointerMove",
            "keyDown",
            "LANDSCAPE",
            "up",
            "down",
            *IDENTIFIERS,
        ]
    ),
    SCALARS,
)
BODIES = st.recursive(
    VALUES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=10,
)
REQUESTS = st.tuples(
    st.sampled_from(ROUTES),
    st.sampled_from(IDENTIFIERS),
    st.one_of(BODIES.map(lambda body: json.dumps(body).encode()), st.binary(max_size=10), st.just(b"[" * 5000)),
    st.sampled_from(["scroll", "swipe", "click", "drag", "long_click", "double_click", "pinch", "text", "name"]),
)


def http(world: World, request: tuple[Any, str, bytes, str]) -> None:
    """A request is answered by the protocol, and the server goes on."""
    route, identifier, body, name = request
    path = route.pattern.pattern
    for group in ("identifier", "container", "target"):
        path = path.replace(f"(?P<{group}>[^/]+)", identifier)
    path = path.replace("(?P<name>[^/]+)", name).replace("[^/]+", "current")
    path = path.replace("(?:rect|location|size)", "rect").replace("(?:long_)?", "").replace("(?:/implicit_wait)?", "")
    answer = world.ask(route.method, "/session/SESSION" + path.rstrip("$?"), body)
    assert answer is not None
    assert is_documented(answer), answer
    noticed, world.defects = world.defects, []
    assert not noticed, noticed


RAW = st.one_of(
    st.binary(max_size=40),
    st.tuples(
        st.sampled_from([b"GET /status HTTP/1.1", b"GET", b"POST /session HTTP/1.1", b"GET  ", b"x" * 70000]),
        st.sampled_from(
            [b"Content-Length: -1", b"Content-Length: x", b"Content-Length: 9999999999999", b"a" * 70000, b":", b""]
        ),
        st.binary(max_size=10),
    ).map(lambda of: of[0] + b"\r\n" + of[1] + b"\r\n\r\n" + of[2]),
)


def raw_http(world: World, request: bytes) -> None:
    """Bytes that are no request are refused, and the next connection is served."""
    answer = world.http(request)
    assert answer is None or is_documented(answer), answer
    world.check()


@dataclass(frozen=True)
class Property:
    """What holds for every input of a strategy; `weight` is how many inputs a bounded run takes."""

    holds: Callable[[World, Any], None]
    inputs: st.SearchStrategy[Any]
    weight: int

    def check(self, world: World, profile: settings) -> None:
        """Try inputs, as many as the profile says. Raises what the first input that fails has raised."""
        profile(given(self.inputs)(lambda given_: self.holds(world, given_)))()


PROPERTIES = {
    "shell": Property(shell, LINES, 400),
    "adb": Property(adb, CONNECTIONS, 100),
    "selector": Property(selector, SELECTORS, 500),
    "http": Property(http, REQUESTS, 300),
    "raw-http": Property(raw_http, RAW, 60),
}
