import django.db.models.deletion
from django.db import migrations, models

SECTIONS = [
    ("OVERVIEW", "About the business case"),
    ("PROJECTS", "Projects"),
    ("NEED", "Need and evidence"),
    ("OUTCOMES", "Outcomes"),
    ("OUTPUTS", "Outputs"),
    ("BUDGET", "Budget"),
    ("PRIORITIES", "Priorities"),
    ("AREAS", "Areas and partners"),
    ("MATCH", "Match funding"),
    ("PROFILE", "Money by period"),
    ("QUESTIONS", "Questions of this round"),
]
EXCUSED = [
    ("CASE_TOTAL", "Total of a business case"),
    ("PROJECT_TOTAL", "Total of a project"),
    ("CASE_YEAR", "A business case in any one year"),
    ("PROJECT_YEAR", "A project in any one year"),
    ("APPLICANT_ROUND", "All that one applicant asks for in the round"),
    ("APPLICANT_YEAR", "All that one applicant has or asks for in one year of the stream"),
    ("MATCH", "Match funding"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("grants", "0013_what_returns_told"),
        ("plans", "0010_frozen_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="changerequest",
            name="question_set",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="plans.questionset",
            ),
        ),
        migrations.AlterField(
            model_name="changerequest", name="section", field=models.CharField(choices=SECTIONS, max_length=20)
        ),
        migrations.AlterField(
            model_name="limitexception", name="on", field=models.CharField(choices=EXCUSED, max_length=20)
        ),
    ]
