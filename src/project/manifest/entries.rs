//! Checks that the keys of an `[[output]]` fit together.
//!
//! In: an entry as TOML has it. Out: an [`Entry`], and findings about what does not fit.

use toml::Spanned;

use super::raw::RawOutput;
use super::{Entry, ManifestReader, NamedView, OutputKind, Word};
use crate::diagnostic::suggest::one_of;
use crate::diagnostic::{Code, visible};
use crate::emit::{Dialect, Makes, TARGETS, Target};
use crate::project::output_paths::leaves;
use crate::source::Span;
use crate::view::{VIEWS, View};

impl ManifestReader {
    /// Reads an entry; `None` if not even its kind of output is known.
    pub(super) fn entry(&mut self, raw: &Spanned<RawOutput>) -> Option<Entry> {
        let (span, raw) = (self.span(raw), raw.as_ref());
        let mut what = self.what(raw)?;
        let path = self.word(&raw.path);
        self.path(&path, &what, raw.inject);
        let model = raw
            .model
            .as_ref()
            .map(|model| self.word(model))
            .filter(|it| it.text != "*");
        self.fits_its_page(&path, &what);
        if let OutputKind::Page(_, view @ None) = &mut what
            && (!raw.inject || model.is_some())
        {
            // Only a page with markers can choose its views itself.
            *view = Some(NamedView {
                view: VIEWS[0],
                party: None,
            });
        }
        let entry = Entry {
            span,
            what,
            model,
            path,
            inject: raw.inject,
            aligned: raw.aligned,
        };
        if entry.inject {
            self.can_be_injected(&entry);
        }
        if entry.aligned && !can_be_aligned(&entry.what) {
            self.faults.add(
                Code::BadOutput,
                span,
                "only Markdown tables can be `aligned`",
                "remove `aligned = true`",
            );
        }
        Some(entry)
    }

    /// Reports why an entry cannot be injected between markers.
    fn can_be_injected(&mut self, entry: &Entry) {
        let mut fault =
            |message: &str, help: &str| self.faults.add(Code::BadOutput, entry.span, message, help);
        let names_its_view = match &entry.what {
            OutputKind::Document(..) | OutputKind::Folder(_) => {
                fault(
                    "only pages and templates can have `inject = true`",
                    "remove `inject = true`",
                );
                return;
            }
            OutputKind::Page(_, view) => view.is_some(),
            OutputKind::Template(_) => true,
        };
        if names_its_view && entry.model.is_none() && !entry.path.text.contains("{model}") {
            fault(
                "an output with `inject = true` needs a model",
                "add `model = \"…\"`, or remove `view` and write model and view in the markers",
            );
        }
        if let OutputKind::Page(_, Some(named)) = &entry.what
            && named.view.is_of_party()
            && named.party.is_none()
        {
            fault(
                &format!("a {} in a page needs one party", named.view.name),
                "add `party = \"…\"`",
            );
        }
    }

    /// What an entry makes; keys that this kind of output does not take are reported.
    fn what(&mut self, raw: &RawOutput) -> Option<OutputKind> {
        let format = self.word(&raw.format);
        let Some(target) = Target::named(&format.text) else {
            let message = format!("there is no format `{}`", visible(&format.text));
            let help = one_of(
                &format.text,
                &TARGETS.map(|target| target.name),
                "the formats are",
            );
            self.faults.add(Code::BadOutput, format.span, message, help);
            return None;
        };
        let what = match target.makes {
            Makes::Document(document) => OutputKind::Document(target, document),
            Makes::Folder(folder) => OutputKind::Folder(folder),
            Makes::Pages(dialects) => OutputKind::Page(dialects, self.view(raw).ok()?),
            Makes::Template => {
                OutputKind::Template(self.template(raw.template.as_ref(), format.span)?)
            }
        };
        if let (Some(view), false) = (&raw.view, matches!(what, OutputKind::Page(..))) {
            let span = self.span(view);
            let message = format!("`{}` has no views", target.name);
            self.faults
                .add(Code::BadOutput, span, message, "remove `view`");
        }
        if let (Some(template), false) = (&raw.template, matches!(what, OutputKind::Template(_))) {
            let span = self.span(template);
            self.faults.add(
                Code::BadOutput,
                span,
                format!("`{}` does not use a template", target.name),
                "write `format = \"template\"`, or remove `template`",
            );
        }
        if let (Some(party), false) = (&raw.party, is_of_party(&what)) {
            let span = self.span(party);
            self.faults.add(
                Code::BadOutput,
                span,
                "only a checklist can have a party",
                "write `view = \"checklist\"`, or remove `party`",
            );
        }
        Some(what)
    }

    fn template(&mut self, template: Option<&Spanned<String>>, format: Span) -> Option<Word> {
        let Some(template) = template else {
            self.faults.add(
                Code::BadOutput,
                format,
                "the format `template` needs the path of a template",
                "add `template = \"layouts/page.md.j2\"`",
            );
            return None;
        };
        let template = self.word(template);
        if let Some(why) = leaves(&template.text) {
            self.faults.add(
                Code::OutputPath,
                template.span,
                format!("a template must be inside the project, but this path {why}"),
                "move it into the folder of this file, or below it",
            );
        }
        Some(template)
    }

    /// The view that an entry names, if it names one.
    fn view(&mut self, raw: &RawOutput) -> Result<Option<NamedView>, ()> {
        let Some(name) = raw.view.as_ref().map(|view| self.word(view)) else {
            return Ok(None);
        };
        let party = raw
            .party
            .as_ref()
            .map(|party| self.word(party))
            .filter(|it| it.text != "*");
        let Some(view) = View::named(&name.text) else {
            self.faults.add(
                Code::BadOutput,
                name.span,
                format!("there is no view `{}`", name.text),
                View::instead_of(&name.text),
            );
            return Err(());
        };
        Ok(Some(NamedView { view, party }))
    }

    /// Reports a page whose extension is for another format.
    fn fits_its_page(&mut self, path: &Word, what: &OutputKind) {
        let OutputKind::Page(dialects, _) = what else {
            return;
        };
        let Some(found) = Dialect::of_file(&path.text).filter(|it| !dialects.contains(it)) else {
            return;
        };
        let wanted = found.target().map_or("", |target| target.name);
        self.faults.add(
            Code::BadOutput,
            path.span,
            format!(
                "the extension of `{}` is for {}, which is not the chosen format",
                path.text,
                found.info().title
            ),
            format!("write `format = \"{wanted}\"`"),
        );
    }

    /// Reports a path that leaves the project, or that has an unknown placeholder.
    fn path(&mut self, path: &Word, what: &OutputKind, inject: bool) {
        if let Some(why) = leaves(&path.text) {
            self.faults.add(
                Code::OutputPath,
                path.span,
                format!("outputs must be inside the project, but this path {why}"),
                "write a path inside the folder of this file",
            );
        }
        for (at, _) in path.text.match_indices('{') {
            let (name, closed) = path.text[at + 1..]
                .split_once('}')
                .map_or((&path.text[at + 1..], false), |(name, _)| (name, true));
            let help = match name {
                _ if !closed => "close it with `}`",
                "model" => continue,
                "party" if is_of_party(what) && inject => {
                    "write the path of one page, without `{party}`"
                }
                "party" if is_of_party(what) => continue,
                "party" => "only the path of a checklist can contain `{party}`",
                _ => "a path can contain `{model}` and `{party}`",
            };
            self.faults.add(
                Code::OutputPath,
                path.span,
                format!("`{{{name}}}` cannot be used here"),
                help,
            );
        }
    }
}

fn is_of_party(what: &OutputKind) -> bool {
    matches!(what, OutputKind::Page(_, Some(named)) if named.view.is_of_party())
}

fn can_be_aligned(what: &OutputKind) -> bool {
    matches!(what, OutputKind::Page(dialects, _) if dialects.iter().any(|it| it.info().aligns))
}
