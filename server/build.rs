//! With the feature `embed`: puts the built client (HUBBUB_SITE, or target/site) into the binary.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "embed")]
    {
        println!("cargo::rerun-if-env-changed=HUBBUB_SITE");
        let site = std::env::var("HUBBUB_SITE").unwrap_or_else(|_| "../target/site".into());
        memory_serve::load_directory_with_embed(site, true);
    }
}
