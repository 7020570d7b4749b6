"""Plain Python: finds the gaps and overlaps of a model in JSON.

    check_json.py MODEL.json

Each claim is one integer of 125 bits, one bit per situation.
"""

import gc
import json
import sys
from itertools import product


def report(model: dict) -> str:
    """A line for each situation with a gap or an overlap, then the numbers of both."""
    axes = {axis["name"]: axis["values"] for axis in model["axes"]}
    situations = list(product(*axes.values()))
    everywhere = (1 << len(situations)) - 1
    bits = {
        name: {value: sum(1 << at for at, situation in enumerate(situations) if situation[place] == value) for value in values}
        for place, (name, values) in enumerate(axes.items())
    }
    lines, totals = [], {"gap": 0, "overlap": 0}
    for duty, claims in model["duties"].items():
        owned = met = 0
        masks = []
        for claim in claims:
            mask = everywhere
            for axis, values in claim["when"].items():
                of_value = bits[axis]
                allowed = 0
                for value in values:
                    allowed |= of_value[value]
                mask &= allowed
            met |= owned & mask
            owned |= mask
            masks.append(mask)
        if met or owned != everywhere:
            for kind, where in (("gap", everywhere & ~owned), ("overlap", met and contested(claims, masks))):
                found = [" ".join(situation) for at, situation in enumerate(situations) if where >> at & 1]
                totals[kind] += len(found)
                lines += [f"{kind} {duty} {situation}" for situation in found]
    return "\n".join([*lines, f"gaps {totals['gap']}, overlaps {totals['overlap']}"])


def contested(claims: list[dict], masks: list[int]) -> int:
    """The situations that two different parties claim."""
    parties: dict[str, int] = {}
    for claim, mask in zip(claims, masks):
        parties[claim["party"]] = parties.get(claim["party"], 0) | mask
    once = twice = 0
    for mask in parties.values():
        twice |= once & mask
        once |= mask
    return twice


if __name__ == "__main__":
    gc.disable()  # there is no garbage here, and the collector would take a third of the time
    with open(sys.argv[1], "rb") as file:
        print(report(json.load(file)))
