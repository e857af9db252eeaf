"""What a text keeps coming back to, and what was said already."""

from learning.rag.salience import Said, Salience, in_turns


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def test_a_sentence_about_the_topic_carries_more() -> None:
    sentences = ["urlaub antrag frist", "urlaub antrag leitung", "urlaub tage", "kantine suppe"]
    salience = Salience([("text", words(sentence)) for sentence in sentences])
    assert salience.of("text", words("urlaub antrag")) > salience.of("text", words("kantine suppe"))
    assert salience.of("other", words("urlaub")) == salience.of("text", frozenset()) == 0


def test_what_was_said_is_not_said_again() -> None:
    said = Said()
    said.add(words("urlaub antrag frist"))
    assert said.repeats(words("urlaub antrag leitung"))
    assert not said.repeats(words("kantine suppe montag"))


def test_groups_take_turns() -> None:
    assert list(in_turns(["ab", "", "cde"])) == ["a", "c", "b", "d", "e"]
