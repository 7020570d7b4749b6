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
DUTIES_PER_AREA = 10
SEED = 1

# A claim's condition: the values it allows on each axis that it asks about.
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


# ---------------------------------------------------------------- generating


class Dice:
    """The linear congruential generator of benches/corpus/mod.rs."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, sides: int) -> int:
        """A number below `sides`."""
        self.state = (self.state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407) % 2**64
        return (self.state >> 33) % max(sides, 1)


def write_sound(claims: int, file: Path) -> None:
    """Writes the model without a fault that benches/corpus/mod.rs makes of so many claims."""
    dice = Dice(SEED)
    duties = [sound_duty(dice) for _ in range(-(-claims // CLAIMS_PER_DUTY))]
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f'party {party} "The {party}"\n' for party in PARTIES)
        out.writelines(f"axis {axis} {{ {', '.join(values)} }}\n" for axis, values in AXES.items())
        out.write('\nmodel corpus "Generated" {\n')
        for first in range(0, len(duties), DUTIES_PER_AREA):
            number, inside = first // DUTIES_PER_AREA, duties[first : first + DUTIES_PER_AREA]
            out.write(f'  area area{number} "Area {number}" {{\n')
            out.writelines(f'    duty duty{at} "Duty {at} of area {number}"\n' for at in range(len(inside)))
            for at, duty in enumerate(inside):
                out.writelines(f"    {claim.party} owns duty{at} when {condition(claim.when)}\n" for claim in duty)
            out.write("  }\n")
        out.write("}\n")


def sound_duty(dice: Dice) -> list[Claim]:
    """All situations, cut in two again and again until there are as many pieces as claims."""
    pieces: list[Condition] = [{}]
    while len(pieces) < CLAIMS_PER_DUTY:
        cuttable = [at for at, piece in enumerate(pieces) if open_axes(piece)]
        at = min(cuttable, key=lambda at: len(pieces[at]))
        piece, pieces[at] = pieces[at], pieces[-1]
        pieces.pop()
        choices = open_axes(piece)
        choices = [axis for axis in choices if axis not in piece] or choices
        axis = choices[dice.below(len(choices))]
        values = piece.get(axis, AXES[axis])
        cut = 1 + dice.below(len(values) - 1)
        rest = {other: allowed for other, allowed in piece.items() if other != axis}
        pieces += [rest | {axis: values[:cut]}, rest | {axis: values[cut:]}]
    return [Claim(PARTIES[dice.below(len(PARTIES))], piece) for piece in pieces]


def open_axes(piece: Condition) -> list[str]:
    """The axes on which a piece can still be cut."""
    return [axis for axis in AXES if len(piece.get(axis, AXES[axis])) > 1]


def condition(when: Condition) -> str:
    """A condition as the language writes it."""
    return " and ".join(test(axis, allowed) for axis, allowed in when.items())


def test(axis: str, allowed: list[str]) -> str:
    """One test of a condition, in its shortest form."""
    missing = [value for value in AXES[axis] if value not in allowed]
    if len(allowed) == 1:
        return f"{axis} = {allowed[0]}"
    if len(missing) == 1:
        return f"{axis} != {missing[0]}"
    return f"{axis} in {{ {', '.join(allowed)} }}"
