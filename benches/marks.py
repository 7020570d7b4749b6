#!/usr/bin/env python3
"""Measures the numbers in docs/performance.md: time ratios of whole processes, run in alternation.

    marks.py [--rounds N]     prints the tables in Markdown
"""

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from peers.measure import Run, run
from tool import measure, model, srmc

LIMIT = 120.0
MB = 1_000_000


def take_turns(rounds: int, *commands: list) -> list[list[Run]]:
    """The runs of each command; they alternate, so that a slow moment affects all commands."""
    runs: list[list[Run]] = [[] for _ in commands]
    for _ in range(rounds):
        for own, command in zip(runs, commands):
            own.append(run([str(part) for part in command], LIMIT))
    return runs


def times(rounds: int, *commands: list) -> list[float]:
    """The median milliseconds of each command."""
    return [median(ran.milliseconds for ran in runs) for runs in take_turns(rounds, *commands)]


def one_core(command: list) -> list:
    """The command pinned to one core, if the system supports that."""
    if not (shutil.which("taskset") and hasattr(os, "sched_getaffinity")):
        return command
    return ["taskset", "-c", str(min(os.sched_getaffinity(0))), *command]


def exponent(sizes: list[float], values: list[float]) -> float:
    """The slope of a line through the logarithms: 1 is linear, 2 quadratic."""
    xs, ys = [math.log(size) for size in sizes], [math.log(value) for value in values]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys)) / sum((a - x) ** 2 for a in xs)


def engine(rounds: int, file: Path) -> float:
    """The median milliseconds of the check alone."""
    outputs = [subprocess.run([measure(), "engine", file], check=True, capture_output=True, text=True) for _ in range(rounds)]
    return median(float(output.stdout) for output in outputs)


def instructions(command: list) -> int | None:
    """The number of instructions of a command on one core; None if valgrind is not installed."""
    if not shutil.which("valgrind"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        counted = [*one_core(["valgrind"]), "--tool=callgrind", f"--callgrind-out-file={folder}/out", *map(str, command)]
        said = subprocess.run(counted, capture_output=True, text=True).stderr
    return int(next(line.split()[-1] for line in said.splitlines() if "Collected" in line))


def row(what: str, *cells: str) -> None:
    """One line of a table."""
    print(f"| {what} | {' | '.join(cells)} |", flush=True)


def head(*titles: str) -> None:
    """The head of a table."""
    print(f"\n| {' | '.join(titles)} |\n|{' --- |' * len(titles)}")


def parsing(rounds: int, scratch: Path) -> None:
    """The whole check against pest's bare parse of the same bytes."""
    head("whole clean check against pest's bare parse", "bare", "one core", "ratio", "all cores", "ratio")
    for size in (MB, 10 * MB):
        file = model(scratch, f"bytes={size}")
        check = [srmc(), "check", file]
        bare, one, many = times(rounds, one_core([measure(), "bare", file]), one_core(check), check)
        row(f"{size // MB} MB", f"{bare:.0f} ms", f"{one:.0f} ms", f"{one / bare:.2f}", f"{many:.0f} ms", f"{many / bare:.2f}")
    file = model(scratch, "claims=10000")
    if count := instructions([measure(), "bare", file]):
        print(f"\nBare parse: {count / file.stat().st_size:.0f} instructions a byte (10 000 claims).")


def growth(rounds: int, scratch: Path) -> None:
    """How time and memory grow with the text and with the claims of a duty."""
    head("growth", "sizes", "time", "exponent")
    sizes = [MB // 10, MB, 10 * MB, 50 * MB]
    checks = [one_core([srmc(), "check", model(scratch, f"bytes={size}")]) for size in sizes]
    runs = take_turns(rounds, *checks)
    values = [median(ran.milliseconds for ran in own) for own in runs]
    row("bytes", "0.1, 1, 10, 50 MB", ", ".join(f"{value:.0f} ms" for value in values), f"{exponent(sizes, values):.2f}")
    claims = [100, 200, 400, 800]
    values = [engine(rounds, model(scratch, f"one={count}")) for count in claims]
    row("claims of one duty (check alone)", "100 to 800", ", ".join(f"{value:.2f} ms" for value in values), f"{exponent(claims, values):.2f}")
    for size, own in zip(sizes[2:], runs[2:]):
        peak = max(ran.peak_mb for ran in own)
        print(f"\nPeak memory for {size // MB} MB: {peak:.0f} MB, {(peak * 1024 * 1024 - 8e6) / size:.1f} bytes a source byte beside 8 MB.")


def spaces(rounds: int, scratch: Path) -> None:
    """Models with large spaces, and models that are hard to check."""
    head("the check alone", "time")
    row("1 000 duties, six axes of eight values, 20 claims a duty", f"{engine(rounds, model(scratch, 'wide=1000')):.1f} ms")
    row("100 duties, ten axes of ten values, 20 claims a duty", f"{engine(rounds, model(scratch, 'deep=100')):.1f} ms")
    head("hard on purpose, whole process", "time", "peak memory", "verdict")
    for title, shape in (
        ("400 random claims on four of ten axes", "random=4"),
        ("400 random claims on five of ten axes", "random=5"),
        ("forty options paired two by two", "pairs=40"),
    ):
        file = model(scratch, shape)
        (runs,) = take_turns(rounds, [srmc(), "check", file])
        said = subprocess.run([srmc(), "check", file], capture_output=True, text=True).stdout.splitlines()[-1]
        row(title, f"{median(ran.milliseconds for ran in runs):.0f} ms", f"{max(ran.peak_mb for ran in runs):.0f} MB", said)


def findings(rounds: int, scratch: Path) -> None:
    """Many findings, a fault at the end, many files."""
    many, good, broken = (model(scratch, shape) for shape in ("gaps=10000", f"bytes={10 * MB}", f"broken={10 * MB}"))
    head("findings and files", "time", "against")
    short, human = times(rounds, [srmc(), "check", "--format", "short", many], [srmc(), "check", many])
    row("10 000 gaps, each printed on a line", f"{short:.0f} ms", f"{human:.0f} ms with the first hundred drawn")
    fault, clean = times(rounds, one_core([srmc(), "check", broken]), one_core([srmc(), "check", good]))
    row("a syntax error at the end of 10 MB", f"{fault:.0f} ms", f"{fault / clean:.2f} times the file without it")
    folder = scratch / "thousand"
    folder.mkdir()
    text = model(scratch, "claims=100").read_text()
    for number in range(1000):
        (folder / f"file{number}.srm").write_text(text)
    one, all_cores = times(rounds, one_core([srmc(), "check", folder]), [srmc(), "check", folder])
    row("a thousand files", f"{all_cores:.0f} ms", f"{one:.0f} ms on one core")


def startup(rounds: int, scratch: Path) -> None:
    """Startup time."""
    file = model(scratch, "five_lines")
    empty, version, check = times(rounds * 40, [measure(), "empty"], [srmc(), "--version"], [srmc(), "check", file])
    head("beginning", "above an empty Rust program")
    row("`srmc --version`", f"{version - empty:.2f} ms")
    row("`srmc check` of five lines", f"{check - empty:.2f} ms")


def main() -> int:
    """Measures everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each process runs; 5 by default")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="srmc-marks-") as scratch:
        for part in (parsing, growth, spaces, findings, startup):
            part(rounds, Path(scratch))
    return 0


if __name__ == "__main__":
    sys.exit(main())
