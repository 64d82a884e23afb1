from masuk.gherkin.step_arguments import SHOWN_LINES, Arguments


def test_a_step_without_arguments_shows_nothing() -> None:
    assert Arguments().lines() == []
    assert Arguments().csv() == ""


def test_a_long_text_is_shortened_in_the_terminal_and_says_by_how_much() -> None:
    lines = Arguments(text="\n".join(map(str, range(100)))).lines()
    assert len(lines) == SHOWN_LINES
    assert (lines[1], lines[-1]) == ("0", "... and 83 lines more")


def test_every_cell_is_masked_before_it_is_quoted() -> None:
    given = Arguments([['say "please"', "x"]], 'say "please"').masked(lambda text: text.replace('"please"', "<word>"))
    assert (given.csv(), given.text) == ("say <word>,x\r\n", "say <word>")
