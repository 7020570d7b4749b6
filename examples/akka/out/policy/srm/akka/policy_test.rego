# METADATA
# title: One situation of every region of every duty
package srm.akka_test

import data.srm.akka as policy

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

test_1_federation_compliance_audit_log_delivery if {
	cases := [
		{"duty": "federation.compliance.audit_log_delivery", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_2_federation_compliance_breach_notification if {
	cases := [
		{"duty": "federation.compliance.breach_notification", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_3_federation_compliance_data_residency if {
	cases := [
		{"duty": "federation.compliance.data_residency", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_4_federation_compliance_encryption if {
	cases := [
		{"duty": "federation.compliance.encryption", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_5_federation_compliance_end_of_life_notice if {
	cases := [
		{"duty": "federation.compliance.end_of_life_notice", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_6_federation_compliance_federation_privacy if {
	cases := [
		{"duty": "federation.compliance.federation_privacy", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_7_federation_compliance_key_management if {
	cases := [
		{"duty": "federation.compliance.key_management", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_8_federation_compliance_penetration_testing if {
	cases := [
		{"duty": "federation.compliance.penetration_testing", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_9_federation_compliance_personnel_security if {
	cases := [
		{"duty": "federation.compliance.personnel_security", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_10_federation_compliance_sanctions_screening if {
	cases := [
		{"duty": "federation.compliance.sanctions_screening", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_11_federation_compliance_security_questionnaires if {
	cases := [
		{"duty": "federation.compliance.security_questionnaires", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_12_federation_compliance_soc2_report if {
	cases := [
		{"duty": "federation.compliance.soc2_report", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_13_federation_compliance_subprocessor_list if {
	cases := [
		{"duty": "federation.compliance.subprocessor_list", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_14_federation_compliance_tenant_data_security if {
	cases := [
		{"duty": "federation.compliance.tenant_data_security", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_15_federation_compliance_token_security if {
	cases := [
		{"duty": "federation.compliance.token_security", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_16_federation_compliance_vulnerability_scanning if {
	cases := [
		{"duty": "federation.compliance.vulnerability_scanning", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_17_federation_procedures_federation_recovery if {
	cases := [
		{"duty": "federation.procedures.federation_recovery", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_18_federation_procedures_incident_response if {
	cases := [
		{"duty": "federation.procedures.incident_response", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_19_federation_procedures_issue_tracking if {
	cases := [
		{"duty": "federation.procedures.issue_tracking", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_20_federation_procedures_maintenance_notices if {
	cases := [
		{"duty": "federation.procedures.maintenance_notices", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_21_federation_procedures_offboarding if {
	cases := [
		{"duty": "federation.procedures.offboarding", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_22_federation_procedures_onboarding if {
	cases := [
		{"duty": "federation.procedures.onboarding", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_23_federation_procedures_operations_sync if {
	cases := [
		{"duty": "federation.procedures.operations_sync", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_24_federation_procedures_partnership_review if {
	cases := [
		{"duty": "federation.procedures.partnership_review", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_25_federation_procedures_portal_training if {
	cases := [
		{"duty": "federation.procedures.portal_training", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_26_federation_procedures_postmortems if {
	cases := [
		{"duty": "federation.procedures.postmortems", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_27_federation_procedures_strategic_steering if {
	cases := [
		{"duty": "federation.procedures.strategic_steering", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_28_federation_procedures_support_channels if {
	cases := [
		{"duty": "federation.procedures.support_channels", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_29_federation_procedures_user_management if {
	cases := [
		{"duty": "federation.procedures.user_management", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_30_federation_security_cli_console_iam if {
	cases := [
		{"duty": "federation.security.cli_console_iam", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_31_federation_security_idp_integration if {
	cases := [
		{"duty": "federation.security.idp_integration", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_32_infrastructure_audit_logging_audit_logs if {
	cases := [
		{"duty": "infrastructure.audit_logging.audit_logs", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.audit_logging.audit_logs", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_33_infrastructure_audit_logging_security_posture if {
	cases := [
		{"duty": "infrastructure.audit_logging.security_posture", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.audit_logging.security_posture", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_34_infrastructure_audit_logging_siem_monitoring if {
	cases := [
		{"duty": "infrastructure.audit_logging.siem_monitoring", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.audit_logging.siem_monitoring", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_35_infrastructure_backups_ad_hoc_backups if {
	cases := [
		{"duty": "infrastructure.backups.ad_hoc_backups", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.backups.ad_hoc_backups", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_36_infrastructure_backups_point_in_time_recovery if {
	cases := [
		{"duty": "infrastructure.backups.point_in_time_recovery", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "infrastructure.backups.point_in_time_recovery", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_37_infrastructure_backups_restore_testing if {
	cases := [
		{"duty": "infrastructure.backups.restore_testing", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "infrastructure.backups.restore_testing", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_38_infrastructure_backups_velero_backups if {
	cases := [
		{"duty": "infrastructure.backups.velero_backups", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "infrastructure.backups.velero_backups", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_39_infrastructure_cloud_account_account_billing if {
	cases := [
		{"duty": "infrastructure.cloud_account.account_billing", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.cloud_account.account_billing", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_40_infrastructure_cloud_account_account_provisioning if {
	cases := [
		{"duty": "infrastructure.cloud_account.account_provisioning", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.cloud_account.account_provisioning", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_41_infrastructure_cloud_account_account_quotas if {
	cases := [
		{"duty": "infrastructure.cloud_account.account_quotas", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.cloud_account.account_quotas", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_42_infrastructure_cloud_account_akka_bootstrap if {
	cases := [
		{"duty": "infrastructure.cloud_account.akka_bootstrap", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.cloud_account.akka_bootstrap", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_43_infrastructure_cloud_account_akka_permissions if {
	cases := [
		{"duty": "infrastructure.cloud_account.akka_permissions", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.cloud_account.akka_permissions", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.cloud_account.akka_permissions", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_44_infrastructure_cloud_account_dedicated_account if {
	cases := [
		{"duty": "infrastructure.cloud_account.dedicated_account", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.cloud_account.dedicated_account", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_45_infrastructure_cloud_account_terraform_state if {
	cases := [
		{"duty": "infrastructure.cloud_account.terraform_state", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.cloud_account.terraform_state", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_46_infrastructure_maintenance_change_coordination if {
	cases := [
		{"duty": "infrastructure.maintenance.change_coordination", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.maintenance.change_coordination", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_47_infrastructure_maintenance_cluster_upgrades if {
	cases := [
		{"duty": "infrastructure.maintenance.cluster_upgrades", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "infrastructure.maintenance.cluster_upgrades", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_48_infrastructure_networking_connectivity_whitepaper if {
	cases := [
		{"duty": "infrastructure.networking.connectivity_whitepaper", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "infrastructure.networking.connectivity_whitepaper", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_49_infrastructure_networking_dns_records if {
	cases := [
		{"duty": "infrastructure.networking.dns_records", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.networking.dns_records", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_50_infrastructure_networking_ip_allowlist if {
	cases := [
		{"duty": "infrastructure.networking.ip_allowlist", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.networking.ip_allowlist", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_51_infrastructure_networking_ip_ranges if {
	cases := [
		{"duty": "infrastructure.networking.ip_ranges", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.networking.ip_ranges", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_52_infrastructure_networking_private_connectivity if {
	cases := [
		{"duty": "infrastructure.networking.private_connectivity", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.networking.private_connectivity", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.networking.private_connectivity", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_53_infrastructure_networking_private_ingress if {
	cases := [
		{"duty": "infrastructure.networking.private_ingress", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "informed"}},
		{"duty": "infrastructure.networking.private_ingress", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_54_infrastructure_networking_public_ingress if {
	cases := [
		{"duty": "infrastructure.networking.public_ingress", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_55_infrastructure_networking_vpc_peering if {
	cases := [
		{"duty": "infrastructure.networking.vpc_peering", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.networking.vpc_peering", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_56_infrastructure_operations_cost_controls if {
	cases := [
		{"duty": "infrastructure.operations.cost_controls", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.operations.cost_controls", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_57_infrastructure_operations_infrastructure_scaling if {
	cases := [
		{"duty": "infrastructure.operations.infrastructure_scaling", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.operations.infrastructure_scaling", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_58_infrastructure_permissions_infrastructure_iam if {
	cases := [
		{"duty": "infrastructure.permissions.infrastructure_iam", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "infrastructure.permissions.infrastructure_iam", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_59_infrastructure_permissions_service_accounts if {
	cases := [
		{"duty": "infrastructure.permissions.service_accounts", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "infrastructure.permissions.service_accounts", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_60_infrastructure_pki_customer_certificates if {
	cases := [
		{"duty": "infrastructure.pki.customer_certificates", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_61_infrastructure_pki_customer_db_keys if {
	cases := [
		{"duty": "infrastructure.pki.customer_db_keys", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_62_runtime_compliance_service_privacy if {
	cases := [
		{"duty": "runtime.compliance.service_privacy", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_63_runtime_developer_experience_sdlc_tooling if {
	cases := [
		{"duty": "runtime.developer_experience.sdlc_tooling", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_64_runtime_maintenance_platform_releases if {
	cases := [
		{"duty": "runtime.maintenance.platform_releases", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_65_runtime_maintenance_runtime_patching if {
	cases := [
		{"duty": "runtime.maintenance.runtime_patching", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_66_runtime_observability_customer_telemetry if {
	cases := [
		{"duty": "runtime.observability.customer_telemetry", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "responsible"}},
		{"duty": "runtime.observability.customer_telemetry", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_67_runtime_observability_platform_availability if {
	cases := [
		{"duty": "runtime.observability.platform_availability", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_68_runtime_observability_platform_logs if {
	cases := [
		{"duty": "runtime.observability.platform_logs", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_69_runtime_observability_region_telemetry if {
	cases := [
		{"duty": "runtime.observability.region_telemetry", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_70_runtime_observability_telemetry_export if {
	cases := [
		{"duty": "runtime.observability.telemetry_export", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_71_runtime_operations_app_elasticity if {
	cases := [
		{"duty": "runtime.operations.app_elasticity", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_72_runtime_operations_feature_requests if {
	cases := [
		{"duty": "runtime.operations.feature_requests", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_73_runtime_operations_platform_scaling if {
	cases := [
		{"duty": "runtime.operations.platform_scaling", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "runtime.operations.platform_scaling", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_74_runtime_operations_region_decommission if {
	cases := [
		{"duty": "runtime.operations.region_decommission", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "runtime.operations.region_decommission", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_75_runtime_permissions_access_reports if {
	cases := [
		{"duty": "runtime.permissions.access_reports", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_76_runtime_permissions_console_mfa if {
	cases := [
		{"duty": "runtime.permissions.console_mfa", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_77_runtime_permissions_just_in_time_access if {
	cases := [
		{"duty": "runtime.permissions.just_in_time_access", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_78_runtime_permissions_privileged_access if {
	cases := [
		{"duty": "runtime.permissions.privileged_access", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_79_runtime_recovery_cross_region_replication if {
	cases := [
		{"duty": "runtime.recovery.cross_region_replication", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_80_runtime_recovery_recovery_exercise if {
	cases := [
		{"duty": "runtime.recovery.recovery_exercise", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "runtime.recovery.recovery_exercise", "situation": {"deployment": "dedicated"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_81_runtime_recovery_recovery_objectives if {
	cases := [
		{"duty": "runtime.recovery.recovery_objectives", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_82_runtime_recovery_region_failover if {
	cases := [
		{"duty": "runtime.recovery.region_failover", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "runtime.recovery.region_failover", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "customer", "role": "consulted"}, {"party": "customer", "role": "informed"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_83_runtime_setup_maintenance_window if {
	cases := [
		{"duty": "runtime.setup.maintenance_window", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_84_runtime_setup_platform_bootstrap if {
	cases := [
		{"duty": "runtime.setup.platform_bootstrap", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_85_runtime_setup_region_group_setup if {
	cases := [
		{"duty": "runtime.setup.region_group_setup", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "consulted"}, {"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
	]
	every case in cases {
		holds(case)
	}
}

test_86_runtime_setup_region_groups if {
	cases := [
		{"duty": "runtime.setup.region_groups", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_87_runtime_setup_teleport_federation if {
	cases := [
		{"duty": "runtime.setup.teleport_federation", "situation": {"deployment": "byoc"}, "holders": [{"party": "akka", "role": "responsible"}, {"party": "akka", "role": "accountable"}], "denied": {"party": "akka", "role": "consulted"}},
		{"duty": "runtime.setup.teleport_federation", "situation": {"deployment": "byok8s"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}, {"party": "akka", "role": "consulted"}, {"party": "akka", "role": "informed"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_88_services_maintenance_code_patching if {
	cases := [
		{"duty": "services.maintenance.code_patching", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_89_services_maintenance_scaling_limits if {
	cases := [
		{"duty": "services.maintenance.scaling_limits", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_90_services_maintenance_service_configuration if {
	cases := [
		{"duty": "services.maintenance.service_configuration", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_91_services_maintenance_service_deployments if {
	cases := [
		{"duty": "services.maintenance.service_deployments", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_92_services_maintenance_service_integrations if {
	cases := [
		{"duty": "services.maintenance.service_integrations", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_93_services_maintenance_source_code if {
	cases := [
		{"duty": "services.maintenance.source_code", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_94_services_monitoring_sdk_logs if {
	cases := [
		{"duty": "services.monitoring.sdk_logs", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_95_services_monitoring_service_logs if {
	cases := [
		{"duty": "services.monitoring.service_logs", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_96_services_permissions_application_iam if {
	cases := [
		{"duty": "services.permissions.application_iam", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_97_services_security_security_logs if {
	cases := [
		{"duty": "services.security.security_logs", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}

test_98_services_security_service_acls if {
	cases := [
		{"duty": "services.security.service_acls", "situation": {"deployment": "byoc"}, "holders": [{"party": "customer", "role": "responsible"}, {"party": "customer", "role": "accountable"}], "denied": {"party": "akka", "role": "responsible"}},
	]
	every case in cases {
		holds(case)
	}
}
