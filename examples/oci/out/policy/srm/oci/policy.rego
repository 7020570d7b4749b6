# METADATA
# title: Who is responsible for what
# description: Answers from the matrix of one model, which lies in data.srm_data and is keyed by duty.
package srm.oci

matrix := data.srm_data.oci

roles := {"responsible", "accountable", "consulted", "informed", "supports"}

# METADATA
# title: Holders
# description: >-
#   Who holds which role on input.duty in input.situation, and the line that says so. Undefined where
#   the duty or the situation is unknown, impossible, or leaves open what the answer depends on.
# entrypoint: true
# scope: document
holders := [held(input.duty, holder) | some holder in region.holders] if {
	region := settled(input.duty, input.situation)
}

# METADATA
# title: State of a duty
# description: >-
#   Whether input.duty is held in input.situation, not_applicable (nobody's on purpose), a gap that is
#   accepted, or absent there. Undefined where the holders are.
# entrypoint: true
# scope: document
state := region.state if {
	region := settled(input.duty, input.situation)
}

# METADATA
# title: Denied claims
# description: >-
#   For each of input.claims, objects with party, duty, role and situation: a finding if it names
#   something unknown, leaves open what the answer depends on, or says what the model does not give.
# entrypoint: true
# scope: document
deny contains finding("no_model", {}, "the data of the model are not loaded") if {
	not matrix
}

deny contains finding("malformed", {}, "expected `claims`: a list of objects with party, duty, role and situation") if {
	not has_claims
}

deny contains finding("malformed", {}, "expected a claim: an object with party, duty, role and situation") if {
	some claim in claims
	not well_formed(claim)
}

deny contains finding("unknown_party", claim, sprintf("there is no party %q", [claim.party])) if {
	some claim in claims
	well_formed(claim)
	not matrix.parties[claim.party]
}

deny contains finding("unknown_role", claim, sprintf("there is no role %q", [claim.role])) if {
	some claim in claims
	well_formed(claim)
	not claim.role in roles
}

deny contains finding("unknown_duty", claim, sprintf("there is no duty %q", [claim.duty])) if {
	some claim in claims
	well_formed(claim)
	not matrix.duties[claim.duty]
}

deny contains finding("unknown_axis", claim, sprintf("there is no axis %q", [axis])) if {
	some claim in claims
	well_formed(claim)
	some axis, _ in claim.situation
	not matrix.axes[axis]
}

deny contains finding("unknown_value", claim, sprintf("the axis %q has no value %v", [axis, value])) if {
	some claim in claims
	well_formed(claim)
	some axis, value in claim.situation
	some values in [matrix.axes[axis]]
	not value in values
}

deny contains finding("impossible_situation", claim, sprintf("the situation of the claim on %q is impossible", [claim.duty])) if {
	some claim in claims
	understood(claim)
	not is_possible(claim.situation)
}

deny contains finding("open_situation", claim, sprintf("who holds %q depends on %s", [claim.duty, concat(", ", axes)])) if {
	some claim in claims
	understood(claim)
	regions := regions_of(claim.duty, claim.situation)
	count(answers(regions)) > 1
	axes := open_axes(regions, claim.situation)
}

deny contains finding("not_given", claim, sprintf("the model does not make %s %s for %q", [claim.party, claim.role, claim.duty])) if {
	some claim in claims
	understood(claim)
	region := settled(claim.duty, claim.situation)
	not gives(region, claim.party, claim.role)
}

# METADATA
# title: Missing evidence
# description: >-
#   The duties in input.situation whose responsible party shows no evidence: input.evidence lists
#   objects with party, duty and situation.
# entrypoint: true
# scope: document
missing contains finding("no_evidence", about, sprintf("%s shows no evidence for %q", [holder.party, duty])) if {
	some duty, _ in matrix.duties
	region := settled(duty, asked)
	some holder in region.holders
	holder.role == "responsible"
	not shown(duty, holder.party, region)
	about := {"duty": duty, "party": holder.party, "role": holder.role}
}

missing contains finding("open_situation", {"duty": duty}, sprintf("who holds %q depends on %s", [duty, concat(", ", axes)])) if {
	known_situation(asked)
	some duty, _ in matrix.duties
	regions := regions_of(duty, asked)
	count(answers(regions)) > 1
	axes := open_axes(regions, asked)
}

missing contains finding("unknown_situation", {}, "expected `situation`: an object of known axes and values") if {
	not known_situation(asked)
}

missing contains finding("impossible_situation", {}, "the situation is impossible") if {
	matrix
	known_situation(asked)
	not is_possible(asked)
}

missing contains finding("malformed", {}, "expected `evidence`: a list of objects with party and duty") if {
	not has_evidence
}

missing contains finding("no_model", {}, "the data of the model are not loaded") if {
	not matrix
}

has_evidence if {
	is_object(input)
	is_array(object.get(input, "evidence", []))
}

claims := object.get(input, "claims", []) if {
	has_claims
} else := []

has_claims if {
	is_object(input)
	is_array(object.get(input, "claims", null))
}

evidence := object.get(input, "evidence", []) if {
	has_evidence
} else := []

asked := object.get(input, "situation", {}) if {
	is_object(input)
} else := null

# The one region that answers for a duty in a situation; undefined unless there is exactly one answer.
settled(duty, situation) := regions[0] if {
	known_situation(situation)
	regions := regions_of(duty, situation)
	count(answers(regions)) == 1
}

# The regions of a duty in which a situation, as far as it is known, may lie.
regions_of(duty, situation) := [region |
	some region in matrix.duties[duty].regions
	fits(region.when, situation)
	reaches(region.when, situation)
]

answers(regions) := {region.answer | some region in regions}

open_axes(regions, situation) := {axis |
	some region in regions
	some axis, _ in region.when
	not axis in object.keys(situation)
}

# What is known of the situation agrees with the region.
fits(when, situation) if {
	every axis, values in when {
		object.get(situation, axis, values[0]) in values
	}
}

# Some possible situation lies in the region and agrees with what is known.
reaches(when, situation) if {
	some box in matrix.possible
	every axis, values in box {
		some value in object.get(when, axis, values)
		value in values
		object.get(situation, axis, value) == value
	}
}

is_possible(situation) if reaches({}, situation)

known_situation(situation) if {
	is_object(situation)
	every axis, value in situation {
		value in matrix.axes[axis]
	}
}

well_formed(claim) if {
	is_object(claim)
	is_string(claim.party)
	is_string(claim.duty)
	is_string(claim.role)
	is_object(claim.situation)
}

understood(claim) if {
	well_formed(claim)
	matrix.parties[claim.party]
	matrix.duties[claim.duty]
	claim.role in roles
	known_situation(claim.situation)
}

gives(region, party, role) if {
	some holder in region.holders
	holder.party == party
	holder.role == role
}

shown(duty, party, region) if {
	some proof in evidence
	is_object(proof)
	proof.duty == duty
	proof.party == party
	proven := settled(duty, object.get(proof, "situation", {}))
	proven.answer == region.answer
}

held(duty, holder) := {
	"msg": sprintf("%s: %s %s", [duty, holder.party, holder.role]),
	"code": "holds",
	"duty": duty,
	"party": holder.party,
	"role": holder.role,
	"joint": holder.joint,
	"_loc": {"file": holder.file, "line": holder.line},
}

finding(code, about, msg) := {
	"msg": msg,
	"code": code,
	"duty": object.get(about, "duty", ""),
	"party": object.get(about, "party", ""),
	"role": object.get(about, "role", ""),
	"_loc": location(about),
}

# The line that gives the party the duty, or else that declares the duty, or else none.
location(about) := {"file": duty.file, "line": duty.line} if {
	duty := matrix.duties[about.duty]
} else := {"file": "", "line": 0}
