"""A device that is not there is told before anything is started."""

from tests.system.masuk_command import MasukCommand


def test_an_absent_device_is_a_mistake_of_the_command(masuk: MasukCommand) -> None:
    finished = masuk.finish(masuk.start_command("run", "features/login.feature:5", "--device", "emulator-9998"))
    assert finished.code == 4
    assert finished.output == (
        f"masuk: emulator-9998 is not usable through adb; attached: {masuk.device.serial} (device)."
        " Try: adb devices, or --device handset\n"
    )
