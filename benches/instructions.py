#!/usr/bin/env python3
"""Counts the instructions of `srmc check` and compares them with instructions.json.

    instructions.py            fails if a count has changed by more than 5 %
    instructions.py --keep     stores the current counts

Instruction counts repeat to four digits whatever else the machine does, so they show slow growth
that a clock would not. They depend on the compiler; the file records which one was used.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from families import family
from marks import instructions
from tool import REPO_ROOT, model, srmc

KEPT = Path(__file__).with_name("instructions.json")
TOLERANCE = 0.05

# Models by what they are meant to show; the shapes are defined in measure.rs.
MODELS = {
    "small: five lines": "five_lines",
    "claims: 2 000 on three axes": "claims=2000",
    "wide: 100 duties on six axes of eight values": "wide=100",
    "deep: 50 duties on ten axes of ten values": "deep=50",
    "gaps: 200 findings": "gaps=200",
}
# Random models of 100 duties, as families.py measures them: axes, values, claims a duty, axes a claim tests.
FAMILIES = [(6, 5, 20, 3), (8, 3, 10, 3), (16, 2, 12, 3), (10, 10, 20, 3)]


def count() -> dict[str, int]:
    """The instructions of each model's check, in one thread."""
    with tempfile.TemporaryDirectory(prefix="srmc-instructions-") as scratch:
        files = {title: model(Path(scratch), shape) for title, shape in MODELS.items()}
        for shape in FAMILIES:
            axes, values, claims, tests = shape
            path = Path(scratch) / f"{axes}x{values}.srm"
            path.write_text(family(*shape))
            files[f"faulty: {axes} axes of {values}, {claims} claims on {tests}"] = path
        return {title: instructions([srmc(), "check", "--today", "2026-11-21", file]) for title, file in files.items()}


def main() -> int:
    """Exit codes: 0 the counts match, 1 they do not, 2 they could not be counted."""
    compiler = subprocess.run(["rustc", "--version"], cwd=REPO_ROOT, check=True, capture_output=True, text=True).stdout.strip()
    counts = count()
    if None in counts.values():
        print("instructions.py: valgrind is not installed", file=sys.stderr)
        return 2
    if "--keep" in sys.argv[1:]:
        KEPT.write_text(json.dumps({"compiler": compiler, "instructions": counts}, indent=2) + "\n")
        return 0
    kept = json.loads(KEPT.read_text())
    moved = False
    for title, now in counts.items():
        change = now / kept["instructions"][title] - 1
        moved |= abs(change) > TOLERANCE
        print(f"{title}: {now:,} instructions, {change:+.1%}")
    if moved:
        print(f"A count moved by more than {TOLERANCE:.0%}. If that is meant, keep it: benches/instructions.py --keep")
        print(f"Kept with {kept['compiler']}, counted with {compiler}.")
    return 1 if moved else 0


if __name__ == "__main__":
    sys.exit(main())
