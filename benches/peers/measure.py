"""Runs one whole process: its wall clock time, its peak memory, its exit code, what it wrote."""

import os
import resource
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

# Linux also counts the memory from before exec, which is this script's own; smaller peaks cannot be
# measured.
FLOOR_NOTE = "this script's own memory, below which a peak cannot be told"


@dataclass(frozen=True)
class Run:
    """The result of one process."""

    milliseconds: float
    peak_mb: float
    code: int
    over_limit: bool


def run(command: list[str], limit: float, stdout: Path | None = None, stderr: Path | None = None) -> Run:
    """Runs a command; it is killed after `limit` seconds. Without a file, its output is discarded."""
    with open(stdout or os.devnull, "wb") as out, open(stderr or os.devnull, "wb") as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        killer = threading.Timer(limit, process.kill)
        killer.start()
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        killer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(elapsed * 1000, usage.ru_maxrss / 1024, process.returncode, elapsed >= limit)


def floor_mb() -> float:
    """The smallest peak that `run` can measure."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
