//! Types wrong commands in every step of every lesson, in a real shell on a real engine. For each wrong command, the
//! tutor must give the right advice in both languages. A bare statement that the command is wrong is not sufficient.

mod by_hand;
mod slips;
mod told;
mod tutor;

use std::ffi::OsStr;
use std::fmt::Write as _;

use by_hand::BY_HAND;
use slips::slips_of;
use tutor::Class;

/// Lessons by their path in `lessons/LANG`.
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

/// Goes through a lesson. Before each right command, types wrong forms of this command and checks the tutor's replies.
async fn go_through(path: &str) {
    let mut class = Class::start(OsStr::new("/usr/sbin:/usr/bin:/sbin:/bin"), path).await;
    let (mut wrong, mut tried) = (String::new(), 0);
    for step in 0..class.lessons[0].text.steps.len() {
        class.enter(step).await;
        let commands = class.commands(step);
        let others: Vec<String> = class.commands_of_others(step);
        for (at, command) in commands.iter().enumerate() {
            let mut slips = slips_of(command, &others);
            // If a step has claims about events, the events of new objects would spoil these claims. So wrong commands
            // that make objects are left out.
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
    slips_in_menyiapkan_docker_are_explained: 0,
    slips_in_kontainer_pertama_are_explained: 1,
    slips_in_daur_hidup_kontainer_are_explained: 2,
    slips_in_masuk_ke_kontainer_are_explained: 3,
    slips_in_log_dan_status_keluar_are_explained: 4,
    slips_in_mengambil_image_are_explained: 5,
    slips_in_nama_tag_digest_are_explained: 6,
    slips_in_lapisan_dan_lapisan_tulis_are_explained: 7,
    slips_in_menghapus_dan_memindahkan_image_are_explained: 8,
    slips_in_apa_itu_registri_are_explained: 9,
    slips_in_registri_sendiri_are_explained: 10,
    slips_in_satu_image_banyak_node_are_explained: 11
);

/// [`LESSONS`] and [`TO_READ`] contain all built-in lessons.
#[test]
fn every_built_in_lesson_is_listed_in_this_module() {
    let project = crate::project::Project::with_our_lessons();
    let mut written = project.lessons_written();
    written.retain(|path| path.starts_with("lessons/id/"));
    let mut named: Vec<String> = LESSONS.iter().chain(&TO_READ).map(|path| format!("lessons/id/{path}.md")).collect();
    named.sort();
    assert_eq!(written, named);
}
