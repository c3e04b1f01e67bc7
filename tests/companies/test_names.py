import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.companies.names import company_keys, is_named, name_key, same_company, same_person, surname

SAME = [
    ("Meta", "Meta Platforms"),
    ("Meta", "Meta Platforms, Inc."),
    ("Meta Platforms Inc", "Facebook"),
    ("Alphabet", "Google"),
    ("Alphabet Inc.", "Google LLC"),
    ("Scale", "Scale AI"),
    ("Scale AI", "Scale AI, Inc. (private)"),
    ("Apple", "Apple Inc."),
    ("Apple", "Apple's"),
    ("The Walt Disney Company", "Walt Disney"),
    ("Nestlé S.A.", "Nestle"),
    ("L'Oréal", "L’Oreal SA"),
    ("AT&T Inc.", "AT&T"),
    ("S&P Global", "S&P Global Inc (SPGI.N)"),
    ("Johnson & Johnson", "Johnson and Johnson"),
    ("U.S. Cobalt", "US Cobalt"),
    ("J.M. Smucker", "Smucker"),
    ("Salesforce", "Salesforce.com"),
    ("MuleSoft", "Mulesoft"),
    ("YourStory", "Your Story"),
    ("Stewart", "insurer Stewart Information Services"),
    ("Kensho", "Kensho Technologies Inc"),
    ("GGP", "General Growth Properties"),
    ("LIC", "Life Insurance Corporation of India"),
    ("HDFC", "Housing Development Finance Corp."),
    ("IBM", "International Business Machines Corp."),
    ("United Airlines", "United Airlines Holdings, Inc."),
    ("First Solar", "First Solar, Inc. (NASDAQ: FSLR)"),
    ("Delta", "Delta Air Lines"),
    ("X Corp", "Twitter"),
    ("Chipmaker Broadcom", "Broadcom"),
    ("Manchester Utd", "Man United"),
    ("Adani Group", "Adani Enterprises"),
    ("Etisalat ETEL.AD", "Etisalat"),
    ("RSP Permian Inc. RSPP", "RSP Permian, Inc."),
    ("MuleSoft Inc MULE", "Mulesoft Inc. MULE"),
    ("MuleSoft Inc MULE", "MULESOFT INC"),
    ("Monsanto MON", "Monsanto Co"),
    ("GGP Inc. GGP", "GGP"),
    ("BRIEF-Salesforce", "Salesforce"),
    ("UPDATE 2-Oracle Corp", "Oracle"),
    ("L&T Infotech", "Larsen & Toubro Infotech Ltd"),
    ("a16z", "Andreessen Horowitz"),
    ("adidas AG", "adidas"),
    ("SAP SE", "SAP"),
    ("Zürich Versicherung", "Zurich Versicherung"),
]
OTHERS = [
    ("Stripe", "Strix"),
    ("Delta Air Lines", "Delta Corp"),
    ("First Cobalt", "US Cobalt"),
    ("First Cobalt", "First Republic"),
    ("Bank of America", "Bank of China"),
    ("Capital", "Capital Group"),
    ("American", "American Airlines"),
    ("General Motors", "General Electric"),
    ("United Airlines", "United Internet"),
    ("Scale AI", "Scale Computing"),
    ("Bolt", "Boldt"),
    ("Wiz", "Wizz Air"),
    ("X", "xAI"),
    ("Meta", "Metaview"),
    ("Uber", "Ubiquiti"),
    ("UP Energy", "Union Pacific Energy"),
    ("Global Payments", "Global Foundries"),
    ("", "Meta"),
    ("???", "!!!"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_these_two_names_are_one_company(a: str, b: str) -> None:
    assert same_company(a, b)
    assert same_company(b, a)


@pytest.mark.parametrize(("a", "b"), OTHERS)
def test_these_two_names_are_two_companies(a: str, b: str) -> None:
    assert not same_company(a, b)
    assert not same_company(b, a)


@pytest.mark.parametrize(("a", "b"), SAME)
def test_names_of_one_company_share_an_index_key(a: str, b: str) -> None:
    assert company_keys(a) & company_keys(b)


WORDS = [
    "Meta",
    "Scale",
    "AI",
    "First",
    "Capital",
    "Group",
    "Holdings",
    "J.M.",
    "US",
    "GGP",
    "General",
    "Growth",
    "Inc.",
]
WORDS += ["Properties", "Corp", "Air", "Lines", "the", "insurer", "YourStory", "Your", "Story", "&", "é", "Global"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4)


@given(NAMES, NAMES)
def test_whenever_two_names_are_one_company_they_share_an_index_key(a: list[str], b: list[str]) -> None:
    one, two = " ".join(a), " ".join(b)
    assert same_company(one, two) == same_company(two, one)
    if same_company(one, two):
        assert company_keys(one) & company_keys(two)


@given(st.text(max_size=30))
def test_any_text_can_be_asked_about(name: str) -> None:
    name_key(name)
    surname(name)
    is_named(name)
    assert same_company(name, name) == bool(name_key(name))


def test_the_key_of_a_name_is_without_accent_legal_form_article_ticker_and_possessive() -> None:
    assert name_key("The Nestlé's Company, S.A. (SWX: NESN)") == "nestle"


@pytest.mark.parametrize(
    "words", ["startup", "PC business", "Southeast Asia business", "a robotics startup", "unit", "", None]
)
def test_a_description_is_no_name(words: str | None) -> None:
    assert not is_named(words)


@pytest.mark.parametrize("words", ["Meta", "First Solar", "Universal Music Group", "3M", "eBay", "United Airlines"])
def test_a_name_is_a_name_though_its_words_are_common(words: str) -> None:
    assert is_named(words)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Alexandr Wang", "Wang"),
        ("Alexandr Wang", "A. Wang"),
        ("Alexandr Wang", "Alex Wang"),
        ("Tim Cook", "Timothy D. Cook"),
        ("Bob Iger", "Robert Iger"),
        ("Dr. José García", "Jose Garcia, PhD"),
        ("Sir Jony Ive", "Jony Ive"),
        ("Bo Chen", "Bo Chen"),
        ("Ed Smith", "Mr Ed Smith"),
        ("Malcom Glazer", "Malcolm Glazer"),
    ],
)
def test_these_two_names_are_one_person(a: str, b: str) -> None:
    assert same_person(a, b)
    assert same_person(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Alexandr Wang", "Jason Droege"), ("Alexandr Wang", "Vera Wang"), ("John Smith", "Jane Smith"), ("", "Wang")],
)
def test_these_two_names_are_two_people(a: str, b: str) -> None:
    assert not same_person(a, b)
