"""Templates to HTML: what anybody typed is text, each service says its own name, and nothing is left out unseen."""

from pathlib import Path

import pytest

from protocol.house.web.rendering import Renderer

LAYOUT = "<title>{{ project }}{{ locked }}</title>{% block main %}{% endblock %}"
PAGE = '{% extends "bare.html" %}{% block main %}<p title="{{ said }}">{{ said }}</p>{% endblock %}'


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A service with one page and its layout."""
    name = f"pages_of_{tmp_path.name}"
    templates = tmp_path / name / "templates"
    templates.mkdir(parents=True)
    (tmp_path / name / "__init__.py").touch()
    (templates / "bare.html").write_text(LAYOUT)
    (templates / "page.html").write_text(PAGE)
    monkeypatch.syspath_prepend(tmp_path)
    return name


def test_what_somebody_typed_is_text(package: str) -> None:
    page = Renderer(package, project="A & B").render("page.html", {"said": '"><script>x</script>', "locked": ""})
    assert page == (
        "<title>A &amp; B</title>"
        '<p title="&#34;&gt;&lt;script&gt;x&lt;/script&gt;">&#34;&gt;&lt;script&gt;x&lt;/script&gt;</p>'
    )


def test_each_renderer_of_a_process_says_its_own_project(package: str) -> None:
    genesis, bradford = (Renderer(package, project=name) for name in ("Genesis", "Bradford"))
    told = [one.render("page.html", {"said": "", "locked": ""}) for one in (genesis, bradford, genesis)]
    assert [one.partition("</title>")[0] for one in told] == ["<title>Genesis", "<title>Bradford", "<title>Genesis"]


@pytest.mark.parametrize("given", [{"locked": ""}, {"said": ""}])
def test_a_name_that_a_page_or_its_layout_wants_and_does_not_get_is_a_mistake(
    package: str, given: dict[str, str]
) -> None:
    (missing,) = {"said", "locked"} - given.keys()
    with pytest.raises(RuntimeError, match=f"^page.html wants {missing}$"):
        Renderer(package, project="Genesis").render("page.html", given)
