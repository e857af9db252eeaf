"""No small group, not even by subtraction: an independent attacker with every published sum recovers nothing."""

import random
from collections import defaultdict
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.disclosure import audit, search
from hub.disclosure.gate import ALL_RULES, Decision, Rule, decide, decide_by
from hub.disclosure.suppression import REST, Cell, Reason, Table
from tests.hub.disclosure.attacker import recovered, touched

K = 5
PAGE = 25
Person = tuple[int, int, int]  # team, site, job


@st.composite
def companies(draw: st.DrawFn) -> list[Person]:
    """Twenty-five to seventy people in up to six teams, three sites, three jobs, unevenly."""
    rng = random.Random(draw(st.integers(0, 10**9)))
    sizes = draw(
        st.lists(st.integers(1, 16), min_size=2, max_size=6).filter(lambda found: 25 <= sum(found) <= 70)
    )
    sites, jobs = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    stray = draw(st.sampled_from([0.0, 0.1, 0.5]))
    return [
        (team, rng.randrange(sites) if rng.random() < stray else team % sites, rng.randrange(jobs))
        for team, size in enumerate(sizes)
        for _person in range(size)
    ]


def table(people: list[Person], *dimensions: int, merges: bool = True) -> Table:
    groups = defaultdict(set)
    for number, person in enumerate(people):
        groups[tuple(person[dimension] for dimension in dimensions)].add(number)
    cells = tuple(Cell(label, frozenset(members)) for label, members in sorted(groups.items()))
    return Table(("by", *dimensions), cells, has_total=bool(dimensions), merges=merges)


def one_way(people: list[Person]) -> list[Table]:
    return [table(people), table(people, 0)]


def up_to_two_ways(people: list[Person]) -> list[Table]:
    cuts = ((), (0,), (1,), (2,), (0, 1), (0, 2), (1, 2))
    return [table(people, *cut, merges=len(cut) == 1) for cut in cuts]


def published(decision: Decision) -> list[frozenset[int]]:
    return [cell.members for cell in decision.shown.values()]


@settings(max_examples=120, deadline=None)
@given(companies())
def test_nobody_below_k_is_recovered_from_any_cut(people: list[Person]) -> None:
    decision = decide(up_to_two_ways(people), k=K, minimum_page=PAGE)
    assert recovered(published(decision), K) == []
    assert all(cell.people >= K for cell in decision.shown.values())


@settings(max_examples=60, deadline=None)
@given(companies())
def test_nothing_follows_about_fewer_than_k_with_whatever_factors(people: list[Person]) -> None:
    assert touched(published(decide(up_to_two_ways(people), k=K, minimum_page=PAGE)), K) == []


@settings(max_examples=60, deadline=None)
@given(companies())
def test_what_was_published_before_counts(people: list[Person]) -> None:
    first = published(decide([table(people), table(people, 0)], k=K, minimum_page=PAGE))
    second = published(decide([table(people, 1), table(people, 0, 1)], given=first, k=K, minimum_page=PAGE))
    assert recovered([*first, *second], K) == []


@settings(max_examples=60, deadline=None)
@given(companies(), st.integers(0, 10**9))
def test_the_decision_does_not_depend_on_the_order_of_rows(people: list[Person], seed: int) -> None:
    tables = up_to_two_ways(people)
    shuffled = [
        Table(t.name, tuple(random.Random(seed).sample(t.cells, len(t.cells))), t.has_total, t.merges)
        for t in tables
    ]
    random.Random(seed).shuffle(shuffled)
    ours, theirs = decide(tables, k=K), decide(shuffled, k=K)
    assert ours.shown.keys() == theirs.shown.keys()
    assert ours.hidden == theirs.hidden


def leaks(
    rules: frozenset[Rule], tables_of: Callable[[list[Person]], list[Table]], companies: int = 40
) -> int:
    """In how many random companies the attacker recovers a group, with these rules alone."""
    count = 0
    for seed in range(companies):
        rng = random.Random(seed)
        people = [
            (team, team % 3 if rng.random() < 0.9 else rng.randrange(3), rng.randrange(3))
            for team in range(5)
            for _person in range(rng.choice((3, 4, 6, 9, 14)))
        ]
        decision = decide_by(rules, tables_of(people), [], K, PAGE)
        count += bool(recovered(published(decision), K))
    return count


@pytest.mark.parametrize("rule", [Rule.COMPLEMENT, Rule.SMALL])
def test_without_this_rule_a_single_table_leaks(rule: Rule) -> None:
    """In one table the two simple rules are enough, and each of them is needed."""
    simple = ALL_RULES - {Rule.AUDIT}
    assert leaks(simple, one_way) == 0
    assert leaks(simple - {rule}, one_way) > 0


def test_without_the_audit_several_tables_leak() -> None:
    assert leaks(ALL_RULES, up_to_two_ways) == 0
    assert leaks(ALL_RULES - {Rule.AUDIT}, up_to_two_ways) > 0


def test_the_audit_alone_would_hold() -> None:
    """Should the simple rules ever fail, what they let through is caught."""
    assert leaks(frozenset({Rule.AUDIT}), up_to_two_ways) == 0


def people_of(*numbers: int) -> frozenset[int]:
    return frozenset(range(*numbers))


def simple_table(*sizes: int, **options: object) -> Table:
    cells, start = [], 0
    for number, size in enumerate(sizes):
        cells.append(Cell(number, people_of(start, start + size)))
        start += size
    return Table("teams", tuple(cells), **options)


def shown_in(decision: Decision) -> set[object]:
    return {label for _table, label in decision.shown}


def test_a_lower_k_than_the_floor_is_refused() -> None:
    with pytest.raises(ValueError, match="floor of 5"):
        decide([simple_table(30, 30)], k=4)


def test_groups_of_ten_are_shown_and_of_nine_hidden() -> None:
    decision = decide([simple_table(10, 9, 8, 30)])
    assert shown_in(decision) == {0, 3}
    assert decision.hidden == {("teams", 1): Reason.SMALL, ("teams", 2): Reason.SMALL}


def test_one_hidden_group_takes_the_next_smallest_with_it() -> None:
    decision = decide([simple_table(8, 12, 30, 40)])
    assert shown_in(decision) == {2, 3}
    assert decision.hidden[("teams", 1)] is Reason.COMPLEMENT


def test_two_hidden_groups_below_k_together_take_a_third() -> None:
    decision = decide([simple_table(3, 4, 12, 30, 40)])
    assert decision.hidden[("teams", 2)] is Reason.COMPLEMENT


def test_hidden_groups_are_shown_together_where_they_are_enough() -> None:
    decision = decide([simple_table(8, 12, 30, 40, merges=True)])
    assert decision.shown[("teams", REST)].people == 20


def test_where_no_total_is_known_one_hidden_group_needs_no_other() -> None:
    assert shown_in(decide([simple_table(8, 12, 30, has_total=False)])) == {1, 2}


def test_a_page_about_fewer_than_25_people_shows_nothing() -> None:
    decision = decide([simple_table(12, 12)])
    assert decision.shown == {}
    assert set(decision.hidden.values()) == {Reason.PAGE}


def test_everybody_but_a_few_is_not_shown_beside_everybody() -> None:
    """Each group is large; their difference is four people."""
    tables = [
        Table("all", (Cell("all", people_of(40)),), has_total=False),
        Table("most", (Cell("most", people_of(36)),), has_total=False),
    ]
    assert decide(tables).hidden == {("most", "most"): Reason.AUDIT}


def test_two_groups_that_differ_in_two_people_are_not_shown_together() -> None:
    """Their difference is one person minus another: a one would name what both did."""
    tables = [
        Table("a", (Cell("a", people_of(30)),), has_total=False),
        Table("b", (Cell("b", people_of(1, 31)),), has_total=False),
    ]
    both = [people_of(30), people_of(1, 31)]
    assert recovered(both, 10) == []
    assert touched(both, 3) == [frozenset({0, 30})]
    assert len(decide(tables).shown) == 1


def test_a_published_group_stays_a_fact_in_a_later_decision() -> None:
    most = Table("most", (Cell("most", people_of(36)),), has_total=False)
    assert decide([most]).shown
    assert decide([most], given=[people_of(40)]).shown == {}


def test_what_can_be_computed_already_may_be_shown() -> None:
    rest = Table("rest", (Cell("rest", people_of(20, 40)),), has_total=False, page=40)
    assert decide([rest], given=[people_of(40), people_of(20)]).shown


def test_facts_that_leak_already_close_the_gate() -> None:
    decision = decide([simple_table(30, 30)], given=[people_of(40), people_of(36)])
    assert decision.shown == {}
    assert set(decision.hidden.values()) == {Reason.DOUBT}


def test_two_groups_of_one_label_close_the_gate() -> None:
    twice = Table("teams", (Cell("a", people_of(30)), Cell("a", people_of(30, 60))))
    assert decide([twice]).shown == {}


def test_an_audit_that_would_take_too_long_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "STEPS_ALLOWED", 1)
    decision = decide(
        [table([(team, 0, 0) for team in range(4) for _ in range(20)]), simple_table(20, 20, 20, 20)]
    )
    assert decision.shown == {}
    assert set(decision.hidden.values()) == {Reason.DOUBT}


def test_a_question_too_large_to_answer_counts_as_unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rows over small atoms: whether a mixture of both touches few is a search."""
    atoms = [people_of(start, start + 6) for start in range(0, 36, 6)]
    pairs = [frozenset().union(atoms[a], atoms[(a + 1) % 6]) for a in range(6)]
    tables = [
        Table(number, (Cell(number, pair),), has_total=False, page=36) for number, pair in enumerate(pairs)
    ]
    generous = len(decide(tables).shown)
    monkeypatch.setattr(search, "SEARCH_ALLOWED", 1)
    assert len(decide(tables).shown) < generous


def test_groups_without_people_hide_nothing() -> None:
    decision = decide([Table("teams", (Cell("none", frozenset()), *simple_table(30, 30).cells))])
    assert shown_in(decision) == {0, 1}
