from offenraum.kit.hyphens import SOFT_HYPHEN, softened


def shown(text: str, language: str = "de") -> str:
    return softened(text, language=language).replace(SOFT_HYPHEN, "|")


def test_long_words_may_break_and_short_ones_stay_whole() -> None:
    assert shown("Einwohnerfragestunde per Livestream") == "Einwoh|ner|fra|ge|stunde per Livestream"
    assert shown("Ratsinformationen, offen") == "Rats|in|for|ma|ti|o|nen, offen"


def test_text_itself_stays_as_it_was_written() -> None:
    texts = ["", "Donaudampfschifffahrtsgesellschaft", "IJSSELMEERPOLDER 1234567890", "a" * 500, "Λεωφορειολωρίδα"]
    for text in texts:
        assert softened(text, language="de").replace(SOFT_HYPHEN, "") == text


def test_languages_have_their_own_rules_and_easy_german_those_of_german() -> None:
    assert shown("Verwaltungskultur", "de-x-leicht") == shown("Verwaltungskultur", "de")
    assert shown("administration", "en") != shown("administration", "de")
    assert shown("Verwaltungskultur", "xx") == shown("Verwaltungskultur", "de")
