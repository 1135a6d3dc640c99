"""Which passwords are guessed first: words that many choose, keys in a row, and what is little more than that."""

from __future__ import annotations

import re
from typing import Final

#: What people choose most, in small letters; with digits and signs before or behind they are guessed as soon.
_LISTED: Final = """
    abc abcabc abcd access account admin administrator aini baidu baobao batman beijing changeme china chinese cunguan
    computer danwei default demo dragon ganbu football forever freedom gansu guest hello helloworld iloveyou internet
    invalid jiayou killer letmein login lovely loveyou master mima michael mimamima monkey mustang nihao ninja pass
    passport passwd password passwords pokemon princess public qazwsx qazwsxedc qwe qweasd qweasdzxc qwer qwert qwerty
    qwertyuiop root secret security shadow shanghai soccer starwars sunshine superman support system taobao temp
    temporary test tester testing trustno welcome whatever wodemima woaini woaiwojia woaizhongguo xiangcun xingfu
    zaq zhongguo zhonghua zhucun zxc zxcv zxcvbn zxcvbnm matcher village cadre cadres service user username
    password1 passw0rd a1b2c3 q1w2e3 q1w2e3r4 q1w2e3r4t5 1q2w3e 1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc zaq12wsx
    密码 我爱你 我的密码 管理员
"""
_WORDS: Final = frozenset(_LISTED.split())
#: Keys and letters in a row.
_ROWS: Final = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1q2w3e4r5t6y7u8i9o0p",
)
_LEET: Final = str.maketrans(
    {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"}
)
_EDGES: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_REPEATED: Final = re.compile(r"(.+?)\1+")
#: So many different characters at least.
_DIFFERENT: Final = 5
#: So much may be left of a password, once a name that everybody knows is taken out of it.
_OWN: Final = 6


def is_common(password: str, *names: str) -> bool:
    """Return whether a password is one of the first to be guessed.

    Parameters
    ----------
    names
        What is known of its owner: the account's name; with little else it is no password.
    """
    small = password.casefold()
    if len(set(small)) < _DIFFERENT or any(_is_little_more(small, name.casefold()) for name in names):
        return True
    bare = _EDGES.sub("", small)
    return any(_is_guessed(form) for form in (small, small.translate(_LEET), bare.translate(_LEET)))


def _is_little_more(small: str, name: str) -> bool:
    return bool(name) and name in small and len(small) - len(name) < _OWN


def _is_guessed(small: str) -> bool:
    """Return whether it is a common word, or a part of a row, itself or over and over, with anything at its edges."""
    bare = _EDGES.sub("", small)
    for form in (small, bare):
        repeated = _REPEATED.fullmatch(form)
        core = repeated[1] if repeated else form
        if core in _WORDS or any(core in row or core in row[::-1] for row in _ROWS):
            return True
    return False
