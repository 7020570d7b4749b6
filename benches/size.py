#!/usr/bin/env python3
"""Measures generated and hostile files of up to 1 MB: how time grows when a file doubles, and peak memory.

    size.py [KIND...]     prints a table in Markdown; exits with 1 if a mark is missed

The marks: twice the size takes at most 2.5 times as long, no file of 1 MB takes over 2 s or 300 MB.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median

from peers.measure import run
from tool import srmc

ROUNDS = 3
LIMIT = 60.0
GROWTH, SECONDS, MEGABYTES = 2.5, 2.0, 300
# Below this, a ratio is noise.
SHORT = 30.0
TWO = 'party a "A"\nparty b "B"\n'


def model(*lines: str, before: str = TWO) -> str:
    return before + "model m {\n" + "\n".join(lines) + "\n}\n"


def each(form: str, count: int) -> list[str]:
    return [form.replace("#", str(number)) for number in range(count)]


def listed(form: str, count: int) -> str:
    return ", ".join(each(form, count))


def chain(count: int) -> str:
    groups = "party p0\n" + "".join(f"party p{at} {{ joins p{at - 1} }}\n" for at in range(1, count))
    return model("duty d", f"p{count - 1} owns d", before=groups)


def ring(count: int) -> str:
    groups = "".join(f"party p{at} {{ joins p{(at + 1) % count} }}\n" for at in range(count))
    return model("duty d", "p0 owns d", before=groups)


def axis(count: int, *lines: str) -> str:
    return model(*lines, before=f"{TWO}axis x {{ {listed('v#', count)} }}\n")


def grid(count: int) -> str:
    return model("raci {", "| | a | b |", *each('| d# "D" | RA | I |', count), "}")


# Each kind: what it is, the arguments, the largest count, and the file of so many.
KINDS = {
    "chain": ("a chain of groups", ["check"], 30_000, chain),
    "ring": ("a ring of groups", ["check"], 30_000, ring),
    "same": ("equal claims on one duty", ["check"], 80_000, lambda n: model("duty d", *["a owns d"] * n)),
    "same-all": (
        "equal claims on each of 100 duties",
        ["check"],
        10_000,
        lambda n: model(*each("duty d#", 100), *["a owns all"] * n),
    ),
    "clash": (
        "claims of two parties on one duty",
        ["check"],
        60_000,
        lambda n: model("duty d", *["a owns d", "b owns d"] * (n // 2)),
    ),
    "nobody": (
        "`nobody` and a party on one duty",
        ["check"],
        40_000,
        lambda n: model("duty d", *['nobody owns d because "x"', "a owns d"] * (n // 2)),
    ),
    "separate": (
        "a `separate` of so many duties from as many",
        ["check"],
        25_000,
        lambda n: model(
            *each("duty d#", n), *each("duty e#", n), "a owns all", f"separate {listed('d#', n)} from {listed('e#', n)}"
        ),
    ),
    "open": ("lines after a text block that is not closed", ["check"], 500_000, lambda n: model('duty d """x', *["x"] * n)),
    "character": ("one character", ["check"], 1_000_000, lambda n: "x" * n),
    "bars": ("bars in one row", ["check"], 1_000_000, lambda n: model("raci {", "|" * n, "}")),
    "braces": ("opening braces", ["check"], 1_000_000, lambda n: "{" * n),
    "parentheses": (
        "parentheses",
        ["check"],
        500_000,
        lambda n: model("duty d", f"a owns d when {'(' * n}o{')' * n}", before=TWO + "option o\n"),
    ),
    "unknown-parties": ("claims of unknown parties", ["check"], 60_000, lambda n: model("duty d", *each("q# owns d", n))),
    "unknown-duties": (
        "claims on unknown duties",
        ["check"],
        40_000,
        lambda n: model(*each("duty e#\na owns x#", n)),
    ),
    "unknown-controls": (
        "unknown controls",
        ["check"],
        45_000,
        lambda n: model(
            f"duty d {{ meets f {listed(chr(34) + 'x#' + chr(34), n)} }}",
            "a owns d",
            before=f"{TWO}framework f {{ ids {listed(chr(34) + '#' + chr(34), n)} }}\n",
        ),
    ),
    "values": (
        "values of one axis",
        ["check"],
        100_000,
        lambda n: axis(n, "duty d", "a owns d when x = v0", "b owns d when x != v0"),
    ),
    "value-each": (
        "values of one axis, a claim for each",
        ["check"],
        25_000,
        lambda n: axis(n, "duty d", *each("a owns d when x = v#", n)),
    ),
    "columns": (
        "columns of a `raci`",
        ["check"],
        40_000,
        lambda n: model(
            "raci {",
            f"| | {' | '.join(each('p#', n))} |",
            f"| d \"D\" | RA | {' | '.join(['I'] * (n - 1))} |",
            "}",
            before="".join(each("party p#\n", n)),
        ),
    ),
    "gaps": ("gaps", ["check"], 80_000, lambda n: model(*each("duty d#", n))),
    "rows": ("rows of a `raci`", ["check"], 40_000, grid),
    "fmt-rows": ("rows of a `raci`, formatted", ["fmt", "--check"], 40_000, grid),
    "fmt-wide": (
        "rows beside one of half a megabyte, formatted",
        ["fmt", "--check"],
        20_000,
        lambda n: grid(n).replace('"D"', f'"{"t" * (25 * n)}"', 1),
    ),
    "html-rows": ("rows of a `raci`, as HTML", ["build", "--emit", "html"], 20_000, grid),
    "html-values": (
        "values of one axis, as HTML",
        ["build", "--emit", "html"],
        2_000,
        lambda n: axis(n, "duty d", "a owns d when x = v0", "b owns d when x != v0"),
    ),
    "json-rows": ("rows of a `raci`, as JSON", ["build", "--emit", "json"], 40_000, grid),
}


def measured(folder: Path, command: list[str], text: str) -> tuple[float, float]:
    """Milliseconds and megabytes of the median run."""
    file = folder / "m.srm"
    file.write_text(text)
    runs = [run([srmc(), *command, file], LIMIT) for _ in range(ROUNDS)]
    return median(it.milliseconds for it in runs), median(it.peak_mb for it in runs)


def main() -> int:
    missed = 0
    print("| Kind | Size | Time | Half as many | Ratio | Peak memory |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for kind in sys.argv[1:] or KINDS:
            about, command, count, form = KINDS[kind]
            half, _ = measured(Path(folder), command, form(count // 2))
            text = form(count)
            whole, peak = measured(Path(folder), command, text)
            ratio = whole / half
            is_missed = whole > 1000 * SECONDS or peak > MEGABYTES or (whole > SHORT and ratio > GROWTH)
            missed += is_missed
            print(
                f"| {count:,} {about} | {len(text) / 1e6:.1f} MB | {whole:.0f} ms | {half:.0f} ms | {ratio:.1f} "
                f"| {peak:.0f} MB |{' missed' if is_missed else ''}",
                flush=True,
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
