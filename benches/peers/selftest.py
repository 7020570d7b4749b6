"""A small model with faults in known places."""

from itertools import product

from corpus import AXES, CLAIMS_PER_DUTY, PARTIES, Claim, parse
from peers import Fault

CLAIMS = 100


def plant_faults(sound: str) -> tuple[str, set[Fault]]:
    """The text of a sound model with a planted gap and overlap, and the faults to expect.

    It also plants two things that are not faults: the same claim twice, and a duty that is owned
    without a condition.
    """
    lines, model = sound.split("\n"), parse(sound)
    first = next(number for number, line in enumerate(lines) if " owns " in line)
    gapped, overlapped, repeated, always = (first + CLAIMS_PER_DUTY * duty for duty in range(4))
    lost, met = model.claims["area0.duty0"][0], model.claims["area0.duty1"][0]
    other = next(party for party in PARTIES if party != met.party)

    lines[gapped] = ""
    lines[overlapped] += "\n" + lines[overlapped].replace(met.party, other, 1)
    lines[repeated] += "\n" + lines[repeated]
    lines[always : always + CLAIMS_PER_DUTY] = ["    vendor owns duty3"]
    return "\n".join(lines), faults("gap", "area0.duty0", lost) | faults("overlap", "area0.duty1", met)


def faults(kind: str, duty: str, claim: Claim) -> set[Fault]:
    """A fault in each situation of a claim."""
    allowed = (claim.when.get(axis, values) for axis, values in AXES.items())
    return {(kind, duty, " ".join(situation)) for situation in product(*allowed)}
