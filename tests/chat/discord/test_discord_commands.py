from tests.chat.discord.people import Person


async def test_a_look_up_answers_its_asker_alone(alice: Person) -> None:
    answer = await alice.types("deals recent", kinds="leadership")
    assert answer.ephemeral
    assert "Jason Droege" in answer.text
