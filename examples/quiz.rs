//! Asks the quizzes and exercises of a lesson one after another:
//! `cargo run --example quiz -- lessons/id/image/mengambil-image.md [plain] [color] [seed]`

use std::error::Error;

use dermaga::learn::parse_question_command;
use dermaga::lesson::{Block, LessonId, parse};
use dermaga::quiz::{BlankExercise, Exercise, ask, blank, parsons};
use dermaga::terminal::{Color, PageStyle};
use dermaga::text::Source;
use dermaga::words::{Lang, Words};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args.first().ok_or("which lesson?")?;
    let has = |word: &str| args.iter().any(|arg| arg == word);
    let color = if has("color") { Color::Dark } else { Color::None };
    let lang = if path.contains("/en/") { Lang::En } else { Lang::Id };
    let words = Words::new(lang);
    let style = PageStyle { width: 80, color, plain: has("plain"), lang };
    let seed = args.iter().find_map(|arg| arg.parse().ok()).unwrap_or(1);
    let mut random = fastrand::Rng::with_seed(seed);
    let (lesson, _) = parse(&Source::new(path.as_str(), std::fs::read_to_string(path)?), LessonId("quiz".to_owned()));
    for step in &lesson.steps {
        for (index, block) in step.blocks.iter().enumerate() {
            let asked = match (block, Exercise::of(block)) {
                (Block::Quiz(quiz), _) => {
                    ask(quiz, &lesson, &words, &style, None, parse_question_command, &mut random).await?
                }
                (_, Some(exercise)) => match BlankExercise::of(step, index) {
                    Some(gapped) => blank(gapped, &words, &style, parse_question_command).await?,
                    None => parsons(exercise, &words, &style, parse_question_command, &mut random).await?,
                },
                _ => continue,
            };
            println!("= {asked:?}");
        }
    }
    println!("= selesai");
    Ok(())
}
