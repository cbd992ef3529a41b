"""What each sign is worth, over a folder of labelled cases: left out in turn, and with all weights shaken.

    python -m bench.ablation FOLDER            prints two Markdown tables
    python -m bench.ablation FOLDER --write    puts them into docs/attribution.md

A case is a folder with case.json (its "cause", "me", "decidable_from_mailbox_alone"), mailboxes, and perhaps evidence/
and dns.json. Signs are found once; only the judging is repeated. The margin of a run is the log-odds of the true cause
against the best other one, in the campaign that shows it best; "margin lost" is its drop over the runs that show the
sign. Most signs are redundant on purpose: what matters is that no single one carries the verdict where several can.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from bench import manual
from modori import judge
from modori.attribute.campaigns import examine
from modori.attribute.case import Lookup
from modori.attribute.extend import acquainted
from modori.attribute.fake import fake_signs
from modori.count import surge
from modori.knowledge import table
from modori.ledger import Ledger
from modori.ledger.views import background, clusters
from modori.pipeline.learning import learn
from modori.read import read
from modori.types import ACT_NOW, NOISE, Campaign

PAGE = Path(__file__).parents[1] / "docs" / "attribution.md"
CALM = NOISE | {"none"}
DRAWS = 40
TRUTH = {"case.json", "labels.jsonl", "labels.jsonl.gz", "dns.json", "evidence"}


@dataclass(frozen=True)
class Run:
    """One case in one mode, examined: everything the judge needs."""

    name: str
    cause: str
    campaigns: tuple[Campaign, ...]
    fake: Campaign | None
    surging: bool

    def verdict(self, without: str = "") -> str:
        settled = [judge.settle(_less(c, without)) for c in self.campaigns]
        if self.fake is not None:
            settled.append(self.fake)
        return judge.verdict(settled, self.surging).cause

    def margin(self, without: str = "") -> float:
        """Log-odds of the true cause in the campaign that shows it best."""
        found = [judge.posterior(_less(c, without).signs, c.bounces) for c in self.campaigns]
        return max((_odds(odds, self.cause) for odds in found if self.cause in odds), default=0.0)


def _less(campaign: Campaign, without: str) -> Campaign:
    return replace(campaign, signs=tuple(s for s in campaign.signs if s.id != without))


def _odds(odds: dict[str, float], cause: str) -> float:
    best = max(p for name, p in odds.items() if name != cause)
    return math.log(max(odds[cause], 1e-300)) - math.log(max(best, 1e-300))


def runs(folder: Path) -> Iterator[Run]:
    for case in sorted(p.parent for p in folder.rglob("case.json")):
        truth = json.loads((case / "case.json").read_text(encoding="utf-8"))
        boxes = [str(p) for p in sorted(case.iterdir()) if p.name not in TRUTH]
        if truth.get("decidable_from_mailbox_alone") is True:
            yield _run(f"{case.name}, mailbox", truth, boxes, None)
        evidence = [str(p) for p in sorted((case / "evidence").iterdir())] if (case / "evidence").is_dir() else []
        if evidence:
            yield _run(f"{case.name}, evidence", truth, boxes + evidence, None)
        if (case / "dns.json").is_file():
            yield _run(f"{case.name}, online", truth, boxes + evidence, _resolver(case / "dns.json"))


def _resolver(path: Path) -> Lookup:
    names = {name.lower().rstrip("."): kinds for name, kinds in json.loads(path.read_text(encoding="utf-8")).items()}
    return lambda name, kind: tuple(names.get(name.lower().rstrip("."), {}).get(kind, ()))


def _run(name: str, truth: dict[str, Any], sources: list[str], lookup: Lookup | None) -> Run:
    ledger = learn(read(sources, lambda problem: None), Ledger())
    groups, behind = clusters(ledger.cells), background(ledger)
    owner, zone = acquainted(behind, groups, truth.get("me", ()), lookup=lookup)
    examined = examine(groups, owner, behind, zone, lookup)
    surges = surge.detect(ledger.arrivals(), now=behind.last, begin=behind.first)
    campaigns = tuple(e.campaign for e in examined)
    return Run(name, truth["cause"], campaigns, judge.fakes(*fake_signs(behind)), bool(surges))


def scaled(run: Run, factors: Mapping[str, float]) -> Run:
    """The run with every weight multiplied by its sign's factor."""
    campaigns = tuple(
        replace(c, signs=tuple(replace(s, bits=s.bits * factors[s.id]) for s in c.signs)) for c in run.campaigns
    )
    return replace(run, campaigns=campaigns)


def left_out(right: Sequence[Run]) -> str:
    rows = ["| sign | in runs | verdicts lost without it | margin lost, mean | most |", "|---|---|---|---|---|"]
    for identity in table("signs")["sign"]:
        shown = [run for run in right if any(s.id == identity for c in run.campaigns for s in c.signs)]
        if shown:
            said = [(run.cause, run.verdict(identity)) for run in shown]
            lost = Counter(f"{true} to {answer}" for true, answer in said if true != answer)
            drops = [run.margin() - run.margin(identity) for run in shown]
            mean = sum(drops) / len(drops)
            named = ", ".join(f"{count} {change}" for change, count in sorted(lost.items())) or "-"
            rows.append(f"| `{identity}` | {len(shown)} | {named} | {mean:.1f} | {max(drops):.1f} |")
    return "\n".join(rows)


def shaken(found: Sequence[Run]) -> str:
    """How many verdicts stay right when the weights are wrong: all too small, too large, or each off at random."""
    rows = ["| weights | right | dangerous | false alarms |", "|---|---|---|---|"]
    identities = table("signs")["sign"]
    for factor in (0.5, 0.75, 1.0, 1.5, 2.0):
        same = dict.fromkeys(identities, factor)
        rows.append(f"| all times {factor} | {_tally([scaled(run, same) for run in found])} |")
    for spread in (0.2, 0.4):
        drawn = [run for seed in range(DRAWS) for run in _drawn(found, spread, seed)]
        rows.append(f"| each times e^N(0, {spread}), {DRAWS} draws | {_tally(drawn)} |")
    return "\n".join(rows)


def _drawn(found: Sequence[Run], spread: float, seed: int) -> list[Run]:
    random = Random(seed)
    factors = {identity: math.exp(random.gauss(0.0, spread)) for identity in sorted(table("signs")["sign"])}
    return [scaled(run, factors) for run in found]


def _tally(found: Sequence[Run]) -> str:
    said = [(run.cause, run.verdict()) for run in found]
    right = sum(true == answer for true, answer in said) / len(said)
    danger = sum(true in ACT_NOW and answer in CALM for true, answer in said) / len(said)
    alarm = sum(true in CALM and answer in ACT_NOW for true, answer in said) / len(said)
    return f"{right:.1%} | {danger:.1%} | {alarm:.1%}"


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 0  # `make bench` runs every script here, and the cases are not part of the project
    found = list(runs(Path(sys.argv[1])))
    right = [run for run in found if run.verdict() == run.cause]
    head = f"{len(right)} of {len(found)} runs right with all signs."
    parts = {"left-out": f"{head}\n\n{left_out(right)}\n", "shaken": f"{shaken(found)}\n"}
    for name, content in parts.items():
        if "--write" in sys.argv:
            manual.put(name, content, PAGE)
        else:
            print(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
