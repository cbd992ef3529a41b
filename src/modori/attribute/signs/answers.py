"""What the user said when asked: knowledge/questions.toml says which sign an answer is, signs.toml how much it weighs.

It is said of the mailbox, so it speaks about every campaign; where a campaign's own way is clear, that outweighs it.
"""

from __future__ import annotations

from modori.attribute.case import Case, Signs, sign
from modori.knowledge import table


def signs(case: Case) -> Signs:
    questions = table("questions")["question"]
    for answer in case.background.answers:
        identity = questions.get(answer.id, {}).get(answer.value, "")
        if identity:
            yield sign(identity)
