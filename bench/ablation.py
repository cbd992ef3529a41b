"""What each sign is worth: every sign left out in turn, over a folder of labelled cases.

    python bench/ablation.py FOLDER        writes a Markdown table to standard output

A case is a folder with case.json (its "cause", "me", "decidable_from_mailbox_alone"), mailboxes, and perhaps evidence/
and dns.json. Signs are found once; only the judging is repeated. The margin of a run is the log-odds of the true cause
against the best other one, for the campaign that decides; "margin lost" is its mean drop over the runs that show the
sign. Most signs are redundant on purpose: what matters is that no single one carries the verdict where several can.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from modori import judge
from modori.attribute import owner as owners
from modori.attribute.campaigns import examine
from modori.attribute.case import Lookup
from modori.attribute.fake import fake_signs
from modori.attribute.zone import Zone
from modori.count import surge
from modori.knowledge import table
from modori.ledger import Ledger
from modori.ledger.views import background, clusters
from modori.pipeline.learn import learn
from modori.read import read
from modori.types import Campaign

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
    owner = owners.learn(behind, truth.get("me", ()), (), groups)
    examined = examine(groups, owner, behind, Zone(owner, owners.confirmer(lookup)), lookup)
    surges = surge.detect(ledger.arrivals(), now=behind.last, begin=behind.first)
    campaigns = tuple(e.campaign for e in examined)
    return Run(name, truth["cause"], campaigns, judge.fakes(*fake_signs(behind)), bool(surges))


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    found = list(runs(Path(sys.argv[1])))
    right = [run for run in found if run.verdict() == run.cause]
    print(f"{len(right)} of {len(found)} runs right with all signs.\n")
    print("| sign | in runs | causes lost without it | margin lost (mean) | margin lost (most) |")
    print("|---|---|---|---|---|")
    for identity in table("signs")["sign"]:
        shown = [run for run in right if any(s.id == identity for c in run.campaigns for s in c.signs)]
        if shown:
            lost = [run.name for run in shown if run.verdict(identity) != run.cause]
            drops = [run.margin() - run.margin(identity) for run in shown]
            mean = sum(drops) / len(drops)
            print(f"| {identity} | {len(shown)} | {'; '.join(lost) or '-'} | {mean:.1f} | {max(drops):.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
