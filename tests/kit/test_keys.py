from offenraum.kit.keys import digest, new_key


def test_new_key_has_at_least_112_bit_and_fits_into_an_address() -> None:
    keys = {new_key() for _ in range(100)}
    assert len(keys) == 100
    assert {len(key) * 6 >= 112 for key in keys} == {True}
    assert all(letter.isalnum() or letter in "-_" for key in keys for letter in key)


def test_digest_depends_on_key_and_pepper_and_hides_both() -> None:
    assert digest("badge", pepper="salt") == digest("badge", pepper="salt")
    assert len({digest("badge", pepper="salt"), digest("badge", pepper="other"), digest("other", pepper="salt")}) == 3
    assert "badge" not in digest("badge", pepper="salt")


def test_digest_takes_any_text_that_somebody_may_send() -> None:
    assert len(digest("a\ud800\x00b", pepper="salt")) == 64
