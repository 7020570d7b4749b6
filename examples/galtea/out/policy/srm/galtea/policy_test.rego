# METADATA
# title: One situation of every region of every duty
package srm.galtea_test

import data.srm.galtea as policy

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

test_1_data_backups if {
	cases := [
		{"duty": "data.backups", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_data_retention if {
	cases := [
		{"duty": "data.retention", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "data.retention", "situation": {"deployment": "private_tenant"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_data_test_data if {
	cases := [
		{"duty": "data.test_data", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_identity_api_keys if {
	cases := [
		{"duty": "identity.api_keys", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_identity_group_mapping if {
	cases := [
		{"duty": "identity.group_mapping", "situation": {"deployment": "shared_saas"}, "holders": [], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "identity.group_mapping", "situation": {"deployment": "enterprise_org"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_identity_identity_provider if {
	cases := [
		{"duty": "identity.identity_provider", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_identity_idp_registration if {
	cases := [
		{"duty": "identity.idp_registration", "situation": {"deployment": "shared_saas"}, "holders": [], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "identity.idp_registration", "situation": {"deployment": "enterprise_org"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_identity_users if {
	cases := [
		{"duty": "identity.users", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_9_infrastructure_cloud_account if {
	cases := [
		{"duty": "infrastructure.cloud_account", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_10_infrastructure_cluster if {
	cases := [
		{"duty": "infrastructure.cluster", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_11_infrastructure_database if {
	cases := [
		{"duty": "infrastructure.database", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_12_infrastructure_dns_tls if {
	cases := [
		{"duty": "infrastructure.dns_tls", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_13_infrastructure_network if {
	cases := [
		{"duty": "infrastructure.network", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "infrastructure.network", "situation": {"deployment": "private_tenant"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_14_infrastructure_object_storage if {
	cases := [
		{"duty": "infrastructure.object_storage", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_15_platform_capacity if {
	cases := [
		{"duty": "platform.capacity", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_16_platform_installation if {
	cases := [
		{"duty": "platform.installation", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_17_platform_llm_setup if {
	cases := [
		{"duty": "platform.llm_setup", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
		{"duty": "platform.llm_setup", "situation": {"deployment": "private_tenant"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_18_platform_releases if {
	cases := [
		{"duty": "platform.releases", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_19_platform_upgrades if {
	cases := [
		{"duty": "platform.upgrades", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_20_security_platform_patching if {
	cases := [
		{"duty": "security.platform_patching", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_21_security_system_patching if {
	cases := [
		{"duty": "security.system_patching", "situation": {"deployment": "shared_saas"}, "holders": [{"party": "galtea", "role": "responsible"}, {"party": "galtea", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}
