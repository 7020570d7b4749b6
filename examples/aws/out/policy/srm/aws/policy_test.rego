# METADATA
# title: One situation of every region of every duty
package srm.aws_test

import data.srm.aws as policy

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

test_1_in_the_cloud_application if {
	cases := [
		{"duty": "in_the_cloud.application", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_in_the_cloud_data_at_rest if {
	cases := [
		{"duty": "in_the_cloud.data.at_rest", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "supports"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.data.at_rest", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.data.at_rest", "situation": {"fargate": "no", "multi_az": "no", "service": "rds"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_in_the_cloud_data_backups if {
	cases := [
		{"duty": "in_the_cloud.data.backups", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.data.backups", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.data.backups", "situation": {"fargate": "no", "multi_az": "no", "service": "rds"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_in_the_cloud_data_classification if {
	cases := [
		{"duty": "in_the_cloud.data.classification", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_in_the_cloud_data_client_encryption if {
	cases := [
		{"duty": "in_the_cloud.data.client_encryption", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_in_the_cloud_data_in_transit if {
	cases := [
		{"duty": "in_the_cloud.data.in_transit", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.data.in_transit", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.data.in_transit", "situation": {"fargate": "no", "multi_az": "no", "service": "rds"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_in_the_cloud_data_restore_tests if {
	cases := [
		{"duty": "in_the_cloud.data.restore_tests", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.data.restore_tests", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_in_the_cloud_detection_api_trail if {
	cases := [
		{"duty": "in_the_cloud.detection.api_trail", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_9_in_the_cloud_detection_logs if {
	cases := [
		{"duty": "in_the_cloud.detection.logs", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.detection.logs", "situation": {"fargate": "no", "multi_az": "no", "service": "eks"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.detection.logs", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.detection.logs", "situation": {"fargate": "no", "multi_az": "no", "service": "rds"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_10_in_the_cloud_detection_monitoring if {
	cases := [
		{"duty": "in_the_cloud.detection.monitoring", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "supports"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_11_in_the_cloud_identity_accounts if {
	cases := [
		{"duty": "in_the_cloud.identity.accounts", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.identity.accounts", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_12_in_the_cloud_identity_iam if {
	cases := [
		{"duty": "in_the_cloud.identity.iam", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_13_in_the_cloud_network_traffic if {
	cases := [
		{"duty": "in_the_cloud.network.traffic", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_14_in_the_cloud_network_zones if {
	cases := [
		{"duty": "in_the_cloud.network.zones", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_15_in_the_cloud_platform_engine if {
	cases := [
		{"duty": "in_the_cloud.platform.engine", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.platform.engine", "situation": {"fargate": "no", "multi_az": "no", "service": "rds"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_16_in_the_cloud_platform_guest_os if {
	cases := [
		{"duty": "in_the_cloud.platform.guest_os", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.platform.guest_os", "situation": {"fargate": "no", "multi_az": "no", "service": "eks"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.platform.guest_os", "situation": {"fargate": "yes", "multi_az": "no", "service": "eks"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.platform.guest_os", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_17_in_the_cloud_platform_runtime if {
	cases := [
		{"duty": "in_the_cloud.platform.runtime", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.platform.runtime", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.platform.runtime", "situation": {"fargate": "no", "multi_az": "no", "service": "rds"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_18_in_the_cloud_resilience_capacity if {
	cases := [
		{"duty": "in_the_cloud.resilience.capacity", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.resilience.capacity", "situation": {"fargate": "no", "multi_az": "no", "service": "eks"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.resilience.capacity", "situation": {"fargate": "yes", "multi_az": "no", "service": "eks"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.resilience.capacity", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.resilience.capacity", "situation": {"fargate": "no", "multi_az": "no", "service": "rds"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_19_in_the_cloud_resilience_zone_loss if {
	cases := [
		{"duty": "in_the_cloud.resilience.zone_loss", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.resilience.zone_loss", "situation": {"fargate": "no", "multi_az": "no", "service": "lambda"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "in_the_cloud.resilience.zone_loss", "situation": {"fargate": "no", "multi_az": "no", "service": "rds"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "responsible"}},
		{"duty": "in_the_cloud.resilience.zone_loss", "situation": {"fargate": "no", "multi_az": "yes", "service": "rds"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_20_of_the_cloud_control_plane if {
	cases := [
		{"duty": "of_the_cloud.control_plane", "situation": {"fargate": "no", "multi_az": "no", "service": "eks"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
		{"duty": "of_the_cloud.control_plane", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [], "denied": {"party": "aws", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_21_of_the_cloud_facilities if {
	cases := [
		{"duty": "of_the_cloud.facilities", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_22_of_the_cloud_foundation if {
	cases := [
		{"duty": "of_the_cloud.foundation", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_23_of_the_cloud_hardware if {
	cases := [
		{"duty": "of_the_cloud.hardware", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_24_of_the_cloud_network if {
	cases := [
		{"duty": "of_the_cloud.network", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_25_of_the_cloud_virtualization if {
	cases := [
		{"duty": "of_the_cloud.virtualization", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_26_on_both_sides_configuration if {
	cases := [
		{"duty": "on_both_sides.configuration", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_27_on_both_sides_training if {
	cases := [
		{"duty": "on_both_sides.training", "situation": {"fargate": "no", "multi_az": "no", "service": "ec2"}, "holders": [{"party": "aws", "role": "responsible"}, {"party": "aws", "role": "accountable"}, {"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "aws", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}
