//! `use`, and the declarations of parties, axes, frameworks, models, areas and duties.

use super::claims;
use super::reader::{Read, StatementReader};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Area, Axis, Duty, Framework, Item, Model, Party, Use};
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;
use crate::syntax::vocabulary::{self};

pub(super) fn use_file<'s>(reader: &mut StatementReader<'s, '_>, span: Span) -> Read<Item<'s>> {
    reader.keyword()?;
    let file = reader.text()?;
    reader.at.take(Rule::kw_as);
    let prefix = reader
        .at
        .take(Rule::name)
        .map(|pair| reader.at.place.path(&pair));
    if let Some(prefix) = &prefix {
        reader.not_reserved(prefix);
    }
    Ok(Item::Use(Use { span, file, prefix }))
}

pub(super) fn party<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    reader.keyword()?;
    let name = reader.new_name()?;
    if vocabulary::is_field(name.node) {
        let message = format!(
            "a party cannot be named `{}`: that word starts a field",
            name.node
        );
        reader.faults.push(
            Diagnostic::new(Code::FieldName, name.span, message, "").help("choose another name"),
        );
    }
    Ok(Item::Party(Party {
        name,
        title: reader.maybe_text()?,
        fields: Vec::new(),
    }))
}

pub(super) fn axis<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    reader.keyword()?;
    let (name, title) = (reader.new_name()?, reader.maybe_text()?);
    let mut values = Vec::new();
    while let Some(pair) = reader.at.next() {
        if pair.as_rule() == Rule::axis_value {
            let mut value = reader.inside(Cursor::new(pair, reader.at.place));
            let name = value.at.path(Rule::name)?;
            value.not_reserved(&name);
            values.push((name, value.maybe_text()?));
        }
    }
    Ok(Item::Axis(Axis {
        name,
        title,
        values: Some(values),
        fields: Vec::new(),
        faulty: false,
    }))
}

pub(super) fn option<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    reader.keyword()?;
    let (name, title) = (reader.new_name()?, reader.maybe_text()?);
    Ok(Item::Axis(Axis {
        name,
        title,
        values: None,
        fields: Vec::new(),
        faulty: false,
    }))
}

pub(super) fn framework<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    reader.keyword()?;
    Ok(Item::Framework(Framework {
        name: reader.new_name()?,
        title: reader.maybe_text()?,
        fields: Vec::new(),
    }))
}

pub(super) fn model<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    reader.keyword()?;
    let (name, title) = (reader.new_name()?, reader.maybe_text()?);
    let block = name.span;
    Ok(Item::Model(Model {
        name,
        title,
        fields: Vec::new(),
        claims: Vec::new(),
        items: Vec::new(),
        block,
        faulty: false,
    }))
}

pub(super) fn area<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    reader.keyword()?;
    let (name, title) = (reader.new_name()?, reader.maybe_text()?);
    Ok(Item::Area(Area {
        name,
        title,
        fields: Vec::new(),
        claims: Vec::new(),
        items: Vec::new(),
    }))
}

pub(super) fn duty<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    reader.keyword()?;
    let (name, title, when) = (
        reader.new_name()?,
        reader.maybe_text()?,
        claims::maybe_when(reader)?,
    );
    let faulty = vocabulary::is_reserved(name.node);
    Ok(Item::Duty(Duty {
        name,
        title,
        when: when.map(Box::new),
        fields: Vec::new(),
        faulty,
    }))
}
