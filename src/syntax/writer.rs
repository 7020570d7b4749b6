//! From the tree to text: statements in the standard style.
//!
//! In: a statement of the tree, read from a file or made by [`super::made`]. Out: its text, with
//! blocks indented by two spaces per level. Always: parsing the output gives the same tree.
//! Neighbouring lines are not aligned here; the formatter does that.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::ast::{
    Allow, Area, Axis, Cell, Claim, Comparison, Condition, Content, Duty, Ensure, Field, File,
    Footnote, Framework, Impossible, Item, Model, Part, Party, Path, Requirement, Row, Separate,
    Table, Targets, Text, Use, Value, Verb, When,
};
use crate::role::Role;

/// The statements of a file or block, one after the other.
#[must_use]
pub fn file(file: &File<'_>) -> String {
    let mut writer = Writer::default();
    writer.items(&file.items);
    writer.text
}

/// A claim, without a trailing line break.
#[must_use]
pub fn claim(claim: &Claim<'_>) -> String {
    let extras = claim.more.as_deref();
    if extras.is_none_or(|it| it.parts.is_empty() && it.fields.is_empty()) {
        return claim_head(claim);
    }
    let mut writer = Writer::default();
    writer.claim(claim);
    writer.text.trim_end().to_owned()
}

/// An `allow`, without a trailing line break.
#[must_use]
pub fn allow(allow: &Allow<'_>) -> String {
    let mut writer = Writer::default();
    writer.allow(allow);
    writer.text.trim_end().to_owned()
}

/// A part of a share or footnote: `customer "Reviews the log"`.
#[must_use]
pub fn part(part: &Part<'_>) -> String {
    format!("{} {}", part.party.node, quoted(&part.text.node))
}

/// A text with every line except the first indented.
#[must_use]
pub fn indented(text: &str, indent: &str) -> String {
    text.replace('\n', &format!("\n{indent}"))
}

/// A text between quotes, on one line.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if crate::diagnostic::is_invisible(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Names with commas between.
#[must_use]
pub fn list(names: &[Path<'_>]) -> String {
    let mut out = String::new();
    push_list(&mut out, names);
    out
}

/// The output so far, and the depth of its next line.
#[derive(Default)]
struct Writer {
    text: String,
    depth: usize,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let blanks = "  ".repeat(self.depth);
        // Writing to a `String` cannot fail.
        let _ = writeln!(self.text, "{blanks}{line}");
    }

    /// A statement and its block, if there is anything in it.
    fn block(&mut self, head: &str, body: impl FnOnce(&mut Self)) {
        let before = self.text.len();
        self.line(&format!("{head} {{"));
        let inside = self.text.len();
        self.depth += 1;
        body(self);
        self.depth -= 1;
        if self.text.len() == inside {
            self.text.truncate(before);
            self.line(head);
        } else {
            self.line("}");
        }
    }

    fn items(&mut self, items: &[Item<'_>]) {
        for item in items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &Item<'_>) {
        match item {
            Item::Use(it) => self.line(&use_file(it)),
            Item::Party(it) => self.party(it),
            Item::Axis(it) => self.axis(it),
            Item::Framework(it) => self.framework(it),
            Item::Model(it) => self.model(it),
            Item::Area(it) => self.area(it),
            Item::Duty(it) => self.duty(it),
            Item::Claim(it) => self.claim(it),
            Item::Table(it) => self.table(it),
            Item::Impossible(it) => self.impossible(it),
            Item::Ensure(it) => self.ensure(it),
            Item::Separate(it) => self.separate(it),
            Item::Allow(it) => self.allow(it),
            // There is nothing to write for a broken statement.
            Item::Broken(_) => {}
        }
    }

    fn fields(&mut self, fields: &[Field<'_>]) {
        for field in fields {
            self.line(&self::field(field));
        }
    }

    fn party(&mut self, it: &Party<'_>) {
        let head = declaration("party", &it.name, it.title.as_ref());
        self.block(&head, |writer| writer.fields(&it.fields));
    }

    fn axis(&mut self, it: &Axis<'_>) {
        let word = if it.values.is_some() {
            "axis"
        } else {
            "option"
        };
        let head = declaration(word, &it.name, it.title.as_ref());
        let Some(values) = &it.values else {
            return self.block(&head, |writer| writer.fields(&it.fields));
        };
        let value = |(name, title): &(Path<'_>, Option<Text<'_>>)| named(name, title.as_ref());
        let values: Vec<String> = values.iter().map(value).collect();
        self.line(&format!("{head} {{ {} }}", values.join(", ")));
    }

    fn framework(&mut self, it: &Framework<'_>) {
        let head = declaration("framework", &it.name, it.title.as_ref());
        self.body(&head, &it.fields, &[], &[]);
    }

    fn model(&mut self, it: &Model<'_>) {
        let head = declaration("model", &it.name, it.title.as_ref());
        self.body(&head, &it.fields, &it.items, &it.claims);
    }

    fn area(&mut self, it: &Area<'_>) {
        let head = declaration("area", &it.name, it.title.as_ref());
        self.body(&head, &it.fields, &it.items, &it.claims);
    }

    /// A framework, model or area; its braces are written even if it is empty.
    fn body(&mut self, head: &str, fields: &[Field<'_>], items: &[Item<'_>], claims: &[Claim<'_>]) {
        self.line(&format!("{head} {{"));
        self.depth += 1;
        self.fields(fields);
        self.items(items);
        for claim in claims {
            self.claim(claim);
        }
        self.depth -= 1;
        self.line("}");
    }

    fn duty(&mut self, it: &Duty<'_>) {
        let when = clause(it.when.as_deref());
        let head = declaration("duty", &it.name, it.title.as_ref()) + &when;
        self.block(&head, |writer| writer.fields(&it.fields));
    }

    fn claim(&mut self, it: &Claim<'_>) {
        let extras = it.more.as_deref();
        let head = claim_head(it);
        self.block(&head, |writer| {
            for it in extras.iter().flat_map(|extras| &extras.parts) {
                writer.line(&part(it));
            }
            writer.fields(extras.map_or(&[], |extras| &extras.fields));
        });
    }

    fn table(&mut self, it: &Table<'_>) {
        let head = match &it.axis {
            Some(axis) => format!("table by {}", axis.node),
            None => "raci".to_owned(),
        };
        self.block(&(head + &clause(it.when.as_ref())), |writer| {
            writer.fields(&it.fields);
            let columns = it.columns.iter().map(|column| column.node.to_owned());
            writer.line(&row(std::iter::once(String::new()).chain(columns)));
            for it in &it.rows {
                writer.line(&row(cells_of(it)));
            }
            for it in &it.footnotes {
                writer.line(&footnote(it));
            }
        });
    }

    fn impossible(&mut self, it: &Impossible<'_>) {
        let when = clause(Some(&it.when));
        let head = format!("impossible{when}{}", because(it.because.as_ref()));
        self.block(&head, |writer| writer.fields(&it.fields));
    }

    fn ensure(&mut self, it: &Ensure<'_>) {
        let (what, when) = (requirement(&it.requirement), clause(it.when.as_ref()));
        let head = format!("ensure {what}{when}{}", because(it.because.as_ref()));
        self.block(&head, |writer| writer.fields(&it.fields));
    }

    fn separate(&mut self, it: &Separate<'_>) {
        let (left, right) = (targets(&it.left), targets(&it.right));
        let (when, why) = (clause(it.when.as_ref()), because(it.because.as_ref()));
        let head = format!("separate {left} from {right}{when}{why}");
        self.block(&head, |writer| writer.fields(&it.fields));
    }

    fn allow(&mut self, it: &Allow<'_>) {
        let (on, when) = (targets(&it.targets), clause(it.when.as_ref()));
        let why = because(Some(&it.because));
        let mut head = format!("allow {} on {on}{when}{why}", it.finding.node);
        if let Some(day) = it.until.as_ref().and_then(|until| until.node) {
            head.push_str(&format!(" until {day}"));
        }
        self.block(&head, |writer| writer.fields(&it.fields));
    }
}

fn use_file(it: &Use<'_>) -> String {
    let prefix = it.prefix.as_ref();
    let prefix = prefix.map_or_else(String::new, |prefix| format!(" as {}", prefix.node));
    format!("use {}{prefix}", quoted(&it.file.node))
}

fn declaration(word: &str, name: &Path<'_>, title: Option<&Text<'_>>) -> String {
    format!("{word} {}", named(name, title))
}

fn named(name: &Path<'_>, title: Option<&Text<'_>>) -> String {
    match title {
        Some(title) => format!("{} {}", name.node, quoted(&title.node)),
        None => name.node.to_owned(),
    }
}

/// A claim without its block.
fn claim_head(it: &Claim<'_>) -> String {
    let mut head = String::with_capacity(64);
    if it.otherwise {
        head.push_str("otherwise ");
    }
    push_statement(&mut head, &it.who, it.verb, &it.targets);
    let extras = it.more.as_deref();
    if let Some(text) = extras.and_then(|extras| extras.text.as_ref()) {
        head.push(' ');
        head.push_str(&quoted(&text.node));
    }
    head.push_str(&clause(it.when.as_ref()));
    head.push_str(&because(extras.and_then(|extras| extras.because.as_ref())));
    if let Some(day) = extras.and_then(|extras| extras.until.as_ref()?.node) {
        head.push_str(&format!(" until {day}"));
    }
    head
}

/// Parties, verb and targets.
fn push_statement(out: &mut String, who: &[Path<'_>], verb: Verb, on: &Targets<'_>) {
    push_list(out, who);
    out.push(' ');
    out.push_str(&verb_words(verb, who.len()));
    out.push(' ');
    push_list(out, &on.include);
    if !on.except.is_empty() {
        out.push_str(" except ");
        push_list(out, &on.except);
    }
}

fn push_list(out: &mut String, names: &[Path<'_>]) {
    for (at, name) in names.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        out.push_str(name.node);
    }
}

/// Parties, verb and targets.
fn statement(who: &[Path<'_>], verb: Verb, on: &Targets<'_>) -> String {
    format!(
        "{} {} {}",
        list(who),
        verb_words(verb, who.len()),
        targets(on)
    )
}

/// The words between the parties and the targets: `owns`, `are responsible for`.
#[must_use]
pub fn verb_words(verb: Verb, parties: usize) -> Cow<'static, str> {
    let is = if parties > 1 { "are" } else { "is" };
    match verb {
        Verb::Owns => "owns".into(),
        Verb::Share => "share".into(),
        Verb::Is(Role::Supports) => "supports".into(),
        Verb::Is(role) => format!("{is} {} {}", role.word(), role.preposition()).into(),
    }
}

fn targets(it: &Targets<'_>) -> String {
    if it.except.is_empty() {
        list(&it.include)
    } else {
        format!("{} except {}", list(&it.include), list(&it.except))
    }
}

/// ` when …`, or nothing.
fn clause(when: Option<&When<'_>>) -> String {
    let Some(when) = when else {
        return String::new();
    };
    match &when.condition {
        Some(condition) => format!(" when {}", self::condition(condition)),
        // As written in an earlier claim of the file.
        None => format!(" when {}", when.text.node),
    }
}

/// ` because "…"`, or nothing.
fn because(text: Option<&Text<'_>>) -> String {
    text.map_or_else(String::new, |text| {
        format!(" because {}", quoted(&text.node))
    })
}

/// A condition.
#[must_use]
pub fn condition(it: &Condition<'_>) -> String {
    let inner = |it: &Condition<'_>| match it {
        Condition::And(_) | Condition::Or(_) => format!("({})", condition(it)),
        _ => condition(it),
    };
    let joined =
        |list: &[Condition<'_>], word: &str| list.iter().map(inner).collect::<Vec<_>>().join(word);
    match it {
        Condition::Test(test) => comparison(&test.axis, &test.comparison),
        Condition::Not(it) => format!("not {}", inner(it)),
        Condition::And(list) => joined(list, " and "),
        Condition::Or(list) => joined(list, " or "),
    }
}

fn comparison(axis: &Path<'_>, it: &Comparison<'_>) -> String {
    let axis = axis.node;
    match it {
        Comparison::Yes => axis.to_owned(),
        Comparison::Is(value) => format!("{axis} = {}", value.node),
        Comparison::IsNot(value) => format!("{axis} != {}", value.node),
        Comparison::In(values) => format!("{axis} in {{ {} }}", list(values)),
        Comparison::Range(ends) => format!("{axis} in {}..{}", ends[0].node, ends[1].node),
    }
}

fn requirement(it: &Requirement<'_>) -> String {
    match it {
        Requirement::Claim(who, verb, targets) => statement(who, *verb, targets),
        Requirement::Never(party, on) => format!("{} never owns {}", party.node, targets(on)),
        Requirement::Monotone {
            party,
            axis,
            from,
            to,
        } => {
            let (party, axis) = (party.node, axis.node);
            format!(
                "{party} grows along {axis} from {} to {}",
                from.node, to.node
            )
        }
    }
}

fn field(it: &Field<'_>) -> String {
    let word = it.word.node;
    let value = match &it.value {
        Value::Texts(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| quoted(&text.node)).collect();
            // A source and its address, or a key and its value, are written without a comma.
            let between = if matches!(word, "source" | "meta") {
                " "
            } else {
                ", "
            };
            texts.join(between)
        }
        Value::Word(word) => word.node.to_owned(),
        Value::Paths(paths) => list(paths),
        Value::Controls(framework, controls) => {
            let controls: Vec<String> = controls.iter().map(|id| quoted(&id.node)).collect();
            format!("{} {}", framework.node, controls.join(", "))
        }
        Value::Day(day) => day.map_or_else(String::new, |day| day.to_string()),
        Value::Every(count, period) => format!("every {count} {}", period.word()),
    };
    format!("{word} {value}")
}

/// `| a | b |`
fn row(cells: impl Iterator<Item = String>) -> String {
    let cell = |cell: String| {
        if cell.is_empty() {
            " ".to_owned()
        } else {
            format!(" {cell} ")
        }
    };
    format!("|{}|", cells.map(cell).collect::<Vec<_>>().join("|"))
}

fn cells_of(it: &Row<'_>) -> impl Iterator<Item = String> {
    let name = named(&it.duty, it.title.as_ref()) + &marks(&it.marks);
    std::iter::once(name).chain(it.cells.iter().map(cell))
}

fn cell(it: &Cell<'_>) -> String {
    let content = match &it.content {
        Content::Blank => String::new(),
        Content::NotApplicable => "n/a".to_owned(),
        Content::Unread(text) => (*text).to_owned(),
        Content::Parties(parties) => {
            let names: Vec<&str> = parties.iter().map(|party| party.node).collect();
            names.join(" + ")
        }
        Content::Letters(letters) => {
            let letter = |it: &super::ast::Letter| {
                format!("{}{}", it.role.letter(), if it.joint { "+" } else { "" })
            };
            letters.iter().map(letter).collect()
        }
    };
    content + &marks(&it.marks)
}

fn marks(marks: &[Path<'_>]) -> String {
    marks
        .iter()
        .map(|mark| format!("[{}]", mark.node))
        .collect()
}

fn footnote(it: &Footnote<'_>) -> String {
    let texts = it.texts.iter().map(|text| quoted(&text.node));
    let items: Vec<String> = texts.chain(it.parts.iter().map(part)).collect();
    format!("[{}] {}", it.mark.node, items.join(", "))
}
