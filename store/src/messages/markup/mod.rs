//! Renders a message's Markdown as safe HTML once, before it is stored.
//!
//! Three layers protect readers. Raw HTML appears as text. The writers escape all text. A final filter
//! allows only the tags and attributes of this module.

use crate::{db::Db, error::Error, messages::markup::names::Names};
use common::{PersonId, mentions::Mentions};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream, html};
use std::sync::LazyLock;

mod code;
mod names;
mod words;

/// The result of a rendering.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// `None` for plain text without markup.
    pub html: Option<String>,
    pub mentions: Mentions,
}

/// The allowed link schemes.
const SCHEMES: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];

/// Highlighting takes time: text with a code fence renders on a blocking thread.
const FENCES: [&str; 2] = ["```", "~~~"];

/// Renders a message's text as HTML, and resolves the names in it.
///
/// # Errors
/// Returns an error if the database fails.
pub async fn rendered(db: &Db, author: PersonId, text: &str) -> Result<Rendered, Error> {
    let names = Names::in_text(db, author, text).await?;
    if !FENCES.iter().any(|fence| text.contains(fence)) {
        return Ok(render(text, &names));
    }
    let text = text.to_owned();
    let rendered = tokio::task::spawn_blocking(move || render(&text, &names)).await;
    Ok(rendered.map_err(anyhow::Error::new)?)
}

/// Renders a message's text as HTML.
fn render(text: &str, names: &Names) -> Rendered {
    let mut writer = Writer::new(names);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut events = Vec::new();
    for event in TextMergeStream::new(Parser::new_ext(text, options)) {
        writer.take(event, &mut events);
    }
    let Writer { plain, mentions, .. } = writer;
    // The two differ if characters were escaped.
    if plain.is_some_and(|plain| plain.split_whitespace().eq(text.split_whitespace())) {
        return Rendered { html: None, mentions };
    }
    let mut written = String::with_capacity(text.len() * 2);
    html::push_html(&mut written, events.into_iter());
    Rendered { html: Some(GUARD.clean(&written).to_string()), mentions }
}

/// Transforms the parser's events into the output's events.
struct Writer<'a> {
    names: &'a Names,
    mentions: Mentions,
    /// The text so far, until markup appears.
    plain: Option<String>,
    /// Links cannot nest: the open links, and whether each was written.
    links: Vec<bool>,
    /// Language and content of the open code block.
    code: Option<(String, String)>,
}

impl<'a> Writer<'a> {
    fn new(names: &'a Names) -> Self {
        Self { names, mentions: Mentions::default(), plain: Some(String::new()), links: Vec::new(), code: None }
    }

    fn take<'e>(&mut self, event: Event<'e>, out: &mut Vec<Event<'e>>) {
        if self.code.is_some() {
            return self.take_code(event, out);
        }
        match event {
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text, out),
            Event::SoftBreak => {
                self.push_plain("\n");
                out.push(Event::HardBreak);
            }
            Event::Start(Tag::Paragraph) => {
                if self.plain.as_ref().is_some_and(|plain| !plain.is_empty()) {
                    self.push_plain("\n\n");
                }
                out.push(Event::Start(Tag::Paragraph));
            }
            Event::End(TagEnd::Paragraph) => out.push(Event::End(TagEnd::Paragraph)),
            other => {
                self.plain = None;
                self.markup(other, out);
            }
        }
    }

    fn markup<'e>(&mut self, event: Event<'e>, out: &mut Vec<Event<'e>>) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            // A message is not a document: its headings become bold lines.
            Event::Start(Tag::Heading { .. }) => out.extend([Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)]),
            Event::End(TagEnd::Heading(_)) => {
                out.extend([Event::End(TagEnd::Strong), Event::End(TagEnd::Paragraph)]);
            }
            Event::Start(Tag::HtmlBlock) => out.push(Event::Start(Tag::Paragraph)),
            Event::End(TagEnd::HtmlBlock) => out.push(Event::End(TagEnd::Paragraph)),
            // A remote picture would reveal the reader's address to its server, so it becomes a link.
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => self.open_link(&dest_url, out),
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if self.links.pop() == Some(true) {
                    out.push(Event::InlineHtml("</a>".into()));
                }
            }
            other => out.push(other),
        }
    }

    fn open_link(&mut self, address: &str, out: &mut Vec<Event>) {
        let is_written = !self.links.contains(&true) && is_welcome(address);
        self.links.push(is_written);
        if is_written {
            out.push(Event::InlineHtml(words::link_to(address).into()));
        }
    }

    fn take_code<'e>(&mut self, event: Event<'e>, out: &mut Vec<Event<'e>>) {
        match (event, &mut self.code) {
            (Event::Text(text), Some((_, code))) => code.push_str(&text),
            (Event::End(TagEnd::CodeBlock), code) => {
                let (language, code) = code.take().unwrap_or_default();
                out.push(Event::Html(code::block(&code, &language).into()));
            }
            _ => {}
        }
    }

    /// Renders text with its mentions, emoji and bare links; inside a link it stays plain text.
    fn text<'e>(&mut self, text: &CowStr<'e>, out: &mut Vec<Event<'e>>) {
        let found = if self.links.contains(&true) { None } else { words::html(text, self.names, &mut self.mentions) };
        match found {
            Some(html) => {
                self.plain = None;
                out.push(Event::InlineHtml(html.into()));
            }
            None => {
                self.push_plain(text);
                out.push(Event::Text(text.clone()));
            }
        }
    }

    fn push_plain(&mut self, text: &str) {
        if let Some(plain) = &mut self.plain {
            plain.push_str(text);
        }
    }
}

fn is_welcome(address: &str) -> bool {
    let has = |scheme: &&str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    SCHEMES.iter().any(has)
}

/// The final filter: the tags and attributes that a message may have.
static GUARD: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut guard = ammonia::Builder::empty();
    guard
        .add_tags([
            "p",
            "br",
            "hr",
            "strong",
            "em",
            "del",
            "a",
            "ul",
            "ol",
            "li",
            "blockquote",
            "pre",
            "code",
            "span",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        ])
        .add_tag_attributes("a", ["href", "target", "data-person", "data-room"])
        .add_tag_attributes("ol", ["start"])
        .add_tag_attributes("pre", ["data-language"])
        .add_allowed_classes("span", code::CLASSES)
        .add_allowed_classes("span", [words::EVERYONE])
        .add_allowed_classes("a", [words::MENTION])
        .add_url_schemes(["http", "https", "mailto", "tel"])
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"));
    guard
});

#[cfg(test)]
mod tests {
    use super::*;
    use common::{PersonId, RoomId};

    fn html(text: &str) -> Option<String> {
        render(text, &Names::default()).html
    }

    fn shown(text: &str) -> String {
        html(text).unwrap_or_else(|| panic!("{text:?} has no markup"))
    }

    #[test]
    fn text_without_markup_stays_text() {
        for text in [
            "Hello!",
            "a < b & c > d",
            "One\ntwo",
            "One\n\ntwo",
            "2 * 3 * 4",
            "snake_case_name",
            "10:30:15",
            "C#",
            "One\n    two",
            "<b>x</b>",
        ] {
            assert_eq!(html(text), None, "{text:?}");
        }
    }

    #[test]
    fn emphasis_lists_quotes_and_tables_render_as_html() {
        assert_eq!(
            shown("**bold** *italic* ~~gone~~ `code`"),
            "<p><strong>bold</strong> <em>italic</em> <del>gone</del> <code>code</code></p>\n"
        );
        assert_eq!(shown("- one\n- two"), "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
        assert_eq!(shown("3. three"), "<ol start=\"3\">\n<li>three</li>\n</ol>\n");
        assert_eq!(shown("> said\n> so"), "<blockquote>\n<p>said<br>\nso</p>\n</blockquote>\n");
        assert!(shown("| a | b |\n|---|---|\n| 1 | 2 |").contains("<td>1</td><td>2</td>"));
    }

    #[test]
    fn a_heading_becomes_a_bold_line() {
        assert_eq!(shown("# Agenda"), "<p><strong>Agenda</strong></p>\n");
    }

    #[test]
    fn code_keeps_its_characters_and_shows_its_language() {
        let block = shown("```rust\nlet x = \"<b>\"; // why\n```");
        assert!(block.starts_with("<pre data-language=\"rust\"><code>"), "{block}");
        assert!(block.contains("<span class=\"hl-k\">let</span>"), "{block}");
        assert!(block.contains("&lt;b&gt;") && block.contains("hl-c"), "{block}");
        assert_eq!(shown("```\n@ada :wave: **no**\n```"), "<pre><code>@ada :wave: **no**\n</code></pre>\n");
    }

    #[test]
    fn bare_web_addresses_become_links_and_others_stay_text() {
        let link = "<a href=\"https://example.org/a_b?c=d&amp;e\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">https://example.org/a_b?c=d&amp;e</a>";
        assert_eq!(shown("See https://example.org/a_b?c=d&e."), format!("<p>See {link}.</p>\n"));
        assert!(shown("[here](https://example.org)").contains(">here</a>"));
        for text in ["[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,x)", "[x](/admin)"] {
            assert_eq!(shown(text), "<p>x</p>\n", "{text}");
        }
        assert!(shown("![cat](https://example.org/cat.png)").contains(">cat</a>"));
    }

    #[test]
    fn names_of_emoji_become_emoji() {
        assert_eq!(shown(":wave: :no_such_emoji:"), "<p>👋 :no_such_emoji:</p>\n");
        assert_eq!(html("at 10:30:15"), None);
    }

    #[test]
    fn mentions_become_links_and_are_counted_once() {
        let (ada, lobby) = (PersonId::new(), RoomId::new());
        let names = Names::of([(ada, "ada", "Ada Lovelace")], [(lobby, "Tea & Biscuits")]);
        let rendered = render("@ada, @ada. @nobody ada@example.org #tea & biscuits @room `@ada`", &names);
        let html = rendered.html.unwrap();
        assert_eq!(rendered.mentions, Mentions { everyone: true, people: vec![ada] });
        let person = format!(
            "<a class=\"mention\" href=\"/people/{ada}\" data-person=\"{ada}\" rel=\"noopener noreferrer nofollow\">@Ada Lovelace</a>"
        );
        assert_eq!(html.matches(&person).count(), 2, "{html}");
        assert!(html.contains("@nobody") && html.contains("<code>@ada</code>"), "{html}");
        assert!(
            html.contains(&format!("href=\"/rooms/{lobby}\"")) && html.contains(">#Tea &amp; Biscuits</a>"),
            "{html}"
        );
        assert!(html.contains("<span class=\"mention-everyone\">@room</span>"), "{html}");
    }

    #[test]
    fn the_filter_removes_scripts() {
        for text in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "**<b onclick=alert(1)>x</b>**",
            "[x](https://example.org\" onclick=\"alert(1))",
            "[a](<javascript:alert(1)>)",
            "<a href=\"javascript:alert(1)\">x</a>",
            "```\"><script>alert(1)</script>\nx\n```",
            "<style>*{display:none}</style>",
            "<https://example.org/\"onmouseover=alert(1)>",
            "&lt;script&gt;alert(1)&lt;/script&gt; *x*",
        ] {
            let html = html(text).unwrap_or_default();
            let tags: Vec<&str> =
                html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default()).collect();
            for tag in tags {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                assert!(["p", "br", "strong", "em", "a", "pre", "code", "span"].contains(&name), "{text}: {html}");
                assert!(!tag.contains(" on") && !tag.to_lowercase().contains("javascript:"), "{text}: {html}");
            }
        }
    }
}
