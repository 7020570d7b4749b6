# METADATA
# title: One situation of every region of every duty
package srm.hostile_names_test

import data.srm.hostile_names as policy

# The policy gives exactly these holders, grants what they hold, and denies what they do not.
holds(case) if {
	held := policy.holders with input as {"duty": case.duty, "situation": case.situation}
	{[holder.party, holder.role] | some holder in held} == {[holder.party, holder.role] | some holder in case.holders}
	given := [claim(case, holder) | some holder in case.holders]
	count(policy.deny) == 0 with input as {"claims": given}
	count(policy.deny) == 1 with input as {"claims": [claim(case, case.denied)]}
}

claim(case, holder) := {
	"duty": case.duty,
	"party": holder.party,
	"role": holder.role,
	"situation": case.situation,
}

test_1_z_d if {
	cases := [
		{"duty": "z.d", "situation": {"m": "x", "o": "no"}, "holders": [{"party": "a", "role": "responsible"}, {"party": "a", "role": "accountable"}], "denied": {"party": "a", "role": "consulted"}},
		{"duty": "z.d", "situation": {"m": "y", "o": "no"}, "holders": [{"party": "b", "role": "responsible"}, {"party": "b", "role": "accountable"}], "denied": {"party": "a", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_z_e if {
	cases := [
		{"duty": "z.e", "situation": {"m": "x", "o": "no"}, "holders": [{"party": "a", "role": "responsible"}, {"party": "a", "role": "accountable"}, {"party": "b", "role": "responsible"}, {"party": "b", "role": "accountable"}], "denied": {"party": "a", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_z_f if {
	cases := [
		{"duty": "z.f", "situation": {"m": "x", "o": "no"}, "holders": [], "denied": {"party": "a", "role": "responsible"}},
		{"duty": "z.f", "situation": {"m": "x", "o": "yes"}, "holders": [], "denied": {"party": "a", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}
