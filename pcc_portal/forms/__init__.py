"""What is typed on pages of the front hall."""

from .front import AdviceForm, CheckForm, HoldForm, LadderStepForm

__all__ = ["AdviceForm", "CheckForm", "HoldForm", "LadderStepForm"]
