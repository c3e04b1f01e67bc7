"""Looking at a feed before it is read for good: what stands at an address, and what it holds."""

from bot.clock import utc_now
from bot.errors import FeedError, FeedFormatError, WorkerError
from bot.feeds.http import Fetcher
from bot.feeds.page import find_feeds
from bot.feeds.urls import mask_url
from bot.model.article import ParsedFeed
from bot.model.feed import Feed, FeedSpec, Fetched, FetchFailed, RateLimited
from bot.model.text import one_line
from bot.workers import Workers


async def discover(fetcher: Fetcher, workers: Workers, address: str) -> tuple[FeedSpec, ...]:
    """Return the feed at the address, or those that the page there links to. Raises FeedError.

    A bare name, as people type it ("example.org"), is taken for https.
    """
    if "://" not in address and "." in address:
        address = f"https://{address}"
    outcome = await fetcher.fetch_feed(Feed(id=0, url=address, title=""))
    match outcome:
        case Fetched():
            pass
        case FetchFailed(reason=reason):
            raise FeedError(reason)
        case _:
            raise FeedError(f"The site answers, but gives nothing at {mask_url(address)} now.")
    try:
        parsed = await _parse(workers, outcome)
    except FeedFormatError:
        found = find_feeds(outcome.body, url=outcome.url)
        if not found:
            raise FeedError(
                f"There is no feed at {mask_url(address)}, and the page links to none.",
                cure="Look on the site for 'RSS' and name that address.",
            ) from None
        return found
    # as it was named, with its password: a redirect that is not for good may lead elsewhere tomorrow
    return (FeedSpec(url=outcome.moved_to or address, title=parsed.title),)


async def _parse(workers: Workers, fetched: Fetched) -> ParsedFeed:
    """Parse in a process that can be killed: some documents keep a parser for minutes."""
    return await workers.parse(fetched.body, url=fetched.url, content_type=fetched.content_type, now=utc_now())


async def test_feed(fetcher: Fetcher, workers: Workers, url: str) -> tuple[bool, str]:
    """Fetch and parse a feed without storing anything; return whether it is good, and what it holds or lacks."""
    outcome = await fetcher.fetch_feed(Feed(id=0, url=url, title=""))
    shown = mask_url(url)
    match outcome:
        case Fetched():
            try:
                parsed = await _parse(workers, outcome)
            except (FeedError, WorkerError) as error:
                return False, f"{shown}: {error}"
            return True, f"{shown}: {_told(parsed, outcome)}"
        case FetchFailed(reason=reason):
            return False, f"{shown}: {reason}"
        case RateLimited():
            return False, f"{shown}: the site asks to slow down; try again later"
        case _:
            return False, f"{shown}: the site has ended it (410)"


def _told(parsed: ParsedFeed, fetched: Fetched) -> str:
    dates = [article.published for article in parsed.articles if article.published]
    newest = f", newest {max(dates):%Y-%m-%d %H:%M} UTC" if dates else ", no dates"
    moved = f", moved to {mask_url(fetched.moved_to)}" if fetched.moved_to else ""
    wrong = f"; {one_line(parsed.warning)}" if parsed.warning else ""
    return f"{one_line(parsed.title)!r}, {len(parsed.articles)} items{newest}{moved}{wrong}"
