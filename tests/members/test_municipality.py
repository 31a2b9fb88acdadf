"""Municipalities are typed, or chosen where somebody brought a list: none comes with the program."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from mexile.ground import seal
from mexile.ground.db import db
from mexile.members.command import command
from mexile.members.detail.models import MemberDetail, Municipality

HEAD = "inegi5,iso_3166_2,municipio,pop_2020\n"
LIST = (
    HEAD
    + "12028,MX-GRO,Chilapa de Álvarez,123722\n12001,MX-GRO,Acapulco de Juárez,779566\n08037,MX-CHH,Juárez,1512450\n"
)


def _run(app, tmp_path, text):
    (tmp_path / "list.csv").write_text(text, "utf-8")
    program = SimpleNamespace(create_app=lambda: app)
    return CliRunner().invoke(command, [str(tmp_path / "list.csv")], obj=program)


@pytest.mark.once
def test_a_list_is_taken_offered_and_its_code_kept_sealed(app, make, client_as, tmp_path):
    assert _run(app, tmp_path, LIST).output == "3 municipalities.\n"
    one = make.member(origin_state="MX-GRO")
    make.consent(one)
    client = client_as("attorney")
    text = client.get(f"/members/{one.code}/details").text
    assert "Chilapa de Álvarez" in text and '<option value="Juárez">' not in text
    client.post(f"/members/{one.code}/details", data={"version": "0", "municipality": "chilapa de alvarez"})
    with app.app_context(), seal.silent():
        assert db.session.scalars(select(MemberDetail)).one().municipality_code == "12028"


@pytest.mark.once
def test_a_wrong_list_is_refused_whole_with_every_line(app, make, tmp_path):
    wrong = HEAD + "1228,MX-GRO,Chilapa,1\n12001,MX-CHH,Acapulco,1\n12002,MX-GRO,,1\n"
    done = _run(app, tmp_path, wrong)
    assert done.exit_code == 1 and [line.split(":")[0] for line in done.output.splitlines()] == ["2", "3", "4"]
    assert _run(app, tmp_path, "a,b\n1,2\n").exit_code == 1
    with app.app_context():
        assert db.session.scalars(select(Municipality)).all() == []
