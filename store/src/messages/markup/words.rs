//! Special parts of running text: mentions, emoji names, bare links.

use crate::messages::markup::{self, Names};
use common::{limits, mentions::Mentions};
use linkify::{LinkFinder, LinkKind};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use std::sync::LazyLock;

pub(super) const MENTION: &str = "mention";

pub(super) const EVERYONE: &str = "mention-everyone";

static LINKS: LazyLock<LinkFinder> = LazyLock::new(|| {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    finder
});

/// Renders the text as HTML; `None` if it has no special part.
pub(super) fn html(text: &str, names: &Names, mentions: &mut Mentions) -> Option<String> {
    if !text.contains(['@', '#', ':']) {
        return None;
    }
    let mut words = Words { names, mentions, html: String::new(), is_special: false };
    for span in LINKS.spans(text) {
        let address = span.as_str();
        if span.kind().is_some() && markup::is_welcome(address) {
            words.is_special = true;
            words.html.push_str(&link_to(address));
            words.push_text(address);
            words.html.push_str("</a>");
        } else {
            words.take(address);
        }
    }
    words.is_special.then_some(words.html)
}

/// Returns the opening tag of an external link. It opens a new tab, so the chat stays open.
pub(super) fn link_to(address: &str) -> String {
    let mut tag = String::from("<a href=\"");
    // Writes to a string cannot fail.
    escape_html(&mut tag, address).ok();
    tag + "\" target=\"_blank\">"
}

struct Words<'a> {
    names: &'a Names,
    mentions: &'a mut Mentions,
    html: String,
    is_special: bool,
}

impl Words<'_> {
    fn take(&mut self, text: &str) {
        let mut rest = text;
        let mut before = None;
        // Plain text goes out in a single piece.
        let mut pending = 0;
        let mut place = 0;
        while let Some(c) = rest.chars().next() {
            let length = match c {
                '@' | '#' if before.is_none_or(|before: char| !before.is_alphanumeric()) => {
                    self.special(&text[pending..place], rest)
                }
                ':' => self.special(&text[pending..place], rest),
                _ => None,
            };
            if let Some(length) = length {
                place += length;
                pending = place;
                before = None;
            } else {
                place += c.len_utf8();
                before = Some(c);
            }
            rest = &text[place..];
        }
        self.push_text(&text[pending..]);
    }

    /// Writes a special part at the start of the text, after the plain text before it. Returns its length
    /// in bytes.
    fn special(&mut self, plain: &str, text: &str) -> Option<usize> {
        let (html, length) = match text.as_bytes().first()? {
            b'@' => self.mention(text)?,
            b'#' => self.room(text)?,
            _ => emoji(text)?,
        };
        self.push_text(plain);
        self.html.push_str(&html);
        self.is_special = true;
        Some(length)
    }

    fn mention(&mut self, text: &str) -> Option<(String, usize)> {
        let is_part = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
        let end = text[1..].find(|c| !is_part(c)).map_or(text.len(), |end| end + 1);
        let mut handle = &text[1..end];
        loop {
            if handle.eq_ignore_ascii_case("room") {
                self.mentions.everyone = true;
                return Some((format!("<span class=\"{EVERYONE}\">@room</span>"), handle.len() + 1));
            }
            if let Some((id, name)) = self.names.person(&handle.to_ascii_lowercase()) {
                let people = &mut self.mentions.people;
                if people.len() < limits::MENTIONED_PEOPLE && !people.contains(&id) {
                    people.push(id);
                }
                let mut html = format!("<a class=\"{MENTION}\" href=\"/people/{id}\" data-person=\"{id}\">@");
                push_escaped(&mut html, name);
                return Some((html + "</a>", handle.len() + 1));
            }
            // Punctuation after a link is not part of it.
            handle = handle.strip_suffix(['.', '-', '_'])?;
        }
    }

    fn room(&mut self, text: &str) -> Option<(String, usize)> {
        let (id, name, length) = self.names.room_at(&text[1..])?;
        let mut html = format!("<a class=\"{MENTION}\" href=\"/rooms/{id}\" data-room=\"{id}\">#");
        push_escaped(&mut html, name);
        Some((html + "</a>", length + 1))
    }

    fn push_text(&mut self, text: &str) {
        push_escaped(&mut self.html, text);
    }
}

fn emoji(text: &str) -> Option<(String, usize)> {
    let end = text[1..].find(':')? + 1;
    let emoji = emojis::get_by_shortcode(&text[1..end])?;
    Some((emoji.as_str().to_owned(), end + 1))
}

fn push_escaped(html: &mut String, text: &str) {
    // Writes to a string cannot fail.
    escape_html_body_text(html, text).ok();
}
