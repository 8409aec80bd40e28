import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import offenraum.kit.fields


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('conference', '0010_webhooks'),
    ]

    operations = [
        migrations.CreateModel(
            name='Pin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('questions', offenraum.kit.fields.Prose(max_length=2000, verbose_name='questions')),
                ('title', offenraum.kit.fields.Line(max_length=120, verbose_name='title of the answer')),
                ('text', offenraum.kit.fields.Prose(max_length=2000, verbose_name='answer')),
                ('link', offenraum.kit.fields.Line(blank=True, max_length=300, validators=[django.core.validators.RegexValidator('^(https?://[^\\s]+|/[^\\s/][^\\s]*)\\Z', 'An address looks like this: https://example.org, or /kogk18/faq here.')], verbose_name='source')),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='conference.conference')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=300, verbose_name='the question without case and signs')),
                ('text', offenraum.kit.fields.Line(max_length=300, verbose_name='question')),
                ('unanswered_count', models.PositiveIntegerField(default=0, verbose_name='times without an answer')),
                ('helpful_count', models.PositiveIntegerField(default=0, verbose_name='times judged as helpful')),
                ('unhelpful_count', models.PositiveIntegerField(default=0, verbose_name='times judged as not helpful')),
                ('asked_on', models.DateField(verbose_name='last asked on')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled at')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_questions', to='conference.conference')),
            ],
            options={
                'ordering': ['-unanswered_count', '-unhelpful_count', 'id'],
                'constraints': [models.UniqueConstraint(fields=('conference', 'key'), name='asked_question_once')],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', offenraum.kit.fields.Line(max_length=80, verbose_name='where it comes from')),
                ('mark', offenraum.kit.fields.Line(max_length=120, verbose_name='what the source calls it')),
                ('name', offenraum.kit.fields.Line(max_length=200, verbose_name='name')),
                ('text', offenraum.kit.fields.Prose(blank=True, max_length=20000, verbose_name='description')),
                ('keywords', offenraum.kit.fields.Prose(blank=True, max_length=4000, verbose_name='keywords')),
                ('link', offenraum.kit.fields.Line(blank=True, max_length=500, verbose_name='address of its page')),
                ('language', models.CharField(choices=[('de', 'German'), ('en', 'English')], default='de', max_length=2, verbose_name='language')),
                ('imported_at', models.DateTimeField(verbose_name='imported at')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='conference.conference')),
            ],
            options={
                'ordering': ['name', 'id'],
                'constraints': [models.UniqueConstraint(fields=('conference', 'source', 'mark'), name='service_once')],
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', offenraum.kit.fields.Line(max_length=40, verbose_name='word in questions')),
                ('means', offenraum.kit.fields.Line(max_length=200, verbose_name='words in the texts')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='synonyms', to='conference.conference')),
            ],
            options={
                'ordering': ['word'],
                'constraints': [models.UniqueConstraint(fields=('conference', 'word'), name='synonym_once')],
            },
        ),
    ]
