"""An app process without a JVM: speaks the control protocol for a small login screen.

`user`, `password` and `submit` stand on the first screen; submitting the password `crash` ends the process as an
uncaught exception does, `freeze` leaves the process mute, anything else shows a second screen.
"""

import base64
import io
import json
import os
import sys
import threading
from typing import Any

from PIL import Image

PACKAGE = "com.example.app"
CRASH_CODE = 10
PNG = io.BytesIO()
Image.new("RGB", (822, 1782), "navy").save(PNG, "PNG")


class FakeApp:
    def __init__(self) -> None:
        self.activities: list[str] = []
        self.texts = {"user": "", "password": ""}
        self.clipboard = ""
        self.keyboard = False
        self.online = True
        self.frozen = threading.Event()
        self.package = PACKAGE

    def say(self, message: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()

    def log(self, level: str, tag: str, text: str) -> None:
        self.say({"event": "log", "level": level, "tag": tag, "text": text, "tid": os.getpid()})

    def log_configuration(self, request: dict[str, Any]) -> None:
        chosen = request["configuration"]
        self.log("I", "Configuration", f"{chosen['locales']} {chosen['font_scale']}")

    def show(self, *activities: str) -> None:
        self.activities = list(activities)
        self.say({"event": "stack", "activities": self.activities})

    def node(self, name: str, cls: str, top: int, text: str = "", **more: Any) -> dict[str, Any]:
        flags = ["enabled", "displayed", "clickable", *more.pop("flags", [])]
        identifier = f"{self.package}:id/{name}"
        return {
            "key": f"1:{name}",
            "class": cls,
            "id": identifier,
            "text": text,
            "bounds": [0, top, 400, top + 100],
            "flags": flags,
            **more,
        }

    def field(self, name: str, top: int, hint: str) -> dict[str, Any]:
        text = self.texts[name]
        flags = ["focusable", "editable", *([] if text else ["showing-hint"])]
        flags += ["focused"] if name == "user" else ["password"]
        return self.node(name, "android.widget.EditText", top, text or hint, hint=hint, flags=flags)

    def tree(self) -> dict[str, Any]:
        if not self.activities:
            return {"package": self.package, "windows": [], "toasts": []}
        if self.activities[-1].endswith("Home"):
            children = [self.node("welcome", "android.widget.TextView", 0, f"Welcome {self.texts['user']}")]
        else:
            children = [
                self.field("user", 0, "User name"),
                self.field("password", 100, "Password"),
                self.node("submit", "android.widget.Button", 200, "SIGN IN", desc="sign in"),
            ]
        root = {
            "key": "1:root",
            "class": "android.widget.FrameLayout",
            "bounds": [0, 0, 822, 1782],
            "flags": ["enabled", "displayed"],
            "children": children,
        }
        window = {"type": 1, "title": "", "frame": [0, 0, 822, 1782], "focused": True, "root": root}
        return {"package": self.package, "windows": [window], "toasts": []}

    def tap(self, y: int) -> None:
        self.keyboard = y < 200
        if 200 <= y < 300 and not self.activities[-1].endswith("Home"):
            self.submit()

    def submit(self) -> None:
        if self.texts["password"] == "crash":
            self.log("E", "AndroidRuntime", "FATAL EXCEPTION: main\njava.lang.IllegalStateException: boom")
            os._exit(CRASH_CODE)
        if self.texts["password"] == "freeze":
            self.frozen.set()
            return
        self.log("I", "Login", f"online={self.online}")
        self.show(*self.activities, f"{self.package}.Home")

    def back(self) -> None:
        if len(self.activities) > 1:
            self.show(*self.activities[:-1])
        else:
            self.activities = []
            self.say({"event": "finished"})

    def answer(self, call: str, request: dict[str, Any]) -> dict[str, Any]:  # noqa: PLR0911, PLR0912
        match call:
            case "bind":
                if "Absent" in (request["activity"] or ""):
                    raise ValueError(f"there is no class {request['activity']}")
                if "Broken" in (request["activity"] or ""):
                    self.log("E", "AndroidRuntime", "FATAL EXCEPTION: main")
                    os._exit(10)
                self.online = request["network"]["online"]
                if "configuration" in request:
                    self.log("I", "Time", f"ahead={request['ahead_ms'] // 1000}")
                    self.log_configuration(request)
                self.package = PACKAGE
                self.log("D", "Extras", json.dumps(request["extras"], sort_keys=True))
                saved = [state["activity"] for state in request.get("saved", [])]
                self.show(*(saved or [request["activity"] or f"{PACKAGE}.Main"]))
                return {"package": PACKAGE, "activity": self.activities[-1], "ms": 1}
            case "background":
                return {"states": [{"activity": activity} for activity in self.activities]}
            case "start":
                if request["activity"] not in self.activities:
                    self.show(*self.activities, request["activity"])
            case "tree":
                return self.tree()
            case "windows":
                return {"windows": [{"title": "", "type": 1, "flags": 0x81812100}]}
            case "tap":
                self.tap(request["y"])
            case "set_text":
                name = request["key"].partition(":")[2]
                if name not in self.texts:
                    return {"ok": False}
                self.texts[name] = request["text"]
                return {"ok": True}
            case "clipboard":
                self.clipboard = request["text"]
            case "key" if request["code"] == 279:
                self.texts["password"] += self.clipboard
            case "key" if request["code"] == 4:
                self.back()
            case "keyboard":
                shown, self.keyboard = self.keyboard, self.keyboard and not request.get("hide")
                return {"shown": shown}
            case "screenshot":
                return {"png": base64.b64encode(PNG.getvalue()).decode(), "width": 822, "height": 1782}
            case "configure":
                self.log_configuration(request)
            case "configuration":
                return {"text": "{1.0 ?mcc0mnc [in_ID] ldltr}"}
            case "disk":
                self.log("I", "Disk", str(request["partition"]))
            case "time":
                self.log("I", "Time", f"ahead={request['ahead_ms'] // 1000}")
            case "network":
                self.online = request["network"]["online"]
                return {"cut": 0}
        return {}

    def run(self) -> None:
        for line in sys.stdin:
            request = json.loads(line)
            if self.frozen.is_set():
                continue
            try:
                self.say({"id": request["id"], "result": self.answer(request["call"], request)})
            except ValueError as error:
                self.say({"id": request["id"], "error": {"kind": "failed", "message": str(error)}})


if __name__ == "__main__":
    FakeApp().run()
