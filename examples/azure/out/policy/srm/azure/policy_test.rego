# METADATA
# title: One situation of every region of every duty
package srm.azure_test

import data.srm.azure as policy

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

test_1_applications if {
	cases := [
		{"duty": "applications", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "applications", "situation": {"service_model": "paas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_client_devices if {
	cases := [
		{"duty": "client_devices", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "client_devices", "situation": {"service_model": "saas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_data if {
	cases := [
		{"duty": "data", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_datacenter if {
	cases := [
		{"duty": "datacenter", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "datacenter", "situation": {"service_model": "iaas"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_hosts if {
	cases := [
		{"duty": "hosts", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "hosts", "situation": {"service_model": "iaas"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_identities if {
	cases := [
		{"duty": "identities", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_network_controls if {
	cases := [
		{"duty": "network_controls", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "network_controls", "situation": {"service_model": "paas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "network_controls", "situation": {"service_model": "saas"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_operating_system if {
	cases := [
		{"duty": "operating_system", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "operating_system", "situation": {"service_model": "paas"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_9_physical_network if {
	cases := [
		{"duty": "physical_network", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "physical_network", "situation": {"service_model": "iaas"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_10_settings if {
	cases := [
		{"duty": "settings", "situation": {"service_model": "on_premises"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}
