//! Reads docker command lines. Knows the existing commands and options, parses typed lines, and compares lines by their
//! effect.
//!
//! `commands.txt` is the only table. To support an option or a command of a newer CLI, add the option or the command to
//! this table.

mod compare;
mod parse;
mod table;
#[cfg(test)]
mod tests;

pub use compare::{Difference, are_alike, are_same_lines, differences, fulfils, is_same_stop};
pub use parse::{DockerCommand, GivenOption, changes_other_settings, docker_commands, is_docker_program};
pub use table::{CliOption, CommandSpec, Operand, command_names, find_command, nearest_command, subcommands};
