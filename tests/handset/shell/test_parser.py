import pytest

from handset.shell.parser import Pipeline, ShellSyntaxError, parse, variables


def words(pipeline: Pipeline) -> list[list[str]]:
    return [["".join(part.text for part in word.parts) for word in command.words] for command in pipeline.commands]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("echo a  b", ["echo", "a", "b"]),
        ("echo 'a  b'c", ["echo", "a  bc"]),
        ('echo "a; b" c', ["echo", "a; b", "c"]),
        (r"echo a\ b \; c", ["echo", "a b", ";", "c"]),
        ('echo ""', ["echo", ""]),
        ("ls # comment", ["ls"]),
        (r'echo "say \"hi\" \$x"', ["echo", 'say "hi" $x']),
        ("am start --es url 'http://10.0.2.2/?a=1&b=2'", ["am", "start", "--es", "url", "http://10.0.2.2/?a=1&b=2"]),
    ],
)
def test_words(line: str, expected: list[str]) -> None:
    assert words(parse(line)[0]) == [expected]


def test_connectors_and_pipes() -> None:
    pipelines = parse("a | b && c || d; e")
    assert [pipeline.connector for pipeline in pipelines] == [";", "&&", "||", ";"]
    assert words(pipelines[0]) == [["a"], ["b"]]


def test_redirects() -> None:
    command = parse("cat < in > out 2>&1")[0].commands[0]
    assert [redirect.operator for redirect in command.redirects] == ["<", ">", "2>&1"]
    assert [len(command.words), command.redirects[2].target] == [1, None]


def test_a_digit_before_a_redirect_belongs_to_it_only_when_it_stands_alone() -> None:
    assert words(parse("echo a2 2>/dev/null")[0]) == [["echo", "a2"]]


@pytest.mark.parametrize("line", ["echo 'a", "echo $(date)", "echo `date`", "| a", "cat <", "if true"])
def test_what_is_refused(line: str) -> None:
    with pytest.raises(ShellSyntaxError):
        parse(line)


def test_variables() -> None:
    assert variables("$A-${B}-$?-$NONE.", {"A": "1", "B": "2", "?": "7"}) == "1-2-7-."
