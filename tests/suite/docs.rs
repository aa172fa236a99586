//! Tests that `docs/cli.md` and `docs/cli.id.md` contain the program's help.
//!
//! After a change of the help, run `SNAPSHOTS=overwrite cargo test --test suite docs`.

use std::fmt::Write as _;
use std::path::Path;

use dermaga::cli::args::command;
use dermaga::words::{Lang, Words};

const HEAD_EN: &str = "# The command line

This page shows `dermaga --help` and `dermaga COMMAND --help`. A test compares it with the program.

| exit code | what it means |
| --- | --- |
| 0 | everything is as the lessons say |
| 1 | something differs |
| 2 | the command line is wrong |
| 3 | a lesson's source is wrong |
| 4 | the engine or the machine is not ready, a step is *broken*, or nothing ran at all |
| 70 | Dermaga has a bug |
| 130 | the run was stopped |

If several apply, the first of 70, 130, 2, 3, 4, 1, 0 is used.

| variable | what it does |
| --- | --- |
| `DERMAGA_PACK` | the folder of the pack of images (default: `pack` in Dermaga's cache folder) |
| `DERMAGA_DATA` | `disk`: private engines keep their data on disk, even if there is enough memory |
| `DERMAGA_LOG` | which messages are logged, such as `dermaga=trace`; without `--log FILE` they go to standard error, but not in `learn`, `watch` and `review` at a terminal ([hanging.md](hanging.md)) |
| `XDG_CACHE_HOME`, `XDG_STATE_HOME` | the folders that contain Dermaga's own: packs and private engines in the first; progress (`progress.db` and its copy) and trust, readable only by you, in the second |
| `SSL_CERT_FILE` | certificates that `--images hub` trusts in place of the system's |
| `NO_COLOR`, `COLUMNS`, `LANG` | no colours; the width of the terminal; the language |
";

const HEAD_ID: &str = "# Baris perintah

Halaman ini memuat isi `dermaga --help` dan `dermaga PERINTAH --help`. Sebuah tes membandingkannya dengan programnya.

| kode keluar | artinya |
| --- | --- |
| 0 | semuanya sesuai dengan pelajaran |
| 1 | ada yang berbeda |
| 2 | baris perintahnya keliru |
| 3 | sumber pelajarannya keliru |
| 4 | mesin Docker atau komputernya belum siap, ada langkah yang *terhenti*, atau tidak ada yang berjalan |
| 70 | ada kesalahan di dalam Dermaga |
| 130 | dihentikan |

Bila beberapa berlaku, yang dipakai adalah yang pertama dari 70, 130, 2, 3, 4, 1, 0.

| variabel | gunanya |
| --- | --- |
| `DERMAGA_PACK` | direktori paket image (bawaan: `pack` di direktori tembolok Dermaga) |
| `DERMAGA_DATA` | `disk`: mesin pribadi menyimpan datanya di diska walaupun memorinya cukup |
| `DERMAGA_LOG` | pesan mana yang masuk log, misalnya `dermaga=trace`; tanpa `--log FILE` tampil di keluaran galat standar (stderr), kecuali pada `learn`, `watch`, dan `review` di terminal ([hanging.id.md](hanging.id.md)) |
| `XDG_CACHE_HOME`, `XDG_STATE_HOME` | direktori yang memuat direktori Dermaga: yang pertama untuk paket dan mesin pribadi; yang kedua untuk kemajuan (`progress.db` dan salinannya) dan kepercayaan, yang hanya bisa dibaca olehmu |
| `SSL_CERT_FILE` | sertifikat yang dipercaya `--images hub` sebagai ganti milik sistem |
| `NO_COLOR`, `COLUMNS`, `LANG` | tanpa warna; lebar terminal; bahasa |
";

fn section(command: &clap::Command, path: &str, text: &mut String) {
    let mut plain = command.clone().term_width(100);
    let _ = write!(text, "\n## `{path}`\n\n```text\n{}\n```\n", plain.render_help().to_string().trim_end());
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        section(inner, &format!("{path} {}", inner.get_name()), text);
    }
}

#[test]
fn docs_of_the_command_line_contain_the_programs_help() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (lang, head, name) in [(Lang::En, HEAD_EN, "cli.md"), (Lang::Id, HEAD_ID, "cli.id.md")] {
        let mut command = command(&Words::new(lang));
        command.build();
        let mut text = head.to_owned();
        section(&command, "dermaga", &mut text);
        let written = snapbox::Data::read_from(&docs.join(name), None).raw();
        snapbox::assert_data_eq!(text, written);
    }
}
