#!/usr/bin/env python3
"""Measures builds of a project of 200 models and 400 outputs, and compares two checkouts byte by byte.

    project.py [--rounds N]     prints a table in Markdown; exits with 1 if bytes differ
"""

import argparse
import filecmp
import sys
import tempfile
from pathlib import Path
from statistics import median

from peers.measure import run
from tool import model, srmc

MODELS = 200
LIMIT = 120.0
MANIFEST = """[project]
sources = ["models/*.srm"]

[[output]]
format = "json"
path = "out/{model}.json"

[[output]]
format = "markdown"
path = "docs/{model}.md"
"""


def write_project(folder: Path, text: str) -> None:
    """A project whose models are identical except for their names."""
    (folder / "models").mkdir(parents=True)
    (folder / "srm.toml").write_text(MANIFEST)
    for number in range(MODELS):
        (folder / "models" / f"m{number}.srm").write_text(text.replace("model corpus", f"model m{number}"))


def timed(rounds: int, command: list, prepare=lambda: None) -> str:
    """The median milliseconds and the peak memory of a command; `prepare` runs before each."""
    runs = []
    for _ in range(rounds):
        prepare()
        runs.append(run([str(part) for part in command], LIMIT))
    assert all(ran.code == 0 for ran in runs), [ran.code for ran in runs]
    return f"{median(ran.milliseconds for ran in runs):.0f} ms | {max(ran.peak_mb for ran in runs):.0f} MB"


def differing(left: Path, right: Path) -> list[str]:
    """The files that differ between the two folders."""
    files = sorted(path.relative_to(left) for path in left.rglob("*") if path.is_file())
    others = sorted(path.relative_to(right) for path in right.rglob("*") if path.is_file())
    _, different, failed = filecmp.cmpfiles(left, right, files, shallow=False)
    return [str(path) for path in set(files) ^ set(others)] + different + failed


def main() -> int:
    """Exit codes: 0 all bytes are the same, 1 they are not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each build runs; 5 by default")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory(prefix="srmc-project-") as scratch:
        text = model(Path(scratch), "claims=50").read_text()
        first, second = Path(scratch) / "first", Path(scratch) / "elsewhere" / "deeper" / "second"
        write_project(first, text)
        write_project(second, text)
        build = [srmc(), "build", first]
        changed = first / "models" / "m7.srm"

        def forget() -> None:
            for path in [*first.glob("out/*"), *first.glob("docs/*")]:
                path.unlink()

        def change() -> None:
            changed.write_text(changed.read_text().replace('"Generated', '"Generated anew'))

        print("| 200 models, 400 outputs | Time | Peak memory |\n| --- | --- | --- |")
        print(f"| everything written | {timed(rounds, build, forget)} |")
        print(f"| nothing changed | {timed(rounds, build)} |")
        print(f"| one file changed | {timed(rounds, build, change)} |")
        print(f"| `--check` | {timed(rounds, [*build, '--check'])} |", flush=True)
        changed.write_text((second / "models" / "m7.srm").read_text())
        run([str(part) for part in build], LIMIT)
        run([str(srmc()), "build", str(second)], LIMIT)
        wrong = differing(first, second)
    print(f"\nTwo checkouts in different folders: {'the same bytes' if not wrong else wrong}.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
