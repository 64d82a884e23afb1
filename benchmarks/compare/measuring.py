"""Runs the tools in turn, and makes series of what they have taken and of how that compares."""

import os
import resource
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks import starting
from benchmarks.compare.commands import acting_in, has_ended
from benchmarks.compare.tools import (
    BARE,
    BARE_QUICK,
    MASUK,
    MASUK_WITH_REPORT,
    ROBOT,
    WEBDRIVERIO,
    Tool,
    told,
    tools,
)
from benchmarks.rig import Handset, Rig
from benchmarks.series import Series, Unit
from masuk.automation.run_processes import Stack
from masuk.base.errors import InfrastructureError
from masuk.base.polling import until
from masuk.secrets.vault import Vault
from masuk.services.backend import Backend
from masuk.services.personas import People, plain_password

STEPS = 7
"""What the member does on the screen: types twice, taps, reads the message, types, taps, reads the card."""
PAIRS = [
    *((MASUK, other) for other in (BARE, BARE_QUICK, ROBOT, WEBDRIVERIO)),
    *((MASUK_WITH_REPORT, other) for other in (BARE, ROBOT, WEBDRIVERIO)),
]
LOG_SECONDS = 10


@dataclass(frozen=True)
class Sample:
    """What one run of a tool has taken."""

    whole: float
    processor: float
    step: float
    """Seconds on the screen by what the member does there."""
    commands: int


Samples = Mapping[str, Sequence[Sample]]


def measures(rig: Rig, rounds: int) -> Iterator[Series]:
    """Everything, after one round that does not count. Raises MasukError when a tool does not get through."""
    with ExitStack() as started:
        handset = started.enter_context(rig.handset())
        stack = started.enter_context(rig.appium(handset.device))
        backend = started.enter_context(Backend(rig.toolchain.authority))
        out = rig.toolchain.root / "compared"
        out.mkdir()
        compared = tools(rig, handset.device.serial, stack.ready_appium(), out)
        samples: dict[str, list[Sample]] = {tool.name: [] for tool in compared}
        for number in range(rounds + 1):
            for tool in compared:
                sample = _sample(rig, handset, stack, backend, tool)
                if number:
                    samples[tool.name].append(sample)
        yield from (series for name in samples for series in of_tool(name, samples[name]))
        for one, other in PAIRS:
            yield from ratios(samples, one, other)
    with rig.handset() as handset:
        yield starting.appium(rig, handset, rounds)


def of_tool(name: str, samples: Sequence[Sample]) -> list[Series]:
    """The rows of one tool."""
    return [
        Series(f"{name}: whole process", Unit.SECONDS, tuple(sample.whole for sample in samples)),
        Series(f"{name}: processor time", Unit.CPU_SECONDS, tuple(sample.processor for sample in samples)),
        Series(f"{name}: a step", Unit.MILLISECONDS, tuple(sample.step * 1000 for sample in samples)),
        Series(f"{name}: commands in all steps", Unit.COUNT, tuple(sample.commands for sample in samples)),
    ]


def ratios(samples: Samples, one: str, other: str) -> list[Series]:
    """How one tool compares with another, in each round with what was measured beside it."""
    pairs = list(zip(samples[one], samples[other], strict=True))
    title = f"{one} to {other}"
    return [
        Series(f"{title}: whole process", Unit.RATIO, tuple(mine.whole / its.whole for mine, its in pairs)),
        Series(f"{title}: processor time", Unit.RATIO, tuple(mine.processor / its.processor for mine, its in pairs)),
        Series(f"{title}: a step", Unit.RATIO, tuple(mine.step / its.step for mine, its in pairs)),
    ]


def _sample(rig: Rig, handset: Handset, stack: Stack, backend: Backend, tool: Tool) -> Sample:
    """One run, on an app without data, with a warm spare and a member of its own."""
    package, serial = rig.profile.app.package, handset.device.serial
    handset.device.apps.force_stop(package)
    handset.device.apps.clear(package)
    backend.reset()
    people = People(Vault(), plain_password)
    member = people.named("Rini")
    backend.register(member)
    wrong = people.wrong_password(member)
    environment = told(rig, serial, stack.ready_appium(), backend.address, member, wrong)
    handset.wait_until_warm()
    appium = stack.appium
    assert appium is not None, "the rig starts Appium itself"
    before = len(appium.lines())
    whole, processor = _run(tool, {**os.environ, **environment, **tool.environment})
    until(
        lambda: has_ended(appium.lines()[before:]),
        f"Appium to log the end of the session of {tool.name}",
        timeout=LOG_SECONDS,
    )
    acting = acting_in(appium.lines()[before:])
    return Sample(whole, processor, acting.seconds / STEPS, acting.commands)


def _run(tool: Tool, environment: Mapping[str, str]) -> tuple[float, float]:
    """Seconds, and processor seconds of the process and all that it has waited for.

    Python may keep what it has compiled, as it does unless it is told otherwise.
    """
    environment = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    used, began = _processor(), time.perf_counter()
    finished = subprocess.run(
        tool.command,
        cwd=tool.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    whole, processor = time.perf_counter() - began, _processor() - used
    if finished.returncode:
        raise InfrastructureError(
            f"{tool.name} ended with {finished.returncode}, so its time says nothing:\n"
            f"{finished.stdout}{finished.stderr}"
        )
    return whole, processor


def _processor() -> float:
    """What the processes that were started here and have ended have used. Handset and Appium go on running."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
