"""The next public codes of cases. Asked inside a write transaction, of which there is one at a time."""

from mexile.cases.models.alert import Alert
from mexile.cases.models.bond import Bond
from mexile.cases.models.case import Case
from mexile.cases.models.detention import Detention
from mexile.cases.models.judge import Judge
from mexile.cases.models.place import Place
from mexile.cases.models.proceeding import Proceeding
from mexile.ground.codes import next_code


def next_place_code() -> str:
    return next_code("PL", Place.code)


def next_case_code() -> str:
    return next_code("C", Case.code)


def next_proceeding_code() -> str:
    return next_code("P", Proceeding.code)


def next_judge_code() -> str:
    return next_code("J", Judge.code)


def next_alert_code() -> str:
    return next_code("AL", Alert.code)


def next_detention_code() -> str:
    return next_code("DT", Detention.code)


def next_bond_code() -> str:
    return next_code("BD", Bond.code)
