import pytest

from handset.base.keys import key_code


@pytest.mark.parametrize(
    ("text", "code"), [("4", 4), ("BACK", 4), ("KEYCODE_ENTER", 66), ("187", 187), ("KEYCODE_A", 29)]
)
def test_key_codes(text: str, code: int) -> None:
    assert key_code(text) == code
