#!/usr/bin/env python3
"""Random models of 100 duties whose claims overlap, leave gaps and repeat each other: how many duties are not
decided, how long the whole check takes, and how long its longest message is.

    families.py [--twice]     prints a table in Markdown; with --twice, of twice as many claims

Each claim is `p owns d when a in { … } and b in { … } and c in { … }`: axes and values are drawn evenly, by five
parties.
"""

import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from tool import srmc

# Axes, values, claims a duty, axes a claim tests.
FAMILIES = [
    (6, 5, 20, 3),
    (8, 3, 10, 3),
    (16, 2, 12, 3),
    (20, 2, 16, 3),
    (8, 5, 20, 3),
    (10, 5, 20, 3),
    (10, 10, 8, 3),
    (10, 10, 20, 3),
    (6, 8, 20, 4),
    (5, 10, 40, 3),
]
DUTIES = 100
ROUNDS = 3


def test(draw: random.Random, axis: int, values: int) -> str:
    if values == 2:
        return draw.choice(["", "not "]) + f"x{axis}"
    chosen = sorted(draw.sample(range(values), draw.randint(1, values - 1)))
    return f"x{axis} in {{ {', '.join(f'v{value}' for value in chosen)} }}"


def family(axes: int, values: int, claims: int, tests: int, seed: int = 1) -> str:
    draw = random.Random(seed)
    lines = [f'party p{party} "P{party}"' for party in range(5)]
    for axis in range(axes):
        names = ", ".join(f"v{value}" for value in range(values))
        lines.append(f"option x{axis}" if values == 2 else f"axis x{axis} {{ {names} }}")
    lines.append("model m {")
    for duty in range(DUTIES):
        lines.append(f"  duty d{duty}")
        for _ in range(claims):
            chosen = sorted(draw.sample(range(axes), tests))
            when = " and ".join(test(draw, axis, values) for axis in chosen)
            lines.append(f"  p{draw.randrange(5)} owns d{duty} when {when}")
    return "\n".join([*lines, "}", ""])


def main() -> None:
    times = 2 if "--twice" in sys.argv else 1
    tool = srmc()
    print("| Axes × values, claims a duty on so many axes | Not decided | Time | Longest message | Findings |")
    print("| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for axes, values, claims, tests in FAMILIES:
            path = Path(folder) / "m.srm"
            path.write_text(family(axes, values, times * claims, tests))
            taken = []
            for _ in range(ROUNDS):
                start = perf_counter()
                subprocess.run([tool, "check", path], capture_output=True)
                taken.append(perf_counter() - start)
            told = subprocess.run([tool, "check", "--format", "json", path], capture_output=True, text=True)
            findings = json.loads(told.stdout)["findings"]
            undecided = {it["duty"] for it in findings if it["code"] == "SRM0304"}
            longest = max((len(it["message"]) for it in findings), default=0)
            print(
                f"| {axes} × {values}, {times * claims} on {tests} | {len(undecided)} | {median(taken):.2f} s "
                f"| {longest} | {len(findings)} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
