# METADATA
# title: One situation of every region of every duty
package srm.wide_test

import data.srm.wide as policy

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

test_1_policy if {
	cases := [
		{"duty": "policy", "situation": {"region": "r1"}, "holders": [{"party": "hub", "role": "responsible"}, {"party": "hub", "role": "accountable"}], "denied": {"party": "hub", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_sites_network if {
	cases := [
		{"duty": "sites.network", "situation": {"region": "r1"}, "holders": [{"party": "local", "role": "responsible"}, {"party": "local", "role": "accountable"}], "denied": {"party": "hub", "role": "responsible"}},
		{"duty": "sites.network", "situation": {"region": "r7"}, "holders": [{"party": "hub", "role": "responsible"}, {"party": "hub", "role": "accountable"}], "denied": {"party": "hub", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_sites_power if {
	cases := [
		{"duty": "sites.power", "situation": {"region": "r1"}, "holders": [{"party": "hub", "role": "responsible"}, {"party": "hub", "role": "accountable"}], "denied": {"party": "hub", "role": "consulted"}},
		{"duty": "sites.power", "situation": {"region": "r10"}, "holders": [{"party": "local", "role": "responsible"}, {"party": "local", "role": "accountable"}], "denied": {"party": "hub", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}
