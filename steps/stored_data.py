"""What the app keeps on the device: cleared, removed with the app, and put right."""

from pytest_bdd import given, then, when

from masuk.device.app_under_test import AppUnderTest
from masuk.faults.fault import FaultBoard
from masuk.faults.stored_data import StoredFile
from masuk.services.personas import Persona


@when("she clears the app's data")
def _clear_data(app: AppUnderTest) -> None:
    app.clear_data()


@when("she clears the app's cache")
def _clear_cache(app: AppUnderTest) -> None:
    app.clear_cache()


@given("she has reinstalled the app")
@when("she reinstalls the app")
def _reinstall(app: AppUnderTest) -> None:
    app.reinstall()


@then("the app has put right what was damaged")
def _put_right(app: AppUnderTest, faults: FaultBoard) -> None:
    damaged = faults.last(StoredFile)
    assert app.read_file(damaged.path) != damaged.left, (
        f"Expected {app.package} to write {damaged.path} anew; it has left it as it was."
    )


@then("nothing of her is left in the app's files")
def _nothing_left(app: AppUnderTest, member: Persona) -> None:
    app.close()
    found = [path for path, content in app.files().items() if member.name.encode() in content]
    assert not found, f"Expected nothing of {member.name} in the app's files; found in {found}"
