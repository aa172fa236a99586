//! A wrong command for every step of every lesson, in a real shell on a real engine: the learner is told the right thing
//! each time, in both languages, and never only that it is wrong.

mod slips;
mod tutor;

use std::ffi::OsStr;
use std::fmt::Write as _;

use slips::{BY_HAND, slips_of};
use tutor::Class;

/// Lessons by their place in `lessons/LANG`.
const LESSONS: [&str; 12] = [
    "dasar/menyiapkan-docker",
    "dasar/kontainer-pertama",
    "dasar/daur-hidup-kontainer",
    "dasar/masuk-ke-kontainer",
    "dasar/log-dan-status-keluar",
    "image/mengambil-image",
    "image/nama-tag-digest",
    "image/lapisan-dan-lapisan-tulis",
    "image/menghapus-dan-memindahkan-image",
    "registri/apa-itu-registri",
    "registri/registri-sendiri",
    "registri/satu-image-banyak-node",
];

/// Lessons without commands.
const TO_READ: [&str; 1] = ["tentang/dari-catatan-ke-pelajaran"];

/// Walks through a lesson, and before each command of each step types it wrongly in every way that fits.
async fn go_through(path: &str) {
    let mut class = Class::start(OsStr::new("/usr/sbin:/usr/bin:/sbin:/bin"), path).await;
    let (mut wrong, mut tried) = (String::new(), 0);
    for step in 0..class.lessons[0].text.steps.len() {
        class.enter(step).await;
        let commands = class.commands(step);
        let others: Vec<String> = class.commands_of_others(step);
        for (at, command) in commands.iter().enumerate() {
            let mut slips = slips_of(command, &others);
            // What makes things would count among the events of the right ones.
            if at > 0 && class.asks_for_events(step) {
                slips.retain(|slip| !["no -d", "word missing", "another step's"].contains(&slip.kind));
            }
            slips.extend(BY_HAND.iter().filter(|slip| slip.is_of(path, &class.step_id(step), at)).cloned());
            for slip in slips {
                tried += 1;
                if at == 0 {
                    class.begin_now().await;
                }
                let (told, lost) = class.try_out(step, &slip.typed).await;
                for (lang, told) in told {
                    println!("{path} {} | {} | $ {} | {lang} | {told:?}", class.step_id(step), slip.kind, slip.typed);
                    if let Some(problem) = slip.problem(lang, &told) {
                        let _ = writeln!(
                            wrong,
                            "{path} {} {}: $ {}\n   {lang} {}: {problem}\n   {told:?}",
                            class.step_id(step),
                            slip.kind,
                            slip.typed,
                            command
                        );
                    }
                }
                if slip.destroys || lost {
                    class.restore(step, at).await;
                }
            }
            class.do_it(step, at).await;
        }
    }
    class.close().await;
    println!("{path}: {tried} wrong commands");
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(tried >= 30, "{path}: {tried}");
}

macro_rules! lessons {
    ($($name:ident: $at:expr),*) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            go_through(LESSONS[$at]).await;
        }
    )* };
}

lessons!(
    one: 0, two: 1, three: 2, four: 3, five: 4, six: 5, seven: 6, eight: 7, nine: 8, ten: 9, eleven: 10, twelve: 11
);

/// The lessons above are all there are.
#[test]
fn no_lesson_is_left_out() {
    let project = crate::project::Project::with_our_lessons();
    let mut written = project.lessons_written();
    written.retain(|path| path.starts_with("lessons/id/"));
    let mut named: Vec<String> = LESSONS.iter().chain(&TO_READ).map(|path| format!("lessons/id/{path}.md")).collect();
    named.sort();
    assert_eq!(written, named);
}
