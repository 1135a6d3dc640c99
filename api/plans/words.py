"""What is said of plans without saying anything sensitive of a person, in both languages."""

from __future__ import annotations

from typing import Final

from matcher.codes import Text

#: In the place of the sentence of a rule about sensitive facts.
NOT_KEPT: Final = Text(
    "{rule}：有岗位不符合，涉及个人信息，此处不列明", "{rule}: a post does not keep it; who is not shown here"
)
#: A post, without the age that the plan's own sentence has.
POST: Final = Text(
    "{name}（{unit}）任{place}{role}：{parts}。", "{name} ({unit}), {role} at {place}: {parts}."
)
