# METADATA
# title: One situation of every region of every duty
package srm.rosa_test

import data.srm.rosa as policy

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

test_1_app_networking if {
	cases := [
		{"duty": "app_networking", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "app_networking", "situation": {"activity": "compliance", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_applications if {
	cases := [
		{"duty": "applications", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_aws_infrastructure if {
	cases := [
		{"duty": "aws_infrastructure", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "aws_infrastructure", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "supports"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_aws_software if {
	cases := [
		{"duty": "aws_software", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "aws_software", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "supports"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_capacity if {
	cases := [
		{"duty": "capacity", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "capacity", "situation": {"activity": "change", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_cluster_networking if {
	cases := [
		{"duty": "cluster_networking", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "cluster_networking", "situation": {"activity": "operations", "customer_cni": "yes", "hosted": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "cluster_networking", "situation": {"activity": "change", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "cluster_networking", "situation": {"activity": "access", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_cluster_version if {
	cases := [
		{"duty": "cluster_version", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "cluster_version", "situation": {"activity": "change", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_data if {
	cases := [
		{"duty": "data", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_9_developer_services if {
	cases := [
		{"duty": "developer_services", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_10_hosted_recovery_control_plane if {
	cases := [
		{"duty": "hosted_recovery.control_plane", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "yes"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "supports"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "hosted_recovery.control_plane", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "hosted_recovery.control_plane", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "no"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_11_hosted_recovery_data_plane if {
	cases := [
		{"duty": "hosted_recovery.data_plane", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "yes"}, "holders": [{"party": "red_hat", "role": "supports"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "hosted_recovery.data_plane", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "hosted_recovery.data_plane", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "no"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_12_logging if {
	cases := [
		{"duty": "logging", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "logging", "situation": {"activity": "change", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_13_monitoring if {
	cases := [
		{"duty": "monitoring", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_14_virtual_compute if {
	cases := [
		{"duty": "virtual_compute", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "virtual_compute", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "supports"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_15_virtual_networking if {
	cases := [
		{"duty": "virtual_networking", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "virtual_networking", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_16_virtual_storage if {
	cases := [
		{"duty": "virtual_storage", "situation": {"activity": "operations", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "virtual_storage", "situation": {"activity": "recovery", "customer_cni": "no", "hosted": "no"}, "holders": [{"party": "red_hat", "role": "responsible"}, {"party": "red_hat", "role": "accountable"}, {"party": "customer", "role": "supports"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}
