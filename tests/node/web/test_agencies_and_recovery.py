"""Member agencies and recovery sheets, on their pages."""

from collections.abc import Callable

from msgspec.structs import replace

from tests.federation.network import Federation
from tests.federation.project import RELEASER, WRITER
from tests.node.web.client import Browser

Open = Callable[..., Browser]


async def test_ties_are_declared_and_read_out_where_permission_is_asked(browser: Open, fed: Federation) -> None:
    fed.genesis.report()
    asha, bryony = browser(WRITER), browser(RELEASER)
    page = await asha.get("/agencies")
    assert "Has not said to whom it is tied" in page.text and "Ties of genesis" not in page.links()
    page = await bryony.follow(await bryony.get("/agencies"), "Ties of genesis")
    page = await bryony.press(
        page, "Declare this", {"Tick all that are so": ["Funded by police", "Staff from a council"]}
    )
    assert "Funded by police, staff from a council, as it said on" in page.text
    page = await asha.get("/reports/1/permission/warn_others")
    assert "Who we are tied to: genesis funded by police, staff from a council." in page.text
    page = await bryony.press(await bryony.get("/agencies/0/ties"), "Declare this", {"Tick all that are so": []})
    assert "Not tied to police" in page.text
    await bryony.get("/agencies/7/ties", status=404)


async def test_an_agency_takes_its_file_along_and_leaves_with_it_in_hand(browser: Open, fed: Federation) -> None:
    fed.genesis.config = replace(fed.genesis.config, agencies=("BLAST",))
    fed.genesis.report(agency="BLAST")
    fed.genesis.report()
    bryony = browser(RELEASER)
    page = await bryony.follow(await bryony.get("/agencies"), "Leave: BLAST")
    _, address, sent = page.fill("Save the sealed file", {})
    answer = await bryony.http.post(address, data=dict(sent))
    words = dict(sent)["words"]
    assert answer.headers["content-disposition"].startswith("attachment") and b"What happened" not in answer.content
    page = await bryony.press(page, "Leave now", status=422)
    assert len(page.errors) == 3
    chosen = {"What becomes of its warnings that are in force?": "Take them back"}
    file = [("file", ("reports.sealed", answer.content, "application/octet-stream"))]
    page = await bryony.press(page, "Leave now", {**chosen, "Its eight words": "no"}, files=file, status=409)
    page = await bryony.press(page, "Leave now", {**chosen, "Its eight words": words}, files=file)
    assert page.heading == "BLAST has left" and "1 reports are erased" in page.text
    page = await bryony.get("/reports")
    assert "Report 2" in page.links() and "Report 1" not in page.links()
    assert "It left on" in (await bryony.get("/agencies")).text


async def test_sheets_are_shown_once_and_two_are_read_back(browser: Open, fed: Federation) -> None:
    bryony = browser(RELEASER)
    page = await bryony.get("/recovery")
    assert "There are no recovery sheets" in page.text
    page = await bryony.press(page, "Make three sheets")
    sheets = [
        " ".join(item.text or "" for item in listed.iter("li"))
        for listed in page.root.iter("ol")
        if "govuk-list--number" in (listed.get("class") or "").split()
    ]
    assert len(sheets) == 3 and all(len(sheet.split()) == 20 for sheet in sheets)
    page = await bryony.get("/recovery")
    assert sheets[0].split()[7] not in page.html.split() and "not read back yet" in page.text
    page = await bryony.press(page, "Read them back", status=422)
    typed = {"The twenty words of one sheet": sheets[2], "The twenty words of another": sheets[2]}
    page = await bryony.press(page, "Read them back", typed, status=409)
    assert "not two sheets of one making" in page.errors[0] and sheets[2] not in page.html
    typed["The twenty words of another"] = sheets[0]
    page = await bryony.press(page, "Read them back", typed)
    assert "not read back yet" not in page.text and "There is no copy of the keys" in page.text
