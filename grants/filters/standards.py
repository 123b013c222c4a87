"""Filter of the register of standards, whose lines are worked out and not rows of one table."""

import django_filters

from plans.models import HeldStandard, StandardKind
from plans.queries.standards import LABELS, State

STATES = [(state.value, LABELS[state]) for state in State]


class StandardFilter(django_filters.FilterSet):
    """The form of the filters; `lines` are those that fit."""

    words = django_filters.CharFilter(label="Organisation")
    state = django_filters.ChoiceFilter(label="Stands", choices=STATES, empty_label="Any")
    kind = django_filters.ModelChoiceFilter(
        label="Standard", queryset=StandardKind.objects.all(), to_field_name="key", empty_label="Any"
    )

    class Meta:
        model = HeldStandard
        fields = ()

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, queryset=HeldStandard.objects.none(), **kwargs)
        self.all_lines = lines

    @property
    def lines(self):
        """The lines that fit what was asked for; a filter that makes no sense leaves all."""
        asked = self.form.cleaned_data if self.form.is_valid() else {}
        return [line for line in self.all_lines if fits(line, asked)]


def fits(line, asked):
    """Whether a line of the register fits; evidence that waits counts as waiting whatever holds beside it."""
    state, kind, words = asked.get("state"), asked.get("kind"), (asked.get("words") or "").strip().casefold()
    if words and words not in line.organisation.name.casefold():
        return False
    if kind and line.kind.pk != kind.pk:
        return False
    if state == State.WAITING:
        return line.standing.sent is not None
    return not state or line.state == state
