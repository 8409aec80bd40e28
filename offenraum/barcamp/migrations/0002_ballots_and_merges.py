import django.db.models.deletion
from django.db import migrations, models

import offenraum.kit.fields


class Migration(migrations.Migration):

    dependencies = [
        ('barcamp', '0001_barcamp'),
        ('conference', '0002_invitation'),
        ('seats', '0001_seats'),
    ]

    operations = [
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_valid', models.BooleanField(default=True, verbose_name='counts')),
                ('key', models.UUIDField(unique=True, verbose_name="the page's key, which makes a retry harmless")),
                ('typed_by', offenraum.kit.fields.Line(max_length=80, verbose_name='typed by')),
                ('typed_at', models.DateTimeField(verbose_name='typed at')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='BallotMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('offered', 'Offered'), ('declined', 'Declined'), ('done', 'Merged'), ('undone', 'Undone')], max_length=8, verbose_name='state')),
                ('done_by', offenraum.kit.fields.Line(blank=True, max_length=80, verbose_name='merged by')),
                ('undone_by', offenraum.kit.fields.Line(blank=True, max_length=80, verbose_name='undone by')),
                ('offered_at', models.DateTimeField(blank=True, null=True, verbose_name='offered at')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='merged at')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone at')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='handcount',
            name='hands_once',
        ),
        migrations.AddField(
            model_name='interest',
            name='shown_at',
            field=models.DateTimeField(null=True, verbose_name='wanted since'),
        ),
        migrations.AddField(
            model_name='topic',
            name='head',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='members', to='barcamp.topic', verbose_name='the topic that it is merged into'),
        ),
        migrations.AddField(
            model_name='topichost',
            name='joined_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='barcamp.topichost'),
        ),
        migrations.AlterField(
            model_name='topic',
            name='state',
            field=models.CharField(choices=[('submitted', 'Submitted'), ('released', 'Up for the vote'), ('withdrawn', 'Withdrawn'), ('hidden', 'Hidden'), ('merged', 'Merged')], default='submitted', max_length=9, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('head__isnull', False), ('state', 'merged')), models.Q(models.Q(('state', 'merged'), _negated=True), ('head__isnull', True)), _connector='OR'), name='topic_merged_has_head'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='replaces',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='barcamp.ballot'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='barcamp.round'),
        ),
        migrations.AddField(
            model_name='ballot',
            name='seat',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ballots', to='seats.seat'),
        ),
        migrations.AddField(
            model_name='ballotmark',
            name='ballot',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='barcamp.ballot'),
        ),
        migrations.AddField(
            model_name='ballotmark',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='barcamp.topic'),
        ),
        migrations.AddField(
            model_name='merge',
            name='into',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='joined', to='barcamp.topic'),
        ),
        migrations.AddField(
            model_name='merge',
            name='offered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='seats.seat'),
        ),
        migrations.AddField(
            model_name='merge',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='barcamp.topic'),
        ),
        migrations.AddField(
            model_name='handcount',
            name='merge',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='hand_counts', to='barcamp.merge'),
        ),
        migrations.AddConstraint(
            model_name='handcount',
            constraint=models.UniqueConstraint(condition=models.Q(('merge', None)), fields=('round', 'topic'), name='hands_once'),
        ),
        migrations.AddConstraint(
            model_name='handcount',
            constraint=models.UniqueConstraint(fields=('round', 'topic', 'merge'), name='hands_once_merged'),
        ),
        migrations.AddConstraint(
            model_name='ballot',
            constraint=models.UniqueConstraint(condition=models.Q(('is_valid', True)), fields=('round', 'seat'), name='ballot_once'),
        ),
        migrations.AddConstraint(
            model_name='ballotmark',
            constraint=models.UniqueConstraint(fields=('ballot', 'topic'), name='mark_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'done')), fields=('topic',), name='merge_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('topic', 'into'), name='merge_offer_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('topic', models.F('into')), _negated=True), name='merge_into_other'),
        ),
    ]
