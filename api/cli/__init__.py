"""The command line with the service: every command of the matcher, and those that run and look after the service.

The service's libraries are loaded by the commands that need them, and by no other.
"""

from api.cli.app import main

__all__ = ["main"]
