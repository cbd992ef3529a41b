"""A brand's name is borrowed when it stands alone over a stranger's address; names that only contain one are free."""

from __future__ import annotations

import pytest

from modori.knowledge import table
from modori.rescue.brand import borrowed

BRANDS = table("brands")["brand"]


@pytest.mark.parametrize("brand", BRANDS)
def test_each_name_belongs_to_its_owner_alone(brand: str) -> None:
    for name in BRANDS[brand]["names"]:
        assert borrowed(name, "info@login-check.example"), name
        assert borrowed(f"【{name}】", f"info@{BRANDS[brand]['domains'][0]}.login-check.example"), name
        for domain in BRANDS[brand]["domains"]:
            assert not borrowed(name, f"info@{domain}")
            assert not borrowed(name, f"info@mail.{domain}")


@pytest.mark.parametrize("ending", table("brands")["endings"])
def test_an_ending_does_not_make_it_another_name(ending: str) -> None:
    assert borrowed(f"Amazon {ending}", "info@login-check.example")
    assert not borrowed(ending, "info@login-check.example")


@pytest.mark.parametrize(
    "name", ["", "Amazonas Reisen", "Apple Tree Cafe", "花の店みどり 楽天市場店", "Googly Eyes", "田中 楽天"]
)
def test_a_name_with_a_brand_in_it_is_somebody_s_own(name: str) -> None:
    assert not borrowed(name, "info@flowers.example")


def test_full_width_letters_are_the_same_name() -> None:
    assert borrowed("Ａｍａｚｏｎ．ｃｏ．ｊｐ", "info@login-check.example")
