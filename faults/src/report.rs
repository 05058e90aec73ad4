//! What a run did and found, as JSON and as a table.

use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize, Default, Debug)]
pub struct Report {
    pub seed: u64,
    pub seconds: u64,
    pub kills: usize,
    pub cuts: usize,
    pub delays: usize,
    pub lossy: usize,
    pub stalls: usize,
    pub crashes: usize,
    pub fillings: usize,
    pub devices: usize,
    pub posts: usize,
    pub replies: usize,
    pub revisions: usize,
    pub reactions: usize,
    pub statuses: usize,
    pub acknowledged: usize,
    pub refused_for_a_full_disk: usize,
    pub lost: Vec<String>,
    pub doubled: Vec<String>,
    pub out_of_order: Vec<String>,
    pub holes: Vec<String>,
    pub different: Vec<String>,
    pub wrong_counts: Vec<String>,
    pub surprises: Vec<String>,
}

impl Report {
    fn faults(&self) -> [(&'static str, &[String]); 7] {
        [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("out of order", &self.out_of_order),
            ("holes in a log", &self.holes),
            ("rooms that differ", &self.different),
            ("wrong unread counts", &self.wrong_counts),
            ("surprises", &self.surprises),
        ]
    }

    pub fn is_clean(&self) -> bool {
        self.acknowledged > 0 && self.faults().iter().all(|(_, found)| found.is_empty())
    }

    pub fn found_a_loss(&self) -> bool {
        !self.lost.is_empty()
    }

    pub fn as_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    pub fn as_table(&self) -> String {
        let did = [
            ("seed", self.seed.to_string()),
            ("seconds", self.seconds.to_string()),
            ("kills of the server", self.kills.to_string()),
            ("cut lines", self.cuts.to_string()),
            ("delayed lines", self.delays.to_string()),
            ("lossy lines", self.lossy.to_string()),
            ("stalled receivers", self.stalls.to_string()),
            ("crashed devices", self.crashes.to_string()),
            ("fillings of the disk", self.fillings.to_string()),
            ("devices", self.devices.to_string()),
            ("posts", self.posts.to_string()),
            ("of them replies", self.replies.to_string()),
            ("edits and deletions", self.revisions.to_string()),
            ("reactions", self.reactions.to_string()),
            ("statuses", self.statuses.to_string()),
            ("acknowledged", self.acknowledged.to_string()),
            ("refused for a full disk", self.refused_for_a_full_disk.to_string()),
        ];
        let mut table = String::new();
        let counted = self.faults().map(|(name, found)| (name, found.len().to_string()));
        for (name, value) in did.into_iter().chain(counted) {
            // Writing to a string cannot fail.
            writeln!(table, "{name:<26}{value:>10}").ok();
        }
        for (name, found) in self.faults() {
            for one in found.iter().take(5) {
                writeln!(table, "{name}: {one}").ok();
            }
        }
        table
    }
}
