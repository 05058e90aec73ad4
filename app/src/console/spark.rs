//! A line through the last seconds, with words for those who do not see it.

use super::line::{Console, SECONDS};
use crate::ui::text;
use common::console::Tick;
use leptos::prelude::*;

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;

/// What is drawn of a second.
pub type Part = fn(&Tick) -> u64;

/// Draws a part of the last seconds; `words` says a value of it.
#[component]
pub fn Spark(name: &'static str, part: Part, words: fn(u64) -> String) -> impl IntoView {
    let ticks = Console::of_page().ticks;
    let values = Memo::new(move |_| ticks.with(|ticks| ticks.iter().map(part).collect::<Vec<_>>()));
    let label = text(move || values.with(|values| described(name, values, words)));
    view! {
        <svg class="spark" viewBox="0 0 120 32" preserveAspectRatio="none" role="img" aria-label=label>
            <path class="spark-area" d=text(move || values.with(|values| area(values)))/>
            <path class="spark-line" d=text(move || values.with(|values| line(values)))/>
        </svg>
    }
}

fn described(name: &str, values: &[u64], words: fn(u64) -> String) -> String {
    match (values.iter().min(), values.iter().max()) {
        (Some(&least), Some(&most)) => {
            format!("{name} in the last minute: between {} and {}", words(least), words(most))
        }
        _ => format!("{name}: nothing is known yet"),
    }
}

/// The points from left to right; the newest one is at the right edge.
fn points(values: &[u64]) -> Vec<(f64, f64)> {
    let most = values.iter().copied().max().unwrap_or(0).max(1) as f64;
    let step = WIDTH / (SECONDS - 1) as f64;
    let left = WIDTH - step * values.len().saturating_sub(1) as f64;
    let point = |(place, value): (usize, &u64)| {
        let x = left + step * place as f64;
        // A line at the edge would be cut.
        (x, HEIGHT - 1.0 - (HEIGHT - 3.0) * (*value as f64 / most))
    };
    values.iter().enumerate().map(point).collect()
}

fn line(values: &[u64]) -> String {
    let mut path = String::new();
    for (place, (x, y)) in points(values).into_iter().enumerate() {
        path.push_str(&format!("{}{x:.1} {y:.1}", if place == 0 { 'M' } else { 'L' }));
    }
    path
}

fn area(values: &[u64]) -> String {
    let Some(&(left, _)) = points(values).first() else { return String::new() };
    format!("{}L{WIDTH:.1} {HEIGHT:.1}L{left:.1} {HEIGHT:.1}Z", line(values))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_second_is_at_the_right_edge() {
        assert_eq!(line(&[0, 2]), "M118.0 31.0L120.0 2.0");
        assert_eq!(line(&[]), "");
        assert!(area(&[1, 1]).ends_with("L120.0 32.0L118.0 32.0Z"));
    }

    #[test]
    fn a_line_is_described_by_what_it_is_between() {
        let words = |value: u64| value.to_string();
        assert_eq!(described("People", &[3, 1], words), "People in the last minute: between 1 and 3");
        assert_eq!(described("People", &[], words), "People: nothing is known yet");
    }
}
