"""What is asked of the cases' house about whom somebody may know of, and who answers for a person in law."""

from typing import Any

from sqlalchemy import Select

from mexile.ground.hook import Hook

walked_ids: Hook[[Any, Any, Any], Select[int]] = Hook("whom a volunteer meets")
"""``walked_ids(user_id, today, month)``: the people of dates to which a volunteer said yes, until the time of the
date is over, as a subquery of ids; ``month`` is the first day of today's. All three may be bind parameters."""

lead_of: Hook[[int], int | None] = Hook("who answers in law for a member")
"""``lead_of(member_id)``: the id of the attorney of the member's case, or None. One query."""
