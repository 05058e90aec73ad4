//! One file's text to what it declares, imports and mentions. It works on tokens, so that the
//! insides of macros count like other code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};

/// The code of a module, an inline one included.
#[derive(Debug, Default)]
pub struct Code {
    pub items: BTreeSet<String>,
    /// The `macro_rules!` among the items: modules inside this one see them by their bare name.
    pub macros: BTreeSet<String>,
    /// The `macro_rules!` that are items of the crate's root.
    pub exported: BTreeSet<String>,
    pub imports: Vec<Import>,
    pub mentions: BTreeMap<Mention, usize>,
    pub inline: Vec<(String, Code)>,
    /// The names of `mod name;`.
    pub files: Vec<String>,
}

/// A leaf of a `use` tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The name that it brings in; `None` for a glob.
    pub name: Option<String>,
    pub path: Vec<String>,
    /// `a::{self}` brings in the module only.
    pub is_module: bool,
    pub is_public: bool,
    pub line: usize,
}

/// A path in the code, of a single name, too.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    pub path: Vec<String>,
    pub is_macro: bool,
}

/// Reads a file, without what is for tests.
///
/// # Errors
/// When the text is not made of Rust's tokens.
pub fn read(text: &str) -> Result<Code, proc_macro2::LexError> {
    let mut code = Code::default();
    code.scan(without_tests(text.parse()?), true);
    Ok(code)
}

/// Takes out what has `#[cfg(test)]`: the attribute, and all up to the end of the item.
fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let attribute = tokens.next_if(|next| is_punct(&token, '#') && group(next, Delimiter::Bracket).is_some());
        let Some(attribute) = attribute else {
            kept.push(token);
            continue;
        };
        if !is_for_tests(&attribute) {
            kept.extend([token, attribute]);
            continue;
        }
        let mut angles = 0;
        while let Some(part) = tokens.next() {
            let is_arrow = is_punct(&part, '-') && tokens.next_if(|next| is_punct(next, '>')).is_some();
            match &part {
                TokenTree::Punct(punct) if !is_arrow => match punct.as_char() {
                    '<' => angles += 1,
                    '>' => angles -= 1,
                    ';' => break,
                    ',' if angles == 0 => break,
                    _ => {}
                },
                part if group(part, Delimiter::Brace).is_some() => break,
                _ => {}
            }
        }
    }
    kept
}

/// Whether an attribute is `[cfg(test)]` or `[cfg(all(test, …))]`.
fn is_for_tests(attribute: &TokenTree) -> bool {
    let text: String = attribute.to_string().split_whitespace().collect();
    text == "[cfg(test)]" || text.starts_with("[cfg(all(test,")
}

impl Code {
    /// `is_top` is true for the tokens between items, which is where items are.
    fn scan(&mut self, tokens: Vec<TokenTree>, is_top: bool) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            let next = tokens.get(at + 1);
            at += match token {
                TokenTree::Group(inner) => {
                    self.scan(without_tests(inner.stream()), false);
                    1
                }
                TokenTree::Literal(_) => 1,
                TokenTree::Punct(punct) => match punct.as_char() {
                    '#' => self.attribute(next),
                    // A lifetime, a macro's variable, a field or method: its name is no path.
                    '\'' | '$' if name(next).is_some_and(|name| name != "crate") => 2,
                    '.' if name(next).is_some()
                        && !at.checked_sub(1).is_some_and(|last| is_punct(&tokens[last], '.')) =>
                    {
                        2
                    }
                    // The rest of a path that does not begin with a name: `<T>::NAME`.
                    ':' if next.is_some_and(|next| is_punct(next, ':')) => {
                        2 + usize::from(name(tokens.get(at + 2)).is_some())
                    }
                    _ => 1,
                },
                TokenTree::Ident(ident) => self.word(&ident.to_string(), &tokens, at, is_top),
            };
        }
    }

    /// Serde's attributes have paths in strings.
    fn attribute(&mut self, next: Option<&TokenTree>) -> usize {
        let Some(inner) = next.and_then(|next| group(next, Delimiter::Bracket)) else { return 1 };
        let text = inner.to_string();
        if !text.starts_with("doc") && !text.starts_with("cfg") {
            let paths = text.split('"').skip(1).step_by(2).filter(|text| text.contains("::"));
            let line = next.map_or(0, line);
            for path in paths {
                let path = path.split("::").map(|part| part.trim().to_owned()).collect();
                self.mentions.entry(Mention { path, is_macro: false }).or_insert(line);
            }
            self.scan(inner.into_iter().collect(), false);
        }
        2
    }

    /// Returns how many tokens it has read.
    fn word(&mut self, word: &str, tokens: &[TokenTree], at: usize, is_top: bool) -> usize {
        let named = name(tokens.get(at + 1));
        match (word, named) {
            ("use", _) if !tokens.get(at + 1).is_some_and(|next| is_punct(next, '<')) => {
                let length = tokens[at..].iter().take_while(|token| !is_punct(token, ';')).count();
                let import = Import {
                    name: None,
                    path: Vec::new(),
                    is_module: false,
                    is_public: is_public(&tokens[..at]),
                    line: line(&tokens[at]),
                };
                tree(&tokens[at + 1..at + length], &import, &mut self.imports);
                length
            }
            ("mod", Some(named)) => {
                match tokens.get(at + 2).and_then(|body| group(body, Delimiter::Brace)) {
                    Some(body) => {
                        let mut code = Code::default();
                        code.scan(without_tests(body), true);
                        self.inline.push((named, code));
                    }
                    None if is_top => self.files.push(named),
                    None => {}
                }
                3
            }
            ("macro_rules", None) => {
                let Some(named) = name(tokens.get(at + 2)) else { return 1 };
                let is_exported = at >= 1 && tokens[at - 1].to_string().contains("macro_export");
                if is_exported {
                    self.exported.insert(named.clone())
                } else {
                    self.items.insert(named.clone())
                };
                self.macros.insert(named);
                3
            }
            ("const", Some(named)) if ["fn", "unsafe", "async", "extern"].contains(&named.as_str()) => 1,
            ("fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static", Some(named)) => {
                if is_top {
                    self.items.insert(named);
                }
                2
            }
            _ => self.path(tokens, at),
        }
    }

    fn path(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        let (mut path, mut at) = (Vec::new(), start);
        while let Some(part) = name(tokens.get(at)) {
            path.push(part);
            at += 1;
            let is_long = name(tokens.get(at + 2)).is_some();
            if !(is_long && tokens[at..at + 2].iter().all(|token| is_punct(token, ':'))) {
                break;
            }
            at += 2;
        }
        let is = |at: usize, punct| tokens.get(at).is_some_and(|token| is_punct(token, punct));
        let is_macro = is(at, '!') && !is(at + 1, '=');
        self.mentions.entry(Mention { path, is_macro }).or_insert(line(&tokens[start]));
        at - start
    }
}

/// Collects the leaves of a `use` tree; `import` has what was read before it.
fn tree(tokens: &[TokenTree], import: &Import, leaves: &mut Vec<Import>) {
    let mut import = import.clone();
    let mut tokens = tokens.iter().peekable();
    while let Some(token) = tokens.next() {
        import.line = line(token);
        match token {
            TokenTree::Ident(ident) if ident == "as" => import.name = name(tokens.next()),
            TokenTree::Ident(ident) if ident == "self" && !import.path.is_empty() => import.is_module = true,
            TokenTree::Ident(ident) => {
                import.path.push(ident.to_string().trim_start_matches("r#").to_owned());
                import.name = import.path.last().cloned();
            }
            TokenTree::Punct(punct) if punct.as_char() == '*' => import.name = None,
            TokenTree::Group(inner) => {
                let inner: Vec<_> = inner.stream().into_iter().collect();
                for branch in inner.split(|token| is_punct(token, ',')).filter(|branch| !branch.is_empty()) {
                    tree(branch, &import, leaves);
                }
                return;
            }
            _ => {}
        }
    }
    leaves.push(import);
}

fn is_public(before: &[TokenTree]) -> bool {
    let last = |back: usize| before.len().checked_sub(back).map(|at| &before[at]);
    let is_pub = |token: Option<&TokenTree>| name(token).is_some_and(|name| name == "pub");
    is_pub(last(1)) || (is_pub(last(2)) && last(1).is_some_and(|token| group(token, Delimiter::Parenthesis).is_some()))
}

fn name(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string().trim_start_matches("r#").to_owned()),
        _ => None,
    }
}

fn is_punct(token: &TokenTree, punct: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == punct)
}

fn group(token: &TokenTree, delimiter: Delimiter) -> Option<TokenStream> {
    match token {
        TokenTree::Group(group) if group.delimiter() == delimiter => Some(group.stream()),
        _ => None,
    }
}

fn line(token: &TokenTree) -> usize {
    token.span().start().line
}
