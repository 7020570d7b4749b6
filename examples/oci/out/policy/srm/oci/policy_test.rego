# METADATA
# title: One situation of every region of every duty
package srm.oci_test

import data.srm.oci as policy

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

test_1_infrastructure_network if {
	cases := [
		{"duty": "infrastructure.network", "situation": {}, "holders": [{"party": "oracle", "role": "responsible"}, {"party": "oracle", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_infrastructure_physical if {
	cases := [
		{"duty": "infrastructure.physical", "situation": {}, "holders": [{"party": "oracle", "role": "responsible"}, {"party": "oracle", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_infrastructure_services if {
	cases := [
		{"duty": "infrastructure.services", "situation": {}, "holders": [{"party": "oracle", "role": "responsible"}, {"party": "oracle", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_infrastructure_virtualization if {
	cases := [
		{"duty": "infrastructure.virtualization", "situation": {}, "holders": [{"party": "oracle", "role": "responsible"}, {"party": "oracle", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_workload_access if {
	cases := [
		{"duty": "workload.access", "situation": {}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_workload_encryption if {
	cases := [
		{"duty": "workload.encryption", "situation": {}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_workload_examples_patching if {
	cases := [
		{"duty": "workload.examples.patching", "situation": {}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_workload_examples_policies if {
	cases := [
		{"duty": "workload.examples.policies", "situation": {}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_9_workload_examples_settings if {
	cases := [
		{"duty": "workload.examples.settings", "situation": {}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_10_workload_monitoring if {
	cases := [
		{"duty": "workload.monitoring", "situation": {}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}
