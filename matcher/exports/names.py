"""Ids and codes as people read them: names of the round's people and places, words of the code lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matcher import codes
from matcher.codes import Text
from matcher.demands import DEMANDS
from matcher.rulebook import catalogue
from matcher.words import result as words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matcher.codes import CodeList, Language
    from matcher.plan import Post
    from matcher.round import Facts
    from matcher.round.facts import Township
    from matcher.rulekit import Refusal, Rule


#: Subjects that are codes.
_CODES = {
    "role": codes.ROLES,
    "type": codes.VILLAGE_TYPES,
    "specialty": codes.SPECIALTIES,
    "kind": codes.DECISION_KINDS,
}
#: The kind of one item of a list.
_ONE = {"cadres": "cadre", "specialties": "specialty"}


class Names:
    """The names of one round in one language.

    Parameters
    ----------
    facts
        The round's derived facts.
    language
        The language of codes and sentences; names of people and places stay as the round gives them.
    """

    def __init__(self, facts: Facts, language: Language) -> None:
        self.facts = facts
        self.language = language
        self.several_counties = len({township[0] for township in facts.townships}) > 1
        self._captains = {place.id: township for township, place in facts.townships.items()}
        self._rules = catalogue()

    def say(self, text: Text, **data: Any) -> str:
        """Return ``text`` in the language, filled with ``data``."""
        return text.in_(self.language).format(**data)

    def listed(self, items: Iterable[str]) -> str:
        """Join ``items`` with the language's own comma."""
        return ("、" if self.language == "zh" else ", ").join(items)

    def cadre(self, id_: str) -> str:
        """Return a cadre's name, or the id where the round has no such cadre."""
        person = self.facts.people.get(id_)
        return person.record.name if person else id_

    def cadre_of(self, id_: str) -> str:
        """Return a cadre's name with the unit: names repeat in a county."""
        person = self.facts.people.get(id_)
        if person is None:
            return id_
        return (
            f"{person.record.name}（{person.unit.name}）"
            if self.zh
            else f"{person.record.name} ({person.unit.name})"
        )

    def unit(self, id_: str) -> str:
        """Return a unit's name, or the id where the round has no such unit."""
        unit = self.facts.units.get(id_)
        return unit.name if unit else id_

    def village(self, id_: str) -> str:
        """Return a village's name, a captain's township, or the id where the round has no such place."""
        if id_ in self._captains:
            return self.township(self._captains[id_])
        place = self.facts.places.get(id_)
        return place.village.name if place else id_

    def village_at(self, id_: str) -> str:
        """Return a village's name with its township: names repeat in a county."""
        place = self.facts.places.get(id_)
        if place is None:
            return self.village(id_)
        return f"{self.township(place.township)}{'' if self.zh else ' '}{place.village.name}"

    def township(self, township: Township) -> str:
        """Return a township's name, with the county where the round has several."""
        county, name = township
        return f"{county}{'' if self.zh else ' '}{name}" if self.several_counties else name

    def place_of(self, post: Post) -> str:
        """Return where a post is held: the village, or a captain's township."""
        if post.village is not None:
            return self.village(post.village)
        return self.township(self.facts.township_of(post.county or "", post.township or ""))

    def code(self, list_: CodeList, code: str | None) -> str:
        """Return the name of a code; blank for none, the code itself where the list has no such code."""
        if code is None:
            return ""
        return list_[code].text.in_(self.language) if code in list_ else code

    def role(self, code: str) -> str:
        """Return a role's name."""
        return self.code(codes.ROLES, code)

    def specialties(self, levels: Mapping[str, int]) -> str:
        """Return specialties with their levels, the highest first."""
        ordered = sorted(levels.items(), key=lambda item: (-item[1], codes.SPECIALTIES.order(item[0])))
        gap = "" if self.zh else " "
        return self.listed(f"{self.code(codes.SPECIALTIES, code)}{gap}{level}" for code, level in ordered)

    def rule(self, id_: str) -> str:
        """Return the name of a rule or term."""
        if id_ == "posts":
            return words.POSTS.in_(self.language)
        rule = self._rules.get(id_) or DEMANDS.get(id_)
        return rule.name.in_(self.language) if rule else id_

    @property
    def zh(self) -> bool:
        """Whether the language is Chinese."""
        return self.language == "zh"

    def said(self, rule: Rule[Any], data: Mapping[str, Any]) -> str:
        """Return a rule's own sentence about ``data``, with names in the place of ids."""
        return rule.say({key: self._named(key, value) for key, value in data.items()}, self.language)

    def subject(self, kind: str, value: Any) -> str:
        """Return whom or what a breach is about."""
        return str(self._named(kind, value))

    def _named(self, kind: str, value: Any) -> Any:
        if isinstance(value, list | tuple):
            return self.listed(str(self._named(_ONE.get(kind, kind), item)) for item in value)
        if isinstance(value, Text):
            return value.in_(self.language)
        if not isinstance(value, str):
            return value
        if kind in _CODES:
            return self.code(_CODES[kind], value)
        return {"cadre": self.cadre, "unit": self.unit, "village": self.village}.get(kind, str)(value)

    def scope(self, refusal: Refusal) -> str:
        """Return which posts a refusal speaks of."""
        if refusal.unless is not None:
            return self.say(words.OTHER_THAN, seat=self._seat(*refusal.unless))
        if refusal.outside is not None:
            county, township = refusal.outside
            return self.say(words.OUTSIDE, place=f"{county}{township or ''}")
        if refusal.township is not None:
            return self.say(words.CAPTAIN_OF, place=self.township(refusal.township))
        roles = self.listed(self.role(role) for role in refusal.roles or ())
        if refusal.village is None:
            return roles or words.EVERY_POST.in_(self.language)
        text = words.ROLES_AT if roles else words.ALL_ROLES_AT
        return self.say(text, place=self.village(refusal.village), roles=roles)

    def _seat(self, village: str | None, township: Township | None, role: str | None) -> str:
        """Return the seat that alone stays open."""
        place = self.village(village) if village else self.township(township) if township else ""
        if not place:
            return self.role(role) if role else ""
        if role is None:
            return place
        return self.say(words.ROLES_AT, place=place, roles=self.role(role))
