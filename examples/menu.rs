//! Shows the menu or the question of trust: `cargo run --example menu [id|en] [plain] [trust FILE]`.

use std::io;
use std::path::Path;
use std::time::SystemTime;

use dermaga::lesson::StepResult;
use dermaga::menu::{
    AvailableEngine, Dialog, MenuChoice, Need, Presence, choose, lessons_in, read_courses, trusts, welcome,
};
use dermaga::progress::{Moment, ProgressEvent, What, step_key};
use dermaga::store::progress::ProgressStore;
use dermaga::store::read_collection;
use dermaga::store::trust::TrustStore;
use dermaga::terminal::Color;
use dermaga::trust::survey;
use dermaga::words::{Lang, Words};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| args.iter().any(|arg| arg == word);
    let words = Words::new(if has("en") { Lang::En } else { Lang::Id });
    let (mut input, mut output) = (io::stdin().lock(), io::stdout());
    let plain = has("plain");
    let mut dialog = Dialog {
        words: &words,
        plain,
        color: if plain { Color::None } else { Color::Dark },
        width: 100,
        input: &mut input,
        output: &mut output,
    };
    if let Some(at) = args.iter().position(|arg| arg == "trust") {
        let collection = read_collection(&[args.get(at + 1).ok_or("a file")?.into()])?;
        let lessons = collection.chosen().map(|(_, file)| &file.lesson);
        let trusted =
            trusts(&[survey(lessons)], "contoh", &mut TrustStore::open(Path::new("/nowhere/x")), &mut dialog)?;
        println!("{trusted}");
        return Ok(());
    }
    if has("welcome") {
        println!(
            "{:?}",
            welcome(&AvailableEngine::Engine("Docker 20.10.24, unix:///var/run/docker.sock".into()), &mut dialog)?
        );
        return Ok(());
    }
    let courses = read_courses(Path::new("lessons"), None)?;
    // The store cannot write to this path, so it keeps its data in memory.
    let (mut store, _) = ProgressStore::open(Path::new("/dev/null/x"));
    for (at, file) in lessons_in(&courses[..1], "id").into_iter().enumerate().take(3) {
        for step in file.lesson.steps.iter().take(if at == 2 { 2 } else { 99 }) {
            let what = What::Step { key: step_key(&file.lesson, step), done: StepResult::Passed };
            store.record(&ProgressEvent { at: Moment(i64::try_from(at)?), what });
        }
    }
    let need = |image: &str, bytes, presence| Need { image: image.into(), bytes, presence };
    let mut look = |_: &dermaga::lesson::LessonFile| {
        vec![
            need("hello-world", Some(2_500), Presence::Here),
            need("mongo:4.1", Some(145_600_000), Presence::Missing),
            need("registry:2", None, Presence::Missing),
        ]
    };
    let choice = choose(&courses, &store.history(), Moment::from(SystemTime::now()), &mut dialog, &mut look)?;
    match choice {
        MenuChoice::Lesson(file) => println!("{}", file.path.display()),
        other => println!("{other:?}"),
    }
    Ok(())
}
