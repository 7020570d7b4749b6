"""The tools that are compared: how each is started, how its answer is read, how to install it."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Callable

from corpus import AXES
from opa_library import library_is_here

HERE = Path(__file__).resolve().parent
# Without `site`: it is not needed here, and its startup time depends on what else is installed.
PYTHON = [sys.executable, "-S"]

# A situation of a duty with a fault: "gap" or "overlap", the duty, the situation's values.
Fault = tuple[str, str, str]


class WrongAnswer(Exception):
    """A peer's output is not a valid answer."""


@dataclass(frozen=True)
class Peer:
    """A tool that is installed. `command` takes the folder of the inputs."""

    name: str
    does: str
    command: Callable[[Path], list[str]]
    # Parses the faults that the command reports; None if it only validates.
    read: Callable[[str], set[Fault]] | None = None
    # For peers whose faults are reported by a different command than the measured one.
    report_command: Callable[[Path], list[str]] | None = None
    version_command: list[str] = field(default_factory=list)

    def version(self) -> str:
        """The first line of the tool's version output."""
        if not self.version_command:
            return ""
        said = subprocess.run(self.version_command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return (said.stdout.strip() or "unknown version").splitlines()[0]


@dataclass(frozen=True)
class Missing:
    """A tool that is not installed."""

    name: str
    install: str


# ---------------------------------------------------------------- reading answers

LAST_LINE = re.compile(r"gaps (\d+), overlaps (\d+)")


def read_lines(text: str) -> set[Fault]:
    """Parses the answer format of the peers in this folder: a line for each fault, then the counts."""
    *lines, last = text.strip().split("\n")
    numbers = LAST_LINE.fullmatch(last)
    if not numbers:
        raise WrongAnswer(f"the last line is not the numbers: {last!r}")
    faults = set()
    for line in lines:
        kind, duty, situation = line.split(" ", 2)
        faults.add((kind, duty, situation))
    counted = tuple(sum(kind == counted for kind, _, _ in faults) for counted in ("gap", "overlap"))
    if counted != tuple(map(int, numbers.groups())):
        raise WrongAnswer(f"{last!r}, but the lines tell {counted}")
    return faults


def read_findings(text: str) -> set[Fault]:
    """The answer of `srmc check --format json`."""
    kinds = {"SRM0301": "gap", "SRM0401": "overlap"}
    faults = set()
    for finding in json.loads(text)["findings"]:
        if finding["severity"] == "error" and finding["code"] not in kinds:
            raise WrongAnswer(finding["message"])
        if finding["code"] in kinds:
            for region in finding["situations"]["regions"]:
                for situation in product(*(region.get(axis, values) for axis, values in AXES.items())):
                    faults.add((kinds[finding["code"]], finding["duty"], " ".join(situation)))
    return faults


# ---------------------------------------------------------------- the tools


def srmc(binary: Path) -> Peer:
    """The compiler of this project."""

    def check(folder: Path) -> list[str]:
        return [str(binary), "check", str(folder / "model.srm")]

    return Peer(
        "srmc check",
        "parses the language, checks everything",
        check,
        read_findings,
        report_command=lambda folder: [*check(folder), "--format", "json"],
        version_command=[str(binary), "--version"],
    )


def python_peers() -> list[Peer | Missing]:
    """Plain Python, with JSON and with YAML."""
    json_peer = Peer(
        "Python, JSON",
        "bit masks of 125 bits as integers",
        lambda folder: [*PYTHON, str(HERE / "check_json.py"), str(folder / "json" / "model.json")],
        read_lines,
        version_command=[sys.executable, "--version"],
    )
    name = "Python, YAML"
    find_libyaml = "import yaml; yaml.CSafeLoader; print('PyYAML', yaml.__version__)"
    version_command = [sys.executable, "-c", find_libyaml]
    if subprocess.run(version_command, capture_output=True).returncode != 0:
        return [json_peer, Missing(name, f"{sys.executable} -m pip install pyyaml")]
    yaml_peer = Peer(
        name,
        "the same check; libyaml reads the file",
        lambda folder: [sys.executable, str(HERE / "check_yaml.py"), str(folder / "yaml" / "model.yaml")],
        read_lines,
        version_command=version_command,
    )
    return [json_peer, yaml_peer]


def sqlite_peers() -> list[Peer | Missing]:
    """The sqlite3 shell, with both queries."""
    binary = shutil.which("sqlite3")
    if not binary:
        return [Missing("sqlite3", "apt-get install sqlite3")]

    def command(query: str) -> Callable[[Path], list[str]]:
        scripts = [f'.read "{HERE / "sql" / name}"' for name in ("load.sql", query, "find.sql")]
        return lambda folder: [binary, "-bail", ":memory:", f'.cd "{folder / "sqlite"}"', *scripts]

    version = [binary, ":memory:", "SELECT 'sqlite3 ' || sqlite_version()"]
    return [
        Peer("sqlite3, sums", "CSV; sums of bit masks for each duty", command("sums.sql"), read_lines, version_command=version),
        Peer("sqlite3, join", "CSV; claims joined with situations", command("join.sql"), read_lines, version_command=version),
    ]


def cedar_peers() -> list[Peer | Missing]:
    """The validator of Cedar policies."""
    name, binary = "cedar validate", shutil.which("cedar")
    if not binary:
        return [Missing(name, "cargo install cedar-policy-cli")]

    def command(folder: Path) -> list[str]:
        inputs = folder / "cedar"
        return [binary, "validate", "--policies", str(inputs / "model.cedar"), "--schema", str(inputs / "model.cedarschema")]

    does = "validates types and names only; a policy for each claim"
    return [Peer(name, does, command, version_command=[binary, "--version"])]


def opa_peers(naive: bool) -> list[Peer | Missing]:
    """Open Policy Agent: the `opa` binary on the path, or else the library of tests/opa."""
    binary = shutil.which("opa")
    if not binary and not library_is_here():
        return [Missing("opa", "python3 benches/peers/opa_library.py fetch")]
    library = [*PYTHON, str(HERE / "opa_library.py")]
    ask_version = ["eval", "--format", "raw", "concat(' ', ['opa', opa.runtime().version])"]
    version = [binary, *ask_version] if binary else [*library, "version"]
    suffix = "" if binary else " (library)"

    def eval_peer(name: str, does: str, rules: str) -> Peer:
        file = str(HERE / "rego" / rules)

        def command(folder: Path) -> list[str]:
            data = folder / "data" / "data.json"
            if binary:
                return [binary, "eval", "--format", "raw", "--data", str(data), "--data", file, "data.check.report"]
            return [*library, "eval", str(data), file]

        return Peer(f"opa eval{suffix}, {name}", does, command, read_lines, version_command=version)

    def check(folder: Path) -> list[str]:
        return [*([binary] if binary else library), "check", str(folder / "rules")]

    peers: list[Peer | Missing] = [
        Peer(f"opa check{suffix}", "compiles only; a rule for each claim", check, version_command=version),
        eval_peer("sets", "JSON; set operations for each duty", "sets.rego"),
    ]
    if naive:
        peers.append(eval_peer("naive", "JSON; duties × situations × their claims", "naive.rego"))
    return peers


def all_peers(naive: bool) -> list[Peer | Missing]:
    """Every peer but srmc."""
    return python_peers() + sqlite_peers() + cedar_peers() + opa_peers(naive)
