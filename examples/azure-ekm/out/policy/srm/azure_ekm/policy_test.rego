# METADATA
# title: One situation of every region of every duty
package srm.azure_ekm_test

import data.srm.azure_ekm as policy

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

test_1_assurance_attestations if {
	cases := [
		{"duty": "assurance.attestations", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "assurance.attestations", "situation": {"delegated": "yes"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}, {"party": "operator", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_assurance_incident_response if {
	cases := [
		{"duty": "assurance.incident_response", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "assurance.incident_response", "situation": {"delegated": "yes"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}, {"party": "operator", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_external_conformance_algorithms if {
	cases := [
		{"duty": "external.conformance.algorithms", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "external.conformance.algorithms", "situation": {"delegated": "yes"}, "holders": [{"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_external_conformance_encoding if {
	cases := [
		{"duty": "external.conformance.encoding", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "external.conformance.encoding", "situation": {"delegated": "yes"}, "holders": [{"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_external_hsm_availability if {
	cases := [
		{"duty": "external.hsm_availability", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "external.hsm_availability", "situation": {"delegated": "yes"}, "holders": [{"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_external_latency if {
	cases := [
		{"duty": "external.latency", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "external.latency", "situation": {"delegated": "yes"}, "holders": [{"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_external_logs if {
	cases := [
		{"duty": "external.logs", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "external.logs", "situation": {"delegated": "yes"}, "holders": [{"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_external_proxy_implementation if {
	cases := [
		{"duty": "external.proxy_implementation", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "external.proxy_implementation", "situation": {"delegated": "yes"}, "holders": [{"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_9_external_proxy_operation if {
	cases := [
		{"duty": "external.proxy_operation", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "external.proxy_operation", "situation": {"delegated": "yes"}, "holders": [{"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_10_external_server_certificate if {
	cases := [
		{"duty": "external.server_certificate", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
		{"duty": "external.server_certificate", "situation": {"delegated": "yes"}, "holders": [{"party": "customer", "role": "accountable"}, {"party": "operator", "role": "responsible"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_11_service_availability if {
	cases := [
		{"duty": "service.availability", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_12_service_client_certificate if {
	cases := [
		{"duty": "service.client_certificate", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_13_service_documentation if {
	cases := [
		{"duty": "service.documentation", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_14_service_error_transparency if {
	cases := [
		{"duty": "service.error_transparency", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_15_service_outbound_connection if {
	cases := [
		{"duty": "service.outbound_connection", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "responsible"}, {"party": "microsoft", "role": "accountable"}], "denied": {"party": "customer", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_16_tenant_caller_access if {
	cases := [
		{"duty": "tenant.caller_access", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "supports"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_17_tenant_capacity if {
	cases := [
		{"duty": "tenant.capacity", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_18_tenant_geo_redundancy if {
	cases := [
		{"duty": "tenant.geo_redundancy", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_19_tenant_hsm_logging if {
	cases := [
		{"duty": "tenant.hsm_logging", "situation": {"delegated": "no"}, "holders": [{"party": "microsoft", "role": "supports"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_20_tenant_key_backup if {
	cases := [
		{"duty": "tenant.key_backup", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_21_tenant_key_custody if {
	cases := [
		{"duty": "tenant.key_custody", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_22_tenant_network_path if {
	cases := [
		{"duty": "tenant.network_path", "situation": {"delegated": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "customer", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}
