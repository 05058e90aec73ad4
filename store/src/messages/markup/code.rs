//! Syntax highlighting of code blocks. A few CSS classes replace the many scopes of a grammar. The stored
//! HTML stays small, and the style sheet chooses the colours.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use std::sync::LazyLock;
use syntect::{
    easy::ScopeRegionIterator,
    parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet},
    util::LinesWithEndings,
};

/// Longer code, or code with longer lines, stays in a single colour: grammars are slow regular expressions.
const CODE_BYTES: usize = 10_000;

const LINE_BYTES: usize = 1_000;

/// Keyword, string, number or constant, comment, function, type, attribute, inserted, deleted.
pub(super) const CLASSES: [&str; 9] = ["hl-k", "hl-s", "hl-n", "hl-c", "hl-f", "hl-t", "hl-a", "hl-i", "hl-d"];

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scope prefixes with their classes; the first match wins.
static SCOPES: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    let scopes = [
        ("comment", "hl-c"),
        ("string", "hl-s"),
        ("constant", "hl-n"),
        ("entity.name.function", "hl-f"),
        ("support.function", "hl-f"),
        ("variable.function", "hl-f"),
        ("support.macro", "hl-f"),
        ("entity.name.tag", "hl-k"),
        ("entity.name", "hl-t"),
        ("support.type", "hl-t"),
        ("support.class", "hl-t"),
        ("entity.other.attribute-name", "hl-a"),
        ("markup.inserted", "hl-i"),
        ("markup.deleted", "hl-d"),
        ("keyword.operator", ""),
        ("storage", "hl-k"),
        ("keyword", "hl-k"),
        ("variable.language", "hl-k"),
    ];
    scopes.into_iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, class))).collect()
});

/// Renders a code block as HTML.
pub(super) fn block(code: &str, language: &str) -> String {
    let syntax = if language.is_empty() { None } else { SYNTAXES.find_syntax_by_token(language) };
    let is_short = code.len() <= CODE_BYTES && code.lines().all(|line| line.len() <= LINE_BYTES);
    let mut html = String::with_capacity(code.len() * 2);
    html.push_str("<pre");
    if syntax.is_some() {
        html.push_str(" data-language=\"");
        // Writes to a string cannot fail.
        escape_html(&mut html, language).ok();
        html.push('"');
    }
    html.push_str("><code>");
    let coloured = syntax.filter(|_| is_short).and_then(|syntax| coloured(code, syntax));
    match coloured {
        Some(coloured) => html.push_str(&coloured),
        None => push_escaped(&mut html, code),
    }
    html + "</code></pre>\n"
}

/// Returns highlighted HTML; `None` if the grammar fails.
fn coloured(code: &str, syntax: &SyntaxReference) -> Option<String> {
    let (mut state, mut stack) = (ParseState::new(syntax), ScopeStack::new());
    let mut html = Coloured::default();
    for line in LinesWithEndings::from(code) {
        let operations = state.parse_line(line, &SYNTAXES).ok()?;
        for (text, operation) in ScopeRegionIterator::new(&operations, line) {
            stack.apply(operation).ok()?;
            html.push(text, class_of(&stack));
        }
    }
    Some(html.finished())
}

fn class_of(stack: &ScopeStack) -> &'static str {
    let class = |scope: &Scope| SCOPES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
    stack.scopes.iter().rev().find_map(class).unwrap_or_default()
}

/// Merges consecutive pieces of the same class into a single element.
#[derive(Default)]
struct Coloured {
    html: String,
    class: &'static str,
}

impl Coloured {
    fn push(&mut self, text: &str, class: &'static str) {
        if text.is_empty() {
            return;
        }
        // White space has no colour.
        if class != self.class && !text.trim().is_empty() {
            self.close();
            if !class.is_empty() {
                self.html.push_str(&format!("<span class=\"{class}\">"));
            }
            self.class = class;
        }
        push_escaped(&mut self.html, text);
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
        }
        self.class = "";
    }

    fn finished(mut self) -> String {
        self.close();
        self.html
    }
}

fn push_escaped(html: &mut String, text: &str) {
    // Writes to a string cannot fail.
    escape_html_body_text(html, text).ok();
}
