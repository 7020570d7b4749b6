# Sets: each claim is the set of the situations it holds in, by number.
package check

import data.axes

situations := [[first, second, third] |
	some first in axes[0].values
	some second in axes[1].values
	some third in axes[2].values
]

everywhere := {number | some number, _ in situations}

# The situations of each value of an axis.
of_value[name] := {value: {number | some number, situation in situations; situation[place] == value} |
	some value in axis.values
} if {
	some place, axis in axes
	name := axis.name
}

# The situations of each list of values that a claim names.
of_values[name] := {values: union({by_value[value] | some value in values}) |
	some values in {claim.when[name] | some claims in data.duties; some claim in claims}
} if {
	some name, by_value in of_value
}

# The situations that a claim holds in. OPA remembers the results of a function.
region(when) := intersection({of_values[name][values] | some name, values in when}) if count(when) > 0

region(when) := everywhere if count(when) == 0

# The sets of a duty meet no other and leave nothing out: their sizes add up, and so does their union.
sound(claims) if {
	regions := [region(claim.when) | some claim in claims]
	sum([count(numbers) | some numbers in regions]) == count(everywhere)
	count(union({numbers | some numbers in regions})) == count(everywhere)
}

suspects[duty] := claims if {
	some duty, claims in data.duties
	not sound(claims)
}

gaps := [message("gap", duty, number) |
	some duty, claims in suspects
	some number in everywhere - union({region(claim.when) | some claim in claims})
]

overlaps := [message("overlap", duty, number) |
	some duty, claims in suspects
	some number in contested(claims)
]

# The situations that two different parties claim.
contested(claims) := {number |
	some one in claims
	some other in claims
	one.party < other.party
	some number in region(one.when) & region(other.when)
}

message(kind, duty, number) := sprintf("%s %s %s", [kind, duty, concat(" ", situations[number])])

summary := sprintf("gaps %d, overlaps %d", [count(gaps), count(overlaps)])

report := concat("\n", array.concat(array.concat(gaps, overlaps), [summary]))
