"""Independent servers that tell one story, and a flood that the own server never wrote about."""

from __future__ import annotations

from tests.attribute.build import crossing_line, foreign_bounce, forged, hijacked, many, original, own_bounce


def _crossings(servers: int) -> list[bytes]:
    teach = own_bounce(original([], number=99))
    return [teach] + [
        foreign_bounce(
            original([crossing_line(f"mx.shop{n % servers}.example")], number=n),
            writer=f"mx.shop{n % servers}.example",
            ip=f"198.51.100.{30 + n % servers}",
        )
        for n in range(6)
    ]


def test_three_servers_saw_the_own_relay() -> None:
    assert many(_crossings(3)).signs()["connecting-several"].params["count"] == 3


def test_one_server_that_says_it_six_times_is_one() -> None:
    assert "connecting-several" not in many(_crossings(1)).signs()


def test_many_bounces_and_none_by_the_own_server() -> None:
    assert "foreign-writers-only" in many(forged(12)).signs()


def test_few_bounces_or_own_ones_say_nothing() -> None:
    assert "foreign-writers-only" not in many(forged(5)).signs()
    assert "foreign-writers-only" not in many(hijacked(12)).signs()
