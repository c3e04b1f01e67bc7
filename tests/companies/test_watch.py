import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.companies.suggest import asked, different, nearest
from bot.companies.watch import is_party, meant, party_keys, watch_keys
from bot.companies.watch_csv import read_watch_csv, write_watch_csv
from bot.errors import InputError
from bot.model.watch import Watched

META = Watched(name="Meta", aliases=("Facebook",), tickers=("META",), domains=("meta.com",))
SAME = [
    ("Meta", "Meta Platforms, Inc."), ("Meta", "Meta's"), ("Meta", "META"), ("Meta Platforms", "Meta"),
    ("Bolt", "Bolt Technology"), ("Bolt", "Bolt Inc."), ("Wiz", "Wiz, Inc."), ("Target", "Target Corp"),
    ("Apple", "Apple Inc"), ("Block", "Block, Inc."), ("Stripe", "Stripe, Inc."),
    ("Sequoia", "Sequoia Capital"), ("Andreessen", "Andreessen Horowitz"), ("a16z", "Andreessen Horowitz"),
    ("IBM", "International Business Machines"), ("General Motors", "GM"), ("Ramp", "Ramp Holdings"),
    ("Shield AI", "Shield AI Inc"), ("monday.com", "Monday.com Ltd."), ("1Password", "1Password"),
    ("Google", "Alphabet Inc."), ("X Corp", "Twitter"), ("Figure AI", "Figure AI"), ("Gap", "Gap Inc."),
    ("Oscar", "Oscar Technologies"), ("Société Générale", "Societe Generale SA"), ("KKR", "KKR & Co."),
    ("Tata Motors", "Tata Motors Ltd"), ("Snowflake", "Snowflake Inc"), ("Square", "Square Inc"),
]  # fmt: skip
OTHER = [
    ("Meta", "Meta Materials"), ("Meta", "Metagenomi"), ("Bolt", "Bolt Threads"), ("Bolt", "Boltzmann"),
    ("Bolt", "Usain Bolt Foundation"), ("Wiz", "Wizz Air"), ("Wiz", "Wizards of the Coast"),
    ("Target", "Target Hospitality"), ("Target", "OnTarget"), ("Apple", "Apple Hospitality REIT"),
    ("Apple", "Pineapple"), ("X", "XPeng"), ("X", "SpaceX"), ("X", "X-energy"), ("X", "Xerox"),
    ("Stripe", "Strix"), ("Delta Air Lines", "Delta Corp"), ("Block", "Blockstream"), ("Gap", "Gap Year Travel"),
    ("Shell", "Shell Creek Energy"), ("Visa", "Visage"), ("Ford", "Stanford"), ("Square", "Squarespace"),
    ("Square", "Square Enix"), ("Oscar", "Oscar Mayer"), ("Scale AI", "Scale Computing"), ("Figure", "Figure AI"),
    ("Uber", "Uberall"), ("Arc", "ArcelorMittal"), ("Ola", "Olaplex"), ("Go", "Gojek"), ("Toast", "Toast Masters"),
    ("Snowflake", "Snow Software"), ("Ramp", "RampUp"), ("Monzo", "Monza"), ("Deel", "Deere"),
    ("United", "United Airlines"), ("First", "First Solar"), ("Capital", "Capital One"),
]  # fmt: skip


@pytest.mark.parametrize(("watched", "party"), SAME)
def test_a_party_is_the_watched_company(watched: str, party: str) -> None:
    company = Watched(name=watched)
    assert is_party(company, party)
    assert watch_keys(company) & party_keys((party,), ())


@pytest.mark.parametrize(("watched", "party"), OTHER)
def test_another_company_is_not(watched: str, party: str) -> None:
    assert not is_party(Watched(name=watched), party)


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("Shares of the owner (NASDAQ: META) rose", True),
        ("$META to invest", True),
        ("https://meta.com/news/deal", True),
        ("About www.meta.com", True),
        ("(NASDAQ: METC) rose", False),
        ("$METAL is a coin", False),
        ("https://notmeta.com/x", False),
        ("https://meta.com.evil.example/x", False),
        ("write to press@meta.com", False),
        ("a meta question", False),
        ("the target is an apple", False),
    ],
)
def test_a_headline_gives_the_company_away_by_ticker_or_domain_alone(text: str, yes: bool) -> None:
    assert meant(META, (), (text,)) is yes
    assert bool(watch_keys(META) & party_keys((), (text,))) is yes


@given(st.text(max_size=300), st.text(min_size=1, max_size=20))
def test_whatever_is_meant_is_found_by_a_key(text: str, name: str) -> None:
    company = Watched(name=name, tickers=("META",), domains=("scale.com",))
    for party in (text, name):
        if meant(company, (party,), (text,)):
            assert watch_keys(company) & party_keys((party,), (text,))


def test_a_csv_of_a_spreadsheet_is_understood() -> None:
    found, problems = read_watch_csv(
        '\ufeffCompany;Aliases;Ticker;Website\r\n"Scale AI";ScaleAI|Scale;;https://www.scale.com/x\nMeta;;$meta;\n;;;\n'
    )
    assert found == (
        Watched(name="Scale AI", aliases=("ScaleAI", "Scale"), domains=("scale.com",)),
        Watched(name="Meta", tickers=("META",)),
    )
    assert problems == ()


def test_a_csv_without_a_heading_is_a_list_of_names() -> None:
    found, _ = read_watch_csv('Scale AI\n"Foo, Bar & Co"\n')
    assert [each.name for each in found] == ["Scale AI", "Foo, Bar & Co"]


def test_bad_lines_are_named_and_the_others_kept() -> None:
    found, problems = read_watch_csv("name\nMeta\n---\n" + "x" * 500 + "\nStripe\n")
    assert [each.name for each in found] == ["Meta", "Stripe"]
    assert [problem.split(":")[0] for problem in problems] == ["line 3", "line 4"]
    with pytest.raises(InputError, match="empty"):
        read_watch_csv("  \n")


def test_no_cell_is_a_formula_to_a_spreadsheet_and_all_comes_back() -> None:
    companies = (Watched(name="=HYPERLINK(1)", aliases=("+1", "@x")), Watched(name='Foo "Bar", Inc'))
    text = write_watch_csv(companies)
    assert "\n=" not in text
    assert read_watch_csv(text)[0] == companies


@given(st.text(max_size=400))
def test_no_file_does_more_than_be_wrong(text: str) -> None:
    try:
        found, problems = read_watch_csv(text)
    except InputError:
        return
    assert len(found) + len(problems) <= text.count("\n") + len(text) + 1


def test_suggestions_share_a_word_or_are_spelt_alike() -> None:
    known = ("Scale AI", "Scale Computing", "Stripe", "Strix", "General Motors", "General Electric")
    assert nearest("Scale", known) == ("Scale AI", "Scale Computing")
    assert nearest("Strip", known)[0] == "Stripe"
    assert nearest("General", known) == ("General Motors", "General Electric")
    assert nearest("Electric", known) == ()
    assert nearest("Scal", known) == ("Scale AI", "Scale Computing")
    assert asked(("Scale AI", "Scale Computing")) == "Did you mean Scale AI or Scale Computing?"
    assert different(("Scale AI", "Scale AI Inc.", "Scale Computing")) == ("Scale Computing", "Scale AI") or len(
        different(("Scale AI", "Scale AI Inc.", "Scale Computing"))
    ) == 2  # fmt: skip
