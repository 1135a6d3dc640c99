"""Plan rules on plans small enough to judge by eye; amounts worked out in the comments."""

from .facts import Seat
from .reading import read_round
from .screening import Screening
from .small import Row, cadre, captain, only_terms, post, round_of, rule, unit, village
from .test_outside import FIRST, broken, penalties

TEAM = (post("a", "V", FIRST), post("b", "V"), post("c", "V"))


def three(**people: Row) -> list[Row]:
    return [cadre(name, **people.get(name, {})) for name in "abc"]


def one_village(*rules: Row, people: list[Row] | None = None, **tables: object) -> Row:
    rows = [village("V", residents=2)]
    return round_of(rows, people or three(), rules=[*only_terms(), *rules], **tables)


def test_structure_and_one_post() -> None:
    doc = one_village()
    assert broken(doc, *TEAM) == {}
    assert broken(doc, *TEAM[:2]) == {"team_structure": 1}
    assert broken(doc, *TEAM, post("a", "V")) == {"one_post": 1, "team_structure": 1}
    soft = one_village(rule("team_structure", "soft", 4))
    assert penalties(soft, TEAM[1]) == {"team_structure": 8}  # no first secretary, one resident of two
    assert broken(soft, *TEAM, post("c", "V", "support")) == {"one_post": 1, "team_structure": 1}


def test_shares_and_means() -> None:
    # Ages 36, 35, 40 against 38.5: -2.5 - 3.5 + 1.5 < 0; with c 56: -2.5 - 3.5 + 17.5 = 11.5, rounded up 12.
    people = three(a={"birth_month": "1989-06", "rank": "section_deputy"}, b={"birth_month": "1989-07"})
    rules = (
        rule("young_share", "soft", 1, min_share=0.34),  # 0.34 x 3 = 1.02: 2 posts, one held
        rule("section_rank_share", "soft", 1, min_share=1),  # 3 posts, one held
        rule("mean_age", "soft", 1, max_age=38.5),
        rule("specialty_min", "soft", 1, specialties={"law": 2, "party": 0}),
        rule("total_posts", "soft", 1, min=5, max=9),
    )
    expected = {"young_share": 1, "section_rank_share": 2, "specialty_min": 2, "total_posts": 2}
    assert penalties(one_village(*rules, people=people), *TEAM) == expected
    people[2] |= {"birth_month": "1969-06"}
    doc = one_village(*rules, rule("age_limit", "off"), people=people)
    assert penalties(doc, *TEAM) == expected | {"mean_age": 12}


def test_a_share_is_exact() -> None:
    # 0.28 x 25 is 7 (in binary 7.000000000000001): 7 young of 25 suffice; 0.281 x 25 is 7.025: one short.
    people = [cadre(f"c{n:02}", **({"birth_month": "1999-01"} if n < 7 else {})) for n in range(25)]
    posts = [post("c00", "V", FIRST), *(post(f"c{n:02}", "V") for n in range(1, 25))]
    for share, short in ((0.28, {}), (0.281, {"young_share": 1})):
        rules = [*only_terms(), rule("young_share", "hard", min_share=share)]
        assert broken(round_of([village("V", residents=24)], people, rules=rules), *posts) == short


def test_teams_units_ages_and_women() -> None:
    people = three(a={"sex": "female", "unit": "U2"}, b={"unit": "U3"})
    rules = (
        rule("team_units", "soft", 10, max_units=2),
        rule("team_age_mix", "soft", 3),  # all 40: one band of two
        rule("lone_woman", "soft", 5),
    )
    units = [unit("U1"), unit("U2"), unit("U3")]
    assert penalties(one_village(*rules, people=people, units=units), *TEAM) == {
        "team_units": 10,
        "team_age_mix": 3,
        "lone_woman": 5,
    }


def test_lead_units_and_quotas() -> None:
    rows = [village(name, residents=0, lead_unit="U2" if name == "V" else None) for name in "VWX"]
    posts = (post("a", "V", FIRST), post("b", "W", FIRST), post("c", "X", FIRST))
    units = [unit("U1", max_villages=None, quota=1), unit("U2")]
    rules = [*only_terms(), rule("lead_unit", "soft", 2), rule("unit_quota", "soft", 3)]
    doc = round_of(rows, three(), units=units, rules=rules)
    # U1 leads 3, may lead 1: 2 over; V was decided for U2: 1. Quota 1, sends 3: 2 over.
    assert penalties(doc, *posts) == {"lead_unit": 6, "unit_quota": 6}
    bind = doc | {
        "decisions": [{"kind": "bind", "unit": "U2", "village": "V"}],
        "rules": [rule("lead_unit", "off")],
    }
    assert broken(bind, *posts) == {
        "decisions": 2,
        "unit_quota": 2,
    }  # a is refused at V, and nobody of U2 is there


def test_couples_picks_and_incumbents() -> None:
    people = three(a={"spouse": "b"}, c={"named_pick": True})
    people.append(cadre("d", named_pick=True, flags=["care"]))  # refused everywhere: a warning, no violation
    rows = [
        {"cadre": "c", "village": "V", "role": "resident", "since": "2025-01"},
        {"cadre": "d", "village": "V", "role": "resident"},
    ]
    doc = one_village(rule("keep_one", "soft", 20), people=people, incumbents=rows)
    doc["villages"][0]["residents"] = 1
    assert broken(doc, *TEAM[:2]) == {"spouses": 1, "named_picks": 1}
    assert penalties(doc, *TEAM[:2]) == {"keep_one": 20}
    assert penalties(doc, TEAM[0], TEAM[2]) == {}


def test_decisions() -> None:
    rows = [village("V", residents=1), village("W", residents=0)]
    posts = (post("a", "V", FIRST), post("b", "V"), post("c", "W", FIRST))

    def outcome(**row: str) -> dict[str, int]:
        return broken(round_of(rows, three(), rules=only_terms(), decisions=[row]), *posts)

    assert outcome(kind="lock", cadre="a", village="V") == {}
    assert outcome(kind="lock", cadre="a", village="V", role="resident") == {
        "decisions": 2
    }  # undone, and refused
    assert outcome(kind="pick", cadre="a") == outcome(kind="unbind", unit="U2", village="V") == {}
    assert outcome(kind="forbid", cadre="a", village="V") == {"decisions": 1}
    assert outcome(kind="forbid", cadre="a", village="V", role="resident") == {}
    assert outcome(kind="forbid", cadre="b", role="resident") == {"decisions": 1}
    assert outcome(kind="drop", cadre="c") == {"decisions": 1}
    assert outcome(kind="unbind", unit="U1", village="V") == {"decisions": 1}
    assert outcome(kind="lock", cadre="c", township="Hekou", role="captain") == {"decisions": 2}


def test_who_may_be_captain() -> None:
    rows = [village("V", county="Qing"), village("W", county="Qing", township="Shan")]
    chief = {"rank": "section_deputy"}

    def places(*rules: Row, **person: object) -> str:
        doc = round_of(rows, [cadre("a", **(chief | person))], units=[unit("U1", county="Qing"), *OTHERS])
        facts = read_round(doc | {"rules": [rule("township_captain", "hard"), *rules]})
        seats = {"H": Seat("captain", "", ("Qing", "Hekou")), "S": Seat("captain", "", ("Qing", "Shan"))}
        return "".join(letter for letter, seat in seats.items() if Screening(facts).eligible("a", seat))

    assert places() == "HS"
    assert places(rank="clerk") == places(unit="U9") == places(unit="T") == places(party_joined=None) == ""
    assert places(native_village="V") == places(spouse_native_township="Qing/Hekou") == "S"
    assert places(rule("recusal", "off"), native_village="V") == "HS"
    assert places(rule("township_captain", "soft", 1, units={"Shan": ["U2"]})) == "H"
    assert places(rule("township_captain", "soft", 1, units={"Qing/Shan": ["U1"], "Hekou": []})) == "S"


OTHERS = [unit("U9", county="Other"), unit("T", level="township", county="Qing", township="Hekou")]


def test_captains_of_a_plan() -> None:
    people = [cadre(name, rank="section_deputy") for name in "abcd"]
    on = one_village(rule("township_captain", "hard"), rule("total_posts", "hard", max=3), people=people)
    assert broken(on, *TEAM) == {"township_captain": 1}
    assert broken(on, *TEAM, captain("d")) == {}
    assert broken(on, *TEAM, captain("c")) == {"one_post": 1}
    assert broken(on, *TEAM, captain("d"), captain("d")) == {"one_post": 1, "township_captain": 1}
    off = one_village(people=people)
    assert broken(off, *TEAM, captain("d")) == {"township_captain": 1}
