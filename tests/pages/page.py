"""A page as somebody reads it: headings, labels, buttons. Reading one checks what must hold of every page.

    page = await client.get("/reports")
    page = await client.press(page, "Continue", {"How many people?": "2"})

Fields are named by their label or legend, never by an id.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from xml.etree.ElementTree import Element

import html5lib

from protocol.house.web.rendering import FRONTEND_SCRIPT

Values = Mapping[str, str | Sequence[str]]
_FIELDS: Final = ("input", "textarea", "select")
_FORBIDDEN_ATTRIBUTES: Final = ("style", "onclick", "onload", "onsubmit", "onchange")


class Page:
    """One answer that is a page."""

    def __init__(self, path: str, status: int, html: str) -> None:
        self.path, self.status, self.html = path, status, html
        self.root: Element = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
        self._parents = {child: parent for parent in self.root.iter() for child in parent}
        self._labels = {label.get("for"): words(label) for label in self.root.iter("label")}

    @property
    def title(self) -> str:
        return words(next(self.root.iter("title")))

    @property
    def heading(self) -> str:
        return words(next(self.root.iter("h1")))

    @property
    def text(self) -> str:
        """All that is read of its main part, in one line."""
        return words(next(self.root.iter("main")))

    @property
    def errors(self) -> tuple[str, ...]:
        """What the summary says is wrong."""
        found = (
            node for node in self.root.iter("div") if node.get("class", "").startswith("govuk-error-summary__body")
        )
        return tuple(words(item) for node in found for item in node.iter("li"))

    def links(self) -> dict[str, str]:
        """Addresses by their words."""
        return {words(link): link.get("href", "") for link in self.root.iter("a") if link.get("href")}

    def link(self, text: str) -> str:
        """Where a link leads; its words are these, or begin so."""
        links = self.links()
        if text in links:
            return links[text]
        found = [href for said, href in links.items() if said.startswith(text)]
        assert found, f"no link {text!r} on {self.path}: {sorted(self.links())}"
        return found[0]

    def labels(self) -> list[str]:
        return list(self._labels.values())

    def buttons(self) -> list[str]:
        return [words(button) for button in self.root.iter("button")]

    def require_sound(self) -> None:
        """What holds of every page: one heading, a title that says it, ids once, labels that lead, nothing inline."""
        headings = [words(node) for node in self.root.iter("h1")]
        assert len(headings) == 1 and headings[0], f"{self.path}: one h1, not {headings}"
        assert self.title.removeprefix("Error: ").strip(), f"{self.path}: a title"
        ids = Counter(node.get("id") for node in self.root.iter() if node.get("id"))
        assert not [name for name, count in ids.items() if count > 1], f"{self.path}: ids that come twice: {ids}"
        for node in self.root.iter():
            for name in _FORBIDDEN_ATTRIBUTES:
                assert node.get(name) is None, f"{self.path}: inline {name} on {node.tag}"
            assert node.tag != "style", f"{self.path}: an inline style"
            if node.tag == "script" and node.get("src") is None:
                assert node.text == FRONTEND_SCRIPT, f"{self.path}: an inline script"
            for described in (node.get("aria-describedby") or "").split():
                assert described in ids, f"{self.path}: {described} describes nothing"
            if (node.get("href") or "").startswith("#"):
                assert node.get("href", "")[1:] in ids, f"{self.path}: {node.get('href')} leads nowhere"
        for field in self._fields(self.root):
            if field.get("type") not in ("hidden", "submit"):
                assert field.get("id") in self._labels, f"{self.path}: {field.get('name')} has no label"
        for form in self.root.iter("form"):
            if form.get("method") == "post" and not form.get("action", "").startswith("/sign-in"):
                assert any(field.get("name") == "csrf" for field in form.iter("input")), f"{self.path}: no token"
        assert bool(self.errors) == self.title.startswith("Error: "), (
            f"{self.path}: the title says that there are errors"
        )

    def fill(self, button: str, values: Values) -> tuple[str, str, list[tuple[str, str]]]:
        """(method, address, fields) of the form with that button, filled: what a browser would send.

        `values`: by label; by legend for dates (`"27 3 2026"`), radios and checkboxes (the label chosen, or several).
        """
        pressed = self._button(button)
        form = pressed
        while form.tag != "form":
            form = self._parents[form]
        fields = list(self._fields(form))
        chosen: dict[Element, Any] = {}
        for label, value in values.items():
            self._choose(form, fields, label, value, chosen)
        sent = [pair for field in fields if (pair := self._sent(field, chosen)) is not None]
        if pressed.get("name"):
            sent.append((pressed.get("name", ""), pressed.get("value", "")))
        return form.get("method", "get"), form.get("action") or self.path, sent

    def _button(self, text: str) -> Element:
        found = [button for button in self.root.iter("button") if words(button) == text]
        assert found, f"no button {text!r} on {self.path}: {self.buttons()}"
        return found[0]

    def _fields(self, within: Element) -> Iterator[Element]:
        return (node for node in within.iter() if node.tag in _FIELDS)

    def _choose(
        self, form: Element, fields: list[Element], label: str, value: str | Sequence[str], chosen: dict[Element, Any]
    ) -> None:
        by_label = [field for field in fields if self._labels.get(field.get("id")) == label]
        if by_label and by_label[0].get("type") in ("checkbox", "radio"):
            chosen[by_label[0]] = bool(value)
        elif by_label and by_label[0].tag == "select":
            options = {words(option): option.get("value", "") for option in by_label[0].iter("option")}
            assert value in options, f"{label!r} offers {sorted(options)}"
            chosen[by_label[0]] = options[str(value)]
        elif by_label:
            chosen[by_label[0]] = value
        else:
            self._choose_in_group(form, label, value, chosen)

    def _choose_in_group(
        self, form: Element, legend: str, value: str | Sequence[str], chosen: dict[Element, Any]
    ) -> None:
        groups = [group for group in form.iter("fieldset") if _legend(group) == legend]
        known = sorted({*self._labels.values(), *(_legend(group) for group in form.iter("fieldset"))})
        assert groups, f"no field {legend!r} on {self.path}: {known}"
        inputs = [field for field in self._fields(groups[0]) if field.get("type") != "hidden"]
        if inputs[0].get("type") == "text":
            for field, part in zip(inputs, str(value).split(), strict=True):
                chosen[field] = part
            return
        wanted = [value] if isinstance(value, str) else list(value)
        offered = {
            self._labels[field.get("id")]: field for field in inputs if field.get("type") in ("radio", "checkbox")
        }
        assert set(wanted) <= set(offered), f"{legend!r} offers {sorted(offered)}"
        for said, field in offered.items():
            chosen[field] = said in wanted

    def _sent(self, field: Element, chosen: Mapping[Element, Any]) -> tuple[str, str] | None:
        name, kind = field.get("name"), field.get("type")
        if name is None or kind in ("file", "submit"):
            return None
        if kind in ("radio", "checkbox"):
            ticked = chosen.get(field, field.get("checked") is not None)
            return (name, field.get("value", "on")) if ticked else None
        if field in chosen:
            return name, str(chosen[field])
        if field.tag == "select":
            options = list(field.iter("option"))
            picked = next((option for option in options if option.get("selected") is not None), options[0])
            return name, picked.get("value", "")
        return name, (field.text or "").removeprefix("\n") if field.tag == "textarea" else field.get("value", "")


def words(node: Element) -> str:
    """What is read of an element, in one line."""
    return re.sub(r" (?=[.,;:!?)’])", "", " ".join(" ".join(node.itertext()).split()))


def _legend(group: Element) -> str:
    return next((words(legend) for legend in group.iter("legend")), "")
