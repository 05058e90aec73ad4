//! Reads a page's metadata from its head, as text. The server never runs it or shows it as HTML.
//!
//! Open Graph has priority (ogp.me), then Twitter cards, then plain HTML.

use common::limits;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use html5ever::tokenizer::{
    CharacterTokens, EndTag, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
    states::RawKind::{Rawtext, Rcdata, ScriptData},
};
use std::cell::{Cell, RefCell};
use store::previews::{
    facts::Facts,
    links::{attribute, feed},
};
use url::Url;

/// Parses the beginning of a page from an address. `None` when it has no title: then the preview is empty. The
/// second value is the address of its picture.
pub fn read(html: &[u8], charset: Option<&str>, from: &Url) -> Option<(Facts, Option<Url>)> {
    let head = Head::of(&decoded(html, charset));
    let title = head.first(&["og:title", "twitter:title"], limits::PREVIEW_TITLE_CHARS);
    let title = title.or_else(|| cleaned(&head.title.borrow(), limits::PREVIEW_TITLE_CHARS))?;
    let text = head.first(&["og:description", "twitter:description", "description"], limits::PREVIEW_TEXT_CHARS);
    let site = head.first(&["og:site_name"], limits::PREVIEW_TITLE_CHARS);
    let host = || from.host_str().unwrap_or_default().trim_start_matches("www.").to_owned();
    let picture = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"]
        .iter()
        .find_map(|name| head.get(name))
        .and_then(|address| from.join(address.trim()).ok());
    let (site, text) = (site.unwrap_or_else(host), text.unwrap_or_default());
    Some((Facts { site, title, text, picture: None }, picture))
}

/// Decodes the page. It tries in order: byte order mark, header, the page's own declaration, valid UTF-8. Old
/// pages are windows-1252 (a short form of encoding sniffing in the HTML standard).
fn decoded(html: &[u8], charset: Option<&str>) -> String {
    let named = charset.and_then(|label| Encoding::for_label(label.as_bytes())).or_else(|| declared(html));
    // UTF-8 that is cut in the middle of a character is still UTF-8.
    let is_utf8 = || std::str::from_utf8(html).is_ok_and(|_| true) || is_cut_utf8(html);
    let encoding = named.unwrap_or_else(|| if is_utf8() { UTF_8 } else { WINDOWS_1252 });
    encoding.decode(html).0.into_owned()
}

fn is_cut_utf8(html: &[u8]) -> bool {
    std::str::from_utf8(html).is_err_and(|error| error.error_len().is_none())
}

/// The page's own `<meta charset>`, which is within its first 1,024 bytes.
fn declared(html: &[u8]) -> Option<&'static Encoding> {
    let start: String = html.iter().take(1_024).map(|byte| char::from(*byte)).collect::<String>().to_ascii_lowercase();
    let label = start.split("charset=").nth(1)?.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(['"', '\'', ' ', ';', '>', '/']).next()?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    // A page with readable ASCII is not UTF-16.
    Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
}

/// Removes control characters and marks that change the text's direction, collapses white space and cuts long
/// text. `None` when nothing is left.
fn cleaned(text: &str, most: usize) -> Option<String> {
    let deceives = |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffd}');
    let mut clean = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut letters = word.chars().filter(|c| !deceives(c)).peekable();
        if letters.peek().is_some() && !clean.is_empty() {
            clean.push(' ');
        }
        clean.extend(letters);
    }
    if clean.chars().count() > most {
        clean = clean.chars().take(most - 1).collect::<String>().trim_end().to_owned() + "…";
    }
    (!clean.is_empty()).then_some(clean)
}

/// The title and the metadata of a page's head.
#[derive(Default)]
struct Head {
    title: RefCell<String>,
    /// Lower-case names, each with its first value.
    named: RefCell<Vec<(String, String)>>,
    /// Whether the parser is inside the first title.
    is_in_title: Cell<bool>,
}

impl Head {
    fn of(html: &str) -> Self {
        let tokens = Tokenizer::new(Self::default(), TokenizerOpts::default());
        feed(&tokens, html);
        tokens.sink
    }

    fn get(&self, name: &str) -> Option<String> {
        let named = self.named.borrow();
        named.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone())
    }

    /// The first non-empty value of these names.
    fn first(&self, names: &[&str], most: usize) -> Option<String> {
        names.iter().find_map(|name| cleaned(&self.get(name)?, most))
    }

    fn take_meta(&self, tag: &Tag) {
        let name = attribute(tag, "property").or_else(|| attribute(tag, "name"));
        if let (Some(name), Some(content)) = (name, attribute(tag, "content"))
            && !content.trim().is_empty()
        {
            let name = name.trim().to_ascii_lowercase();
            if self.get(&name).is_none() {
                self.named.borrow_mut().push((name, content.to_owned()));
            }
        }
    }

    fn open(&self, tag: &Tag) -> TokenSinkResult<()> {
        match &*tag.name {
            "meta" => self.take_meta(tag),
            "title" => {
                self.is_in_title.set(self.title.borrow().is_empty());
                return TokenSinkResult::RawData(Rcdata);
            }
            "script" => return TokenSinkResult::RawData(ScriptData),
            "style" | "noframes" => return TokenSinkResult::RawData(Rawtext),
            // Titles of pictures and other elements of the body are no metadata.
            "body" => return TokenSinkResult::Script(()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl TokenSink for Head {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            TagToken(tag) if tag.kind == StartTag => return self.open(&tag),
            TagToken(tag) if tag.kind == EndTag => {
                self.is_in_title.set(false);
                if &*tag.name == "head" {
                    return TokenSinkResult::Script(());
                }
            }
            CharacterTokens(text) if self.is_in_title.get() => self.title.borrow_mut().push_str(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: impl AsRef<[u8]>, charset: Option<&str>) -> Option<(Facts, Option<String>)> {
        let from = Url::parse("https://www.example.org/engines/1").unwrap();
        let (facts, picture) = super::read(html.as_ref(), charset, &from)?;
        Some((facts, picture.map(String::from)))
    }

    fn title(html: impl AsRef<[u8]>, charset: Option<&str>) -> String {
        read(html, charset).map(|(facts, _)| facts.title).unwrap_or_default()
    }

    #[test]
    fn open_graph_metadata_has_priority_over_plain_html() {
        let (facts, picture) = read(
            r#"<!doctype html><html><head><title>Engines | No. 1</title>
            <meta name=description content="All of them."><meta property="og:title" content="The Engine">
            <meta property='OG:Description' content='It  weaves
            patterns.'><meta property=og:site_name content=Society><meta property="og:image" content="../e.png?a&amp;b">
            <meta property="og:title" content="Another">"#,
            None,
        )
        .unwrap();
        assert_eq!((facts.site.as_str(), facts.title.as_str()), ("Society", "The Engine"));
        assert_eq!(
            (facts.text.as_str(), picture.as_deref()),
            ("It weaves patterns.", Some("https://www.example.org/e.png?a&b"))
        );

        let (facts, picture) =
            read("<title> Plain </title><meta name=description content='Words.'><svg><title>No</title></svg>", None)
                .unwrap();
        assert_eq!(
            (facts.site.as_str(), facts.title.as_str(), facts.text.as_str()),
            ("example.org", "Plain", "Words.")
        );
        assert_eq!(picture, None);
        let (facts, picture) =
            read("<meta name=twitter:title content=T><meta name=twitter:image content=//x.org/y>", None).unwrap();
        assert_eq!((facts.title.as_str(), picture.as_deref()), ("T", Some("https://x.org/y")));
        for nothing in [
            "",
            "Hello",
            "<title></title>",
            "<title>\u{202e} \n</title>",
            "<meta property=og:title content=' '>",
            "\0\0",
        ] {
            assert_eq!(read(nothing, None), None, "{nothing:?}");
        }
    }

    #[test]
    fn markup_in_a_title_is_text_and_the_body_is_ignored() {
        assert_eq!(
            title("<title><b>Bold</b> &amp; <script>alert(1)</script></title>", None),
            "<b>Bold</b> & <script>alert(1)</script>"
        );
        assert_eq!(
            title("<meta property=og:title content='&lt;img src=x onerror=alert(1)>'>", None),
            "<img src=x onerror=alert(1)>"
        );
        assert_eq!(title("<script>'<title>No</title>'</script><title>Yes</title>", None), "Yes");
        assert_eq!(title("<style><title>No</title></style><!-- <title>No</title> --><title>Yes</title>", None), "Yes");
        assert_eq!(title("<head><title>Yes</title></head><meta property=og:title content=No>", None), "Yes");
        assert_eq!(title("<body><title>No</title>", None), "");
        assert_eq!(title("<title>Cut off in the mid", None), "Cut off in the mid");
    }

    #[test]
    fn long_text_is_cut_and_deceptive_characters_are_removed() {
        let long = title(format!("<title>{}</title>", "ü".repeat(5_000)), None);
        assert_eq!((long.chars().count(), long.ends_with("ü…")), (limits::PREVIEW_TITLE_CHARS, true));
        assert_eq!(title("<title>a\u{202e}b\u{7}c\td\u{2066}</title>", None), "ab c d");
    }

    #[test]
    fn a_page_is_decoded_by_its_charset_and_a_wrong_charset_does_no_harm() {
        let latin = b"<title>Gr\xf6\xdfe</title>".as_slice();
        assert_eq!(title(latin, Some("iso-8859-1")), "Größe");
        assert_eq!(title(latin, None), "Größe");
        assert_eq!(title([b"<meta charset=windows-1252>", latin].concat(), None), "Größe");
        assert_eq!(
            title([b"<meta http-equiv=content-type content='text/html; charset=latin1'>", latin].concat(), None),
            "Größe"
        );
        assert_eq!(title(latin, Some("utf-8")), "Gre");
        assert_eq!(title("<title>Größe</title>", Some("no-such-thing")), "Größe");
        assert_eq!(title("<meta charset=utf-16><title>Größe</title>", None), "Größe");
        assert_eq!(title(b"<title>\x83\x6e\x83\x8d</title>", Some("shift_jis")), "ハロ");
        let utf16: Vec<u8> = "\u{feff}<title>Größe</title>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(title(utf16, Some("utf-8")), "Größe");
    }
}
