"""An app that sends nothing to the stub: one sentence with the cure, and no failure of the product."""

import re
import shutil
from pathlib import Path

from masuk.automation.run_processes import Stack
from masuk.results.verdict import Verdict, read
from tests.checkout import CHECKOUT
from tests.system.homes import home_of_its_own
from tests.system.masuk_command import Finished, MasukCommand

PROFILE = CHECKOUT / "apps" / "reference" / "profile.toml"
FIRST = "features/wrong_data.feature"


def run(masuk: MasukCommand, stack: Stack, folder: Path, *options: str) -> tuple[Finished, list[tuple[Verdict, str]]]:
    """Run scenarios of which the first submits a login; the verdicts of those that ran."""
    file = folder / "verdicts.json"
    ended = masuk.run(
        FIRST, "--appium-url", stack.ready_appium(), "--wait", "3", "--verdicts", str(file), "--no-report", *options
    )
    return ended, [(result.verdict, result.reason) for result in read(file)]


def test_an_app_that_was_not_told_the_address_is_not_accused(masuk: MasukCommand, stack: Stack, tmp_path: Path) -> None:
    profile = tmp_path / "profile.toml"
    lines = PROFILE.read_text(encoding="utf-8").splitlines()
    assert any("{backend}" in line for line in lines)
    profile.write_text("\n".join(line for line in lines if "{backend}" not in line), encoding="utf-8")
    ended, found = run(masuk, stack, tmp_path, "--profile", str(profile))
    assert ended.code == 3, ended.output
    assert [verdict for verdict, _ in found] == [Verdict.INFRASTRUCTURE], found
    assert "has reached the stub backend at https://10.0.2.2:" in found[0][1]
    assert "`extras` in its profile, or name the service that it uses with --backend" in found[0][1]


def test_an_app_that_does_not_trust_the_stub_is_not_accused(masuk: MasukCommand, stack: Stack, tmp_path: Path) -> None:
    toolchain = home_of_its_own(tmp_path)
    (tmp_path / "authority").unlink()
    shutil.rmtree(tmp_path / "authority", ignore_errors=True)
    ended, found = run(MasukCommand(toolchain, masuk.device), stack, tmp_path)
    assert ended.code == 3, ended.output
    assert [verdict for verdict, _ in found] == [Verdict.INFRASTRUCTURE], found
    assert "has never got beyond the TLS handshake" in found[0][1]
    assert str(tmp_path / "authority" / "ca.pem") in found[0][1]


def test_a_product_that_fails_and_reaches_the_stub_is_the_products(
    masuk: MasukCommand, stack: Stack, tmp_path: Path
) -> None:
    profile = tmp_path / "profile.toml"
    promised = re.sub("^wrong_data = .*", 'wrong_data = "no app says this"', PROFILE.read_text(), flags=re.MULTILINE)
    profile.write_text(promised, encoding="utf-8")
    ended, found = run(
        masuk, stack, tmp_path, "--profile", str(profile), "-k", "data_is_wrong_and_keeps or same_answer"
    )
    assert ended.code == 1, ended.output
    assert len(found) == 4
    assert Verdict.PRODUCT in {verdict for verdict, _ in found}
