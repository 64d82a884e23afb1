"""What the elements of login screens are taken for, by attributes and words, and what is no login screen at all."""

from masuk.cli.new_app.guesses import guess


def screen(*elements: str) -> str:
    return f'<hierarchy><f class="f" package="p">{"".join(elements)}</f></hierarchy>'


def field(identifier: str, password: bool = False) -> str:
    secret = ' password="true"' if password else ""
    return f'<e class="android.widget.EditText" package="p" clickable="true" resource-id="p:id/{identifier}"{secret}/>'


def button(identifier: str, text: str = "", description: str = "", kind: str = "android.widget.Button") -> str:
    return (
        f'<b class="{kind}" package="p" clickable="true" resource-id="p:id/{identifier}" '
        f'text="{text}" content-desc="{description}"/>'
    )


def guessed(*elements: str) -> dict[str, str]:
    return {key: locator.notation for key, locator in guess(screen(*elements)).items()}


def test_everything_on_one_page() -> None:
    assert guessed(
        button("b0", "", "Go back", kind="android.widget.ImageButton"),
        field("a"),
        field("b", password=True),
        button("b1", "", "Show password", kind="android.widget.ImageButton"),
        button("b2", "Forgot your password?"),
        button("b3", "Log in"),
        button("b4", "Help"),
    ) == {
        "identifier": "id=a",
        "password": "id=b",
        "submit": "id=b3",
        "reveal": "id=b1",
        "forgot_password": "id=b2",
        "help": "id=b4",
    }


def test_words_in_ids_and_in_indonesian_count() -> None:
    found = guessed(field("x"), field("y", password=True), button("btnLupaSandi", "?"), button("tombol_masuk", "OK"))
    assert (found["submit"], found["forgot_password"]) == ("id=tombol_masuk", "id=btnLupaSandi")


def test_a_button_by_any_name_below_the_password_logs_in() -> None:
    assert guessed(field("x"), field("y", password=True), button("go", "Los"))["submit"] == "id=go"


def test_a_field_alone_is_the_first_of_two_pages_if_a_button_leads_on() -> None:
    assert guessed(field("x"), button("b", "Continue")) == {"identifier": "id=x", "next": "id=b"}


def test_a_search_or_a_list_is_no_login() -> None:
    assert guessed(field("search"), button("b", "Filter")) == {}
    assert guessed(button("a", "Continue"), button("b", "Log in")) == {}


def test_a_password_alone_has_no_identifier() -> None:
    assert guessed(field("pin", password=True), button("b", "Masuk")) == {"password": "id=pin", "submit": "id=b"}


def test_a_password_that_is_shown_is_known_by_its_name() -> None:
    found = guessed(field("x"), field("kata_sandi"), button("b", "Masuk"))
    assert (found["identifier"], found["password"]) == ("id=x", "id=kata_sandi")
