"""The plan as text: numbered steps under their urgencies, each with its reason, its way, and what to check."""

from __future__ import annotations

from modori.knowledge import table
from modori.show.page import Page
from modori.types import Plan, Step

_PRESSING = frozenset({"now", "today"})  # what can wait is named with its reason; how to do it would only be in the way


def steps(page: Page, plan: Plan) -> None:
    """All steps, numbered through, with a line above each change of urgency."""
    urgency = ""
    for number, step in enumerate(plan.steps, 1):
        if step.urgency != urgency:
            urgency = step.urgency
            page.gap()
            page.line(f"[{page.say(f'ui.urgency.{urgency}')}]", "  ", "yellow" if urgency == "now" else "bold")
        _step(page, number, step)
    if not page.verbose and any(step.urgency not in _PRESSING for step in plan.steps):
        page.gap()
        page.line(page.say("ui.line.more_how"), "  ", "dim")


def _step(page: Page, number: int, step: Step) -> None:
    mark = f"  {number:>2}. "
    page.line(title(page, step), mark, "bold")
    hang = " " * len(mark)
    told = reason(page, step)
    if told:
        page.line(told, hang)
    if step.urgency in _PRESSING or page.verbose:
        _details(page, step, hang)


def _details(page: Page, step: Step, hang: str) -> None:
    for line in how(page, step):
        page.line(line, f"{hang}- ")
    panel = panel_page(page, step)
    if panel:
        page.line(f"{page.say('ui.line.step_page')}: {panel}", hang)
    for part in ("check", "undo"):
        said = page.words.first([f"steps.{step.id}.{part}"], step.params)
        if said:
            page.line(f"{page.say(f'ui.line.step_{part}')}: {said}", hang, "dim")


def title(page: Page, step: Step) -> str:
    return page.say(f"steps.{step.id}.do", step.params)


def reason(page: Page, step: Step) -> str:
    """Why this step: the reason of the clause that chose it, else the step's own."""
    chosen = [f"steps.{step.id}.because.{because}" for because in step.because]
    return page.words.first([*chosen, f"steps.{step.id}.why"], step.params)


def how(page: Page, step: Step) -> list[str]:
    return [line for line in page.words.lines(f"steps.{step.id}.how", step.params) if line]


def panel_page(page: Page, step: Step) -> str:
    """The way through the provider's menus, with a word of caution where nobody has checked it."""
    panel = table("panels").get(step.provider)
    if panel is None or step.id not in panel.get("pages", {}):
        return ""
    way = str(panel["pages"][step.id][page.words.lang])
    if panel.get("checked"):
        return way
    return f"{way} {page.say('ui.line.page_unchecked', {'name': panel['name'][page.words.lang]})}"
