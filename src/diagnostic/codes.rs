//! The one table of codes: identity, severity, title and page of every kind of finding.
//!
//! A code never changes its meaning and is never reused. The first two digits are its [`Family`].

use super::Severity::{self, Error, Note, Warning};

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident $title:literal)*) => {
        /// The kind of a finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable identity, such as `SRM0301`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The default severity of this kind of finding.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => $severity,)* }
            }

            /// A few words on what is wrong.
            #[must_use]
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }

            /// The page that `srmc explain` prints, in Markdown.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes/", $id, ".md")),)*
                }
            }
        }
    };
}

codes! {
    Unexpected       "SRM0101" Error   "unexpected text"
    UnclosedText     "SRM0102" Error   "a text that is never closed"
    BadEscape        "SRM0103" Error   "an unknown escape sequence"
    Brace            "SRM0104" Error   "an unmatched brace"
    SameLine         "SRM0105" Error   "a statement that does not start on its own line"
    ReservedWord     "SRM0106" Error   "a reserved word used as a name"
    BadRow           "SRM0107" Error   "a table row that is not closed"
    BadDate          "SRM0108" Error   "a date that does not exist"
    TooDeep          "SRM0109" Error   "nesting that is too deep"
    NotText          "SRM0110" Error   "a file that is not plain UTF-8 text"

    UnknownParty     "SRM0201" Error   "a party that is not declared"
    UnknownDuty      "SRM0202" Error   "a duty or area that is not declared"
    UnknownAxis      "SRM0203" Error   "an axis or option that is not declared"
    UnknownValue     "SRM0204" Error   "a value that its axis does not have"
    UnknownFramework "SRM0205" Error   "a framework that is not declared"
    UnknownControl   "SRM0206" Error   "a control that its framework does not have"
    Ambiguous        "SRM0207" Error   "a path that matches two things"
    Duplicate        "SRM0208" Error   "something declared twice"
    UseMissing       "SRM0209" Error   "a used file that cannot be read"
    UseCycle         "SRM0210" Error   "files that use each other"
    UseClash         "SRM0211" Error   "a name from `use` that is already taken"
    UseOutside       "SRM0212" Error   "a path outside the project"
    Misplaced        "SRM0213" Error   "a statement in the wrong place"
    FieldName        "SRM0214" Error   "a party with the name of a field"
    ExceptOutside    "SRM0215" Error   "an `except` that excludes nothing"
    OneParty         "SRM0216" Error   "a list where one party is expected, or a wrong use of `nobody`"
    SharePartners    "SRM0217" Error   "a `share` with only one party"
    StrayPart        "SRM0218" Error   "a part for a party that is not in the `share`"
    FieldValue       "SRM0219" Error   "a field with a wrong value, or given twice"
    CellCount        "SRM0220" Error   "a row with too few or too many cells"
    BadCell          "SRM0221" Error   "a cell that cannot be read"
    MissingFootnote  "SRM0222" Error   "a mark without a footnote"
    GroupCycle       "SRM0223" Error   "a group that is a member of itself"
    BadCatalog       "SRM0224" Error   "a catalog that cannot be read"
    BareAxis         "SRM0225" Error   "an axis without a value"

    Gap              "SRM0301" Error   "a duty without an owner"
    GapResponsible   "SRM0302" Error   "a duty without a responsible party"
    GapAccountable   "SRM0303" Error   "a duty without an accountable party"
    NotDecided       "SRM0304" Error   "a duty with conditions too complex to check"

    Overlap          "SRM0401" Error   "a duty claimed by two parties"
    Contradiction    "SRM0402" Error   "a duty claimed by both `nobody` and a party"

    NeverApplies     "SRM0501" Warning "a statement that can never apply"
    NoSituation      "SRM0502" Error   "a model without a possible situation"
    DutyNever        "SRM0503" Error   "a duty that never exists"
    BackwardsRange   "SRM0504" Error   "a range that runs backwards"

    EnsureFails      "SRM0601" Error   "an `ensure` that fails"
    Shrinks          "SRM0602" Error   "a party that loses a duty along an axis"
    NotSeparate      "SRM0603" Error   "one party on both sides of a `separate`"
    AllowNothing     "SRM0604" Warning "an `allow` that has no effect"
    AllowNoEnd       "SRM0605" Error   "an `allow` of a gap or overlap without an end date"
    NotAllowable     "SRM0606" Error   "an `allow` of something that cannot be allowed"

    Composition      "SRM0701" Error   "combining models, which this version does not support"

    ReviewOverdue    "SRM0801" Warning "a review that is overdue"
    ClaimEnded       "SRM0802" Error   "a claim past its end date"
    NeverReviewed    "SRM0803" Warning "a review interval without a review date"
    FutureReview     "SRM0804" Warning "a review date in the future"

    ShareParts       "SRM0901" Warning "a share that does not say who does what"
    Redundant        "SRM0902" Warning "a role given twice"
    UnusedParty      "SRM0903" Warning "a party that is never used"
    UnusedAxis       "SRM0904" Warning "an axis that is never used"
    NoReason         "SRM0905" Warning "a decision without a reason"
    Filled           "SRM0906" Note    "duties that only `otherwise` assigns"
    LoneJoint        "SRM0907" Warning "a joint role that one party holds alone"
    TargetTwice      "SRM0908" Warning "a duty named twice in one list"
    UnusedFootnote   "SRM0909" Warning "a footnote that no cell refers to"
    NoDuty           "SRM0910" Warning "a model without a duty"
    EmptyText        "SRM0912" Warning "a text with nothing in it"
    RepeatsNotDecided "SRM0913" Note   "duties whose claims were not compared for repeated roles"

    BadManifest      "SRM1001" Error   "a manifest that cannot be read"
    OtherVersion     "SRM1002" Error   "a project for another version of srmc"
    NoSource         "SRM1003" Error   "sources that match no file"
    BadOutput        "SRM1004" Error   "an output with wrong or conflicting settings"
    OutputNothing    "SRM1005" Error   "an output of something that does not exist"
    OutputPath       "SRM1006" Error   "an output path that is not allowed"
    OutputTwice      "SRM1007" Error   "two outputs with the same path"
    BadMarker        "SRM1008" Error   "wrong or unpaired markers in a page"
    NoMarker         "SRM1009" Error   "a page without the block that an output needs"
    BadTemplate      "SRM1010" Error   "a template that cannot be filled"
}

/// A family of codes: what they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// SRM01: texts that cannot be read.
    Syntax,
    /// SRM02: names and structure.
    Names,
    /// SRM03: duties without a holder.
    Gaps,
    /// SRM04: overlaps and contradictions.
    Overlaps,
    /// SRM05: conditions.
    Conditions,
    /// SRM06: constraints.
    Constraints,
    /// SRM07: composition of models.
    Composition,
    /// SRM08: freshness and sources.
    Freshness,
    /// SRM09: style and doubt.
    Doubts,
    /// SRM10: projects and their outputs.
    Projects,
}

impl Family {
    /// Every family, in the order of their numbers.
    pub const ALL: [Self; 10] = [
        Self::Syntax,
        Self::Names,
        Self::Gaps,
        Self::Overlaps,
        Self::Conditions,
        Self::Constraints,
        Self::Composition,
        Self::Freshness,
        Self::Doubts,
        Self::Projects,
    ];

    /// What the codes of the family begin with.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Syntax => "SRM01",
            Self::Names => "SRM02",
            Self::Gaps => "SRM03",
            Self::Overlaps => "SRM04",
            Self::Conditions => "SRM05",
            Self::Constraints => "SRM06",
            Self::Composition => "SRM07",
            Self::Freshness => "SRM08",
            Self::Doubts => "SRM09",
            Self::Projects => "SRM10",
        }
    }
}

impl Code {
    /// The family it belongs to.
    #[must_use]
    pub fn family(self) -> Family {
        let of = |family: &Family| self.id().starts_with(family.prefix());
        // A test ensures that every code has one.
        Family::ALL.into_iter().find(of).unwrap_or(Family::Doubts)
    }

    /// The code with this identity.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id() == id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Code, Family};

    #[test]
    fn every_code_has_a_family_and_every_family_a_code() {
        for code in Code::ALL {
            assert!(code.id().starts_with(code.family().prefix()), "{code:?}");
        }
        for family in Family::ALL {
            assert!(
                Code::ALL.iter().any(|code| code.family() == family),
                "{family:?}"
            );
        }
    }
}
