"""An app that hangs leaves the device working: real processes, whose main thread is blocked or that are stopped."""

import functools
import os
import re
import signal
from collections.abc import Callable

import pytest

from masuk.base.polling import until
from tests.handset.devices import Adb, RunningDevice

PACKAGE = "com.example.app"
SOURCES = {
    "com/example/app/Main.java": """package com.example.app;
        public class Main extends android.app.Activity {
          private final Object first = new Object(), second = new Object();

          @Override protected void onCreate(android.os.Bundle state) {
            super.onCreate(state);
            android.view.View view = new android.view.View(this);
            view.setOnClickListener(clicked -> deadlock());
            setContentView(view);
          }

          /** Each thread holds what the other one waits for. */
          private void deadlock() {
            java.util.concurrent.CountDownLatch both = new java.util.concurrent.CountDownLatch(2);
            new Thread(() -> take(second, first, both)).start();
            android.util.Log.i("Main", "hangs now");
            take(first, second, both);
          }

          private static void take(Object held, Object wanted, java.util.concurrent.CountDownLatch both) {
            synchronized (held) {
              both.countDown();
              try {
                both.await();
              } catch (InterruptedException e) {
                return;
              }
              synchronized (wanted) {}
            }
          }
        }"""
}
CHANGES = (
    ("cmd connectivity airplane-mode enable", "settings get global airplane_mode_on", "1"),
    ("cmd connectivity airplane-mode disable", "settings get global airplane_mode_on", "0"),
    ("svc wifi disable", "settings get global wifi_on", "0"),
    ("svc wifi enable", "settings get global wifi_on", "1"),
    ("svc data disable", "settings get global mobile_data", "0"),
    ("settings put global http_proxy 10.0.2.2:8080", "settings get global http_proxy", "10.0.2.2:8080"),
    ("settings put global private_dns_mode hostname", "settings get global private_dns_mode", "hostname"),
    ("cmd connectivity set-chain3-enabled true", "cmd connectivity get-chain3-enabled", "chain:enabled"),
    (
        f"cmd connectivity set-package-networking-enabled false {PACKAGE}",
        f"cmd connectivity get-package-networking-enabled {PACKAGE}",
        f"{PACKAGE}:deny",
    ),
    ("settings put system user_rotation 1", "dumpsys window displays | grep -o ROTATION_90", "ROTATION_90"),
    ("settings put system font_scale 1.3", "settings get system font_scale", "1.3"),
    (f"cmd locale set-app-locales {PACKAGE} --locales en-GB", f"cmd locale get-app-locales {PACKAGE}", "en-GB"),
    ("cmd alarm set-time 1893456000000", "date +%Y", "2030"),
)
"""A command, one that shows its effect, and what that one prints."""
QUESTIONS = (
    "dumpsys input_method",
    "dumpsys activity activities",
    "dumpsys window",
    "dumpsys power",
    "pm list packages",
)


def deadlock(device: RunningDevice) -> None:
    device.adb.shell("input tap 400 900")
    until(lambda: "hangs now" in device.adb.shell("logcat -d"), "the app to hang", timeout=10)


def stop(device: RunningDevice) -> None:
    os.kill(int(device.adb.shell(f"pidof {PACKAGE}")), signal.SIGSTOP)


@pytest.mark.parametrize("hang", [deadlock, stop])
def test_a_hung_app_keeps_the_device_from_nothing(
    real_device: RunningDevice, hang: Callable[[RunningDevice], None]
) -> None:
    device, adb = real_device, real_device.adb
    assert "Status: ok" in adb.shell(f"am start -W -n {PACKAGE}/.Main")
    hang(device)
    pid = adb.shell(f"pidof {PACKAGE}").strip()
    for command, question, expected in CHANGES:
        changed = adb("shell", command)
        assert (changed.returncode, changed.stderr) == (0, b""), (command, changed)
        assert expected in adb.shell(question), (command, question)
    for question in QUESTIONS:
        asked = adb("shell", question)
        assert asked.returncode == 0, asked
        assert asked.stdout, asked
    assert "did not take in the notice" in adb.shell("logcat -d -b all")
    assert adb.shell(f"pidof {PACKAGE}").strip() == pid, "the app still runs: it hangs"

    again = adb("shell", f"am start -W -n {PACKAGE}/.Main")
    assert again.returncode == 0, again
    assert b"Status: timeout" in again.stdout, again
    assert f"ANR in {PACKAGE}" in adb.shell("logcat -d -b all")
    assert adb.code("input keyevent 4") == 0
    assert adb.code("input keyevent 3") == 0
    assert "launcher" in adb.shell("dumpsys window displays | grep mCurrentFocus")
    assert adb.code(f"am force-stop {PACKAGE}") == 0
    assert adb.shell(f"pidof {PACKAGE}") == ""
    started = adb.shell(f"am start -W -n {PACKAGE}/.Main")
    assert re.search("Status: ok\nLaunchState: COLD", started), started


def test_a_process_that_goes_on_has_heard_of_every_change_in_order(real_device: RunningDevice) -> None:
    adb = real_device.adb
    adb.shell(f"am start -W -n {PACKAGE}/.Main")
    pid = int(adb.shell(f"pidof {PACKAGE}"))
    for first, last in ((1.3, 1.7), (1.5, 1.1), (1.2, 1.6)):
        os.kill(pid, signal.SIGSTOP)
        adb.shell(f"settings put system font_scale {first}; settings put system font_scale {last}")
        os.kill(pid, signal.SIGCONT)
        shown = f"CurrentConfiguration={{{last} "
        until(
            functools.partial(_shows, adb, shown),
            f"the app to have the last size of texts, {last}",
            timeout=20,
            seen=lambda: adb.shell("dumpsys activity activities"),
        )
    assert "Status: ok" in adb.shell(f"am start -W -n {PACKAGE}/.Main")


def _shows(adb: Adb, words: str) -> bool:
    return words in adb.shell("dumpsys activity activities")
