"""How far many plans are, without reading a report: the same as reading each incident whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from modori.store import Overview, Store
from modori.types import Owner, Plan
from tests.show import builders
from tests.show.builders import DAY, T

NOW = T + DAY


def test_it_agrees_with_the_incidents_themselves(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "modori.sqlite3"))
    kept = {}
    for number, (cause, made) in enumerate(builders.ALL.items()):
        report = replace(made(), owner=Owner(addresses=(f"{cause}@hanaya.example",)))
        kept[cause] = store.keep(report, [f"/{cause}"], NOW).id
        for task in store.incident(kept[cause]).tasks[:number]:
            store.tick(kept[cause], task.step.id, NOW)
    store.shut(kept["forged"], NOW)
    found = store.overviews([*kept.values(), "nobody"])
    for name in kept.values():
        wanted = [task for task in store.incident(name).tasks if task.wanted]
        done = sum(task.done is not None for task in wanted)
        assert found[name] == Overview(done, len(wanted), name == kept["forged"])
    assert found.keys() == set(kept.values())
    assert store.named(closed=True) == [kept["forged"]]
    assert set(store.named(closed=False)) == set(kept.values()) - {kept["forged"]}


def test_a_step_that_is_no_longer_asked_for_does_not_count(tmp_path: Path) -> None:
    store = Store.open(str(tmp_path / "modori.sqlite3"))
    report = builders.ALL["hijacked"]()
    name = store.keep(report, ["/box"], NOW).id
    first, *rest = report.plan.steps
    store.tick(name, first.id, NOW)
    store.keep(replace(report, plan=Plan(tuple(rest[:3]))), ["/box"], NOW + DAY)
    assert store.overviews([name]) == {name: Overview(0, 3)}
