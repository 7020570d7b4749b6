"""Writes one model as the input of every peer.

    inputs.py FOLDER            of the model in FOLDER/model.srm
    inputs.py FOLDER CLAIMS     of a generated model, which becomes FOLDER/model.srm
"""

import csv
import json
import subprocess
import sys
from pathlib import Path

from corpus import Claim, Model, parse

sys.path.append(str(Path(__file__).resolve().parents[1]))
from tool import measure


def write_all(model: Model, folder: Path) -> None:
    """Every peer's input, in a folder of its own below `folder`."""
    write_documents(model, folder)
    write_csv(model, folder / "sqlite")
    write_cedar(model, folder / "cedar")
    write_rego_rules(model, folder / "rules")


# ---------------------------------------------------------------- JSON, YAML, OPA's data


def write_documents(model: Model, folder: Path) -> None:
    """The same document as JSON and as YAML: the axes in order, and each duty's claims."""
    document = {
        "axes": [{"name": axis, "values": values} for axis, values in model.axes.items()],
        "duties": {
            duty: [{"party": claim.party, "when": claim.when} for claim in claims]
            for duty, claims in model.claims.items()
        },
    }
    for name in ("json", "yaml", "data"):
        (folder / name).mkdir()
    text = json.dumps(document)
    (folder / "json" / "model.json").write_text(text, "utf-8")
    (folder / "data" / "data.json").write_text(text, "utf-8")
    with (folder / "yaml" / "model.yaml").open("w", encoding="utf-8") as out:
        out.write("axes:\n")
        out.writelines(f"  - {{name: {axis}, values: {flow(values)}}}\n" for axis, values in model.axes.items())
        out.write("duties:\n")
        for duty, claims in model.claims.items():
            out.write(f"  {duty}:{'' if claims else ' []'}\n")
            out.writelines(f"    - {{party: {claim.party}, when: {yaml_condition(claim)}}}\n" for claim in claims)


def yaml_condition(claim: Claim) -> str:
    """A claim's condition, as one would write it by hand."""
    return f"{{{', '.join(f'{axis}: {flow(values)}' for axis, values in claim.when.items())}}}"


def flow(values: list[str]) -> str:
    """A YAML list on one line."""
    return f"[{', '.join(values)}]"


# ---------------------------------------------------------------- sqlite3


def write_csv(model: Model, folder: Path) -> None:
    """Three tables; a claim has a column for each axis, such as `free|team`, empty for every value."""
    folder.mkdir()
    tables = {
        "value": ((at, place, value) for at, values in enumerate(model.axes.values()) for place, value in enumerate(values)),
        "duty": ((duty,) for duty in model.claims),
        "claim": (
            (duty, claim.party, *("|".join(claim.when.get(axis, [])) for axis in model.axes))
            for duty, claims in model.claims.items()
            for claim in claims
        ),
    }
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(rows)


# ---------------------------------------------------------------- cedar


def write_cedar(model: Model, folder: Path) -> None:
    """A policy for each claim, and a schema in which parties, duties and values are enumerations."""
    folder.mkdir()
    entities = {"Party": model.parties, "Duty": list(model.claims), **model.axes}
    schema = [f"entity {name} enum [{', '.join(map(json.dumps, ids))}];" for name, ids in entities.items()]
    context = ", ".join(f"{axis}: {axis}" for axis in model.axes)
    schema.append(f"action owns appliesTo {{ principal: Party, resource: Duty, context: {{ {context} }} }};")
    (folder / "model.cedarschema").write_text("\n".join(schema) + "\n", "utf-8")
    with (folder / "model.cedar").open("w", encoding="utf-8") as out:
        for duty, claims in model.claims.items():
            out.writelines(cedar_policy(duty, claim) for claim in claims)


def cedar_policy(duty: str, claim: Claim) -> str:
    """One claim as a policy."""
    scope = f'principal == Party::"{claim.party}", action == Action::"owns", resource == Duty::"{duty}"'
    return f"permit ({scope}){cedar_condition(claim)};\n"


def cedar_condition(claim: Claim) -> str:
    """A claim's condition in Cedar."""
    tests = []
    for axis, values in claim.when.items():
        named = [f'{axis}::"{value}"' for value in values]
        one = len(named) == 1
        tests.append(f"context.{axis} == {named[0]}" if one else f"[{', '.join(named)}].contains(context.{axis})")
    return f" when {{ {' && '.join(tests)} }}" if tests else ""


# ---------------------------------------------------------------- OPA, a rule for each claim


def write_rego_rules(model: Model, folder: Path) -> None:
    """A package for each area, in it a rule for each claim."""
    folder.mkdir()
    areas: dict[str, list[str]] = {}
    for path, claims in model.claims.items():
        area, duty = path.split(".")
        areas.setdefault(area, []).extend(rego_rule(duty, claim) for claim in claims)
    for area, rules in areas.items():
        (folder / f"{area}.rego").write_text(f"package {area}\n\n" + "\n".join(rules), "utf-8")


def rego_rule(duty: str, claim: Claim) -> str:
    """One claim as a rule."""
    tests = []
    for axis, values in claim.when.items():
        named = [f'"{value}"' for value in values]
        tests.append(f"input.{axis} == {named[0]}" if len(named) == 1 else f"input.{axis} in {{{', '.join(named)}}}")
    body = f" if {{ {'; '.join(tests)} }}" if tests else ""
    return f'{duty} contains "{claim.party}"{body}\n'


def main(folder: Path, *claims: str) -> None:
    """Generates the model if a number of claims is given, then writes the inputs."""
    if claims:
        subprocess.run([measure(), "write", f"claims={claims[0]}", folder / "model.srm"], check=True)
    write_all(parse((folder / "model.srm").read_text("utf-8")), folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
