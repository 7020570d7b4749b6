//! The roles that a party can have on a duty, as in RACI: responsible, accountable, consulted,
//! informed; and supports, from RASCI.

/// A role on a duty, as in RACI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Does it.
    Responsible,
    /// Answers for it.
    Accountable,
    /// Is asked for input before or during the work.
    Consulted,
    /// Is informed about it.
    Informed,
    /// Helps; this alone does not make a party a holder of the duty.
    Supports,
}

impl Role {
    /// Every role, in the order of RACI.
    pub const ALL: [Self; 5] = [
        Self::Responsible,
        Self::Accountable,
        Self::Consulted,
        Self::Informed,
        Self::Supports,
    ];

    /// Its word, such as `responsible`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Responsible => "responsible",
            Self::Accountable => "accountable",
            Self::Consulted => "consulted",
            Self::Informed => "informed",
            Self::Supports => "supports",
        }
    }

    /// The word between the role and the duty: `responsible for`, `consulted on`, `informed of`.
    #[must_use]
    pub fn preposition(self) -> &'static str {
        match self {
            Self::Responsible | Self::Accountable => "for",
            Self::Consulted => "on",
            Self::Informed | Self::Supports => "of",
        }
    }

    /// Its letter in a RACI table.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Responsible => 'R',
            Self::Accountable => 'A',
            Self::Consulted => 'C',
            Self::Informed => 'I',
            Self::Supports => 'S',
        }
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Roles(u8);

impl Roles {
    /// Responsible and accountable.
    pub const OWNER: Self = Self(0b11);

    /// One role.
    #[must_use]
    pub fn only(role: Role) -> Self {
        Self(1 << role as u8)
    }

    /// Roles in both sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Roles in at least one of the sets.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Roles of this set that are not in another.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether a role belongs to the set.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// Whether responsible or accountable belongs to the set.
    #[must_use]
    pub fn owning(self) -> bool {
        self.0 & Self::OWNER.0 != 0
    }

    /// Whether no role belongs to the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles in the order of RACI.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |&role| self.has(role))
    }

    /// `is responsible and accountable for`, `is consulted on`, `supports`: the words before the
    /// duty.
    #[must_use]
    pub fn phrase(self) -> String {
        let first = self.iter().next().map_or("of", Role::preposition);
        if self == Self::only(Role::Supports) {
            "supports".into()
        } else {
            format!("is {} {first}", self.words())
        }
    }

    /// `responsible and accountable`
    #[must_use]
    pub fn words(self) -> String {
        self.iter()
            .map(Role::word)
            .collect::<Vec<_>>()
            .join(" and ")
    }
}
