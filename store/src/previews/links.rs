//! The links in a message's HTML.

use html5ever::{
    TokenizerResult,
    tendril::StrTendril,
    tokenizer::{BufferQueue, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
};
use std::cell::RefCell;
use url::Url;

/// Returns the web links in a message's HTML, in order and without duplicates or mentions.
pub fn links(html: &str) -> Vec<String> {
    let links = Links::default();
    let tokens = Tokenizer::new(links, TokenizerOpts::default());
    feed(&tokens, html);
    tokens.sink.0.into_inner()
}

/// Feeds HTML to a tokenizer.
pub fn feed<S: TokenSink>(tokens: &Tokenizer<S>, html: &str) {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // A sink reports a script when it wants to stop.
    if matches!(tokens.feed(&input), TokenizerResult::Done) {
        tokens.end();
    }
}

#[derive(Default)]
struct Links(RefCell<Vec<String>>);

impl TokenSink for Links {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let TagToken(tag) = token
            && tag.kind == StartTag
            && &*tag.name == "a"
            && let Some(url) = attribute(&tag, "href").and_then(|href| Url::parse(href).ok())
            && matches!(url.scheme(), "http" | "https")
        {
            let (url, mut links) = (String::from(url), self.0.borrow_mut());
            if !links.contains(&url) {
                links.push(url);
            }
        }
        TokenSinkResult::Continue
    }
}

/// Returns the value of a tag's attribute.
pub fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_lists_only_its_web_links() {
        let html = r#"<p><a href="https://example.org/?a&amp;b" target="_blank">x</a> <a href="mailto:ada@x.org">y</a>
            <a href="https://example.org/?a&amp;b">again</a> <a class="mention" data-room="1" href="/rooms/1">z</a>
            <code>https://no.example</code><a href="HTTP://b.example">b</a></p>"#;
        assert_eq!(links(html), ["https://example.org/?a&b", "http://b.example/"]);
    }
}
