# METADATA
# title: One situation of every region of every duty
package srm.saas_test

import data.srm.saas as policy

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

test_1_data_backup if {
	cases := [
		{"duty": "data.backup", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [{"party": "platform", "role": "responsible"}, {"party": "platform", "role": "accountable"}], "denied": {"party": "platform", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_data_people_access if {
	cases := [
		{"duty": "data.people.access", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}, {"party": "tenant", "role": "responsible"}, {"party": "tenant", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "data.people.access", "situation": {"byok": "no", "plan": "free", "region": "us"}, "holders": [{"party": "tenant", "role": "responsible"}, {"party": "tenant", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_data_people_review if {
	cases := [
		{"duty": "data.people.review", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [{"party": "tenant", "role": "responsible"}, {"party": "tenant", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_data_restore if {
	cases := [
		{"duty": "data.restore", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "tenant", "role": "accountable"}, {"party": "sre", "role": "informed"}, {"party": "sec", "role": "consulted"}, {"party": "sec", "role": "informed"}], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_keys_custody if {
	cases := [
		{"duty": "keys.custody", "situation": {"byok": "yes", "plan": "team", "region": "eu"}, "holders": [{"party": "tenant", "role": "responsible"}, {"party": "tenant", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "keys.custody", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_keys_hsm if {
	cases := [
		{"duty": "keys.hsm", "situation": {"byok": "yes", "plan": "team", "region": "eu"}, "holders": [{"party": "vendor", "role": "supports"}, {"party": "tenant", "role": "responsible"}, {"party": "tenant", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "keys.hsm", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_keys_rotation if {
	cases := [
		{"duty": "keys.rotation", "situation": {"byok": "yes", "plan": "team", "region": "eu"}, "holders": [{"party": "tenant", "role": "responsible"}, {"party": "tenant", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "keys.rotation", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_service_breach if {
	cases := [
		{"duty": "service.breach", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}, {"party": "vendor", "role": "informed"}, {"party": "tenant", "role": "informed"}, {"party": "sre", "role": "consulted"}, {"party": "sec", "role": "supports"}], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "service.breach", "situation": {"byok": "no", "plan": "free", "region": "us"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_9_service_sla if {
	cases := [
		{"duty": "service.sla", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "service.sla", "situation": {"byok": "no", "plan": "team", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "service.sla", "situation": {"byok": "no", "plan": "enterprise", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}, {"party": "tenant", "role": "responsible"}, {"party": "tenant", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_10_service_support if {
	cases := [
		{"duty": "service.support", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "service.support", "situation": {"byok": "no", "plan": "team", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "service.support", "situation": {"byok": "no", "plan": "enterprise", "region": "eu"}, "holders": [{"party": "vendor", "role": "responsible"}, {"party": "vendor", "role": "accountable"}], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_11_service_transfer if {
	cases := [
		{"duty": "service.transfer", "situation": {"byok": "no", "plan": "free", "region": "eu"}, "holders": [{"party": "vendor", "role": "informed"}, {"party": "tenant", "role": "accountable"}, {"party": "sre", "role": "responsible"}, {"party": "sec", "role": "responsible"}], "denied": {"party": "platform", "role": "responsible"}},
		{"duty": "service.transfer", "situation": {"byok": "no", "plan": "free", "region": "us"}, "holders": [], "denied": {"party": "platform", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}
