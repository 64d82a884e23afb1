"""A window with FLAG_SECURE in a real app process: black in pictures, and named by `dumpsys window`."""

import io

from PIL import Image

from masuk.automation.screenshot import is_black
from masuk.base.polling import until
from masuk.device.adb_parts.display import focused_is_secure
from tests.handset.devices import RunningDevice

PACKAGE = "com.example.app"
SOURCES = {
    "com/example/app/Main.java": """package com.example.app;
        import android.view.WindowManager.LayoutParams;
        public class Main extends android.app.Activity {
          @Override protected void onCreate(android.os.Bundle state) {
            super.onCreate(state);
            getWindow().addFlags(LayoutParams.FLAG_SECURE);
            android.widget.Button button = new android.widget.Button(this);
            button.setText("Show");
            button.setOnClickListener(clicked -> getWindow().clearFlags(LayoutParams.FLAG_SECURE));
            setContentView(button);
          }
        }"""
}


def test_it_is_black_and_named_until_the_app_allows_pictures(real_device: RunningDevice) -> None:
    adb = real_device.adb
    assert not focused_is_secure(adb.shell("dumpsys window")), "the launcher is not secure"
    adb.shell(f"am start -W -n {PACKAGE}/.Main")
    assert focused_is_secure(adb.shell("dumpsys window"))
    assert " SECURE " in adb.shell("dumpsys window windows | grep fl=")
    assert is_black(adb("exec-out", "screencap -p").stdout)
    assert 'text="SHOW"' in adb.shell("uiautomator dump /dev/tty")

    adb.shell("input tap 400 900")
    until(lambda: not focused_is_secure(adb.shell("dumpsys window")), "the flag to be cleared", timeout=10)
    picture = adb("exec-out", "screencap -p").stdout
    assert not is_black(picture)
    with Image.open(io.BytesIO(picture)) as shown:
        assert len(shown.convert("RGB").getcolors(1 << 20) or ()) > 2
