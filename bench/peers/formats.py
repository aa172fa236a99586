"""Writes the lesson `bench/lesson.md` in each peer's format.

`§` stands for any text in a line, and a line `§§` stands for any lines."""
import json
import re

ANY, MANY = "§", "§§"
# trycmd has no shell and no pipes, so it builds the same image from a directory.
PIPED = re.compile(r"^printf .* \| DOCKER_BUILDKIT=0 docker build -t (\S+) -$")


def read(text):
    """Returns the commands with their expected lines."""
    steps = []
    for body in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        for line in body.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            elif line == "...":
                steps[-1][1].append(MANY)
            else:
                # The width of a column depends on its cells, which differ from the author's.
                steps[-1][1].append(re.sub(r"(?:\s{2,}|\s*\[\.\.\]\s*)+", ANY, line))
    return steps


def times(many):
    return [("true", [])] * many


def floor(steps):
    return "set -e\n" + "".join(f"{command}\n" for command, _ in steps)


def lines(expected, any_text, many):
    return "".join((many if line == MANY else line.replace(ANY, any_text)) + "\n" for line in expected)


def dermaga(steps):
    body = "".join(f"$ {command}\n" + lines(expected, "[..]", "...") for command, expected in steps)
    return f"# Uji\n\n## Langkah {{#langkah}}\n\n```console\n{body}```\n"


def byexample(steps):
    return "# Uji\n\n" + "".join(
        f"```shell\n$ {command}\n{lines(expected, '<...>', '<...>')}\n```\n\n" for command, expected in steps
    )


def trycmd(steps, directory):
    out = "# Uji\n\n```console\n"
    for command, expected in steps:
        command = PIPED.sub(rf"docker build -t \1 {directory}", command)
        out += f"$ {command}\n" + lines(expected, "[..]", "...") + ("\n" if expected else "")
    return out + "```\n"


def scrut(steps):
    out = "# Uji\n\n"
    for at, (command, expected) in enumerate(steps):
        out += f"## langkah {at}\n\n```scrut\n$ {command}\n"
        for line in expected:
            out += "* (glob*)\n" if line == MANY else line.replace(ANY, "*") + (" (glob)" if ANY in line else "") + "\n"
        out += "```\n\n"
    return out


def prysk(steps):
    """This peer has no sign for any lines, so `head` or `tail` removes such lines from a command's output."""
    out = ""
    for command, expected in steps:
        wanted = [line for line in expected if line != MANY]
        if len(wanted) < len(expected):
            command += f" | {'tail' if expected[0] == MANY else 'head'} -n {len(wanted)}"
        out += f"  $ {command}\n"
        out += "".join(f"  {line.replace(ANY, '*')}{' (glob)' if ANY in line else ''}\n" for line in wanted) + "\n"
    return out


def doc_detective(steps):
    """This peer searches the output for one text. It gets the longest piece of the last expected line."""
    out = []
    for command, expected in steps:
        step = {"command": command, "exitCodes": [0], "timeout": 60000}
        pieces = [max(line.split(ANY), key=len) for line in expected if line != MANY]
        if any(pieces):
            step["stdio"] = [piece for piece in pieces if piece][-1]
        out.append({"runShell": step})
    return json.dumps({"tests": [{"testId": "uji", "steps": out}]}, indent=1, ensure_ascii=False)
