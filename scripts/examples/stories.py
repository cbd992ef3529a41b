"""Every story there is, by its name."""

from __future__ import annotations

from scripts.examples.broken_into import BrokenInto
from scripts.examples.fake_bounces import FakeBounces
from scripts.examples.forged import Forged
from scripts.examples.form_answers import FormAnswers
from scripts.examples.forward import Forward
from scripts.examples.inbox_only import InboxOnly
from scripts.examples.infected_computer import InfectedComputer
from scripts.examples.newsletter_program import NewsletterProgram
from scripts.examples.ordinary import Ordinary
from scripts.examples.shared_server import SharedServer
from scripts.examples.stale_list import StaleList
from scripts.examples.story import Story
from scripts.examples.two_at_once import TwoAtOnce

_ALL: tuple[type[Story], ...] = (
    BrokenInto,
    NewsletterProgram,
    InfectedComputer,
    Forged,
    StaleList,
    Forward,
    FormAnswers,
    SharedServer,
    FakeBounces,
    InboxOnly,
    Ordinary,
    TwoAtOnce,
)
STORIES = {story.name: story for story in _ALL}
