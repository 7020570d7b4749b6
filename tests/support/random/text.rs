//! A random model as a file.

use srmc::model::Role;

use super::layout::AREAS;
use super::{
    Allowed, Cell, Cond, End, Kind, Letters, Node, PARTIES, Requirement, Says, Spec, Statement,
    Targets, Test,
};
use crate::support::TODAY;

/// The day before the tests run.
const YESTERDAY: &str = "2026-11-20";

impl Spec {
    /// The number of values of an axis.
    pub fn size(&self, axis: usize) -> usize {
        self.axes[axis].max(2)
    }

    /// The name of a value.
    pub fn value(&self, axis: usize, value: usize) -> String {
        match (self.axes[axis], value) {
            (0, 0) => "no".into(),
            (0, _) => "yes".into(),
            _ => format!("v{value}"),
        }
    }

    /// A situation by the names of axes and values.
    pub fn named(&self, situation: &[usize]) -> Vec<(String, String)> {
        situation
            .iter()
            .enumerate()
            .map(|(axis, &value)| (format!("m{axis}"), self.value(axis, value)))
            .collect()
    }

    /// The full path of a duty.
    pub fn path(&self, duty: usize) -> String {
        self.layout.path(Node::Duty(duty))
    }

    /// The model as a file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (party, joins) in self.joins.iter().enumerate() {
            let joins = if joins.is_empty() {
                String::new()
            } else {
                format!(" {{ joins {} }}", parties(joins))
            };
            text.push_str(&format!("party p{party}{joins}\n"));
        }
        text.push_str(&self.axes_text());
        text.push_str("model m {\n");
        for cond in &self.impossible {
            text.push_str(&format!("  impossible when {}\n", self.cond(cond, 0)));
        }
        self.contents(None, "  ", &mut text);
        text + "}\n"
    }

    /// The declarations of the axes.
    pub fn axes_text(&self) -> String {
        let declared = self.axes.iter().enumerate().map(|(axis, &size)| {
            let values: Vec<String> = (0..size).map(|value| format!("v{value}")).collect();
            if size == 0 {
                format!("option m{axis}\n")
            } else {
                format!("axis m{axis} {{ {} }}\n", values.join(", "))
            }
        });
        declared.collect()
    }

    /// The contents of an area, or of the model.
    fn contents(&self, area: Option<usize>, indent: &str, text: &mut String) {
        for (duty, when) in self
            .duties
            .iter()
            .enumerate()
            .filter(|(duty, _)| self.layout.0[*duty] == area)
        {
            text.push_str(&format!(
                "{indent}duty {}{}\n",
                self.layout.name(Node::Duty(duty)),
                self.when(when)
            ));
        }
        for inner in (0..AREAS.len()).filter(|&inner| AREAS[inner] == area) {
            let mut inside = String::new();
            self.contents(Some(inner), &format!("{indent}  "), &mut inside);
            if !inside.is_empty() {
                text.push_str(&format!("{indent}area a{inner} {{\n{inside}{indent}}}\n"));
            }
        }
        for (at, statement) in self
            .statements
            .iter()
            .enumerate()
            .filter(|(_, it)| it.home == area)
        {
            let lines = self.statement(at, statement);
            text.push_str(
                &lines
                    .lines()
                    .map(|line| format!("{indent}{line}\n"))
                    .collect::<String>(),
            );
        }
    }

    fn statement(&self, at: usize, it: &Statement) -> String {
        let tail = format!("{} because \"{}\"", self.when(&it.when), tag(at));
        let targets = |targets: &Targets| self.targets(targets, it.home);
        match &it.kind {
            Kind::Claim {
                says,
                targets: of,
                otherwise,
                parts,
            } => {
                let otherwise = if *otherwise { "otherwise " } else { "" };
                let block = match says {
                    Says::Share(parties) if *parts => {
                        format!(
                            " {{\n{}}}",
                            parties
                                .iter()
                                .map(|p| format!("  p{p} \"x\"\n"))
                                .collect::<String>()
                        )
                    }
                    _ => String::new(),
                };
                format!("{otherwise}{} {}{tail}{block}", verb(says), targets(of))
            }
            Kind::Grid {
                axis,
                columns,
                rows,
                parts,
            } => {
                let heads = columns
                    .iter()
                    .map(|&value| self.value(*axis, value))
                    .collect();
                let rows = rows
                    .iter()
                    .map(|(duty, cells)| (*duty, cells.iter().map(cell).collect()))
                    .collect();
                let everybody = (0..PARTIES)
                    .map(|party| format!("p{party} \"x\""))
                    .collect::<Vec<_>>()
                    .join(", ");
                let parts = if *parts {
                    format!("  [+] {everybody}\n")
                } else {
                    String::new()
                };
                let table = self.table(
                    &format!("table by m{axis}{}", self.when(&it.when)),
                    heads,
                    rows,
                    it.home,
                );
                format!("{table}  [1] \"x\"\n{parts}}}")
            }
            Kind::Raci { rows } => {
                let heads = (0..PARTIES).map(|party| format!("p{party}")).collect();
                let rows = rows
                    .iter()
                    .map(|(duty, cells)| (*duty, cells.iter().map(letters).collect()))
                    .collect();
                self.table(
                    &format!("raci{}", self.when(&it.when)),
                    heads,
                    rows,
                    it.home,
                ) + "}"
            }
            Kind::Ensure(Requirement::Claim(says, of)) => {
                format!("ensure {} {}{tail}", verb(says), targets(of))
            }
            Kind::Ensure(Requirement::Never(party, of)) => {
                format!("ensure p{party} never owns {}{tail}", targets(of))
            }
            Kind::Ensure(Requirement::Monotone(party, axis, (from, to))) => {
                let (from, to) = (self.value(*axis, *from), self.value(*axis, *to));
                format!("ensure p{party} grows along m{axis} from {from} to {to}{tail}")
            }
            Kind::Separate(left, right) => {
                format!("separate {} from {}{tail}", targets(left), targets(right))
            }
            Kind::Allow {
                what,
                targets: of,
                end,
            } => {
                let what = match what {
                    Allowed::Gap => "gap",
                    Allowed::Overlap => "overlap",
                    Allowed::Code(code) => code.id(),
                };
                let end = match end {
                    End::Never => String::new(),
                    End::Today => format!(" until {TODAY}"),
                    End::Past => format!(" until {YESTERDAY}"),
                };
                format!("allow {what} on {}{tail}{end}", targets(of))
            }
        }
    }

    fn table(
        &self,
        opening: &str,
        heads: Vec<String>,
        rows: Vec<(usize, Vec<String>)>,
        home: Option<usize>,
    ) -> String {
        let rows = rows
            .into_iter()
            .map(|(duty, cells)| (self.layout.way(Node::Duty(duty), home), cells));
        let lines = std::iter::once((String::new(), heads)).chain(rows);
        lines.fold(format!("{opening} {{\n"), |text, (first, cells)| {
            format!("{text}  | {first} | {} |\n", cells.join(" | "))
        })
    }

    fn targets(&self, targets: &Targets, home: Option<usize>) -> String {
        let include: Vec<String> = targets
            .include
            .iter()
            .map(|&node| self.layout.way(node, home))
            .collect();
        let except: Vec<String> = targets
            .except
            .iter()
            .map(|&node| self.layout.way_inside(node, targets))
            .collect();
        let include = if targets.all {
            "all".into()
        } else {
            include.join(", ")
        };
        if except.is_empty() {
            include
        } else {
            format!("{include} except {}", except.join(", "))
        }
    }

    fn when(&self, cond: &Cond) -> String {
        if matches!(cond, Cond::Always) {
            String::new()
        } else {
            format!(" when {}", self.cond(cond, 0))
        }
    }

    /// A condition with as few parentheses as `not` before `and` before `or` allows.
    fn cond(&self, cond: &Cond, binds: u8) -> String {
        let grouped = |level: u8, text: String| {
            if level < binds {
                format!("({text})")
            } else {
                text
            }
        };
        match cond {
            Cond::Always => format!("m0 in v0..{}", self.value(0, self.size(0) - 1)),
            Cond::Test(axis, test) => self.test(*axis, test),
            Cond::Not(inner) => format!("not {}", self.cond(inner, 2)),
            Cond::And(a, b) => grouped(1, format!("{} and {}", self.cond(a, 1), self.cond(b, 1))),
            Cond::Or(a, b) => grouped(0, format!("{} or {}", self.cond(a, 0), self.cond(b, 0))),
        }
    }

    fn test(&self, axis: usize, test: &Test) -> String {
        let name = |value: usize| self.value(axis, value);
        match test {
            Test::Is(1) if self.axes[axis] == 0 => format!("m{axis}"),
            Test::Is(value) => format!("m{axis} = {}", name(*value)),
            Test::IsNot(value) => format!("m{axis} != {}", name(*value)),
            Test::In(list) => format!(
                "m{axis} in {{ {} }}",
                list.iter()
                    .map(|&value| name(value))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            Test::Range(first, last) => format!("m{axis} in {}..{}", name(*first), name(*last)),
        }
    }
}

/// The reason of a statement, unique to it.
pub fn tag(statement: usize) -> String {
    format!("s{statement}")
}

fn parties(list: &[usize]) -> String {
    list.iter()
        .map(|party| format!("p{party}"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn verb(says: &Says) -> String {
    match says {
        Says::Owns(party) => format!("p{party} owns"),
        Says::Share(list) => format!("{} share", parties(list)),
        Says::Nobody => "nobody owns".into(),
        Says::Role(list, Role::Supports) => format!("{} supports", parties(list)),
        Says::Role(list, role) => {
            let preposition = match role {
                Role::Consulted => "on",
                Role::Informed => "of",
                _ => "for",
            };
            let verb = if list.len() > 1 { "are" } else { "is" };
            format!("{} {verb} {} {preposition}", parties(list), role.word())
        }
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        None => "-".into(),
        Some(list) if list.is_empty() => "n/a[1]".into(),
        Some(list) => list
            .iter()
            .map(|party| format!("p{party}"))
            .collect::<Vec<_>>()
            .join(" + "),
    }
}

fn letters(cell: &Letters) -> String {
    cell.iter()
        .map(|(role, joint)| format!("{}{}", role.letter(), if *joint { "+" } else { "" }))
        .collect()
}
