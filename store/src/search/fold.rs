//! Text folding: removes case and accents, maps full-width letters to usual ones, and reduces white space
//! to single spaces.

use unicode_normalization::UnicodeNormalization;

/// A folded text with the origin of each character.
#[derive(Debug, Default)]
pub struct Folded {
    pub chars: Vec<char>,
    /// The byte of the original where each character begins.
    from: Vec<usize>,
    /// The original's length in bytes.
    length: usize,
}

impl Folded {
    pub fn of(text: &str) -> Self {
        let mut folded = Self { length: text.len(), ..Self::default() };
        for (start, c) in text.char_indices() {
            fold(c, |c| {
                if c != ' ' || folded.chars.last() != Some(&' ') {
                    folded.chars.push(c);
                    folded.from.push(start);
                }
            });
        }
        folded
    }

    /// Returns the original bytes of these characters, including their accents.
    pub fn original(&self, chars: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.from.get(chars.start).copied().unwrap_or(self.length);
        // A ligature folds to several characters.
        let last = chars.end.checked_sub(1).and_then(|last| self.from.get(last)).copied().unwrap_or(start);
        let behind = self.from.get(chars.end..).unwrap_or_default().iter().find(|from| **from > last);
        start..behind.copied().unwrap_or(self.length)
    }
}

fn fold(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii_graphic() {
        return take(c.to_ascii_lowercase());
    }
    if is_accent(c) {
        return;
    }
    // The index uses the last planes for its own marks.
    if c.is_whitespace() || c.is_control() || c >= '\u{F0000}' {
        return take(' ');
    }
    if is_dense(c) && !is_compatible(c) {
        return take(c);
    }
    let plain = std::iter::once(c).nfkd().filter(|c| !is_accent(*c));
    // The upper case maps ß to ss, and all sigmas to the same letter.
    plain
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .for_each(|c| take(if c.is_whitespace() { ' ' } else { c }));
}

/// A combining mark of the letter before it.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

/// Full-width and half-width forms.
fn is_compatible(c: char) -> bool {
    ('\u{FF00}'..='\u{FFEF}').contains(&c)
}

/// Returns whether it is a letter or number of a script that puts spaces between words.
pub fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && !is_dense(c)
}

/// Returns whether one or two of these characters have a meaning: scripts without spaces, syllables,
/// pictures.
pub fn is_dense(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => false,
        // Thai, Lao, Myanmar, Khmer; ideographs, kana and Hangul syllables.
        '\u{E00}'..='\u{EFF}'
        | '\u{1000}'..='\u{109F}'
        | '\u{1780}'..='\u{17FF}'
        | '\u{2E80}'..='\u{9FFF}'
        | '\u{A000}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FF66}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFF}' => true,
        _ => !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control() && c > '\u{BF}',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::of(text).chars.into_iter().collect()
    }

    #[test]
    fn folding_ignores_case_accents_and_widths() {
        assert_eq!(folded("Café CAFE\u{301} ＣＡＦＥ"), "cafe cafe cafe");
        assert_eq!(folded("Straße, ΣΊΣΥΦΟΣ, Čapek, ﬁn"), "strasse, σισυφοσ, capek, fin");
        assert_eq!(folded("two \n\t\u{a0}words"), "two words");
        assert_eq!(folded("中国 カナ 한국"), "中国 カナ 한국");
    }

    #[test]
    fn a_folded_part_maps_to_its_original_bytes() {
        let text = "Ein Cafe\u{301} & ﬁn";
        let folded = Folded::of(text);
        assert_eq!(&text[folded.original(4..8)], "Cafe\u{301}");
        assert_eq!(&text[folded.original(11..12)], "ﬁ");
        assert_eq!(&text[folded.original(0..folded.chars.len())], text);
    }

    #[test]
    fn a_text_cannot_contain_index_marks() {
        assert_eq!(folded("a\u{F0000}b\0c"), "a b c");
    }
}
