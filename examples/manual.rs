//! Writes man pages and shell completions below a folder, for `make dist`: `cargo run --example manual -- DIR`.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{Command, ValueEnum as _};
use clap_complete::Shell;
use dermaga::cli::args::command;
use dermaga::words::{Lang, Words};

fn main() -> Result<(), Box<dyn Error>> {
    let root = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    for lang in Lang::ALL {
        // `man` finds English pages in the folder without a language.
        let folder = if lang == Lang::En { "man/man1".into() } else { format!("man/{}/man1", lang.tag()) };
        pages(command(&Words::new(lang)), lang, &root.join(folder))?;
    }
    let completions = root.join("completions");
    fs::create_dir_all(&completions)?;
    for shell in Shell::value_variants() {
        clap_complete::generate_to(*shell, &mut command(&Words::new(Lang::En)), "dermaga", &completions)?;
    }
    Ok(())
}

/// Writes a page for the program and a page for each command.
fn pages(command: Command, lang: Lang, folder: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut all = vec![(command.get_name().to_owned(), command.clone())];
    let mut next = 0;
    while next < all.len() {
        let (name, command) = all[next].clone();
        let shown = command.get_subcommands().filter(|child| !child.is_hide_set());
        all.extend(shown.map(|child| (format!("{name}-{}", child.get_name()), child.clone())));
        let mut page = Vec::new();
        clap_mangen::Man::new(command.display_name(name.clone()).bin_name(name.replace('-', " "))).render(&mut page)?;
        fs::write(folder.join(format!("{name}.1")), titled(&String::from_utf8(page)?, lang))?;
        next += 1;
    }
    Ok(())
}

/// Returns the page with section titles in `lang`.
fn titled(page: &str, lang: Lang) -> String {
    const INDONESIAN: [(&str, &str); 5] = [
        ("NAME", "NAMA"),
        ("SYNOPSIS", "RINGKASAN"),
        ("DESCRIPTION", "KETERANGAN"),
        ("OPTIONS", "OPSI"),
        ("VERSION", "VERSI"),
    ];
    let mut page = page.to_owned();
    for (english, title) in INDONESIAN.into_iter().filter(|_| lang == Lang::Id) {
        page = page.replace(&format!("\n.SH {english}\n"), &format!("\n.SH {title}\n"));
    }
    page
}
