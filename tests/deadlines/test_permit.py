"""The clock of a case says from which day on a household may earn its living."""

from datetime import timedelta

from mexile.ground import clock
from mexile.members.means.queries import permit_days


def test_the_clock_tells_the_earliest_day_of_a_permit(make):
    running, stopped, without = make.member(), make.member(), make.member()
    filed = clock.today() - timedelta(days=90)
    make.clock_segment(running, from_on=filed)
    make.clock_segment(stopped, from_on=filed)
    make.clock_segment(stopped, cause="applicant", from_on=filed + timedelta(days=10))
    found = make.read(lambda: permit_days([running.id, stopped.id, without.id]))
    assert found == {running.id: filed + timedelta(days=180)}


def test_the_weeks_without_means_follow_the_clock(make, client_as):
    member = make.member()
    make.means(member, weeks_covered=0, permit_on=clock.today() + timedelta(days=7), permit_source="estimate")
    make.clock_segment(member, from_on=clock.today() - timedelta(days=90))
    page = client_as("attorney").get(f"/members/{member.code}/means").text
    assert "13 weeks without means" in page and "by the clock of the case" in page


def test_the_page_of_a_household_leads_to_the_deadlines_of_a_move(make, client_as):
    member = make.member()
    make.household(member)
    client = client_as("attorney")
    way = f"/members/{member.code}/happened?trigger=move_date"
    assert way in client.get(f"/members/{member.code}/household").text
    assert 'value="move_date" selected' in client.get(way).text.replace(
        'selected value="move_date"', 'value="move_date" selected'
    )
