"""The reference pages, written from the data, and the verdict that each README shows, as it is printed: `make docs`.

A test compares them all, so that none can grow stale.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from modori.knowledge import table, words
from modori.knowledge.sources import sources

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
READMES = {"README.md": "en", "README.ja.md": "ja"}
_SHOWN = re.compile(r"(?m)^```\n\$ modori check (\S+)[^\n]*\n(?:.*\n)*?```$")
_BULLET = "\n  ・"


def pages() -> dict[str, str]:
    """File name to text."""
    return {
        "commands.md": commands(),
        "dialects.md": dialects(),
        "reasons.md": reasons(),
        "signs.md": signs(),
        "providers.md": providers(),
        "senders.md": senders(),
        "sources.md": origins(),
    }


def readme(page: str) -> str:
    """A README with the verdict, up to its first reason, that `modori check` prints today."""
    text = (ROOT / page).read_text("utf-8")
    shown = _SHOWN.search(text)
    if shown is None:
        raise SystemExit(f"{page} shows no verdict")
    arguments = f"check {shown[1]}" + (f" --lang {READMES[page]}" if READMES[page] != "en" else "")
    claims = _printed(arguments.split(), READMES[page]).split(_BULLET, 2)
    block = f"```\n$ modori {arguments}\n{_BULLET.join(claims[:2])}\n[...]\n```"
    return text[: shown.start()] + block + text[shown.end() :]


def _printed(arguments: list[str], lang: str) -> str:
    program = str(Path(sys.executable).with_name("modori"))
    known = {"COLUMNS": "80", "LANG": "C.UTF-8", "LC_ALL": f"{'ja_JP' if lang == 'ja' else 'C'}.UTF-8"}
    command = [program, *arguments, "--quiet"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **known}, stdout=subprocess.PIPE, check=False)
    return done.stdout.decode()


def dialects() -> str:
    """The software that is recognised by its bounces."""
    rows = [
        (key, data["name"], data.get("grammar", "table"), data["source"], _checked(data), data["date"])
        for key, data in sorted(table("dialects").items())
    ]
    intro = "The software whose bounces are recognised: one file each under `src/modori/knowledge/dialects/`."
    return _page("Dialects", intro, ("id", "name", "grammar", "source", "checked", "on"), rows)


def reasons() -> str:
    """Why mail is refused, and the names that Sisimai gives the same."""
    said = words("en")
    rows = [
        (f"`{key}`", said[f"reasons.{key}.name"], data["permanent"], data["sisimai"], data["fault"])
        for key, data in table("reasons").items()
    ]
    intro = (
        "Why mail is refused. *Permanent*: is the address to be taken off the list? *By code*: as the reply says "
        "(5xx yes, 4xx no). *Move*: whose turn it is."
    )
    return _page("Reasons", intro, ("reason", "in words", "permanent", "in Sisimai", "move"), rows)


def signs() -> str:
    """What counts as evidence, and how much."""
    rows = [
        (f"`{key}`", sign["group"], _weights(sign["weights"]), sign["reason"], sign.get("forgery", ""))
        for key, sign in table("signs")["sign"].items()
    ]
    intro = (
        "Pieces of evidence and their weights in natural-log odds. `outbound`: for (+) or against (-) its having left "
        "through the owner's own provider; of each group only the strongest counts."
    )
    return _page("Signs", intro, ("sign", "group", "weights", "why", "what can make it wrong"), rows)


def providers() -> str:
    """How much each provider lets one customer send."""
    rows = [
        (key, data["counts"], _limits(data["limits"]), data["across"], data["source"], _checked(data), data["date"])
        for key, data in sorted(table("limits")["provider"].items())
    ]
    intro = "Sending limits as the providers publish them. A provider without an entry publishes none that we know of."
    return _page("Providers", intro, ("provider", "counts", "limits", "added up over", "source", "checked", "on"), rows)


def senders() -> str:
    """Whose a bounce is by its sender address, and what its special texts mean."""
    said = words("en")
    rows = [
        (
            entry["name"]["en"],
            ", ".join(f"`{sender}`" for sender in _senders(entry)) or "none known",
            ", ".join(entry["domains"]),
            " ".join(said[f"providers.{key}.{special['id']}"] for special in entry.get("special", ())) or "unknown",
            entry["source"],
            _checked(entry),
            entry["date"],
        )
        for group in table("providers").values()
        for key, entry in group.items()
    ]
    intro = (
        "Who writes bounces from which address, and what their special texts mean. A sender address can be forged: "
        "this explains a letter, it is no evidence of who wrote it."
    )
    columns = ("who", "senders", "mail domains", "special meanings", "source", "checked", "on")
    return _page("Bounce senders", intro, columns, rows)


def origins() -> str:
    """What the data says was read, and what was written from general knowledge."""
    rows = [(f"`{s.where}`", "yes" if s.checked else "no", s.source, s.date) for s in sources()]
    intro = (
        "Where what is known comes from. *Checked*: the source was opened, or letters of that software were seen, on "
        "that day. What was not checked is written from general knowledge and may be wrong in its details: whoever "
        "opens the source and corrects the entry sets `checked = true`. Phrases have no sources of their own; each "
        "has a line that it decides under `tests/explain/`."
    )
    return _page("Sources", intro, ("entry", "checked", "source", "on"), rows)


def _checked(entry: Mapping[str, Any]) -> str:
    """Whether the source was opened (sources.md says what that means)."""
    return "yes" if entry["checked"] else "no"


def _senders(entry: Mapping[str, Any]) -> list[str]:
    return [
        *entry["senders"],
        *(sender for special in entry.get("special", ()) for sender in special.get("senders", ())),
    ]


def commands() -> str:
    """The commands with their options, as the program knows them."""
    from typer.main import get_command

    from modori.cli.app import app

    text = ["# Commands", "", _GENERATED]
    for name, command in _leaves(get_command(app), "modori"):
        text += ["", f"## {name}", "", (command.help or "").strip(), ""]
        text += ["| option | does |", "|---|---|"]
        text += [_row((_option(parameter), getattr(parameter, "help", "") or "")) for parameter in command.params]
    return "\n".join(text) + "\n"


def _leaves(command: Any, name: str) -> Iterable[tuple[str, Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield name, command
        return
    for key in sorted(children):
        yield from _leaves(children[key], f"{name} {key}")


def _option(parameter: Any) -> str:
    spelled = ", ".join(f"`{option}`" for option in parameter.opts if option.startswith("-"))
    return spelled or f"`{(parameter.metavar or parameter.name).upper()}`"


_GENERATED = "<!-- Written by `make docs`; do not edit. -->"


def _page(title: str, intro: str, head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = [f"# {title}", "", _GENERATED, "", intro, "", _row(head), "|" + "---|" * len(head)]
    return "\n".join([*lines, *map(_row, rows)]) + "\n"


def _row(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(map(_cell, cells)) + " |"


def _cell(value: Any) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ").strip()


def _weights(weights: Mapping[str, float]) -> str:
    return ", ".join(f"{cause} {weight:+g}" for cause, weight in weights.items())


def _limits(limits: Iterable[Mapping[str, Any]]) -> str:
    plans = ((limit, f" ({limit['plan']})" if limit["plan"] else "") for limit in limits)
    return ", ".join(f"{limit['most']} per {limit['window']}{plan}" for limit, plan in plans) or "none published"


def main() -> None:
    """Write every page."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    for page in READMES:
        (ROOT / page).write_text(readme(page), encoding="utf-8")


if __name__ == "__main__":
    main()
