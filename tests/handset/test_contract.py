"""The real adb against a device with fake app processes."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from handset.base.home import Home
from masuk.device.adb import free_port
from tests.handset.devices import DAEMON, Adb, RunningDevice, start_device

PACKAGE = "com.example.app"
BuildApk = Callable[..., Path]


def test_it_is_a_device(device: RunningDevice) -> None:
    assert f"{device.adb.serial}\tdevice" in device.adb("devices").stdout.decode()
    assert device.adb.shell("getprop ro.build.version.sdk") == "35\n"
    assert device.adb.shell("getprop ro.kernel.qemu") == "1\n"


def test_an_unknown_command_exits_127_and_is_recorded(device: RunningDevice) -> None:
    result = device.adb("shell", "frobnicate --now")
    assert result.returncode == 127
    assert b"frobnicate: inaccessible or not found" in result.stderr
    records = [json.loads(line) for line in (device.folder / "trace.jsonl").read_text().splitlines()]
    assert any(record["kind"] == "MISSING" and "frobnicate" in record["what"] for record in records)
    assert "frobnicate" in device.adb("logcat", "-d").stdout.decode()


@pytest.mark.parametrize(
    ("line", "output"),
    [
        ("true && echo yes || echo no", "yes\n"),
        ("false; echo $?", "1\n"),
        ("echo 'a b' | wc -w", "2\n"),
        ("NAME=x; echo ${NAME}y", "xy\n"),
        ("echo one > /sdcard/f; echo two >> /sdcard/f; cat /sdcard/f", "one\ntwo\n"),
        ("nope 2>/dev/null || echo gone", "gone\n"),
        ("mkdir -p /sdcard/d && cd /sdcard/d && touch a.txt b.txt && echo *.txt", "a.txt b.txt\n"),
        ("printf 'a\\nb\\n' | grep -c b", "1\n"),
        ("cat < /proc/net/unix | head -n 1 | cut -d ' ' -f 1", "Num\n"),
        ("[ -e /sdcard/none ] || echo absent", "absent\n"),
        ("sh -c 'echo inner'", "inner\n"),
    ],
)
def test_shell_lines(device: RunningDevice, line: str, output: str) -> None:
    assert device.adb.shell(line) == output


def test_the_exit_code_is_the_last_commands(device: RunningDevice) -> None:
    assert device.adb.code("exit 3") == 3
    assert device.adb.code("cat /none") == 1


def test_push_and_pull_keep_every_byte(device: RunningDevice, tmp_path: Path) -> None:
    content = os.urandom(3_000_001)
    (tmp_path / "out.bin").write_bytes(content)
    device.adb("push", str(tmp_path / "out.bin"), "/sdcard/sub/in.bin")
    assert device.adb.shell("stat -c %s /storage/emulated/0/sub/in.bin") == "3000001\n"
    device.adb("pull", "/sdcard/sub/in.bin", str(tmp_path / "back.bin"))
    assert (tmp_path / "back.bin").read_bytes() == content


def test_pulling_a_folder_and_what_is_absent(device: RunningDevice, tmp_path: Path) -> None:
    device.adb.shell("mkdir -p /sdcard/d/e; echo 1 > /sdcard/d/a; echo 2 > /sdcard/d/e/b")
    device.adb("pull", "/sdcard/d", str(tmp_path))
    assert (tmp_path / "d" / "e" / "b").read_text() == "2\n"
    assert device.adb("pull", "/sdcard/none", str(tmp_path)).returncode == 1


def test_exec_in_and_out_are_binary(device: RunningDevice) -> None:
    content = bytes(range(256)) * 10
    device.adb("exec-in", "cat > /data/local/tmp/raw", stdin=content)
    assert device.adb("exec-out", "cat /data/local/tmp/raw").stdout == content


def test_install_upgrade_downgrade_uninstall(device: RunningDevice, apk: BuildApk) -> None:
    assert device.adb("install", str(apk())).stdout.decode().endswith("Success\n")
    assert device.adb.shell(f"pm path {PACKAGE}") == f"package:/data/app/{PACKAGE}/base.apk\n"
    device.adb.shell(f"run-as {PACKAGE} sh -c 'echo kept > note'")
    assert b"Success" in device.adb("install", "-r", str(apk(version=7))).stdout
    assert "versionCode=7 " in device.adb.shell(f"dumpsys package {PACKAGE}")
    assert device.adb.shell(f"cat /data/user/0/{PACKAGE}/note") == "kept\n"
    refused = device.adb("install", "-r", str(apk(version=3)))
    assert refused.returncode == 1
    assert b"INSTALL_FAILED_VERSION_DOWNGRADE" in refused.stdout + refused.stderr
    assert b"Success" in device.adb("install", "-r", "-d", str(apk(version=3))).stdout
    assert device.adb.shell(f"pm clear {PACKAGE}") == "Success\n"
    assert device.adb.code(f"ls /data/data/{PACKAGE}/note") == 1
    assert device.adb.shell(f"cmd package uninstall {PACKAGE}") == "Success\n"
    assert device.adb.code(f"pm path {PACKAGE}") == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"entries": ("classes.dex", "lib/x86_64/libflutter.so")}, "INSTALL_FAILED_NO_MATCHING_ABIS"),
        ({"entries": ("assets/x",)}, "INSTALL_FAILED_NO_MATCHING_ABIS"),
        ({"test_only": True}, "INSTALL_FAILED_TEST_ONLY"),
    ],
)
def test_refused_installs(device: RunningDevice, apk: BuildApk, facts: dict[str, object], code: str) -> None:
    result = device.adb("install", str(apk(**facts)))
    assert result.returncode == 1
    assert code in (result.stdout + result.stderr).decode()


def test_a_broken_apk_is_refused(device: RunningDevice, tmp_path: Path) -> None:
    broken = tmp_path / "broken.apk"
    broken.write_bytes(b"PK no zip")
    result = device.adb("install", str(broken))
    assert b"INSTALL_PARSE_FAILED_NOT_APK" in result.stdout + result.stderr


def test_install_from_the_device_and_by_session(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("push", str(apk()), "/data/local/tmp/a.apk")
    assert device.adb.shell("pm install -r /data/local/tmp/a.apk") == "Success\n"
    number = re.findall(r"\[(\d+)\]", device.adb.shell("pm install-create -r"))[0]
    assert device.adb.shell(f"pm install-write {number} base.apk /data/local/tmp/a.apk").startswith("Success")
    assert device.adb.shell(f"pm install-commit {number}") == "Success\n"


def test_permissions(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    camera = "android.permission.CAMERA"
    dump = f"dumpsys package {PACKAGE} | grep granted"
    assert f"{camera}: granted=false" in device.adb.shell(dump)
    assert "android.permission.INTERNET: granted=true" in device.adb.shell(dump)
    assert device.adb.code(f"pm grant {PACKAGE} {camera}") == 0
    assert f"{camera}: granted=true" in device.adb.shell(dump)
    refused = device.adb("shell", f"pm grant {PACKAGE} android.permission.READ_SMS")
    assert (refused.returncode, b"has not requested" in refused.stderr) == (255, True)


def test_a_start_is_cold_then_hot_and_force_stop_is_death(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    first = device.adb.shell(f"am start-activity -W -n {PACKAGE}/.Main --es url http://10.0.2.2/")
    assert "Status: ok\nLaunchState: COLD\nActivity: com.example.app/.Main" in first
    pid = int(device.adb.shell(f"pidof {PACKAGE}"))
    assert Path(f"/proc/{pid}").exists()
    assert "LaunchState: HOT" in device.adb.shell(f"am start -W -n {PACKAGE}/.Main")
    assert f"mFocusedApp=ActivityRecord{{def456 u0 {PACKAGE}/.Main t12}}" in device.adb.shell("dumpsys window displays")
    assert f"{pid}:{PACKAGE}/" in device.adb.shell("dumpsys activity processes")
    device.adb.shell(f"am force-stop {PACKAGE}")
    assert not Path(f"/proc/{pid}").exists()
    assert device.adb.code(f"pidof {PACKAGE}") == 1
    log = device.adb("logcat", "-d").stdout.decode()
    assert f"Start proc {pid}:{PACKAGE}/u0a" in log
    assert f"Force stopping {PACKAGE} appid=" in log
    assert f"Process {PACKAGE} (pid {pid}) has died" in log


def test_back_on_the_last_activity_shows_the_launcher_and_keeps_the_process(
    device: RunningDevice, apk: BuildApk
) -> None:
    device.adb("install", str(apk()))
    device.adb.shell(f"am start -W -n {PACKAGE}/.Main; input keyevent BACK")
    assert "com.android.launcher3" in device.adb.shell("dumpsys window | grep mFocusedApp")
    assert device.adb.code(f"pidof {PACKAGE}") == 0
    assert "LaunchState: WARM" in device.adb.shell(f"am start -W -n {PACKAGE}/.Main")


def test_a_start_of_what_does_not_exist_says_so(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    result = device.adb("shell", f"am start -W -n {PACKAGE}/.Nope")
    assert result.returncode == 1
    assert b"Error" in result.stderr
    assert device.adb.code(f"pidof {PACKAGE}") == 1


def test_what_is_not_exported_is_not_opened_from_the_shell(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    result = device.adb("shell", f"am start -n {PACKAGE}/.Home")
    assert result.returncode == 255
    assert b"java.lang.SecurityException: Permission Denial: starting Intent" in result.stderr
    assert device.adb.code(f"pidof {PACKAGE}") == 1


def test_the_screen_turns_as_the_settings_say(device: RunningDevice) -> None:
    device.adb.shell("settings put system user_rotation 1")
    assert "cur=1782x822" in device.adb.shell("dumpsys window displays")
    device.adb.shell("wm user-rotation lock 0")
    assert "cur=822x1782" in device.adb.shell("dumpsys window displays")
    assert device.adb.shell("settings get system user_rotation") == "0\n"


@pytest.mark.parametrize(
    ("end", "comes_back"), [("am kill", ".Home"), ("am force-stop", ".Main"), ("pm clear", ".Main")]
)
def test_what_is_ended_in_the_background_comes_back_unless_its_task_is_ended_too(
    device: RunningDevice, apk: BuildApk, end: str, comes_back: str
) -> None:
    device.adb("install", str(apk()))
    start = f"am start -W -n {PACKAGE}/.Main"
    device.adb.shell(start)
    device.adb.shell("input tap 10 250")
    assert f"{PACKAGE}/.Home" in device.adb.shell("dumpsys window windows")
    device.adb.shell("am kill-all")
    assert device.adb.code(f"pidof {PACKAGE}") == 0, "what is in front is spared"
    device.adb.shell(f"input keyevent HOME; {end} {PACKAGE}")
    assert device.adb.code(f"pidof {PACKAGE}") == 1
    device.adb.shell(start)
    assert f"{PACKAGE}/{comes_back}" in device.adb.shell("dumpsys window windows")


def test_a_crash_cancels_the_start(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    result = device.adb("shell", f"am start -W -n {PACKAGE}/.Broken")
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"Status: ok\nLaunchState: UNKNOWN (0)\n" in result.stdout
    assert b"TotalTime" not in result.stdout
    assert device.adb.code(f"pidof {PACKAGE}") == 1
    assert b"FATAL EXCEPTION" in device.adb("logcat", "-d").stdout


def test_deep_links_and_the_launcher_reach_the_app(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    assert f"{PACKAGE}/.Main" in device.adb.shell(f"cmd package resolve-activity --brief {PACKAGE}")
    assert "Status: ok" in device.adb.shell("am start -W -a android.intent.action.VIEW -d demo://open/x")
    assert device.adb.code("am start -W -a android.intent.action.VIEW -d demo://elsewhere/x") == 1
    device.adb.shell(f"am force-stop {PACKAGE}")
    assert "Events injected: 1" in device.adb.shell(f"monkey -p {PACKAGE} -c android.intent.category.LAUNCHER 1")


def test_why_processes_have_ended_is_remembered(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    ends = {
        f"am force-stop {PACKAGE}": "reason=10 (USER REQUESTED)",
        "kill -9 {pid}": "reason=2 (SIGNALED)",
    }
    for command, reason in ends.items():
        device.adb.shell(f"am start -W -n {PACKAGE}/.Main")
        pid = device.adb.shell(f"pidof {PACKAGE}").strip()
        device.adb.shell(command.format(pid=pid))
        newest = device.adb.shell(f"dumpsys activity exit-info {PACKAGE}").split("ApplicationExitInfo #")[1]
        assert f" pid={pid} " in newest
        assert reason in newest
    device.adb.shell(f"am start -W -n {PACKAGE}/.Broken")
    newest = device.adb.shell(f"dumpsys activity exit-info {PACKAGE}").split("ApplicationExitInfo #")[1]
    assert "reason=4 (APP CRASH(EXCEPTION))" in newest
    recorded = Path(__file__).parents[1] / "masuk" / "device" / "adb_parts" / "recorded" / "exit-info.txt"
    dump = device.adb.shell(f"dumpsys activity exit-info {PACKAGE}")
    assert shape(dump)[:6] == shape(recorded.read_text())[:6], "a record is written as a phone writes it"


def shape(dump: str) -> list[str]:
    """The lines of a dump without what differs from one phone and moment to the next."""
    same = re.sub(r"[\d-]+ [\d:]+\.\d+", "TIME", dump).replace(PACKAGE, "org.example.app")
    return re.sub(r"((?:[pu]id|Uid|importance)=)\d+", r"\1N", same).splitlines()


def test_a_crash_is_in_the_crash_log(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    device.adb.shell(f"am start -W -n {PACKAGE}/.Main")
    device.adb.shell("input tap 10 50; input text siti")
    source = device.adb.shell("uiautomator dump /dev/tty")
    assert 'text="siti"' in source
    pid = device.adb.shell(f"pidof {PACKAGE}").strip()
    device.adb.shell(f"kill -9 {pid}")
    log = device.adb("logcat", "-d").stdout.decode()
    assert f"Process {PACKAGE} (pid {pid}) has died: fg  TOP" in log
    assert "Launcher" in device.adb.shell("uiautomator dump /dev/tty")


def test_what_is_typed_stays_out_of_the_trace(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    device.adb.shell(f"am start -W -n {PACKAGE}/.Main --es token s3cret1")
    device.adb.shell("input text s3cret2")
    trace = (device.folder / "trace.jsonl").read_text()
    assert "input text" in trace
    assert "s3cret" not in trace


def test_airplane_mode_as_the_shell_sees_it(device: RunningDevice) -> None:
    device.adb.shell("cmd connectivity airplane-mode enable")
    assert device.adb.shell("cmd connectivity airplane-mode") == "enabled\n"
    assert device.adb.shell("settings get global airplane_mode_on") == "1\n"
    assert "Active default network: none\n" in device.adb.shell("dumpsys connectivity")
    assert device.adb.code("ping -c 1 10.0.2.2") == 2
    device.adb.shell("cmd connectivity airplane-mode disable")
    assert "Active default network: 100\n" in device.adb.shell("dumpsys connectivity")
    assert device.adb.code("ping -c 1 10.0.2.2") == 0


def test_a_probe_reaches_the_host_only_while_online(device: RunningDevice) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        probe = f"nc -z -w 2 10.0.2.2 {server.getsockname()[1]}"
        assert device.adb.code(probe) == 0
        device.adb.shell("svc wifi disable; svc data disable")
        assert device.adb.code(probe) == 1


def test_names_resolve_through_the_devices_network(device: RunningDevice) -> None:
    name = "10-0-2-2.sslip.io"
    private_dns = "settings put global private_dns_specifier dns.invalid; settings put global private_dns_mode"
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert f"PING {name} (10.0.2.2) " in device.adb.shell(f"ping -c 1 -W 1 {name}")
        assert device.adb.code(f"nc -z -w 2 {name} {port}") == 0
        device.adb.shell(f"{private_dns} hostname")
        assert_unknown(device, name, port)
        assert device.adb.code("ping -c 1 10.0.2.2") == 0
        assert device.adb.code(f"nc -z -w 2 10.0.2.2 {port}") == 0
        device.adb.shell(f"{private_dns} opportunistic; cmd connectivity airplane-mode enable")
        assert_unknown(device, name, port)
        literal = device.adb("shell", "ping -c 1 10.0.2.2")
        assert (literal.returncode, literal.stderr) == (2, b"connect: Network is unreachable\n")
        device.adb.shell("cmd connectivity airplane-mode disable")
        assert device.adb.code(f"ping -c 1 {name}") == 0


def assert_unknown(device: RunningDevice, name: str, port: int) -> None:
    ping, nc = device.adb("shell", f"ping -c 1 -W 1 {name}"), device.adb("shell", f"nc -z -w 2 {name} {port}")
    assert (ping.returncode, ping.stderr.decode()) == (2, f"ping: unknown host {name}\n")
    assert (nc.returncode, nc.stderr.decode()) == (1, f"nc: {name}:{port}: No address associated with hostname\n")


def test_the_running_app_hears_of_the_network(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    device.adb.shell(f"cmd connectivity airplane-mode enable; am start -W -n {PACKAGE}/.Main")
    device.adb.shell("input tap 10 250")
    assert "Login   : online=False" in device.adb("logcat", "-d", "-s", "Login").stdout.decode()


def test_logcat_streams_and_filters(device: RunningDevice) -> None:
    command = [*_adb_words(device.adb), "logcat", "-v", "brief", "-s", "Mine:I"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=device.adb.environment) as stream:
        assert stream.stdout is not None
        stream.stdout.readline()
        device.adb.shell("log -t Other no; log -t Mine -p d no; log -t Mine yes")
        assert stream.stdout.readline().endswith(": yes\n")
        stream.terminate()


def _adb_words(adb: Adb) -> list[str]:
    import adbutils

    return [adbutils.adb_path(), "-P", str(adb.port), "-s", adb.serial]


SOME_DAY = 1_000_000_000  # 2001-09-09 01:46:40 UTC


def test_the_clock_can_be_set_until_the_network_sets_it(device: RunningDevice) -> None:
    device.adb.shell(f"settings put global auto_time 0; cmd alarm set-time {SOME_DAY}000")
    assert SOME_DAY <= int(device.adb.shell("date +%s")) < SOME_DAY + 60
    assert device.adb.shell("date").startswith("Sun Sep  9 01:4")
    device.adb.shell("log -t Mine then")
    log = device.adb("logcat", "-d", "-s", "Mine").stdout.decode()
    assert re.search(r"^09-0[89] \d\d:4\d.* Mine ", log, re.MULTILINE)
    device.adb.shell("settings put global auto_time 1")
    assert int(device.adb.shell("date +%s")) == pytest.approx(time.time(), abs=10)


def test_the_users_choices_reach_apps_in_front(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    set_locales = f"cmd locale set-app-locales {PACKAGE} --user 0"
    device.adb.shell(f"{set_locales} --locales EN-us; am start -W -n {PACKAGE}/.Main")
    told = device.adb.shell(f"cmd locale get-app-locales {PACKAGE}")
    assert told == f"Locales for {PACKAGE} for user 0 are [en-US]\n"
    device.adb.shell(f"settings put system font_scale 1.3; {set_locales}; input keyevent HOME")
    device.adb.shell("settings put system font_scale 1.0")
    log = "logcat -d -s -v raw Configuration | grep ID"
    expected = ["en-US,id-ID 1.0", "en-US,id-ID 1.3", "id-ID 1.3"]
    assert device.adb.shell(log).splitlines() == expected, "what is not in front waits"
    device.adb.shell(f"am start -W -n {PACKAGE}/.Main")
    assert device.adb.shell(log).splitlines() == [*expected, "id-ID 1.0"]


def test_languages_of_an_app_end_with_its_data(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    device.adb.shell(f"cmd locale set-app-locales {PACKAGE} --locales en-US; pm clear {PACKAGE}")
    assert "[]" in device.adb.shell(f"cmd locale get-app-locales {PACKAGE}")
    assert device.adb.shell("cmd locale get-app-locales no.such") == "Unknown package no.such for userId 0\n"


FILL = "/data/local/tmp/fill"
NO_SPACE = "No space left on device"


def space(device: RunningDevice) -> tuple[int, int]:
    """What `df` says of /data: KiB in all and KiB that are left."""
    head, row = device.adb.shell("df -k /data/local/tmp").splitlines()
    assert head.split() == ["Filesystem", "1K-blocks", "Used", "Available", "Use%", "Mounted", "on"]
    _, total, used, free, percent, place = row.split()
    assert int(used) + int(free) == int(total)
    assert (percent.endswith("%"), place) == (True, "/data")
    return int(total), int(free)


def test_data_has_a_size_of_its_own_and_gets_full(device: RunningDevice, apk: BuildApk) -> None:
    total, free = space(device)
    assert total == 2 << 20
    filled = device.adb("shell", f"dd if=/dev/zero of={FILL} bs=1048576 count=10")
    assert (filled.returncode, filled.stderr.splitlines()[:2]) == (0, [b"10+0 records in", b"10+0 records out"])
    assert space(device) == (total, free - 10 * 1024)
    device.adb("install", str(apk()))
    device.adb.shell(f"am start -W -n {PACKAGE}/.Main")
    more = device.adb("shell", f"dd if=/dev/zero of={FILL} bs=1048576 count=4096")
    assert more.returncode == 1
    assert f"dd: {FILL}: write error: {NO_SPACE}" in more.stderr.decode()
    assert space(device) == (total, 0)
    assert "Disk" in device.adb("logcat", "-d", "-s", "Disk").stdout.decode(), "the app is told that space is short"
    (fill,) = device.folder.rglob("fill")
    assert fill.stat().st_blocks < 100, "the host's disk is left alone"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("echo x > /data/local/tmp/x", f"echo: xwrite: {NO_SPACE}"),
        ("cat /proc/net/unix > /data/local/tmp/x", f"cat: xwrite: {NO_SPACE}"),
        ("cp /proc/net/unix /data/local/tmp/x", f"cp: /data/local/tmp/x: {NO_SPACE}"),
        ("fallocate -l 4096 /sdcard/x", f"fallocate: /sdcard/x: {NO_SPACE}"),
    ],
)
def test_what_writes_to_full_data_says_so_until_there_is_space(
    device: RunningDevice, line: str, complaint: str
) -> None:
    device.adb.shell(f"dd if=/dev/zero of={FILL} bs=1M")
    refused = device.adb("shell", line)
    assert (refused.returncode, refused.stderr.decode().strip()) == (1, complaint)
    assert device.adb.code(f"rm {FILL}; {line}") == 0


@pytest.mark.parametrize(
    ("line", "output"),
    [
        ("printf abcdef | dd bs=2 count=2 status=none", "abcd"),
        ("printf abcdef > f; dd if=f skip=1 bs=2 status=none", "cdef"),
        ("printf abcdef > f; printf XY | dd of=f bs=1 seek=2 conv=notrunc status=none; cat f", "abXYef"),
        ("printf abcdef > f; dd if=/dev/zero of=f bs=1 seek=4 count=2 conv=notrunc status=none; wc -c < f", "6\n"),
        ("printf abcdef > f; printf XY | dd of=f bs=1 seek=2 status=none; cat f", "abXY"),
        ("dd if=/dev/urandom of=f bs=1k count=3 status=none; stat -c %s f", "3072\n"),
        ("fallocate -l 1M f; stat -c %s f; df -h f | grep -c /data", "1048576\n1\n"),
    ],
)
def test_copies_of_blocks(device: RunningDevice, line: str, output: str) -> None:
    assert device.adb.shell(f"cd /data/local/tmp; {line}") == output


def test_full_data_takes_no_push_and_no_install(device: RunningDevice, apk: BuildApk, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"x" * 10_000)
    device.adb.shell(f"dd if=/dev/zero of={FILL} bs=1M")
    pushed = device.adb("push", str(tmp_path / "f"), "/sdcard/f")
    assert pushed.returncode == 1
    assert NO_SPACE in (pushed.stdout + pushed.stderr).decode()
    refused = device.adb("install", str(apk()))
    assert b"INSTALL_FAILED_INSUFFICIENT_STORAGE" in refused.stdout + refused.stderr
    device.adb.shell(f"rm {FILL}")
    assert device.adb("push", str(tmp_path / "f"), "/sdcard/f").returncode == 0
    assert device.adb("install", str(apk())).returncode == 0


def test_a_shell_may_not_set_the_clock_with_date(device: RunningDevice) -> None:
    result = device.adb("shell", "date 010112002030")
    assert (result.returncode, result.stderr) == (1, b"date: cannot set date: Operation not permitted\n")


def test_apps_hear_of_the_time_when_they_start_and_while_they_run(device: RunningDevice, apk: BuildApk) -> None:
    device.adb("install", str(apk()))
    device.adb.shell(f"cmd alarm set-time {SOME_DAY}000; am start -W -n {PACKAGE}/.Main")
    device.adb.shell("settings put global auto_time 0; settings put global auto_time 1")
    log = device.adb("logcat", "-d", "-s", "Time").stdout.decode()
    first, second = (int(ahead) for ahead in re.findall(r"ahead=(-?\d+)", log))
    assert first == pytest.approx(SOME_DAY - time.time(), abs=20)
    assert second == 0


def test_a_restart_brings_the_networks_time_back(home: Home, adb_server: Adb) -> None:
    first = start_device(home, adb_server, "--no-spare", name="late")
    first.adb.shell(f"settings put global auto_time 0; cmd alarm set-time {SOME_DAY}000")
    first.stop()
    second = start_device(home, adb_server, "--no-spare", name="late", port=first.port)
    assert int(second.adb.shell("date +%s")) == pytest.approx(time.time(), abs=10)
    second.stop()


def test_reverse_leads_to_the_host(device: RunningDevice) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = free_port()
        assert device.adb("reverse", f"tcp:{port}", f"tcp:{server.getsockname()[1]}").returncode == 0
        assert f"tcp:{port}" in device.adb("reverse", "--list").stdout.decode()
        with socket.create_connection(("127.0.0.1", port), timeout=5):
            connection, _ = server.accept()
            connection.close()
        assert device.adb("reverse", "--remove-all").returncode == 0


def test_settings_and_packages_outlive_a_restart(home: Home, adb_server: Adb, apk: BuildApk) -> None:
    first = start_device(home, adb_server, "--no-spare", name="kept")
    first.adb("install", str(apk()))
    first.adb.shell(
        f"settings put secure note 'a b'; cmd connectivity airplane-mode enable; am start -n {PACKAGE}/.Main"
    )
    pid = int(first.adb.shell(f"pidof {PACKAGE}"))
    assert first.stop() == 0
    assert not Path(f"/proc/{pid}").exists()
    second = start_device(home, adb_server, "--no-spare", name="kept", port=first.port)
    assert second.adb.shell("settings get secure note") == "a b\n"
    assert second.adb.shell("cmd connectivity airplane-mode") == "enabled\n"
    assert PACKAGE in second.adb.shell("pm list packages -3")
    assert second.stop() == 0
    for device in (first, second):
        assert device.process.stdout is not None
        device.process.stdout.close()


def test_devices_that_start_at_once_get_ports_of_their_own(home: Home, adb_server: Adb) -> None:
    names = [f"at-once-{number}" for number in range(4)]
    arguments = ["start", "--home", str(home.root), "--no-spare", "--adb-server", str(adb_server.port), "--name"]
    environment = {**adb_server.environment, "PYTHONPATH": str(Path(__file__).parents[2])}
    devices = [
        subprocess.Popen(
            [sys.executable, str(DAEMON), *arguments, name], stdout=subprocess.PIPE, text=True, env=environment
        )
        for name in names
    ]
    try:
        serials = [device.stdout.readline().split()[-1] for device in devices if device.stdout]
        assert len(set(serials)) == len(names)
        for serial in serials:
            adb = Adb(adb_server.port, adb_server.environment, serial)
            assert adb("wait-for-device").returncode == 0
            assert adb.shell("echo here") == "here\n"
    finally:
        for device in devices:
            device.terminate()
            device.communicate(timeout=10)


def test_a_second_device_of_the_same_name_is_told_so(device: RunningDevice) -> None:
    second = subprocess.run(
        [sys.executable, str(DAEMON), "start", "--name", device.name, "--home", str(device.home.root)],
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
        env={**device.adb.environment, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert second.returncode == 1
    assert f"already runs (process {device.process.pid})" in second.stderr


def test_app_processes_die_with_a_killed_daemon(home: Home, adb_server: Adb, apk: BuildApk) -> None:
    device = start_device(home, adb_server, name="doomed")
    device.adb("install", str(apk()))
    device.adb.shell(f"am start -W -n {PACKAGE}/.Main")
    pid = int(device.adb.shell(f"pidof {PACKAGE}"))
    watch = os.pidfd_open(pid)
    os.kill(pid, signal.SIGSTOP)
    device.process.send_signal(signal.SIGKILL)
    device.process.wait(10)
    import select

    assert select.select([watch], [], [], 10)[0], f"process {pid} outlived its device"
    os.close(watch)
    assert device.process.stdout is not None
    device.process.stdout.close()
