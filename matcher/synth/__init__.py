"""Synthetic counties and stress rounds: invented places, calibrated to what real rounds look like."""

from matcher.synth.free_size import free_profile
from matcher.synth.generate import Generated, county, county_of, generate, generate_from
from matcher.synth.one_county import one_county
from matcher.synth.profile import Profile
from matcher.synth.profiles import PROFILES, profile_of

#: The kinds that can be asked for by name.
KINDS = tuple(profile.kind for profile in PROFILES)

__all__ = [
    "KINDS",
    "PROFILES",
    "Generated",
    "Profile",
    "county",
    "county_of",
    "free_profile",
    "generate",
    "generate_from",
    "one_county",
    "profile_of",
]
