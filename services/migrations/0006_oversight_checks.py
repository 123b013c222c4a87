"""The first checks of the oversight register; rows, so that an office can change them (R3)."""

from django.db import migrations

KINDS = [
    (
        "process",
        "Process followed",
        "Was the partnership's own way of choosing and buying followed?",
        "Name the step and the paper: how the need was shown, who could offer, how the choice was made.",
    ),
    (
        "governance",
        "Governance approval",
        "Has the partnership's board approved it?",
        "Give the board, the day and the minute. Attach the minute where you have it.",
    ),
    (
        "complementary",
        "Complementary to existing provision",
        "Does it add to what is funded already, and not double it?",
        "Look through what the portal lists as funded near it. Say what is close, and why this is not the same.",
    ),
    (
        "collaboration",
        "Opportunity to work together",
        "Could it be done with a service that is funded already, or with another funder?",
        "Say who was asked and what came of it. “Nobody was asked” is not an answer.",
    ),
]


def write_kinds(apps, schema_editor):
    kind = apps.get_model("services", "OversightCheckKind")
    for number, (key, name, question, guidance) in enumerate(KINDS, 1):
        wording = {"order": number * 10, "name": name, "question": question, "guidance": guidance}
        kind.objects.get_or_create(key=key, defaults=wording)


def take_back(apps, schema_editor):
    apps.get_model("services", "OversightCheckKind").objects.filter(checks__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("services", "0005_oversight_guarded")]
    operations = [migrations.RunPython(write_kinds, reverse_code=take_back)]
