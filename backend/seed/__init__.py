"""The demo that `carreau up` plants: believable federations with members, users and a past. Never in production."""

from backend.seed.demo import seed_demo
from backend.seed.signin import signin_lines

__all__ = ["seed_demo", "signin_lines"]
