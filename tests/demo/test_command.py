"""`mexile demo` as a person sees it: one address, nine steps, and nothing left when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from mexile.demo import ports
from tests.demo.visitor import Visitor, until

PATIENCE = 150.0
START = "from mexile.cli import main; main()"


@dataclass
class Running:
    """A demo that runs: its process, its address, and what it has said."""

    process: subprocess.Popen[str]
    address: str
    said: str

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """As Ctrl-C does, which reaches the whole group; answers the exit status and the last words."""
        os.killpg(self.process.pid, number)
        rest, _ = self.process.communicate(timeout=30)
        return self.process.returncode, rest


def begin(home: Path, *words: str, **environment: str) -> Running:
    """Start `mexile demo` in a process group of its own, and wait for its address."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", START, "demo", *words],
        env={**os.environ, "MEXILE_HOME": str(home), **environment},
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said, end = "", time.monotonic() + PATIENCE
    while time.monotonic() < end:
        line = process.stdout.readline()
        said += line
        if line.strip().endswith("/demo"):
            return Running(process, line.strip().removesuffix("/demo"), said)
        if not line and process.poll() is not None:
            break
    process.kill()
    raise AssertionError(said)


def parents() -> dict[int, int]:
    """pid -> its parent's pid, of all that runs and is no zombie."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if after[0] != "Z":
            found[int(path.parent.name)] = int(after[1])
    return found


def family(pid: int) -> set[int]:
    """This process and all that descend from it."""
    known, found = parents(), {pid}
    while more := {child for child, parent in known.items() if parent in found} - found:
        found |= more
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "home"


@pytest.fixture(scope="module")
def running(home: Path) -> Iterator[Running]:
    """One demo for all steps, which follow each other."""
    found = begin(home, "--port", "18180")
    yield found
    if found.process.poll() is None:
        found.end()


@pytest.fixture
def visitor(running: Running) -> Visitor:
    return Visitor(running.address)


def test_it_says_one_address_and_that_all_is_invented(running: Running) -> None:
    assert running.said.count("http://") == 1
    assert running.address == "http://127.0.0.1:18180"


def test_step_one_lucia_closes_yesterdays_check_in_in_two_taps(visitor: Visitor) -> None:
    visitor.come_in("lucia", "/today")
    assert "To close ICE check-in" in visitor.text
    visitor.press("Done", near="ICE check-in")
    assert "To close ICE check-in" not in visitor.text
    assert "ICE check-in" in visitor.text.partition("Logged today")[2]


def test_step_two_food_for_a_family_of_five_is_one_act(visitor: Visitor) -> None:
    visitor.come_in("lucia", "/today").press("Save", line="lupita food +fam")
    code = visitor.url.partition("logged=")[2]
    visitor.go(f"/services/{code}")
    assert all(name in visitor.text for name in ("Lupita", "Arturo", "Daniela", "Mateo", "Lucero"))


def test_step_three_a_monthly_gift_in_spanish_and_its_receipt_among_the_mails(running: Running) -> None:
    donor = Visitor(running.address, "es").go("/give?lang=es")
    time.sleep(4)  # the form refuses what fills it in faster than a person
    donor.press("Donar", every="month", amount="5000", name="Rosa Ejemplo", email="rosa@example.org")
    donor.press("Pagar cada mes", card="4242 4242 4242 4242")
    assert "Confirmando con su banco" in donor.text or "Gracias" in donor.text
    subject = until(lambda: donor.go("/demo").page.xpath("//ul[contains(@class, 'mails')]//a/text()"))[0]
    assert subject.startswith("Su recibo")
    donor.follow(subject)
    assert "$50.00" in donor.text and "para sus impuestos en Estados Unidos" in donor.text
    donor.follow(".pdf")
    words = PdfReader(BytesIO(donor.response.content)).pages[0].extract_text()
    assert "Rosa Ejemplo" in words and "00-0000000" in words


def test_step_four_fridays_report_explains_a_number_and_becomes_a_workbook(visitor: Visitor) -> None:
    visitor.come_in("elena", "/grants").follow("Open the report")
    assert "we served" in visitor.text
    assert "events not closed" in visitor.text
    report = visitor.url
    people = visitor.page.xpath("//a[contains(@href, 'figure=people')]")[0].text_content().strip()
    visitor.follow(people)
    assert visitor.status == 200 and "ME-0" in visitor.text
    visitor.go(report).press("Make the file")
    assert visitor.status == 200 and "of today's numbers" in visitor.text
    visitor.follow("All figures and tables").press("Make the Excel file")
    assert visitor.status == 200, visitor.text
    book = openpyxl.load_workbook(BytesIO(visitor.response.content))
    assert any(f"{people} people" in str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
    assert "Detail" in book.sheetnames


def test_step_five_for_the_administrator_no_member_exists(visitor: Visitor) -> None:
    visitor.come_in("tomas", "/members")
    assert visitor.status == 404
    assert "Members" not in [a.text_content().strip() for a in visitor.page.xpath("//nav//a")]


def test_step_six_the_trail_shows_all_of_it(visitor: Visitor) -> None:
    visitor.come_in("rogelio", "/trail")
    for word in ("Closed a date", "Logged a service", "Issued a receipt", "Refused", "ME-0", "Tomás Ibarra León"):
        assert word in visitor.text
    assert "Lupita" not in visitor.text


def test_step_seven_a_caller_from_guerrero_is_waiting_under_an_alias(visitor: Visitor) -> None:
    visitor.come_in("ximena", "/inquiries").follow("Luciérnaga")
    assert visitor.status == 200 and "Guerrero" in visitor.response.text
    assert "How may we safely answer?" in visitor.text
    visitor.follow("Record a conversation")
    for told in ("Benefits", "Risks", "How unlikely it is to prevail", "The one-year limit", "Lawful ways to enter"):
        assert told in visitor.text
    names = visitor.page.xpath("//main//*[@name]/@name")
    assert not [
        name for name in names if any(word in name for word in ("route", "crossing", "coyote", "paid", "extort"))
    ]


def test_step_eight_a_date_says_why_and_the_docket_leaves_the_names_out(visitor: Visitor) -> None:
    visitor.come_in("ximena", "/docket")
    assert "Why this date?" in visitor.text and "not reviewed" in visitor.text
    names = "//main//a[starts-with(@href, '/members/')]/span[@class='on-screen']/text()"
    named = set(visitor.page.xpath(names))
    assert "Ana G." in named
    visitor.follow("Annual asylum fee")
    assert "Why this date?" in visitor.text and "Law" in visitor.text
    visitor.go("/docket").press("Print without names")
    assert not any(name in visitor.text for name in named)
    assert "ME-0" in visitor.text


def test_step_nine_someone_was_detained_until_a_named_person_has_it(running: Running, visitor: Visitor) -> None:
    visitor.come_in("lucia", "/alerts")
    assert "Call now" in visitor.text.partition("Who?")[0]
    visitor.press("Raise the alert", who="ana", last_seen="7th floor, ICE")
    assert visitor.status == 200 and "/alerts/" in visitor.url
    assert "nobody" in visitor.text.lower()
    alert = visitor.url
    ximena = Visitor(running.address).come_in("ximena", "/today")
    assert "detained" in ximena.text and "nobody has answered" in ximena.text
    ximena.go(alert).press("I have it")
    assert "Ximena Rivas Cano" in ximena.text
    mails = until(lambda: ximena.go("/demo").page.xpath("//ul[contains(@class, 'mails')]//a/@href"))
    for mail in mails:
        ximena.go(mail)
        said = ximena.response.text.lower()
        assert not any(word in said for word in ("detained", "detuvieron", "custody", "detención")), mail


def test_a_late_bank_is_settled_by_the_switch(visitor: Visitor) -> None:
    """Today's gift was laid unconfirmed; the switch brings it."""
    visitor.go("/demo").press("Let them answer")
    assert "1 late payment has arrived." in visitor.text
    visitor.come_in("ines", "/gifts")
    until(lambda: "Confirming" not in visitor.go("/gifts").text)


def test_start_again_brings_the_first_day_back(visitor: Visitor) -> None:
    visitor.go("/demo").press("Start again")
    assert "Everything is as it was at first." in visitor.text
    assert not visitor.page.xpath("//ul[contains(@class, 'mails')]")
    visitor.come_in("lucia", "/today")
    assert "To close ICE check-in" in visitor.text


def test_ctrl_c_leaves_no_process_and_the_second_start_lays_nothing(running: Running, home: Path) -> None:
    all_of_it = family(running.process.pid)
    assert len(all_of_it) >= 3
    status, said = running.end()
    assert status == 0
    assert "Nothing of it is running any more." in said
    assert all_of_it.isdisjoint(parents())
    blocker = ports.Held()
    taken = blocker.take(18_180)
    again = begin(home, "--port", str(taken))
    blocker.release()
    assert "Laying" not in again.said
    assert f"Port {taken} is taken" in again.said
    assert Visitor(again.address).go("/demo").status == 200
    all_of_it = family(again.process.pid)
    status, _ = again.end(signal.SIGTERM)
    assert status == 0
    assert all_of_it.isdisjoint(parents())


def test_in_production_it_does_not_start(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", START, "demo"],
        env={**os.environ, "MEXILE_HOME": str(tmp_path / "home"), "MEXILE_PRODUCTION": "1"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert "production" in done.stderr or "MEXILE" in done.stderr
    assert not (tmp_path / "home").exists()
