"""The measured programs: srmc itself, and the bench that writes models and runs single steps."""

import json
import subprocess
from functools import cache
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parents[1]


@cache
def srmc() -> Path:
    """The release build of srmc; built if necessary."""
    return _built("srmc", "build", "--release", "--bin", "srmc")


@cache
def measure() -> Path:
    """The bench `measure`; built if necessary."""
    return _built("measure", "bench", "--bench", "measure", "--no-run")


def _built(name: str, *command: str) -> Path:
    build = ["cargo", *command, "--message-format=json"]
    out = subprocess.run(build, cwd=REPO_ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    artifacts = (json.loads(line) for line in out.stdout.splitlines())
    named = (artifact for artifact in artifacts if artifact.get("target", {}).get("name") == name)
    return Path([found for artifact in named if (found := artifact.get("executable"))][-1])


def model(folder: Path, shape: str) -> Path:
    """A generated model, such as `claims=10000`; the shapes are defined in measure.rs."""
    file = folder / f"{shape}.srm"
    if not file.exists():
        subprocess.run([measure(), "write", shape, file], check=True)
    return file
