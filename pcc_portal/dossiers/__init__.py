"""Dossiers: what a decision rests on, gathered from every part of the house and frozen when advice is given (S2)."""

from .changing import changed_since
from .evidence import evidence_of, with_advice
from .freezing import draft_html, freeze_pack, presented
from .pack import Pack, digest_of

__all__ = [
    "Pack",
    "changed_since",
    "digest_of",
    "draft_html",
    "evidence_of",
    "freeze_pack",
    "presented",
    "with_advice",
]
