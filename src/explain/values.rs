//! Checks the values of options. Finds a forgotten value, for which docker took the next word, and values that docker
//! cannot read.

use super::cause::Cause;
use super::kind::Kind;
use super::misplaced::{option_of, with_words};
use super::typed::is_program;
use crate::docker_cli::{DockerCommand, GivenOption, Operand};

/// Finds an option whose value was forgotten, so that docker took the next word as the value. This word is another
/// option (`--name -d`), or an image according to `is_image` (`-p nginx:alpine`).
pub(super) fn forgotten_value(cause: &Cause, is_image: impl Fn(&str) -> bool) -> Option<Cause> {
    // In `save -o IMAGE FILE`, the two words are swapped. In `load -i IMAGE`, an image stands in the place of the file.
    let is_exchanged = |call: &&DockerCommand| match call.familiar_name() {
        "save" => call.first().is_some(),
        name => name == "load",
    };
    let call = cause.call.as_ref().filter(|call| !is_exchanged(call))?;
    let wants_operand = call.command.is_some_and(|command| command.operand(0) != Operand::Other);
    // Whether a space separates the value from its option.
    let is_apart = |value: &str| call.words[..call.options_end].iter().any(|word| word == value);
    let takes = |given: &&GivenOption| given.option.is_some_and(|option| option.takes_value);
    let found = call.options.iter().filter(takes).find(|given| {
        let Some(value) = given.value.as_deref().filter(|value| is_apart(value)) else { return false };
        if option_of(value, call).is_some() {
            return true;
        }
        let is_last = call.words[..call.options_end].last().is_some_and(|last| last == value);
        match cause.kind {
            // Docker could not read the value, and no other word is left.
            Kind::FlagValue if call.first().is_none() => is_last && wants_operand,
            _ => is_last && is_image(value) && !has_colons(given) && !names_container(given, call),
        }
    })?;
    let value = found.value.as_deref()?;
    Some(Cause::new(Kind::ValueForgotten, Some(call)).with("flag", found.typed.as_str()).with("value", value))
}

/// Options whose correct values can have the form of an image with a tag: `--user root:root`.
const WITH_COLONS: [&str; 9] =
    ["user", "add-host", "link", "volumes-from", "device", "log-opt", "security-opt", "ulimit", "label"];

fn has_colons(given: &GivenOption) -> bool {
    let is_of_container = given.value.as_ref().is_some_and(|value| value.starts_with("container:"));
    WITH_COLONS.contains(&given.name.as_str()) || is_of_container
}

/// Whether the option is `--name`, and a name stands in the place of the image. Then the image and the name are
/// swapped, and no value is missing.
fn names_container(given: &GivenOption, call: &DockerCommand) -> bool {
    given.name == "name" && call.first().is_some_and(|first| !is_program(first))
}

/// Whether a word has the form of an image with a tag, such as `alpine:3.20`. Needs no list of images.
pub(super) fn looks_like_image(word: &str) -> bool {
    let Some((name, tag)) = word.split_once(':') else { return false };
    let is_name = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_./".contains(letter));
    is_name && !tag.is_empty() && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
}

/// Finds the fault in the value of `-p`: the sign between the ports, a port number, or the whole value.
pub(super) fn explain_ports(mut cause: Cause) -> Cause {
    let Some(call) = cause.call.clone() else { return cause };
    let said = cause.get("value").unwrap_or_default().to_owned();
    let mut given =
        call.options.iter().filter(|option| option.name == "publish").filter_map(|one| one.value.as_deref());
    let ports = given.clone().find(|value| !said.is_empty() && value.contains(&said)).or_else(|| given.next_back());
    let ports = ports.map_or_else(|| said.clone(), str::to_owned);
    cause.set("ports", ports.as_str());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let signs = [".", ",", "/", "=", "-", "_", "::"];
    let sign = signs.into_iter().find(|sign| ports.split_once(sign).is_some_and(|(a, b)| is_number(a) && is_number(b)));
    // `8080-8090` alone is a range of ports.
    if let Some(sign) = sign.filter(|sign| *sign != "-") {
        let meant = ports.replace(sign, ":");
        let words: Vec<String> = call.words.iter().map(|word| word.replace(&ports, &meant)).collect();
        cause.kind = Kind::PortSign;
        cause.set("sign", sign);
        cause.set("near", with_words(&call, &words));
        return cause;
    }
    let high = ports.split([':', '-', '/']).find(|part| is_number(part) && part.parse::<u16>().is_err());
    let zero = ports.split(':').next_back().filter(|part| is_number(part) && part.trim_matches('0').is_empty());
    if let Some(port) = high.or(zero) {
        cause.kind = Kind::PortRange;
        cause.set("port", port);
    }
    cause
}

/// Finds the character that a container's name must not have, or finds that the name is too short.
pub(super) fn explain_name(mut cause: Cause) -> Cause {
    let name = cause.get("name").unwrap_or_default().to_owned();
    let is_allowed = |sign: &char| sign.is_ascii_alphanumeric() || "_.-".contains(*sign);
    let kept = |sign: char| if is_allowed(&sign) { sign } else { '-' };
    if let Some(sign) = name.chars().find(|sign| !is_allowed(sign)) {
        cause.kind = if sign == ' ' { Kind::NameBlank } else { Kind::NameSign };
        cause.set("sign", sign);
        let near: String = name.chars().map(kept).collect();
        cause.set("near", near.trim_matches(['-', '.', '_']));
    } else if name.chars().count() < 2 {
        cause.kind = Kind::NameShort;
    }
    cause
}

/// Completes a cause about a value that docker cannot read: sets the option as typed, and the kind of the fault.
pub(super) fn explain_value(mut cause: Cause) -> Cause {
    let Some(call) = cause.call.clone() else { return cause };
    let value = cause.get("value").unwrap_or_default().to_owned();
    let Some(given) = call.options.iter().find(|given| given.value.as_deref() == Some(&value)) else { return cause };
    cause.set("flag", given.typed.as_str());
    let (whole, part) = value.split_once(',').unwrap_or_default();
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if given.option.is_some_and(|option| !option.takes_value) {
        cause.kind = Kind::FlagSwitch;
    } else if given.name == "memory" {
        cause.kind = Kind::SizeInvalid;
    } else if are_digits(whole) && are_digits(part) {
        let meant = value.replace(',', ".");
        let words: Vec<String> = call.words.iter().map(|word| word.replace(&value, &meant)).collect();
        cause.kind = Kind::FlagComma;
        cause.set("near", with_words(&call, &words));
    }
    cause
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::docker_cli::docker_commands;

    fn cause(kind: Kind, command: &str) -> Cause {
        Cause::new(kind, docker_commands(command).first())
    }

    #[test]
    fn option_that_took_the_next_word_as_its_value_is_found() {
        for (kind, typed, flag, value) in [
            (Kind::NameInvalid, "docker run --name -d alpine:3.20", "--name", "-d"),
            (Kind::PortInvalid, "docker run -p -d nginx:alpine", "-p", "-d"),
            (Kind::TooFew, "docker run -d -p nginx:alpine", "-p", "nginx:alpine"),
            (Kind::ImageUnknown, "docker run --name alpine:3.20 sleep 600", "--name", "alpine:3.20"),
            (Kind::ImageUnknown, "docker run -e alpine:3.20 env", "-e", "alpine:3.20"),
            (Kind::FileMissing, "docker run --env-file alpine:3.20 env", "--env-file", "alpine:3.20"),
            (Kind::FlagValue, "docker run -m alpine:3.20 true", "-m", "alpine:3.20"),
            (Kind::FlagValue, "docker stop -t kapal", "-t", "kapal"),
        ] {
            let found = forgotten_value(&cause(kind, typed), looks_like_image).expect(typed);
            assert_eq!((found.get("flag"), found.get("value")), (Some(flag), Some(value)), "{typed}");
        }
        for (kind, typed) in [
            (Kind::ImageUnknown, "docker run --name kapal alpin:3.20"),
            (Kind::ImageUnknown, "docker run --name alpine:3.20 kapal"),
            (Kind::TooFew, "docker create --name kapal"),
            (Kind::ImageUnknown, "docker run --user root:root alpin"),
            (Kind::ImageUnknown, "docker run --network container:kapal alpin"),
            (Kind::FlagValue, "docker ps -n x"),
            (Kind::FlagValue, "docker run --cpus=x alpine:3.20"),
            (Kind::PortInvalid, "docker run -p 80:8x alpine:3.20"),
            (Kind::ImageUnknown, "docker run -v data:/x alpin"),
        ] {
            assert_eq!(forgotten_value(&cause(kind, typed), looks_like_image), None, "{typed}");
        }
    }

    #[test]
    fn each_fault_in_a_published_port_has_its_own_kind() {
        for (ports, kind, name, value) in [
            ("8080.80", Kind::PortSign, "near", "docker run -p 8080:80 nginx"),
            ("8080/80", Kind::PortSign, "sign", "/"),
            ("99999:80", Kind::PortRange, "port", "99999"),
            ("8080:99999", Kind::PortRange, "port", "99999"),
            ("8080:0", Kind::PortRange, "port", "0"),
            ("abc:80", Kind::PortInvalid, "ports", "abc:80"),
            ("8080:80:90", Kind::PortInvalid, "ports", "8080:80:90"),
        ] {
            let typed = format!("docker run -p {ports} nginx");
            let found = explain_ports(cause(Kind::PortInvalid, &typed));
            assert_eq!((found.kind, found.get(name)), (kind, Some(value)), "{typed}");
        }
    }

    #[test]
    fn invalid_character_in_a_name_is_found_and_replaced() {
        for (name, kind, sign, near) in [
            ("x=y", Kind::NameSign, Some("="), Some("x-y")),
            ("kapal laut", Kind::NameBlank, Some(" "), Some("kapal-laut")),
            ("kapal!", Kind::NameSign, Some("!"), Some("kapal")),
            ("k", Kind::NameShort, None, None),
            (".kapal", Kind::NameInvalid, None, None),
        ] {
            let found = explain_name(cause(Kind::NameInvalid, "docker run --name x y").with("name", name));
            assert_eq!((found.kind, found.get("sign"), found.get("near")), (kind, sign, near), "{name}");
        }
    }
}
