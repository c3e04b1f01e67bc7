"""A company that a channel watches."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """A company with the names that it goes by."""

    name: str
    aliases: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    """Upper case, without the exchange: "META"."""
    domains: tuple[str, ...] = ()
    """Lower case, without www: "scale.com"."""
