"""Processes that open files, replaced when one hangs or dies."""

import json
import os
import select
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

TIME_LIMIT = 5.0
"""Seconds that opening one file may take."""


class Worker:
    """A process that opens files, one after the other.

    Used as a context manager.

    Args:
        time_limit: Seconds for one file.
    """

    def __init__(self, time_limit: float = TIME_LIMIT) -> None:
        self.time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._log = tempfile.TemporaryFile()  # noqa: SIM115

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()
        self._log.close()

    def open(self, opener: str, path: Path) -> dict[str, Any]:
        """Open a file.

        Returns:
            "end": "opened", "refused", "foreign", "hang" or "crash"; "what": a message or trace;
            "peak": bytes of memory of the process at most, 0 if not known.
        """
        process = self._process or self._start()
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps([opener, str(path)]).encode() + b"\n")
        process.stdin.flush()
        ready, _, _ = select.select([process.stdout], [], [], self.time_limit)
        if not ready:
            self._stop()
            return {"end": "hang", "what": f"no answer in {self.time_limit} s", "peak": 0}
        line = process.stdout.readline()
        if not line:
            process.wait()
            self._log.seek(max(self._log.seek(0, os.SEEK_END) - 2000, 0))
            what = f"exit {process.returncode}: {self._log.read().decode(errors='replace')}"
            self._stop()
            return {"end": "crash", "what": what, "peak": 0}
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _start(self) -> "subprocess.Popen[bytes]":
        program = str(Path(__file__).with_name("worker.py"))
        self._process = subprocess.Popen(
            [sys.executable, "-X", "faulthandler", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env={
                **os.environ,
                "OMP_NUM_THREADS": "1",
                "OPENBLAS_NUM_THREADS": "1",
                "MALLOC_ARENA_MAX": "1",
                "HDF5_PLUGIN_PATH": "/nonexistent",
            },
        )
        assert self._process.stdout is not None
        if not self._process.stdout.readline():
            self._log.seek(0)
            raise RuntimeError(f"the worker does not start: {self._log.read().decode()[-2000:]}")
        return self._process

    def _stop(self) -> None:
        if self._process is None:
            return
        process, self._process = self._process, None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
