"""Starts the process of an app: spawns it or takes the spare, and binds it to the package."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import asdict
from typing import Any

from handset.base.errors import AppProcessError
from handset.base.process_kind import ORDINARY, ProcessKind
from handset.packages.dex import AppCode
from handset.packages.package import Package
from handset.processes.app_notifier import Bulletin
from handset.processes.app_process import AppProcess, ProcessObserver
from handset.processes.app_records import RunningApp, StartRequest
from handset.processes.process_table import ProcessEntry
from handset.processes.system_services import Machine
from handset.processes.tasks import SavedTasks
from handset.processes.warm_process import Spare
from handset.state.configuration import Configuration

BIND_TIMEOUT = 60.0

Spawn = Callable[[ProcessObserver, ProcessKind], Awaitable[AppProcess]]


class AppStarter:
    """Gives packages a process. What the process reports goes to the `observer` of `start`."""

    def __init__(self, machine: Machine, spawn: Spawn, spare: Spare, bulletin: Bulletin, tasks: SavedTasks) -> None:
        self._machine = machine
        self._spawn = spawn
        self._spare = spare
        self._bulletin = bulletin
        self._tasks = tasks
        self._background: set[asyncio.Task[None]] = set()

    async def start(self, request: StartRequest, observer: ProcessObserver) -> RunningApp:
        """Start a process for a package. It is bound in the background: see `RunningApp.bound`."""
        package = request.package
        code = await self._machine.packages.code(package)
        spare = await self._spare.take() if code.kind == ORDINARY else None
        process = spare or await self._spawn(observer, code.kind)
        process.observer = observer
        configuration = self._machine.configurations.of(package.name)
        bound = asyncio.create_task(self._bind(process, request, code, configuration))
        bound.add_done_callback(lambda task: task.cancelled() or task.exception())
        app = RunningApp(package, process, request.target, configuration, bound)
        self._machine.table.add(
            ProcessEntry(process.pid, package.name, package.user_name.replace("u0a", "u0_a"), self._killer(process))
        )
        self._explain(package, code)
        return app

    async def _bind(
        self, process: AppProcess, request: StartRequest, code: AppCode, configuration: Configuration
    ) -> None:
        machine, package = self._machine, request.package
        told = self._bulletin.at_start(package.name)
        try:
            result = await process.call(
                "bind",
                within=BIND_TIMEOUT,
                apk=str(machine.packages.apk(package)),
                classes=str(code.jar),
                data=str(machine.files.app_data(package.name)),
                target_sdk=package.facts.target_sdk,
                activity=request.activity,
                action=request.action,
                extras=dict(request.extras),
                saved=self._tasks.take(package.name),
                configuration=asdict(configuration),
                **told,
            )
            if machine.display.rotation:
                await process.call("rotate", rotation=machine.display.rotation)
            await self._bulletin.catch_up(process, package.name, told)
        except AppProcessError as error:
            self._machine.trace.record("process", f"bind failed: {package.name}", pid=process.pid, error=str(error))
            machine.logs.add("E", "ActivityManager", f"Failure starting process {package.name}: {error}")
            process.kill()
            raise
        self._machine.trace.record("process", f"bound: {package.name}", pid=process.pid, result=result)
        self._in_background(self._spare.prepare())

    def _explain(self, package: Package, code: AppCode) -> None:
        """Say in the log why a process is not an ordinary one."""
        reasons = []
        if code.instrumented:
            reasons.append(
                f"it runs unbaked for its classes in the framework's packages, such as {code.instrumented[0]}"
            )
        if code.unverified:
            reasons.append(f"classes of it can't be verified, such as {' '.join(code.unverified[0].split())}")
        for reason in reasons:
            self._machine.logs.add("W", "handset", f"{package.name} starts slowly: {reason}")

    def _killer(self, process: AppProcess) -> Callable[[int], Awaitable[None]]:
        async def kill(_signal: int) -> None:
            process.kill()
            await process.ended()

        return kill

    async def close(self) -> None:
        """End the spare, and what is done in the background."""
        await self._spare.close()
        for task in list(self._background):
            task.cancel()

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
