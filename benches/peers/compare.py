#!/usr/bin/env python3
"""Compares `srmc check` with other tools that answer the same question, as whole processes.

For each model: which duty has a gap or an overlap, in which of its 125 situations? The generated models
have none, and a peer that reports one is excluded. The processes alternate, round after round; the
table shows the medians. `--selftest` plants faults instead and checks that every peer finds them.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from measure import FLOOR_NOTE, Run, floor_mb, run
from peers import HERE, Fault, Missing, Peer, WrongAnswer, all_peers, srmc
from selftest import CLAIMS, plant_faults

REPO_ROOT = HERE.parents[1]


@dataclass
class Row:
    """A peer and its runs; `failed` says why it was not run again."""

    peer: Peer
    runs: list[Run] = field(default_factory=list)
    failed: str = ""

    def milliseconds(self) -> float:
        """The median of its runs."""
        return median(run.milliseconds for run in self.runs)


# ---------------------------------------------------------------- running


def write_inputs(folder: Path, *claims: str) -> None:
    """Runs inputs.py in a separate process; here, large models would count as the peers' memory."""
    subprocess.run([sys.executable, str(HERE / "inputs.py"), str(folder), *claims], check=True)


def answer(peer: Peer, folder: Path, limit: float) -> set[Fault]:
    """The peer's answer, from a run that is not measured."""
    out, err = folder / "stdout", folder / "stderr"
    ran = run((peer.report_command or peer.command)(folder), limit, out, err)
    if ran.over_limit:
        raise WrongAnswer(f"not ready within {limit:g} s")
    text = out.read_text("utf-8")
    try:
        if peer.read:
            return peer.read(text)
        if ran.code != 0:
            raise WrongAnswer(f"exit code {ran.code}")
    except (WrongAnswer, ValueError, LookupError) as error:
        said = err.read_text("utf-8", "replace").strip() or text.strip()
        raise WrongAnswer(f"{error}; {said[-300:]!r}")
    return set()


def compare(peers: list[Peer], folder: Path, rounds: int, limit: float) -> list[Row]:
    """Checks each peer's answer, then runs the peers in alternation."""
    rows = [Row(peer) for peer in peers]
    for row in rows:
        try:
            faults = answer(row.peer, folder, limit)
            row.failed = f"reports {len(faults)} faults in a sound model" if faults else ""
        except WrongAnswer as error:
            row.failed = str(error)
    for number in range(1, rounds + 1):
        print(f"round {number} of {rounds}", file=sys.stderr)
        for row in rows:
            if row.failed:
                continue
            ran = run(row.peer.command(folder), limit)
            if ran.over_limit:
                row.failed = f"not ready within {limit:g} s"
            elif ran.code != 0:
                row.failed = f"exit code {ran.code}"
            else:
                row.runs.append(ran)
    return rows


# ---------------------------------------------------------------- reporting


def table(rows: list[Row]) -> str:
    """The Markdown table; the others are compared with the first row."""
    lines = ["| peer | what it does | median ms | ratio | peak memory |", "| --- | --- | ---: | ---: | ---: |"]
    for row in rows:
        told = f"| {row.peer.name} | {row.peer.does} |"
        if row.failed:
            lines.append(f"{told} {row.failed} | | |")
            continue
        peak = max(run.peak_mb for run in row.runs)
        ratio = "" if rows[0].failed else f"{row.milliseconds() / rows[0].milliseconds():.2f}"
        memory = f"{peak:.0f} MB" if peak > floor_mb() else f"≤ {peak:.0f} MB"
        lines.append(f"{told} {row.milliseconds():.0f} | {ratio} | {memory} |")
    return "\n".join(lines)


def tell_peers(peers: list[Peer], missing: list[Missing]) -> None:
    """The versions, and what is not installed."""
    versions = dict.fromkeys(version for peer in peers if (version := peer.version()))
    print(f"\nVersions: {'; '.join(versions)}.")
    for peer in missing:
        print(f"Not installed: {peer.name}. To install it: `{peer.install}`")


def comparison(arguments: argparse.Namespace, peers: list[Peer], missing: list[Missing]) -> bool:
    """Compares on every model; returns whether every peer answered correctly and in time."""
    models = [(f"{number} claims", None, number) for number in arguments.claims or []]
    models += [(str(file), file, 0) for file in arguments.corpus or []]
    good = True
    for title, file, claims in models or [("10000 claims", None, 10_000)]:
        with tempfile.TemporaryDirectory(prefix="srmc-peers-") as scratch:
            folder = Path(scratch)
            if file:
                shutil.copyfile(file, folder / "model.srm")
            write_inputs(folder, *([str(claims)] if claims else []))
            rows = compare(peers, folder, arguments.rounds, arguments.limit)
        print(f"\n## {title}, median of {arguments.rounds} rounds\n\n{table(rows)}", flush=True)
        good = good and not any(row.failed for row in rows)
    print(f"\n`≤`: {FLOOR_NOTE}.")
    tell_peers(peers, missing)
    return good


def selftest(arguments: argparse.Namespace, peers: list[Peer], missing: list[Missing]) -> bool:
    """Plants faults in a small model; returns whether each reporting peer finds exactly these."""
    good = True
    with tempfile.TemporaryDirectory(prefix="srmc-peers-") as sound, tempfile.TemporaryDirectory(prefix="srmc-peers-") as faulty:
        write_inputs(Path(sound), str(CLAIMS))
        text, planted = plant_faults((Path(sound) / "model.srm").read_text("utf-8"))
        (Path(faulty) / "model.srm").write_text(text, "utf-8")
        write_inputs(Path(faulty))
        for peer in peers:
            for folder, expected in ((sound, set()), (faulty, planted if peer.read else set())):
                try:
                    found = answer(peer, Path(folder), arguments.limit)
                    said = "" if found == expected else f"misses {len(expected - found)}, invents {len(found - expected)} faults"
                except WrongAnswer as error:
                    said = str(error)
                good = good and not said
                agrees = f"finds the {len(expected)} faults" if peer.read else "only validates"
                print(f"{peer.name}: {said or agrees}")
    tell_peers(peers, missing)
    return good


def main() -> int:
    """Exit codes: 0 all good, 1 a peer failed or is wrong, 2 there is no srmc or no such model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--claims", type=int, action="append", metavar="N", help="a generated model of N claims; 10000 without any")
    add("--corpus", type=Path, action="append", metavar="FILE", help="a model that the project's generator wrote")
    add("--rounds", type=int, default=5, help="how often each peer runs; 5 by default")
    add("--limit", type=float, default=120, metavar="SECONDS", help="the longest that one run may take; 120 by default")
    add("--naive", action="store_true", help="compare naive Rego too, which takes very long")
    add("--selftest", action="store_true", help="check the peers' answers instead of measuring them")
    add("--srmc", type=Path, default=REPO_ROOT / "target" / "release" / "srmc", metavar="PATH", help="target/release/srmc by default")
    arguments = parser.parse_args()
    if not arguments.srmc.exists():
        print(f"compare.py: there is no {arguments.srmc}; run `cargo build --release` first", file=sys.stderr)
        return 2
    if lost := [str(file) for file in arguments.corpus or [] if not file.is_file()]:
        print(f"compare.py: there is no {', '.join(lost)}", file=sys.stderr)
        return 2
    known = all_peers(arguments.naive)
    peers = [srmc(arguments.srmc)] + [peer for peer in known if isinstance(peer, Peer)]
    missing = [peer for peer in known if isinstance(peer, Missing)]
    action = selftest if arguments.selftest else comparison
    return 0 if action(arguments, peers, missing) else 1


if __name__ == "__main__":
    sys.exit(main())
