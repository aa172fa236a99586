//! Shows a lesson as `learn` does: `cargo run --example page -- lessons/id/image/mengambil-image.md 80 dark` (or
//! `light`, `plain`).

use std::error::Error;
use std::io::Write;

use dermaga::lesson::{Conditions, EngineFamily, LessonId, parse};
use dermaga::terminal::{Color, PageStyle, prose, step};
use dermaga::text::Source;
use dermaga::words::Lang;

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.first().ok_or("which lesson?")?;
    let has = |word: &str| args.iter().any(|arg| arg == word);
    let color = match (has("dark"), has("light")) {
        (true, _) => Color::Dark,
        (_, true) => Color::Light,
        _ => Color::None,
    };
    let width = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(80);
    let lang = if path.contains("/en/") { Lang::En } else { Lang::Id };
    let style = PageStyle { width, color, plain: has("plain"), lang };
    let (lesson, _) = parse(&Source::new(path.as_str(), std::fs::read_to_string(path)?), LessonId("page".to_owned()));
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", prose(&lesson, lesson.opening, &style))?;
    let conditions = Conditions { cli_major: 29, family: EngineFamily::Docker, abilities: Vec::new() };
    for each in &lesson.steps {
        writeln!(out, "{}", step(&lesson, each, &style, &conditions))?;
    }
    Ok(())
}
