//! What may be written at the cursor.
//!
//! The words of the line before the cursor and the block around it decide what is asked for; the
//! file's run knows the names.

use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit,
    InsertTextFormat, Range, TextEdit,
};
use crate::lsp::workspace::Analysis;
use crate::model::Model;
use crate::paths::ShortPaths;
use crate::resolve::{ALLOWABLE, KINDS, STATES};
use crate::source::FileId;
use crate::syntax::blocks::{Block, around, blocks};
use crate::syntax::vocabulary::Home;
use crate::syntax::{FieldKind, FlatKind, LexemeKind, StatementKind, lexemes, vocabulary};

use super::Snapshot;

/// One thing that may be written.
struct Offer {
    label: String,
    /// A few words on it.
    detail: String,
    kind: CompletionItemKind,
    /// What is written, if not the label; `$1` and the like are places to fill.
    snippet: Option<&'static str>,
}

impl Offer {
    fn new(kind: CompletionItemKind, label: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            detail: detail.into(),
            kind,
            snippet: None,
        }
    }

    fn word(word: &str) -> Self {
        Self::new(
            CompletionItemKind::KEYWORD,
            word,
            vocabulary::meaning_of(word).unwrap_or_default(),
        )
    }

    fn value(word: &str) -> Self {
        Self::new(CompletionItemKind::VALUE, word, "")
    }
}

/// Claims that begin with a word of their own, with places to fill.
const WORDED_CLAIMS: [(&str, &str); 2] = [
    ("nobody", "nobody owns ${1:duty} because \"${2:reason}\"$0"),
    ("otherwise", "otherwise ${1:party} owns ${2:all}$0"),
];

/// What may be written at the cursor.
pub fn completion(
    server: &mut Server,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>, Refused> {
    let at = params.text_document_position;
    let Some(snapshot) = Snapshot::of(server, &at.text_document.uri) else {
        return Ok(None);
    };
    let byte = snapshot.byte(at.position);
    let Some((analysis, file)) = server.workspace.analysis(&snapshot.path) else {
        return Ok(None);
    };
    let Some(cursor) = Cursor::new(&snapshot.text, byte) else {
        return Ok(path_offers(&snapshot, byte));
    };
    let scene = CompletionContext {
        model: model_at(analysis, file, byte, &cursor),
        analysis,
        file,
        cursor: &cursor,
        text: &snapshot.text,
    };
    let completion = server
        .client
        .text_document
        .as_ref()
        .and_then(|it| it.completion.as_ref());
    let snippets = completion
        .and_then(|it| it.completion_item.as_ref())
        .and_then(|it| it.snippet_support)
        == Some(true);
    let range = snapshot.places().range(cursor.prefix.clone());
    let items = scene
        .offers()
        .into_iter()
        .enumerate()
        .map(|(nth, offer)| item(offer, nth, range, snippets));
    Ok(Some(CompletionResponse::Array(items.collect())))
}

fn item(offer: Offer, nth: usize, range: Range, snippets: bool) -> CompletionItem {
    let snippet = offer.snippet.filter(|_| snippets);
    let new_text = snippet.map_or_else(|| offer.label.clone(), str::to_owned);
    CompletionItem {
        // In the order in which they are offered.
        sort_text: Some(format!("{nth:05}")),
        detail: (!offer.detail.is_empty()).then_some(offer.detail),
        kind: Some(if snippet.is_some() {
            CompletionItemKind::SNIPPET
        } else {
            offer.kind
        }),
        insert_text_format: Some(if snippet.is_some() {
            InsertTextFormat::SNIPPET
        } else {
            InsertTextFormat::PLAIN_TEXT
        }),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
        label: offer.label,
        ..CompletionItem::default()
    }
}

/// The place where something is to be written.
struct Cursor<'t> {
    /// The words of the statement before the cursor, without the one under it.
    words: Vec<&'t str>,
    /// What is written of the word under the cursor.
    prefix: std::ops::Range<usize>,
    /// The blocks of the file.
    blocks: Vec<Block>,
    /// The innermost block around.
    around: Option<usize>,
    /// In the row of a table: how many bars stand before.
    bars: Option<usize>,
}

impl<'t> Cursor<'t> {
    /// Nothing within a text or a comment.
    fn new(text: &'t str, byte: usize) -> Option<Self> {
        let line = text[..byte].rfind('\n').map_or(0, |at| at + 1);
        let blocks = blocks(text);
        // Within an axis stand new names.
        let open = text[..byte]
            .rfind('{')
            .filter(|open| !text[*open..byte].contains('}'));
        if open.is_some_and(|open| {
            text[..open]
                .rsplit('\n')
                .next()
                .is_some_and(|line| line.trim_start().starts_with("axis "))
        }) {
            return None;
        }
        let around = around(&blocks, byte);
        let bars = text[line..byte]
            .trim_start()
            .starts_with('|')
            .then(|| text[line..byte].matches('|').count());
        // A line that does not begin a statement goes on with the one before it.
        let start = if bars.is_some() {
            line
        } else {
            start_of_statement(text, line, byte, &blocks)
        };
        let before = lexemes(&text[start..byte]);
        let last = before.last();
        if last.is_some_and(|it| it.kind == LexemeKind::Comment)
            || before.iter().any(|it| it.text == "\"")
            || in_text(text, byte)
        {
            return None;
        }
        let touches =
            last.filter(|it| it.kind == LexemeKind::Word && start + it.range().end == byte);
        let from = touches.map_or(byte, |it| start + it.start);
        // A path that ends in a point is not finished.
        let dotted = text[..byte].strip_suffix('.').map(|_| {
            before
                .iter()
                .rev()
                .find(|it| it.kind == LexemeKind::Word)
                .map_or(byte, |it| start + it.start)
        });
        let prefix = dotted
            .filter(|from| !text[*from..byte].contains(char::is_whitespace))
            .unwrap_or(from)..byte;
        let words = before
            .iter()
            .filter(|it| start + it.start < prefix.start && it.kind != LexemeKind::Comment)
            .map(|it| it.text)
            .collect();
        Some(Self {
            words,
            prefix,
            blocks,
            around,
            bars,
        })
    }

    /// What the innermost block is.
    fn block(&self) -> Option<&Block> {
        self.around.map(|at| &self.blocks[at])
    }

    fn last(&self) -> &'t str {
        self.words.last().copied().unwrap_or("")
    }
}

/// Whether a byte lies within a text.
fn in_text(text: &str, byte: usize) -> bool {
    let line = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let end = text[byte..].find('\n').map_or(text.len(), |at| byte + at);
    lexemes(&text[line..end]).iter().any(|it| {
        it.kind == LexemeKind::Text && line + it.start < byte && byte < line + it.range().end
    })
}

/// Where the statement begins in which the cursor stands.
fn start_of_statement(text: &str, line: usize, byte: usize, blocks: &[Block]) -> usize {
    // Behind the brace of a block a statement begins; that of a list of values is part of one.
    let (mut from, mut before, mut lists) = (line, "", 0usize);
    for word in lexemes(&text[line..byte]) {
        match word.text {
            "{" if before == "in" => lists += 1,
            "}" if lists > 0 => lists -= 1,
            "{" | "}" => from = line + word.range().end,
            _ => {}
        }
        before = word.text;
    }
    // One that began on a line above may go on here.
    let goes_over = |block: &&Block| {
        block.head.start < line
            && from == line
            && line < block.head.end
            && block.kind != FlatKind::Broken
    };
    if let Some(block) = blocks.iter().rfind(goes_over) {
        return block.head.start;
    }
    if let Some(block) = blocks
        .iter()
        .find(|block| from <= block.head.start && block.head.start < byte)
    {
        let goes_on = vocabulary::CONTINUING.contains(
            &text[block.head.start..byte]
                .split_whitespace()
                .next()
                .unwrap_or(""),
        );
        if !goes_on {
            return block.head.start;
        }
    }
    let first = text[from..byte].split_whitespace().next().unwrap_or("");
    let open = text[..line].trim_end().ends_with(',');
    let above = blocks.iter().rfind(|block| block.head.start < line);
    let is_part = |block: &&Block| {
        from == line
            && (vocabulary::CONTINUING.contains(&first)
                || open
                || byte <= block.head.end && block.kind != FlatKind::Broken)
    };
    above.filter(is_part).map_or(from, |block| block.head.start)
}

/// The model that the cursor stands in; at the top of a file its first, which sees what the file
/// sees.
fn model_at<'a>(
    analysis: &'a Analysis,
    file: FileId,
    byte: usize,
    cursor: &Cursor<'_>,
) -> Option<&'a Model> {
    let own = || {
        analysis
            .run
            .models
            .iter()
            .map(|it| &it.model)
            .filter(move |model| model.decl.span.file == file)
    };
    let block = cursor.blocks.iter().find(|block| {
        block.kind == FlatKind::Statement(StatementKind::Model)
            && block.head.start <= byte
            && byte <= block.whole.end
    });
    own()
        .find(|model| {
            block.is_some_and(|block| block.head.contains(&model.decl.span.range().start))
        })
        .or_else(|| own().next())
}

/// Everything that decides what may be written.
struct CompletionContext<'a> {
    model: Option<&'a Model>,
    analysis: &'a Analysis,
    file: FileId,
    cursor: &'a Cursor<'a>,
    text: &'a str,
}

impl CompletionContext<'_> {
    fn offers(&self) -> Vec<Offer> {
        if let Some(bars) = self.cursor.bars {
            return self.cells(bars);
        }
        if let Some(values) = self.values() {
            return values;
        }
        let words = &self.cursor.words;
        match self.cursor.last() {
            "" => self.beginnings(),
            "when" | "and" | "or" | "not" | "(" => self.axes(true),
            "by" | "along" => self.axes(false),
            first if words.len() == 1 && !following(first).is_empty() => following(first),
            "responsible" | "accountable" => vec![Offer::word("for")],
            "consulted" => vec![Offer::word("on")],
            "informed" => vec![Offer::word("of")],
            "grows" => vec![Offer::word("along")],
            "until" | "because" => Vec::new(),
            mark if mark.starts_with('[') => self.parties(),
            "is" | "are" => [
                "responsible for",
                "accountable for",
                "consulted on",
                "informed of",
            ]
            .map(|it| {
                Offer::new(
                    CompletionItemKind::KEYWORD,
                    it,
                    vocabulary::meaning_of(it.split(' ').next().unwrap_or("")).unwrap_or_default(),
                )
            })
            .into(),
            "owns" | "share" | "supports" | "for" | "on" | "of" | "except" | "separate" => {
                self.duties(self.cursor.last() == "owns")
            }
            "from" if words.first() == Some(&"separate") => self.duties(false),
            "ensure" | "otherwise" | "joins" => self.parties(),
            "never" => vec![Offer::word("owns")],
            "allow" => ["gap", "overlap"]
                .into_iter()
                .chain(ALLOWABLE.iter().map(|code| code.id()))
                .map(Offer::value)
                .collect(),
            "meets" => self.frameworks(),
            "kind" => KINDS.iter().copied().map(Offer::value).collect(),
            "status" => STATES.iter().copied().map(Offer::value).collect(),
            "review" => vec![Offer::value("every 12 months")],
            "," => self.list(),
            _ => self.clauses(),
        }
    }

    /// Values, where one is asked for.
    fn values(&self) -> Option<Vec<Offer>> {
        let words = &self.cursor.words;
        let before = |n: usize| {
            words
                .len()
                .checked_sub(n)
                .and_then(|at| words.get(at))
                .copied()
        };
        let axis = match before(1)? {
            "=" | "!=" | "in" => before(2)?,
            ".." => before(4)?,
            "{" | "," => {
                let open = words.iter().rposition(|word| *word == "{")?;
                if words[open..].contains(&"}") || open < 2 || words[open - 1] != "in" {
                    return None;
                }
                words[open - 2]
            }
            "from" | "to" => {
                let along = words.iter().position(|word| *word == "along")?;
                words.get(along + 1)?
            }
            _ => return None,
        };
        let axis = self.model?.axes.iter().find(|it| it.decl.name == axis)?;
        let values = axis
            .values
            .iter()
            .map(|(name, title)| Offer::new(CompletionItemKind::ENUM_MEMBER, name, title));
        Some(values.collect())
    }

    /// The next item of a list.
    fn list(&self) -> Vec<Offer> {
        let words = &self.cursor.words;
        let is_verb = |word: &&str| {
            matches!(
                *word,
                "owns" | "share" | "supports" | "for" | "on" | "of" | "separate"
            )
        };
        if words.iter().any(is_verb) {
            self.duties(false)
        } else {
            self.parties()
        }
    }

    /// What may go on with a statement.
    fn clauses(&self) -> Vec<Offer> {
        let words = &self.cursor.words;
        let has = |word: &str| words.contains(&word);
        let first = words.first().copied().unwrap_or("");
        if vocabulary::is_field(first) && self.cursor.block().is_some() {
            // Behind a whole field on its line stands the next.
            return if words.len() > 1 {
                self.beginnings()
            } else {
                Vec::new()
            };
        }
        if let Some(along) = words.iter().position(|word| *word == "along") {
            let next = ["from", "to"].into_iter().find(|word| !has(word));
            return if words.len() > along + 1 {
                next.map(Offer::word).into_iter().collect()
            } else {
                Vec::new()
            };
        }
        if matches!(
            first,
            "party" | "axis" | "option" | "framework" | "model" | "area" | "use"
        ) {
            return if first == "use" && words.len() == 2 {
                vec![Offer::word("as")]
            } else {
                Vec::new()
            };
        }
        if first == "duty" {
            return if words.len() > 1 && !has("when") {
                vec![Offer::word("when")]
            } else {
                self.joiners()
            };
        }
        if first == "allow" && words.len() == 2 {
            return vec![Offer::new(CompletionItemKind::KEYWORD, "on", "the duties")];
        }
        let acts = words.iter().any(|word| {
            vocabulary::VERBS.contains(word)
                || matches!(
                    *word,
                    "never" | "grows" | "table" | "raci" | "impossible" | "separate" | "allow"
                )
        });
        if !acts {
            let mut verbs: Vec<Offer> = ["owns", "share", "supports"].map(Offer::word).into();
            let are = if has(",") { "are" } else { "is" };
            let roles = [
                "responsible for",
                "accountable for",
                "consulted on",
                "informed of",
            ];
            verbs.extend(
                roles
                    .iter()
                    .map(|role| Offer::value(&format!("{are} {role}"))),
            );
            if first == "ensure" {
                verbs.extend(["never owns", "grows along"].map(Offer::value));
            }
            return verbs;
        }
        let mut offers = if has("when") {
            self.joiners()
        } else {
            vec![Offer::word("when")]
        };
        if first == "separate" && !has("from") {
            offers.insert(
                0,
                Offer::new(CompletionItemKind::KEYWORD, "from", "the other side"),
            );
        }
        for word in ["except", "because", "until"] {
            if !has(word) && !(word == "except" && (has("when") || has("because"))) {
                offers.push(Offer::word(word));
            }
        }
        offers
    }

    /// What goes on with a condition.
    fn joiners(&self) -> Vec<Offer> {
        let is_axis = self.model.is_some_and(|model| {
            model
                .axes
                .iter()
                .any(|axis| axis.decl.name == self.cursor.last() && !axis.option)
        });
        let words: &[&str] = if is_axis {
            &["=", "!=", "in"]
        } else {
            &["and", "or"]
        };
        words
            .iter()
            .map(|word| Offer::new(CompletionItemKind::OPERATOR, *word, ""))
            .collect()
    }

    /// What may begin a statement here.
    fn beginnings(&self) -> Vec<Offer> {
        let Some(kind) = self.cursor.block().map(|block| &block.kind) else {
            return statements(Home::File);
        };
        let FlatKind::Statement(kind) = *kind else {
            return fields(None);
        };
        let mut offers = match kind {
            StatementKind::Model | StatementKind::Area | StatementKind::Claim => self.parties(),
            StatementKind::Axis => return Vec::new(),
            _ => Vec::new(),
        };
        match kind {
            StatementKind::Model => offers.extend(statements(Home::Model)),
            StatementKind::Area => offers.extend(statements(Home::Area)),
            _ => {}
        }
        offers.extend(fields(Some(kind)));
        offers
    }

    /// The cells of a table.
    fn cells(&self, bars: usize) -> Vec<Offer> {
        let Some(block) = self.cursor.block() else {
            return Vec::new();
        };
        let line = self.text[..self.cursor.prefix.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let is_above = |it: &Block| {
            it.around == self.cursor.around
                && matches!(it.kind, FlatKind::Row(_))
                && it.head.start < line
        };
        let is_heading = !self.cursor.blocks.iter().any(is_above);
        match (&block.kind, bars) {
            (_, 1) if is_heading => Vec::new(),
            (_, 1) => self.duties(false),
            (FlatKind::Statement(StatementKind::Table), _) if is_heading => {
                let words = block.words(self.text);
                let axis = words
                    .get(2)
                    .and_then(|word| self.model?.axes.iter().find(|it| it.decl.name == word.text));
                let values = axis.into_iter().flat_map(|axis| &axis.values);
                values
                    .map(|(name, title)| Offer::new(CompletionItemKind::ENUM_MEMBER, name, title))
                    .collect()
            }
            (FlatKind::Statement(StatementKind::Raci), _) if is_heading => self.parties(),
            (FlatKind::Statement(StatementKind::Raci), _) => {
                ["RA", "R", "A", "C", "I", "S", "R+A+", "CI", "-"]
                    .map(Offer::value)
                    .into()
            }
            _ => {
                let mut offers = self.parties();
                offers.push(Offer::new(
                    CompletionItemKind::VALUE,
                    "n/a",
                    "does not apply; add a footnote with the reason",
                ));
                offers.push(Offer::new(CompletionItemKind::VALUE, "-", "says nothing"));
                offers
            }
        }
    }

    fn parties(&self) -> Vec<Offer> {
        let Some(model) = self.model else {
            return self.declared();
        };
        let parties = model
            .parties
            .iter()
            .map(|it| Offer::new(CompletionItemKind::CLASS, &it.decl.name, &it.decl.title));
        parties.collect()
    }

    /// The parties of a file without a model.
    fn declared(&self) -> Vec<Offer> {
        let mentions = self.analysis.refs_in(self.file).iter();
        let parties = mentions.filter(|it| {
            it.declares() && it.thing.kind == crate::resolve::symbols::SymbolKind::Party
        });
        parties
            .filter_map(|it| self.text.get(it.span.range()))
            .map(|name| Offer::new(CompletionItemKind::CLASS, name, ""))
            .collect()
    }

    fn frameworks(&self) -> Vec<Offer> {
        let known = self.model.into_iter().flat_map(|model| &model.frameworks);
        known
            .map(|it| Offer::new(CompletionItemKind::INTERFACE, &it.decl.name, &it.decl.title))
            .collect()
    }

    fn axes(&self, condition: bool) -> Vec<Offer> {
        let axes = self
            .model
            .into_iter()
            .flat_map(|model| &model.axes)
            .filter(|axis| condition || !axis.option);
        let mut offers: Vec<Offer> = axes
            .map(|it| Offer::new(CompletionItemKind::ENUM, &it.decl.name, &it.decl.title))
            .collect();
        if condition && self.cursor.last() != "not" {
            offers.push(Offer::new(
                CompletionItemKind::OPERATOR,
                "not",
                "what does not hold",
            ));
        }
        offers
    }

    /// Duties and areas, each by the shortest path that means it alone.
    fn duties(&self, all: bool) -> Vec<Offer> {
        let Some(model) = self.model else {
            return Vec::new();
        };
        let ends = ShortPaths::of(model);
        let dotted = self.text[self.cursor.prefix.clone()].contains('.');
        let short = |path: &str| {
            if dotted {
                path.to_owned()
            } else {
                ends.short(path).to_owned()
            }
        };
        let areas = model
            .areas
            .iter()
            .map(|it| Offer::new(CompletionItemKind::MODULE, short(&it.path), &it.decl.title));
        let duties = model.duties.iter().map(|it| {
            Offer::new(
                CompletionItemKind::FUNCTION,
                short(&it.path),
                &it.decl.title,
            )
        });
        let all = all.then(|| Offer::word("all"));
        duties.chain(areas).chain(all).collect()
    }
}

/// What may stand right behind the first word of a statement.
fn following(first: &str) -> Vec<Offer> {
    let kind = StatementKind::of_word(first);
    let next = kind.map_or(&[][..], |kind| kind.info().next);
    next.iter().map(|word| Offer::word(word)).collect()
}

/// The statements that may stand somewhere: in a model those of areas first.
fn statements(home: Home) -> Vec<Offer> {
    let offer = |kind: StatementKind| Offer {
        snippet: Some(kind.info().snippet),
        ..Offer::word(kind.info().word)
    };
    let may_stand =
        |kind: &StatementKind| *kind != StatementKind::Claim && kind.info().homes.contains(&home);
    let of_areas = |kind: &StatementKind| kind.info().homes.contains(&Home::Area);
    let (inside, own): (Vec<_>, Vec<_>) = StatementKind::ALL
        .into_iter()
        .filter(may_stand)
        .partition(of_areas);
    let claims = WORDED_CLAIMS.into_iter().filter(|_| home != Home::File);
    let claims = claims.map(|(word, snippet)| Offer {
        snippet: Some(snippet),
        ..Offer::word(word)
    });
    let inside = inside.into_iter().map(offer);
    inside
        .chain(claims)
        .chain(own.into_iter().map(offer))
        .collect()
}

/// The fields that a block may have: those of its statement first.
fn fields(owner: Option<StatementKind>) -> Vec<Offer> {
    let own = |kind: &FieldKind| kind.info().home.is_some() && kind.info().home == owner;
    let any = |kind: &FieldKind| kind.info().home.is_none();
    let all = FieldKind::ALL.into_iter();
    let all = all.clone().filter(own).chain(all.filter(any));
    all.map(|kind| Offer::word(kind.info().word)).collect()
}

/// Files that can be used, within the text of a `use`.
fn path_offers(snapshot: &Snapshot, byte: usize) -> Option<CompletionResponse> {
    let line = snapshot.text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let written = snapshot.text[line..byte]
        .trim_start()
        .strip_prefix("use")?
        .trim_start()
        .strip_prefix('"')?;
    let folder = snapshot.path.parent()?;
    let (inside, _) = written
        .rsplit_once('/')
        .map_or(("", written), |(inside, name)| (inside, name));
    let mut names: Vec<(String, bool)> = std::fs::read_dir(folder.join(inside))
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let is_folder = entry.path().is_dir();
            let fits = is_folder && !name.starts_with('.')
                || entry.path().extension().is_some_and(|it| it == "srm")
                    && entry.path() != snapshot.path;
            fits.then_some((name, is_folder))
        })
        .collect();
    names.sort();
    let start = byte - written.len()
        + if inside.is_empty() {
            0
        } else {
            inside.len() + 1
        };
    let range = snapshot.places().range(start..byte);
    let items = names
        .into_iter()
        .enumerate()
        .map(|(nth, (name, is_folder))| {
            let kind = if is_folder {
                CompletionItemKind::FOLDER
            } else {
                CompletionItemKind::FILE
            };
            item(
                Offer::new(kind, if is_folder { name + "/" } else { name }, ""),
                nth,
                range,
                false,
            )
        });
    Some(CompletionResponse::Array(items.collect()))
}
