"""Sealed subjects: what the record keeps about them stands apart, and takes no number that others could miss (P2).

A model says so by its class attribute `sealed = True`, a row of the record by its field.
"""

from django.db import connection


def is_sealed(subject):
    """Whether what the record keeps about a subject is sealed."""
    return getattr(subject, "sealed", False) is True


def seal(subject):
    """The fields a row of the record about this subject is made with: none, or its seal and a number of its own."""
    return {"pk": next_number(), "sealed": True} if is_sealed(subject) else {}


def next_number():
    """The next number of the series that sealed rows have to themselves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('records_sealed_number')")
        return cursor.fetchone()[0]


def rows_about(model, subject):
    """The manager to ask for rows of the record about a subject: of a sealed one it knows the sealed rows too."""
    return model.everything if is_sealed(subject) else model.objects
