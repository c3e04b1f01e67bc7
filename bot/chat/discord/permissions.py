"""May the bot post there, and if not, which permission is lacking and where it is granted."""

import discord

from bot.chat.discord.outcomes import LEFT

NEEDED = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
"""Reading the history is needed to look for a card before it is sent again; a long digest comes with a file."""
MUST = frozenset({"view_channel", "send_messages", "send_messages_in_threads", "embed_links"})
"""Without these there is no card at all; the others are asked for when somebody subscribes."""
IN_THREADS = tuple(name.replace("send_messages", "send_messages_in_threads") for name in NEEDED)
IN_FORUMS = (*NEEDED, "send_messages_in_threads")
NAMES = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
    "attach_files": "Attach Files",
    "read_message_history": "Read Message History",
}
Place = discord.abc.GuildChannel | discord.Thread


def needed_in(channel: Place) -> tuple[str, ...]:
    """Return the permissions that posting cards takes in a channel of this sort."""
    if isinstance(channel, discord.Thread):
        return IN_THREADS
    return IN_FORUMS if isinstance(channel, discord.ForumChannel) else NEEDED


def cure(channel: Place, *, least: bool = False) -> str | None:
    """Return None where cards can be posted, else the exact cure; `least`: only for what no card can do without."""
    if isinstance(channel, discord.CategoryChannel):
        return f"{channel.name} is a category: name one of its channels."
    if isinstance(channel, discord.Thread) and (channel.archived or channel.locked):
        return f"The thread {channel.name} is {'locked' if channel.locked else 'archived'}: open it again."
    me = channel.guild.me
    if isinstance(channel, discord.Thread) and channel.parent is None:
        return "Give the bot View Channel in the channel that this thread belongs to."
    allowed = _allowed(channel.parent if isinstance(channel, discord.Thread) and channel.parent else channel, me)
    needed = [name for name in needed_in(channel) if name in MUST or not least]
    lacking = [NAMES[name] for name in needed if not getattr(allowed, name)]
    if not lacking:
        return None
    place = channel.parent.name if isinstance(channel, discord.Thread) and channel.parent else channel.name
    if isinstance(channel, discord.ForumChannel):
        lacking = ["Create Posts" if name == NAMES["send_messages"] else name for name in lacking]
    listed = lacking[0] if len(lacking) == 1 else ", ".join(lacking[:-1]) + " and " + lacking[-1]
    return f"In the settings of #{place}, under Permissions, allow {listed} for {me.display_name}."


def _allowed(channel: Place, me: discord.Member) -> discord.Permissions:
    """Return what is granted as it stands: `permissions_for` also takes away what hangs on another permission."""
    found = discord.Permissions(me.guild_permissions.value)
    if found.administrator or isinstance(channel, discord.Thread):
        return discord.Permissions.all()
    everyone, *roles = (channel.overwrites_for(role).pair() for role in me.roles)
    allow, deny = discord.Permissions.none(), discord.Permissions.none()
    for granted, refused in roles:
        allow |= granted
        deny |= refused
    for more, less in (everyone, (allow, deny), channel.overwrites_for(me).pair()):
        found.handle_overwrite(allow=more.value, deny=less.value)
    return found


def cure_at(client: discord.Client, channel: int, guild: int) -> str | None:
    """Return the cure for a channel by its ids; None also while the gateway does not know yet."""
    home = client.get_guild(guild)
    if home is None:
        return LEFT if client.is_ready() else None
    if home.unavailable or home.me is None:
        return None
    found = home.get_channel_or_thread(channel)
    if found is None:
        return "The channel is not there any more, or the bot can't see it: give it View Channel."
    return cure(found)
