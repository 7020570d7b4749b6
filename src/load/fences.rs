//! The `srm` blocks of a Markdown page, each as a file of its own.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::Found;

/// The blocks of a page whose first word is `srm`, but for those with the word `ignore`. Each keeps its place:
/// what stands around it becomes blanks, so that findings point into the page. A page that is no text is given
/// back as it is, to be reported as such.
#[must_use]
pub fn fences(page: Found) -> Vec<Found> {
    let Ok(text) = std::str::from_utf8(&page.bytes) else { return vec![page] };
    let blank: Vec<u8> = text.bytes().map(|byte| if byte == b'\n' || byte == b'\r' { byte } else { b' ' }).collect();
    let mut blocks: Vec<Vec<u8>> = Vec::new();
    let mut inside = false;
    for (event, range) in Parser::new_ext(text, Options::all()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let mut words = info.split(|c: char| c.is_whitespace() || c == ',');
                inside = words.next() == Some("srm") && words.all(|word| word != "ignore");
                if inside {
                    blocks.push(blank.clone());
                }
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(_) if inside => {
                if let Some(block) = blocks.last_mut() {
                    block[range.clone()].copy_from_slice(&page.bytes[range]);
                }
            }
            _ => {}
        }
    }
    let found = |(number, bytes): (usize, Vec<u8>)| {
        let mut key = page.key.clone().into_os_string();
        key.push(format!("#{number}"));
        Found { key: key.into(), name: page.name.clone(), bytes }
    };
    (1..).zip(blocks).map(found).collect()
}

#[cfg(test)]
mod tests {
    use super::fences;
    use crate::load::Found;

    #[test]
    fn each_block_keeps_its_place() {
        let page =
            "# Ä\n\n```srm\nparty a\n```\n\n- item\n  ```srm title\n  party b\n  ```\n```srm ignore\nparty c\n```\n```text\nparty d\n```\n";
        let found = Found { key: "p.md".into(), name: "p.md".into(), bytes: page.into() };
        let blocks: Vec<String> = fences(found).into_iter().map(|it| String::from_utf8(it.bytes).expect("text")).collect();
        assert_eq!(blocks.len(), 2);
        assert!(blocks.iter().all(|block| block.len() == page.len()));
        assert_eq!(blocks[0].find("party a"), page.find("party a"));
        assert_eq!(blocks[0].trim(), "party a");
        assert_eq!(blocks[1].find("party b"), page.find("party b"));
    }
}
