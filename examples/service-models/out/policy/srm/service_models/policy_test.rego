# METADATA
# title: One situation of every region of every duty
package srm.service_models_test

import data.srm.service_models as policy

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

test_1_infrastructure_facilities if {
	cases := [
		{"duty": "infrastructure.facilities", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "infrastructure.facilities", "situation": {"service_model": "iaas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "infrastructure.facilities", "situation": {"service_model": "paas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_infrastructure_network if {
	cases := [
		{"duty": "infrastructure.network", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "infrastructure.network", "situation": {"service_model": "iaas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "infrastructure.network", "situation": {"service_model": "paas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_infrastructure_storage if {
	cases := [
		{"duty": "infrastructure.storage", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "infrastructure.storage", "situation": {"service_model": "iaas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "infrastructure.storage", "situation": {"service_model": "paas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_infrastructure_virtualization if {
	cases := [
		{"duty": "infrastructure.virtualization", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "infrastructure.virtualization", "situation": {"service_model": "iaas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "infrastructure.virtualization", "situation": {"service_model": "paas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_stack_operating_system if {
	cases := [
		{"duty": "stack.operating_system", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "stack.operating_system", "situation": {"service_model": "paas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "stack.operating_system", "situation": {"service_model": "saas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_stack_runtime if {
	cases := [
		{"duty": "stack.runtime", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "stack.runtime", "situation": {"service_model": "paas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "stack.runtime", "situation": {"service_model": "saas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_workload_applications if {
	cases := [
		{"duty": "workload.applications", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "workload.applications", "situation": {"service_model": "paas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "workload.applications", "situation": {"service_model": "saas"}, "holders": [{"party": "provider", "role": "responsible"}, {"party": "provider", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_workload_data if {
	cases := [
		{"duty": "workload.data", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "workload.data", "situation": {"service_model": "paas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "workload.data", "situation": {"service_model": "saas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}
