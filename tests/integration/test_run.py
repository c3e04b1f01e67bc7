"""`dealbell run` as its users run it: a real process, real sockets, a real database."""

import asyncio
import gzip
import re
import signal

from aiohttp import web

from tests.integration.conftest import Bot, Site, item, rss

RAISE = item(
    "raise",
    "Quillmark raises $40 million in Series B led by Oakline Ventures",
    "Quillmark, a maker of warehouse software, has raised $40 million in a Series B round led by Oakline Ventures.",
)
OLD = item("old", "Fernhollow acquires Brackwater for $75 million", "Fernhollow said it has acquired Brackwater.")


def headlines(cards: str) -> list[str]:
    return re.findall(r"Quillmark raises \$40M", cards)


def test_what_a_feed_holds_when_it_is_new_stays_silent_and_what_comes_next_is_told_once(site: Site, bot: Bot) -> None:
    site.feed("news", OLD)
    bot.listen_to("news")
    bot.start()
    bot.wait_until_polled("news", times=2)
    site.feed("news", RAISE, OLD)
    bot.wait_for(lambda: headlines(bot.cards()), "the card")
    bot.wait_until_polled("news", times=3)
    assert bot.stop() == 0
    assert len(headlines(bot.cards())) == 1
    assert re.search(r"running .*chats=console .*feeds=1", bot.log.read_text(encoding="utf-8"))
    assert "Brackwater" not in bot.cards()
    assert "Oakline Ventures" in bot.cards()


def test_a_changed_title_date_or_address_of_a_known_item_posts_nothing_again(site: Site, bot: Bot) -> None:
    site.feed("news", OLD)
    bot.listen_to("news")
    bot.start()
    bot.wait_until_polled("news", times=2)
    site.feed("news", RAISE, OLD)
    bot.wait_for(lambda: headlines(bot.cards()), "the card")
    changed = RAISE.replace("<guid>raise</guid>", "<guid>raise-2</guid>").replace("led by", "with")
    site.feed("news", changed.replace("/raise</link>", "/raise?utm_source=feed</link>"), OLD)
    bot.wait_until_polled("news", times=3)
    assert bot.stop() == 0
    assert len(headlines(bot.cards())) == 1


def test_it_asks_politely_and_takes_304_for_an_answer(site: Site, bot: Bot) -> None:
    site.feed("news", OLD)
    bot.listen_to("news")
    bot.env["DEALBELL_CONTACT"] = "editor@example.org"
    bot.start()
    bot.wait_until_polled("news", times=3)
    assert bot.stop() == 0
    first, *later = site.headers["/news"]
    assert "editor@example.org" in first["User-Agent"]
    assert first["User-Agent"].startswith("Dealbell/")
    assert all("If-None-Match" in headers for headers in later)


def test_sites_that_misbehave_do_not_stop_the_others(site: Site, bot: Bot) -> None:
    inner = Site()
    inner.start()
    site.feed("good", OLD)
    site.feed("new-home", OLD)
    bad = _misbehave(site, inner)
    bot.listen_to("good", *bad)
    bot.start()
    bot.wait_until_polled("good", *bad)
    bot.wait_until_polled("good", times=2)
    site.feed("good", RAISE, OLD)
    bot.wait_for(lambda: headlines(bot.cards()), "the card from the good feed")
    bot.wait_for(lambda: "slow" in bot.run("status").stdout, "the slow feed's mark")
    status = bot.run("status").stdout
    listed = bot.run("feeds", "list").stdout
    assert bot.stop() == 0
    inner.stop()
    assert inner.asked.total() == 0, "the guard must refuse the redirect to an address that was not allowed"
    assert len(headlines(bot.cards())) == 1
    for name in ("/slow", "/bomb", "/inside", "/busy", "/page"):
        assert re.search(rf"failing.*{name}\b", status), f"{name} is not marked:\n{status}"
    assert "ended by the site (410)" in listed
    assert "/new-home" in listed
    assert site.asked["/gone"] == 1
    assert site.asked["/busy"] == 1


def _misbehave(site: Site, inner: Site) -> tuple[str, ...]:
    async def moved(request: web.Request) -> web.StreamResponse:
        raise web.HTTPMovedPermanently(f"{site.base}/new-home")

    async def gone(request: web.Request) -> web.StreamResponse:
        raise web.HTTPGone

    async def busy(request: web.Request) -> web.StreamResponse:
        return web.Response(status=429, headers={"Retry-After": "3600"})

    async def slow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.3)

    async def bomb(request: web.Request) -> web.StreamResponse:
        body = gzip.compress(b"\0" * 60_000_000)
        return web.Response(body=body, headers={"Content-Encoding": "gzip", "Content-Type": "application/rss+xml"})

    async def charset(request: web.Request) -> web.StreamResponse:
        body = rss(item("umlaut", "Müller übernimmt Größe")).encode("windows-1252")
        return web.Response(body=body, headers={"Content-Type": "application/rss+xml; charset=utf-8"})

    async def cut(request: web.Request) -> web.StreamResponse:
        body = rss(OLD, item("second", "A second item"))
        return web.Response(text=body[: len(body) - 60], content_type="application/rss+xml")

    async def inside(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"{inner.base}/secret")

    async def page(request: web.Request) -> web.StreamResponse:
        return web.Response(text="<html><body>No feed here</body></html>", content_type="text/html")

    handlers = {"moved": moved, "gone": gone, "busy": busy, "slow": slow, "bomb": bomb, "charset": charset,
                "cut": cut, "inside": inside, "page": page}  # fmt: skip
    site.pages |= {f"/{name}": handler for name, handler in handlers.items()}
    return tuple(handlers)


def test_a_deal_told_by_three_outlets_is_one_card(site: Site, bot: Bot) -> None:
    for name in ("one", "two", "three"):
        site.feed(name, OLD.replace("<guid>old", f"<guid>{name}"), title=name.title())
    bot.listen_to("one", "two", "three")
    bot.start()
    bot.wait_until_polled("one", "two", "three", times=2)
    for name in ("one", "two", "three"):
        told = RAISE.replace("/raise<", f"/{name}/raise<").replace("<guid>raise", f"<guid>{name}-raise")
        site.feed(name, told, title=name.title())
    bot.wait_for(lambda: headlines(bot.cards()), "the card")
    bot.wait_until_polled("one", "two", "three", times=2)
    assert bot.stop() == 0
    assert len(headlines(bot.cards())) == 1


def test_where_a_feed_gives_only_teasers_the_page_is_read_unless_its_robots_txt_forbids(site: Site, bot: Bot) -> None:
    told = (
        "Quillmark has raised $40 million in a Series B round led by Oakline Ventures, the company said on Monday. " * 3
    )

    async def page(request: web.Request) -> web.StreamResponse:
        body = f"<html><head><title>Quillmark</title></head><body><article><p>{told}</p></article></body></html>"
        return web.Response(text=body, content_type="text/html")

    async def robots(request: web.Request) -> web.StreamResponse:
        return web.Response(text="User-agent: *\nDisallow: /closed/")

    site.pages |= {"/open/quillmark": page, "/closed/quillmark": page, "/robots.txt": robots}
    names = ("open", "closed")
    for name in names:
        site.feed(name, OLD.replace("<guid>old", f"<guid>{name}"), title=name)
    bot.listen_to(*names, full_text=True)
    bot.start()
    bot.wait_until_polled(*names, times=2)
    for name in names:
        teaser = item(f"{name}-teaser", "Quillmark raises money", "Read more on our site.")
        site.feed(name, teaser.replace(f"https://news.example/{name}-teaser", f"{site.base}/{name}/quillmark"))
    bot.wait_for(lambda: headlines(bot.cards()), "the card from the page's text")
    bot.wait_until_polled(*names)
    assert bot.stop() == 0
    assert site.asked["/open/quillmark"] == 1
    assert site.asked["/closed/quillmark"] == 0


def test_sigint_ends_it_cleanly_too(site: Site, bot: Bot) -> None:
    site.feed("news", OLD)
    bot.listen_to("news")
    bot.start()
    bot.wait_until_polled("news")
    assert bot.stop(signal.SIGINT) == 0


def test_it_stops_within_five_seconds_though_a_site_hangs(site: Site, bot: Bot) -> None:
    async def hang(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(60)
        return web.Response()

    site.pages["/hang"] = hang
    bot.env["DEALBELL_FETCH_SECONDS"] = "50"
    bot.listen_to("hang")
    bot.start()
    bot.wait_until_polled("hang")
    assert bot.stop() == 0
