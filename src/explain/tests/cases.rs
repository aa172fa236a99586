//! Real messages of Docker 20.10.24, 28.2.2, 28.5.2 and 29, and podman 5.8.

mod building;
mod command_line;
mod containers;
mod engine;
mod misplaced;
mod objects;
mod registries;

/// The command, its exit status, its output, the message's key without `explain-`, and a piece of the English message.
pub(crate) type Case = (&'static str, i32, &'static str, &'static str, &'static str);

/// Returns the cases of all kinds.
pub(crate) fn all_cases() -> impl Iterator<Item = &'static Case> {
    let kinds = [
        engine::CASES,
        registries::CASES,
        containers::CASES,
        objects::CASES,
        misplaced::CASES,
        command_line::CASES,
        building::CASES,
    ];
    kinds.into_iter().flatten()
}
