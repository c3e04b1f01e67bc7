import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.feeds.urls import canonical_url, mask_url, safe_link, split_credentials

SAME = [
    ("https://News.Example.com:443/a", "https://news.example.com/a"),
    ("http://news.example.com:80/a#top", "http://news.example.com/a"),
    ("https://news.example.com./a/", "https://news.example.com/a"),
    ("https://news.example.com", "https://news.example.com/"),
    ("https://n.example/a?utm_source=rss&utm_medium=feed&id=7", "https://n.example/a?id=7"),
    ("https://n.example/a?fbclid=x&gclid=y&mc_cid=z&mc_eid=w", "https://n.example/a"),
    ("https://n.example/a?UTM_Source=x", "https://n.example/a"),
    ("https://n.example/a?%75tm_source=x", "https://n.example/a"),
    ("https://n.example/a?b=2&a=1", "https://n.example/a?a=1&b=2"),
    ("https://n.example/a?", "https://n.example/a"),
    ("https://n.example/%7euser/%e2%82%ac", "https://n.example/~user/%E2%82%AC"),
    ("https://n.example/caf\u00e9", "https://n.example/caf%C3%A9"),
    ("https://n.example/a/../b/./c", "https://n.example/b/c"),
    ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/"),
    ("https://n.example/story/amp/", "https://n.example/story"),
    ("https://n.example/story/amp", "https://n.example/story"),
    ("https://n.example/amp/story", "https://n.example/story"),
    ("https://n.example/story.amp.html", "https://n.example/story.html"),
    ("https://n.example/story?amp=1", "https://n.example/story"),
    ("https://n.example/story?outputType=amp", "https://n.example/story"),
    ("https://amp.n.example/story", "https://www.n.example/story"),
    ("https://www.google.com/amp/s/n.example/story", "https://n.example/story"),
    ("https://www.google.co.uk/amp/n.example/story", "http://n.example/story"),
    ("https://n-example.cdn.ampproject.org/c/s/n.example/story/amp/", "https://n.example/story"),
    ("https://user:pw@n.example/story", "https://n.example/story"),
]


@pytest.mark.parametrize(("url", "canonical"), SAME)
def test_spellings_of_one_address_have_one_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    ["https://n.example/a?id=1", "https://n.example/example/ramp", "https://n.example/a%2Fb", "https://n.example/amp"],
)
def test_what_names_the_page_stays(url: str) -> None:
    assert canonical_url(url) == url


URLISH = st.one_of(
    st.text(max_size=60),
    st.builds(
        lambda scheme, host, path, query: f"{scheme}://{host}/{path}?{query}",
        st.sampled_from(["http", "https", "HTTP"]),
        st.sampled_from(
            ["n.example", "AMP.n.example", "www.google.com", "n.cdn.ampproject.org", "b\u00fc.example:443"]
        ),
        st.lists(
            st.sampled_from(
                [
                    "amp",
                    "s",
                    "c",
                    "..",
                    ".",
                    "",
                    "a.amp",
                    "amp.html",
                    "index.html",
                    "%41",
                    "%2f",
                    "%",
                    "n.example",
                    "x y",
                ]
            ),
            max_size=6,
        ).map("/".join),
        st.text("ab=&%41amp_utm_;", max_size=12),
    ),
)


@given(URLISH)
def test_a_canonical_address_is_its_own_canonical_form(url: str) -> None:
    canonical = canonical_url(url)
    if canonical is not None:
        assert canonical_url(canonical) == canonical


@given(URLISH, st.sampled_from([None, "https://base.example/a/b"]))
def test_a_safe_link_is_http_ascii_and_safe_again(url: str, base: str | None) -> None:
    link = safe_link(url, base)
    if link is not None:
        assert link.startswith(("http://", "https://"))
        assert link.isascii()
        assert link.isprintable()
        assert " " not in link
        assert safe_link(link) == link


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:a@b.example",
        "",
        " ",
        "https://",
        "https:///x",
        "https://exa mple.com/",
        "https://a..b/",
        "http://a:99999/",
        "http://a:0/",
        "https://" + "a" * 5000,
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "//no-scheme.example/",
        "relative/path",
        "vbscript:x",
    ],
)
def test_what_is_no_web_link_does_not_survive(url: str) -> None:
    assert safe_link(url) is None


def test_links_are_resolved_cleaned_and_freed_of_credentials() -> None:
    assert safe_link("../x y", "https://n.example/a/b/c") == "https://n.example/a/x%20y"
    assert safe_link("//other.example/x", "https://n.example/") == "https://other.example/x"
    assert safe_link("https://bank.example@evil.example/") == "https://evil.example/"
    assert safe_link("https://good.example\\@evil.example/") == "https://good.example/@evil.example/"
    assert safe_link("ht\ntps://n.example/\u202egpj.exe") == "https://n.example/gpj.exe"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://me:pw@n.example/feed", "https://***@n.example/feed"),
        ("https://n.example/feed?token=abc&page=2", "https://n.example/feed?token=***&page=2"),
        ("https://n.example/feed?api_key=1&sig=2", "https://n.example/feed?api_key=***&sig=***"),
        ("https://n.example/f?x=4f0aab19c3d2e8f7a6b5", "https://n.example/f?x=***"),
        ("https://n.example/private/4f0aab19c3d2e8f7a6b5c4d3/rss", "https://n.example/private/***/rss"),
        ("https://n.example/6f0c2f1e-6a0b-4d53-9b0e-0d8a7a3d9f10/x", "https://n.example/***/x"),
        (
            "https://hooks.example/services/T0AB/B0CD/XyZabcDEFghiJKLmnoPQRstu",
            "https://hooks.example/services/T0AB/B0CD/***",
        ),
        (
            "https://n.example/2025/11/acme-raises-series-b-funding/feed",
            "https://n.example/2025/11/acme-raises-series-b-funding/feed",
        ),
        ("https://n.example:8443/feed", "https://n.example:8443/feed"),
        ("http://[::1]:80/feed", "http://[::1]:80/feed"),
        ("nonsense", "(unreadable address)"),
        ("http://[::1", "(unreadable address)"),
    ],
)
def test_secrets_of_an_address_are_not_shown(url: str, shown: str) -> None:
    assert mask_url(url) == shown


@given(st.text())
def test_masking_never_fails(url: str) -> None:
    assert isinstance(mask_url(url), str)


def test_credentials_are_split_off_and_unquoted() -> None:
    assert split_credentials("https://a:b%40c@n.example/x@y") == ("https://n.example/x@y", ("a", "b@c"))
    assert split_credentials("https://n.example/x@y") == ("https://n.example/x@y", None)
