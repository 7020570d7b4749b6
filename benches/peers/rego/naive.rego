# As one would write it down first: for every duty and every situation, the parties that own it.
package check

import data.axes

situations := [{axes[0].name: first, axes[1].name: second, axes[2].name: third} |
	some first in axes[0].values
	some second in axes[1].values
	some third in axes[2].values
]

owners(claims, situation) := {claim.party |
	some claim in claims
	every name, values in claim.when {
		situation[name] in values
	}
}

faults := [{"kind": kind, "duty": duty, "situation": situation} |
	some duty, claims in data.duties
	some situation in situations
	number := count(owners(claims, situation))
	number != 1
	kind := {true: "gap", false: "overlap"}[number == 0]
]

messages := [sprintf("%s %s %s", [fault.kind, fault.duty, words]) |
	some fault in faults
	words := concat(" ", [fault.situation[axis.name] | some axis in axes])
]

number_of(kind) := count([fault | some fault in faults; fault.kind == kind])

summary := sprintf("gaps %d, overlaps %d", [number_of("gap"), number_of("overlap")])

report := concat("\n", array.concat(messages, [summary]))
