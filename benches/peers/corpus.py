"""The models that are compared: three axes of five values, as the project's generator writes them."""

import re
from dataclasses import dataclass
from itertools import product
from pathlib import Path

PARTIES = ["vendor", "customer", "partner", "platform"]
AXES = {
    "service_model": ["on_premises", "colocation", "iaas", "caas", "paas"],
    "region": ["us_east", "us_west", "eu_central", "eu_north", "eu_west"],
    "plan": ["free", "starter", "team", "business", "enterprise"],
}
CLAIMS_PER_DUTY = 5

# A claim's condition: the values it allows on each axis that it tests.
Condition = dict[str, list[str]]


@dataclass(frozen=True)
class Claim:
    """One party's claim of a duty."""

    party: str
    when: Condition


@dataclass(frozen=True)
class Model:
    """What a file says; the keys of `claims` are all duties, such as `area0.duty3`."""

    parties: list[str]
    axes: dict[str, list[str]]
    claims: dict[str, list[Claim]]

    def situations(self) -> list[tuple[str, ...]]:
        """Every combination of values, in the order of the axes."""
        return list(product(*self.axes.values()))


# ---------------------------------------------------------------- reading

PARTY = re.compile(r"party (\w+) ")
AXIS = re.compile(r"axis (\w+) \{ (.*) \}")
AREA = re.compile(r"  area (\w+) ")
DUTY = re.compile(r"    duty (\w+) ")
CLAIM = re.compile(r"    (\w+) owns (\w+)(?: when (.*))?")
TEST = re.compile(r"(\w+) (=|!=|in) (.*)")
IGNORED = re.compile(r"model |\s*\}?$")


def parse(text: str) -> Model:
    """Reads the generator's own format, line by line; raises ValueError on anything else."""
    model, area = Model([], {}, {}), ""
    for number, line in enumerate(text.split("\n"), 1):
        if found := CLAIM.fullmatch(line):
            party, duty, condition = found.groups()
            when = parse_condition(condition, model.axes) if condition else {}
            model.claims[f"{area}.{duty}"].append(Claim(party, when))
        elif found := DUTY.match(line):
            model.claims[f"{area}.{found[1]}"] = []
        elif found := AREA.match(line):
            area = found[1]
        elif found := AXIS.fullmatch(line):
            model.axes[found[1]] = found[2].split(", ")
        elif found := PARTY.match(line):
            model.parties.append(found[1])
        elif not IGNORED.match(line):
            raise ValueError(f"line {number} is not a line of the generator: {line!r}")
    if [len(values) for values in model.axes.values()] != [5, 5, 5]:
        raise ValueError("the model does not have three axes of five values")
    return model


def parse_condition(condition: str, axes: dict[str, list[str]]) -> Condition:
    """The allowed values, each axis's in the order of its declaration."""
    when = {}
    for test in condition.split(" and "):
        found = TEST.fullmatch(test)
        if not found:
            raise ValueError(f"not a test of the generator: {test!r}")
        axis, operator, right = found.groups()
        named = right.strip("{ }").split(", ")
        when[axis] = [value for value in axes[axis] if (value in named) != (operator == "!=")]
    return when
