from collections.abc import Iterator

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test.utils import isolate_apps

from offenraum.kit.fields import Line, LineField, Prose, ProseField
from tests.hostile import HOSTILE, REFUSED, TAKEN

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


class Form(forms.Form):
    title = LineField(max_length=80)
    about = ProseField(max_length=200, required=False)


@pytest.fixture
def note(transactional_db: None) -> Iterator[type[models.Model]]:
    """A table with both kinds of column."""
    with isolate_apps("offenraum.kit"):

        class Note(models.Model):
            title = Line(max_length=80)
            about = Prose(max_length=200, blank=True, default="")

            class Meta:
                app_label = "kit"

            def __str__(self) -> str:
                return self.title

    with connection.schema_editor() as editor:
        editor.create_model(Note)
    yield Note
    with connection.schema_editor() as editor:
        editor.delete_model(Note)


@pytest.mark.parametrize("name", HOSTILE)
def test_column_stores_what_the_form_takes_and_refuses_the_rest(note: type[models.Model], name: str) -> None:
    form = Form({"title": HOSTILE[name], "about": HOSTILE[name]})
    assert (form.is_valid(), sorted(form.errors)) == ((True, []) if name in TAKEN else (False, ["about", "title"]))
    if name in TAKEN:
        made = note.objects.create(**form.cleaned_data)
        assert note.objects.values_list("title", "about").get(pk=made.pk) == (TAKEN[name], TAKEN[name])


@pytest.mark.parametrize("name", REFUSED)
def test_column_refuses_without_a_form(note: type[models.Model], name: str) -> None:
    with pytest.raises(ValidationError):
        note.objects.create(title=REFUSED[name])
    with pytest.raises(ValidationError):
        note.objects.bulk_create([note(title="a", about=REFUSED[name])])
    made = note.objects.create(title="a")
    with pytest.raises(ValidationError):
        note.objects.filter(pk=made.pk).update(title=REFUSED[name])
    assert list(note.objects.values_list("title", "about")) == [("a", "")]


def test_object_holds_what_was_stored(note: type[models.Model]) -> None:
    made = note.objects.create(title="  Ko\u0308ln ", about="a\r\nb")
    assert (made.title, made.about) == ("Köln", "a\nb")
    made.refresh_from_db()
    assert (made.title, made.about) == ("Köln", "a\nb")


def test_form_says_that_a_required_line_is_empty() -> None:
    form = Form({"title": " \u00a0 "})
    assert [error.code for error in form.errors.as_data()["title"]] == ["required"]


def test_form_of_a_model_uses_the_same_fields(note: type[models.Model]) -> None:
    form = forms.modelform_factory(note, fields=["title", "about"])()
    assert [type(field) for field in form.fields.values()] == [LineField, ProseField]
    assert form.fields["about"].widget.__class__ is forms.Textarea
    assert [field.max_length for field in form.fields.values()] == [80, 200]
