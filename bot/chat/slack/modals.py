"""Forms: opened by a press, checked while they are open, and turned into commands when they are sent."""

import json
from typing import Any

import structlog

from bot.chat.slack.asking import Asking
from bot.chat.slack.home import Homes
from bot.chat.slack.outcomes import FAULTS
from bot.chat.slack.payloads import Body, Spot, text_at
from bot.chat.slack.render import blocks, text
from bot.chat.slack.sample import SAMPLE
from bot.chat.slack.views import (
    View,
    chosen,
    companies_form,
    company_options,
    delivery_words,
    edit_form,
    is_too_long,
    kinds_of,
    meta_of,
    option,
    said_form,
    wrong_form,
)
from bot.chat.slack.webs import Webs
from bot.commands.forms import feedback_words, filters_problem, subscription_words, watch_list, zones_like
from bot.commands.front import Front, Place
from bot.commands.manners import PAGES
from bot.model.enums import Platform
from bot.model.request import Reply, said

log = structlog.get_logger()

PREFIX = "/deals "


class Modals:
    """Opens forms and takes them back."""

    def __init__(self, webs: Webs, front: Front, asking: Asking, homes: Homes) -> None:
        self._webs = webs
        self._front = front
        self._asking = asking
        self._homes = homes

    async def open(self, form: tuple[str, str], spot: Spot, *, home: bool = False) -> None:
        """Open the form that a command without its details asks for."""
        name, about = form
        place = self._asking.place(spot)
        meta = {"channel": spot.channel, "name": spot.channel_name, "thread": spot.thread, "home": "1" if home else ""}
        if name == "wrong":
            card = await self._front.card(place, about)
            view = wrong_form(about, card.headline, meta) if card else said_form("This story is not there any more.")
        else:
            view = await self._of_channel(name, about, place, meta)
        web = await self._webs.of(spot.team)
        if web is None:
            return
        try:
            await web.api_call("views.open", json={"trigger_id": spot.trigger, "view": view})
        except FAULTS as error:
            log.info("slack did not open a form", form=name, reason=type(error).__name__)
            words = "Slack did not open the form. Please try again, or type the command with its words."
            await self._asking.give(said(words, good=False), spot)

    async def _of_channel(self, name: str, about: str, place: Place, meta: dict[str, str]) -> View:
        seen = await self._front.view(place)
        where = _where(place)
        if name == "watch":
            return companies_form(where, meta)
        known = seen.subscriptions if seen else ()
        held = next((each for n, each in enumerate(known, 1) if about in {str(n), each.id}), None)
        if seen is None or held is None:
            return said_form("There is no such subscription here any more.")
        if is_too_long(held):
            return said_form(
                f"These filters are too long for a form. Type the command with new words: /deals edit {about} …"
            )
        return edit_form(held, seen.zone, where, meta)

    async def companies(self, ack: Any, body: Body, payload: Body) -> None:
        """Complete a company's name from the store."""
        begin = text_at(payload, "value")
        team = text_at(body, "view", "app_installed_team_id") or text_at(body, "team", "id")
        place = Place(platform=Platform.SLACK, workspace=team, channel="")
        await ack(options=company_options(begin, await self._front.complete(place, "company", begin)))

    async def zones(self, ack: Any, payload: Body) -> None:
        """Complete a time zone."""
        await ack(options=[option(zone, zone) for zone in zones_like(text_at(payload, "value"))])

    def problems(self, view: Body) -> dict[str, str]:
        """Return what is wrong with a form's fields, by field: read from the form alone, while Slack waits."""
        found: dict[str, str] = {}
        match text_at(view, "callback_id"):
            case "edit":
                if not chosen(view, "kinds"):
                    found["kinds"] = "Choose at least one kind."
                if problem := filters_problem(chosen(view, "filters") or ""):
                    found["filters"] = problem[:500]
            case "watch" if not chosen(view, "companies"):
                found["companies"] = "Choose at least one company."
            case "wrong" if not chosen(view, "reason"):
                found["reason"] = "Choose what is wrong."
        return found

    async def submitted(self, view: Body, spot: Spot) -> None:
        """Do what a form says, and answer where it was opened."""
        meta = meta_of(view)
        home = meta.get("home") == "1"
        where = Spot(
            team=spot.team, user=spot.user, user_team=spot.user_team, channel=meta.get("channel", ""),
            channel_name=meta.get("name", ""), thread=meta.get("thread", ""),
        )  # fmt: skip
        match text_at(view, "callback_id"):
            case "wrong":
                words = feedback_words(meta.get("story", ""), chosen(view, "reason"), chosen(view, "note") or "")
                reply = await self._asking.ask(words, where, prefix=PREFIX)
            case "watch":
                names = chosen(view, "companies")
                reply = await self._asking.ask("watch import", where, prefix=PREFIX, attachment=watch_list(names))
            case "edit":
                reply = await self._edited(view, meta, where)
            case _:
                return
        if home:
            await self._show(reply, where)
        else:
            await self._asking.give(reply, where)

    async def _edited(self, view: Body, meta: dict[str, str], where: Spot) -> Reply:
        words = subscription_words(kinds_of(chosen(view, "kinds")), chosen(view, "filters") or "", delivery_words(view))
        zone = chosen(view, "zone")
        if zone and zone != meta.get("zone"):
            reply = await self._asking.ask(f"settings zone:{zone}", where, prefix=PREFIX)
            if not reply.good:
                return reply
        return await self._asking.ask(f"edit {meta.get('id', '')} {words}", where, prefix=PREFIX)

    async def _show(self, reply: Reply, where: Spot) -> None:
        """Tell the channel what concerns it, and the person on the home page."""
        if reply.in_channel and where.channel and not where.direct:
            await self._asking.give(reply, where)
        told = " ".join("".join(span.text for span in each) for each in reply.lines[:2])
        await self._homes.publish(where.team, where.user, notice=told)

    async def at_home(self, name: str, value: str, spot: Spot) -> None:
        """Do what a button on the home page says."""
        if name == "test":
            if self._front.admits(Platform.SLACK, spot.user, PAGES):
                await self._test(spot)
        elif name == "help":
            await self._asking.answer("help all", spot, prefix="")
        elif name == "edit":
            there = _loaded(value)
            await self.open(("edit", there.get("id", "")), _at(spot, there.get("channel", "")), home=True)
        elif name == "watch":
            await self.open(("watch", ""), _at(spot, value), home=True)
        elif name in {"pause", "resume"}:
            where = _at(spot, value)
            await self._show(await self._asking.ask(name, where, prefix=PREFIX), where)

    async def _test(self, spot: Spot) -> None:
        """Send a sample card to the person's direct messages: what an alert will look like, and that it arrives."""
        web = await self._webs.of(spot.team)
        if web is None:
            return
        body = {"channel": spot.user, "text": text(SAMPLE), "blocks": blocks(SAMPLE), "unfurl_links": False}
        try:
            await web.api_call("chat.postMessage", json=body)
        except FAULTS as error:
            log.info("slack did not take a test card", reason=type(error).__name__)
            notice = "Slack did not take the test card. The bot's log says why."
        else:
            notice = "A test card is in our direct messages."
        await self._homes.publish(spot.team, spot.user, notice=notice)


def _where(place: Place) -> str:
    if place.channel.startswith("@"):
        return "your direct messages"
    return f"#{place.channel_name}" if place.channel_name else "this channel"


def _at(spot: Spot, channel: str) -> Spot:
    """Return the spot of a channel that a home page shows; "@…" is the person's own."""
    return Spot(
        team=spot.team, user=spot.user, user_team=spot.user_team, trigger=spot.trigger,
        channel="" if channel.startswith("@") else channel,
    )  # fmt: skip


def _loaded(value: str) -> dict[str, str]:
    try:
        found = json.loads(value)
    except ValueError:
        return {}
    return {str(key): str(each) for key, each in found.items()} if isinstance(found, dict) else {}
