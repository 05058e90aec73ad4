//! `hubbub demo`
pub async fn fill(_folder: &std::path::Path) -> anyhow::Result<()> { Ok(()) }
