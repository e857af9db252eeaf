import django.db.models.deletion
from django.db import migrations, models

from hub.audit.append_only import only_added


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0003_families_and_steady_groups"),
        ("people", "0004_job_family"),
    ]

    operations = [
        migrations.CreateModel(
            name="RulesProposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("minimum_group", models.PositiveSmallIntegerField(verbose_name="smallest group shown")),
                ("minimum_page", models.PositiveSmallIntegerField(verbose_name="smallest page shown")),
                (
                    "reports",
                    models.JSONField(
                        help_text="Empty: all there are.", null=True, verbose_name="reports on the menu"
                    ),
                ),
                ("words", models.CharField(max_length=500, verbose_name="why")),
                (
                    "side",
                    models.CharField(
                        choices=[("hr", "HR"), ("works_council", "works council")], max_length=16
                    ),
                ),
                ("actor_key", models.UUIDField(verbose_name="by whom (opaque key)")),
                ("proposed_at", models.DateTimeField()),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rules_proposals",
                        to="people.legalentity",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed rules",
                "verbose_name_plural": "proposed rules",
                "ordering": ["-proposed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RulesAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("confirmed", "confirmed"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("hr", "HR"), ("works_council", "works council")], max_length=16
                    ),
                ),
                ("actor_key", models.UUIDField(verbose_name="by whom (opaque key)")),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="why")),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="disclosure.rulesproposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to proposed rules",
                "verbose_name_plural": "answers to proposed rules",
            },
        ),
        migrations.AddConstraint(
            model_name="rulesproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum_group__gte", 5)), name="disclosure_k_above_floor"
            ),
        ),
        migrations.AddConstraint(
            model_name="rulesproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum_page__gte", models.F("minimum_group"))),
                name="disclosure_page_holds_a_group",
            ),
        ),
        *only_added("disclosure_rulesproposal", "disclosure_rulesanswer"),
    ]
