//! Docker command lines: which commands and options there are, what a typed line asks for, and whether two lines ask for
//! the same.
//!
//! `commands.txt` is the one table. An option or a command that a newer CLI has is added there.

mod compare;
mod parse;
mod table;
#[cfg(test)]
mod tests;

pub use compare::{Difference, are_alike, are_same_lines, differences, fulfils};
pub use parse::{DockerCommand, GivenOption, docker_commands, is_docker_program};
pub use table::{CliOption, CommandSpec, Operand, command_names, commands, find_command, nearest_command, subcommands};
