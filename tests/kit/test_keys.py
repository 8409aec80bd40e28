from offenraum.kit.keys import derived_key, digest, new_key


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


def test_derived_key_is_the_same_again_and_another_for_any_other_part_or_pepper() -> None:
    keys = {
        derived_key("ticket", 1, pepper="a"), derived_key("ticket", 2, pepper="a"), derived_key("page", 1, pepper="a"),
        derived_key("ticket", 1, pepper="b"), derived_key("ticket1", pepper="a"),
    }
    assert derived_key("ticket", 1, pepper="a") in keys
    assert (len(keys), {len(key) for key in keys}) == (5, {22})
