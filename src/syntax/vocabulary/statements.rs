//! The table of statements.

use crate::syntax::grammar::Rule;

/// What a statement does. Every statement except a claim begins with its own keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatementKind {
    /// Makes the names of another file visible.
    Use,
    /// Declares a party.
    Party,
    /// Declares an axis with its values.
    Axis,
    /// Declares an axis of no and yes.
    Option,
    /// Declares a framework.
    Framework,
    /// Begins a model.
    Model,
    /// Begins an area.
    Area,
    /// Declares a duty.
    Duty,
    /// Gives duties to parties, or to nobody; with `otherwise` or without.
    Claim,
    /// A table of duties by the values of an axis.
    Table,
    /// A table of duties by parties.
    Raci,
    /// Excludes situations.
    Impossible,
    /// Asks for something that must hold.
    Ensure,
    /// Keeps duties apart.
    Separate,
    /// Accepts a finding.
    Allow,
}

/// Where a statement is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// At the top of a file.
    File,
    /// In a model.
    Model,
    /// In an area.
    Area,
}

/// The properties of a kind of statement.
#[derive(Clone, Copy, Debug)]
pub struct StatementInfo {
    /// Its first word; for a claim, which begins with a party, the word used in messages.
    pub word: &'static str,
    /// What messages call the statement as the owner of a block.
    pub owner: &'static str,
    /// What it means, in a sentence without a full stop.
    pub meaning: &'static str,
    /// Where it is allowed.
    pub homes: &'static [Home],
    /// Help for a misplaced statement of this kind.
    pub help: &'static str,
    /// It declares a name and is not a claim.
    pub declares: bool,
    /// Words that may directly follow the first.
    pub next: &'static [&'static str],
    /// The snippet that an editor inserts: `$1`, `${1:name}` and the like are placeholders.
    pub snippet: &'static str,
    /// The rule that reads it.
    pub rule: Rule,
}

/// Statements at the top of a file only.
const FILE: &[Home] = &[Home::File];
/// Statements of a model, but not of its areas.
const MODEL: &[Home] = &[Home::Model];
/// Declarations that a file or a model may have.
const SHARED: &[Home] = &[Home::File, Home::Model];
/// Statements of a model or area.
const INSIDE: &[Home] = &[Home::Model, Home::Area];

const INTO_MODEL: &str = "move it into a model";
const INTO_AREA: &str = "move it into a model or an area";
const TO_TOP: &str = "move it to the top of the file or into a model";

impl StatementKind {
    /// Every kind, in the order in which a reader meets them.
    pub const ALL: [Self; 15] = [
        Self::Use,
        Self::Party,
        Self::Axis,
        Self::Option,
        Self::Framework,
        Self::Model,
        Self::Area,
        Self::Duty,
        Self::Claim,
        Self::Table,
        Self::Raci,
        Self::Impossible,
        Self::Ensure,
        Self::Separate,
        Self::Allow,
    ];

    /// Its row in the table.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "a table")]
    pub fn info(self) -> StatementInfo {
        match self {
            Self::Use => StatementInfo {
                word: "use",
                owner: "`use`",
                meaning: "makes the top-level names of another file visible here",
                homes: FILE,
                help: "put it at the top of the file",
                declares: true,
                next: &[],
                snippet: "use \"${1:parties.srm}\"$0",
                rule: Rule::use_file,
            },
            Self::Party => StatementInfo {
                word: "party",
                owner: "a party",
                meaning: "somebody who can hold a responsibility",
                homes: SHARED,
                help: TO_TOP,
                declares: true,
                next: &[],
                snippet: "party ${1:name} \"${2:Title}\" { kind ${3|provider,customer,third_party,team|} }$0",
                rule: Rule::party,
            },
            Self::Axis => StatementInfo {
                word: "axis",
                owner: "an axis",
                meaning: "an ordered list of values; who holds a duty can depend on them",
                homes: SHARED,
                help: TO_TOP,
                declares: true,
                next: &[],
                snippet: "axis ${1:name} \"${2:Title}\" {\n  ${3:value} \"${4:Title}\",\n}$0",
                rule: Rule::axis,
            },
            Self::Option => StatementInfo {
                word: "option",
                owner: "an option",
                meaning: "an axis with the two values no and yes",
                homes: SHARED,
                help: TO_TOP,
                declares: true,
                next: &[],
                snippet: "option ${1:name} \"${2:Title}\"$0",
                rule: Rule::option,
            },
            Self::Framework => StatementInfo {
                word: "framework",
                owner: "a framework",
                meaning: "a catalog of controls that duties can meet",
                homes: SHARED,
                help: TO_TOP,
                declares: true,
                next: &[],
                snippet: "framework ${1:name} \"${2:Title}\" { ids \"${3:1.1}\" }$0",
                rule: Rule::framework,
            },
            Self::Model => StatementInfo {
                word: "model",
                owner: "a model",
                meaning: "a matrix: its duties and who holds them",
                homes: FILE,
                help: "a model cannot be inside another block; move it out of this block",
                declares: true,
                next: &[],
                snippet: "model ${1:name} \"${2:Title}\" {\n  $0\n}",
                rule: Rule::model,
            },
            Self::Area => StatementInfo {
                word: "area",
                owner: "an area",
                meaning: "a group of duties",
                homes: INSIDE,
                help: INTO_AREA,
                declares: true,
                next: &[],
                snippet: "area ${1:name} \"${2:Title}\" {\n  $0\n}",
                rule: Rule::area,
            },
            Self::Duty => StatementInfo {
                word: "duty",
                owner: "a duty",
                meaning: "one responsibility, identified by its path",
                homes: INSIDE,
                help: INTO_AREA,
                declares: true,
                next: &[],
                snippet: "duty ${1:name} \"${2:Title}\"$0",
                rule: Rule::duty,
            },
            Self::Claim => StatementInfo {
                word: "a claim",
                owner: "a claim",
                meaning: "gives roles on duties to parties",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "${1:party} owns ${2:duty}$0",
                rule: Rule::sentence,
            },
            Self::Table => StatementInfo {
                word: "table",
                owner: "a table",
                meaning: "rows are duties, columns the values of an axis, cells the parties",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &["by"],
                snippet: "table by ${1:axis} {\n  | | ${2:value} |\n  | ${3:duty} \"${4:Title}\" | ${5:party} |\n}$0",
                rule: Rule::table,
            },
            Self::Raci => StatementInfo {
                word: "raci",
                owner: "a table",
                meaning: "rows are duties, columns parties, cells letters",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "raci {\n  | | ${1:party} |\n  | ${2:duty} \"${3:Title}\" | RA |\n}$0",
                rule: Rule::raci,
            },
            Self::Impossible => StatementInfo {
                word: "impossible",
                owner: "`impossible`",
                meaning: "situations that cannot occur",
                homes: MODEL,
                help: INTO_MODEL,
                declares: false,
                next: &["when"],
                snippet: "impossible when ${1:condition} because \"${2:reason}\"$0",
                rule: Rule::impossible,
            },
            Self::Ensure => StatementInfo {
                word: "ensure",
                owner: "`ensure`",
                meaning: "a rule that must be true wherever the duty exists; it assigns nothing itself",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "ensure ${1:party} owns ${2:duty}$0",
                rule: Rule::ensure,
            },
            Self::Separate => StatementInfo {
                word: "separate",
                owner: "`separate`",
                meaning: "no party may be responsible for both in the same situation",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "separate ${1:duty} from ${2:duty}$0",
                rule: Rule::separate,
            },
            Self::Allow => StatementInfo {
                word: "allow",
                owner: "`allow`",
                meaning: "accepts a gap, an overlap or a warning, with a reason",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "allow ${1|gap,overlap,SRM0901|} on ${2:duty} because \"${3:reason}\" until ${4:2027-03-31}$0",
                rule: Rule::allow,
            },
        }
    }

    /// The kind of statement that a rule of the grammar reads.
    #[must_use]
    pub fn of_rule(rule: Rule) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.info().rule == rule)
    }

    /// The kind of statement that begins with a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let begins = |kind: &Self| *kind != Self::Claim && kind.info().word == word;
        Self::ALL.into_iter().find(begins)
    }
}
