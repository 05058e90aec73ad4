//! Reports, in sentences.

use super::{InWords, Names, counted};
use crate::reports::{DecideReport, ListReports, Report, ReportMessage, Verdict};

impl InWords<()> for ReportMessage {
    fn asked(&self, names: &dyn Names) -> String {
        format!("You reported {}.", names.said(self.room, self.message))
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "keeps the report for those who moderate".into()
    }
}

impl InWords<Vec<Report>> for ListReports {
    fn asked(&self, _: &dyn Names) -> String {
        "You asked what was reported.".into()
    }

    fn answered(&self, reports: &Vec<Report>, _: &dyn Names) -> String {
        format!("sent {}", counted(reports.len(), "report", "reports"))
    }
}

impl InWords<()> for DecideReport {
    fn asked(&self, _: &dyn Names) -> String {
        match self.verdict {
            Verdict::Dismiss => "You decided that a reported message stays.".into(),
            Verdict::Remove => "You decided that a reported message goes.".into(),
        }
    }

    fn answered(&self, (): &(), _: &dyn Names) -> String {
        "closed the report".into()
    }
}
