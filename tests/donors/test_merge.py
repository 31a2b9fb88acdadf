"""Two donors who are one: merged, found by either name, address and code, and taken apart again in any order."""

from itertools import permutations

import pytest
from sqlalchemy import select

from mexile.access.roles import CASEWORKER, DEVELOPMENT
from mexile.donors import actions
from mexile.donors.actions import donor_of
from mexile.donors.models import Donor
from mexile.donors.queries import donor_by_email, donors_by_email, email_index, ids_of_mailbox, one_donor
from mexile.gifts.donor.queries import Wanted, donors_page, lines_of
from mexile.gifts.gift.models import Gift
from mexile.gifts.receipt.models import Receipt
from mexile.gifts.receipt.queries import facts_of
from mexile.gifts.recurring.models import RecurringGift
from mexile.ground import clock, seal
from mexile.ground.db import db, writing
from mexile.ground.errors import Invalid, NotHere


@pytest.fixture
def three(make):
    """Ana, the same Ana under another address, and her company, each with gifts and one with a monthly one."""
    made = [
        make.donor(name="Ana Ejemplo", email="ana@example.org"),
        make.donor(name="Anita Ejemplo", email="anita@example.org"),
        make.donor(name="Ejemplo S. A.", kind="organization"),
    ]
    for number, donor in enumerate(made, 1):
        for _ in range(number):
            make.gift(donor=donor, cents=1000 * number)
    make.monthly(donor=made[1])
    return made


def merge_donors(**words):
    with writing():
        actions.merge_donors(**words)


def undo_donor_merge(**words):
    with writing():
        actions.undo_donor_merge(**words)


def owners():
    """Whose each gift and each monthly gift is."""
    rows = {}
    for model in (Gift, RecurringGift):
        rows |= {row.code: row.donor_id for row in db.session.scalars(select(model))}
    return rows, [(one.code, one.name, one.email, one.email_bidx) for one in db.session.scalars(select(Donor))]


def listed(viewer, typed=""):
    lines, count = donors_page(viewer, Wanted(by="total", typed=typed), clock.today())
    assert len(lines) == count
    return {line.code: (line.gifts, line.total) for line in lines}


@pytest.mark.parametrize("order", list(permutations(range(2))))
def test_a_chain_of_merges_loses_no_cent_and_comes_apart_in_any_order(in_app, make, three, order):
    viewer, (ana, anita, company) = make.viewer(DEVELOPMENT), three
    before, sum_before = owners(), sum(total for _, total in listed(viewer).values())
    merge_donors(viewer=viewer, code=anita.code, other=company.code)
    merge_donors(viewer=viewer, code=ana.code, other=anita.code)
    assert listed(viewer) == {ana.code: (6, sum_before)}
    assert {donor for donor in owners()[0].values()} == {ana.id}
    for number in order:
        undo_donor_merge(viewer=viewer, code=(anita, company)[number].code)
        assert sum(total for _, total in listed(viewer).values()) == sum_before
    assert owners() == before


def test_who_was_merged_is_found_by_name_address_and_code_and_stands_in_no_list(in_app, make, three):
    viewer, (ana, anita, _company) = make.viewer(DEVELOPMENT), three
    merge_donors(viewer=viewer, code=ana.code, other=anita.code)
    for typed in ("anita", "ANITA@example.org", anita.code, "ana ejemplo"):
        assert list(listed(viewer, typed)) == [ana.code], typed
    assert one_donor(viewer, anita.code).id == ana.id
    known = donor_of(key_id=ana.key_id, name="Anita Ejemplo", email="anita@example.org", language="en")
    assert known.id == ana.id
    assert [donor.id for donor in donors_by_email(email_index("anita@example.org"))] == [ana.id]


def test_a_link_goes_to_the_address_that_was_typed_and_opens_the_gifts_of_both(in_app, make, three):
    viewer, (ana, anita, company) = make.viewer(DEVELOPMENT), three
    merge_donors(viewer=viewer, code=ana.code, other=anita.code)
    asked = donor_by_email(email_index("anita@example.org"))
    assert asked.email == "anita@example.org"
    assert ids_of_mailbox(asked) == ids_of_mailbox(ana) == [ana.id]
    merge_donors(viewer=viewer, code=company.code, other=ana.code)
    filled = one_donor(viewer, company.code)
    assert filled.email == "ana@example.org"  # it had none, and its receipts must arrive
    undo_donor_merge(viewer=viewer, code=ana.code)
    emptied = one_donor(viewer, company.code)
    assert emptied.email is None and emptied.email_bidx is None


def test_what_was_given_since_stays_and_an_issued_receipt_says_what_it_said(in_app, make, three):
    viewer, (ana, anita, _company) = make.viewer(DEVELOPMENT), three
    receipts = list(db.session.scalars(select(Receipt).order_by(Receipt.id)))
    seal.begin_reads()
    printed = [facts_of(receipt).wording for receipt in receipts]
    assert all(printed)
    merge_donors(viewer=viewer, code=ana.code, other=anita.code)
    assert [facts_of(receipt).wording for receipt in receipts] == printed
    since = make.gift(donor=ana, cents=7)
    undo_donor_merge(viewer=viewer, code=anita.code)
    assert since.donor_id == ana.id
    assert [line.gifts for line in lines_of(ana, anita)] == [2, 2]


def test_nobody_is_merged_with_themselves_or_with_nobody(in_app, make, three):
    viewer, (ana, anita, _company) = make.viewer(DEVELOPMENT), three
    for other in (ana.code, "D-9999", "", "'; DROP TABLE donor"):
        with pytest.raises(Invalid):
            merge_donors(viewer=viewer, code=ana.code, other=other)
    merge_donors(viewer=viewer, code=ana.code, other=anita.code)
    with pytest.raises(Invalid):
        merge_donors(viewer=viewer, code=ana.code, other=anita.code)
    with pytest.raises(NotHere):
        undo_donor_merge(viewer=viewer, code=ana.code)
    with pytest.raises(NotHere):
        merge_donors(viewer=make.viewer(CASEWORKER), code=ana.code, other=anita.code)


def test_the_page_shows_who_is_alike_then_both_and_undoes_it(client_as, make):
    rosa, other = make.donor(name="Rosa Ejemplo", email="rosa@example.org"), make.donor(name="ejemplo ROSA")
    make.gift(donor=other, cents=2500)
    codes = rosa.code, other.code
    client = client_as(DEVELOPMENT)
    address = f"/donors/{codes[0]}/merge"
    assert f"{address}?other={codes[1]}" in client.get(address).text
    for typed in (codes[0], "D-9999"):
        answer = client.get(f"{address}?other={typed}")
        assert answer.status_code == 422 and "no other donor" in answer.text
    compared = client.get(f"{address}?other={codes[1].lower()}").text
    assert "rosa@example.org" in compared and "$25.00" in compared
    assert client.post(address, data={"other": codes[1]}).status_code == 302
    page = client.get(f"/donors/{codes[1]}").text
    assert f"/donors/merged/{codes[1]}/undo" in page and "$25.00" in page
    assert client.post(f"/donors/merged/{codes[1]}/undo").status_code == 302
    assert f"/donors/merged/{codes[1]}/undo" not in client.get(f"/donors/{codes[0]}").text
