"""Boxes of complaints: the browser is asked to remember nothing of what is typed."""

from django import forms

from records import uploads

UNFILLED = {"autocomplete": "off"}


def typed_words(label, hint="", *, required=True, longest=4000, empty=""):
    return _typed(label, hint, required, longest, empty, forms.Textarea(attrs=UNFILLED))


def typed_line(label, hint="", *, longest, required=False, empty=""):
    return _typed(label, hint, required, longest, empty, forms.TextInput(attrs=UNFILLED))


def _typed(label, hint, required, longest, empty, widget):
    field = forms.CharField(label=label, help_text=hint, required=required, max_length=longest, widget=widget)
    if empty:
        field.error_messages["required"] = empty
    return field


def checked_upload(upload):
    """The file, if it is one that may be kept."""
    if upload and (why := uploads.why_not_upload(upload)):
        raise forms.ValidationError(why)
    return upload
