"""How the library of outcomes is searched."""

import django_filters

from plans.models import Stream

from ..enums import StoryStatus
from ..models import OutcomeStory
from ..queries import stories


class StoryFilter(django_filters.FilterSet):
    """By words, stream, theme and area; the office and an organisation also by how far their own stories are."""

    words = django_filters.CharFilter(label="Words", method="by_words", max_length=200)
    stream = django_filters.ModelChoiceFilter(
        label="Stream", queryset=Stream.objects.none(), to_field_name="key", empty_label="Any"
    )
    theme = django_filters.ChoiceFilter(label="Theme", method="by_theme", empty_label="Any")
    area = django_filters.ChoiceFilter(label="Area", method="by_area", empty_label="Any")
    status = django_filters.ChoiceFilter(label="Status", choices=StoryStatus.choices, empty_label="Any")

    class Meta:
        model = OutcomeStory
        fields = ()

    def __init__(self, *args, with_status=False, **kwargs):
        super().__init__(*args, **kwargs)
        words = list(self.queryset.order_by().values_list("themes", "areas", "stream_id"))
        self.filters["theme"].extra["choices"] = _each(words, 0)
        self.filters["area"].extra["choices"] = _each(words, 1)
        streams = {row[2] for row in words}
        self.filters["stream"].queryset = Stream.objects.filter(pk__in=streams).order_by("order", "number")
        if not with_status:
            del self.filters["status"]

    def by_words(self, rows, name, value):
        return stories.search(rows, value)

    def by_theme(self, rows, name, value):
        return rows.filter(themes__contains=[value])

    def by_area(self, rows, name, value):
        return rows.filter(areas__contains=[value])


def _each(words, place):
    return [(word, word) for word in sorted({word for row in words for word in row[place]})]
