"""Translated code: what the Java runtime's verifier says to it, and which kind of process it asks for."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from handset.base.home import Home
from handset.base.process_kind import ORDINARY, ProcessKind
from handset.base.trace import Trace
from handset.packages.dex import AppCode, DexTranslator
from handset.runtime.build import build_runtime
from handset.runtime.launch import java_command
from tests.handset.apks import build_apk
from tests.handset.devices import REAL, TOOLCHAIN, Adb, prepare_home, start_device

MAIN = {
    "com/example/app/Main.java": """package com.example.app;
        public class Main extends android.app.Activity {
          @Override protected void onCreate(android.os.Bundle state) {
            super.onCreate(state);
            android.util.Log.i("Main", "says " + WORD);
          }
        }"""
}


@pytest.fixture(scope="module")
def home() -> Home:
    home = Home(TOOLCHAIN.absolute())
    build_runtime(home)
    return home


def translate(home: Home, apk: Path, folder: Path) -> AppCode:
    with Trace(folder / "trace.jsonl") as trace:
        return asyncio.run(DexTranslator(home, trace).translate(apk))


def test_ordinary_code_is_verified_and_runs_in_an_ordinary_process(
    home: Home, dex: Callable[..., bytes], tmp_path: Path
) -> None:
    sources = {name: text.replace("WORD", '"hello"') for name, text in MAIN.items()}
    code = translate(home, build_apk(home, tmp_path / "apk", code=dex(sources)), tmp_path)
    assert code.kind == ORDINARY
    command = java_command(home, tmp_path, code.kind)
    assert not any("Verification" in argument for argument in command), command


def test_code_that_can_not_be_verified_gets_a_process_that_trusts_it(
    home: Home, dex: Callable[..., bytes], tmp_path: Path
) -> None:
    """Android runs a method whose types are partly missing until it meets one; the Java verifier refuses its class."""
    sources = {
        "com/example/app/Base.java": "package com.example.app; class Base {}",
        "com/example/app/Missing.java": "package com.example.app; class Missing extends Base {}",
        "com/example/app/User.java": """package com.example.app; class User {
            static void take(Base base) {}
            static void give(Missing missing) { take(missing); }
        }""",
    }
    code = translate(home, build_apk(home, tmp_path / "apk", code=dex(sources, without=("Missing",))), tmp_path)
    assert [line.partition("\t")[0] for line in code.unverified] == ["com/example/app/User"]
    assert code.kind == ProcessKind(verified=False)
    assert "-XX:-BytecodeVerificationRemote" in java_command(home, tmp_path, code.kind)


def test_an_app_with_classes_in_the_framework_s_packages_runs_unbaked(
    home: Home, dex: Callable[..., bytes], tmp_path: Path, adb_server: Adb
) -> None:
    sources = {
        **{name: text.replace("WORD", "android.example.Word.say()") for name, text in MAIN.items()},
        "android/example/Word.java": """package android.example;
            public class Word {
              public static String say() { return System.nanoTime() > 0 ? "it is mine" : "it is early"; }
            }""",
        "android/example/Plain.java": "package android.example; public class Plain {}",
    }
    apk = build_apk(home, tmp_path / "apk", code=dex(sources))
    code = translate(home, apk, tmp_path)
    assert code.instrumented == ("android/example/Word",)
    assert code.kind == ProcessKind(baked=False)
    private = prepare_home(tmp_path / "home")
    (private.root / "handset").symlink_to(home.root / "handset")
    device = start_device(private, adb_server, "--no-spare", name="unbaked-app", program=REAL)
    try:
        installed = device.adb("install", str(apk))
        assert b"Success" in installed.stdout, installed
        assert "Status: ok" in device.adb.shell("am start -W -n com.example.app/.Main")
        log = device.adb.shell("logcat -d")
    finally:
        device.stop()
    assert "says it is mine" in log
    assert (
        "starts slowly: it runs unbaked for its classes in the framework's packages, such as android/example/Word"
        in log
    )
