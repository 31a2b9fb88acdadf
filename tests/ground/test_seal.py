"""A sealed value opens in its own cell, under its own key, and nowhere else."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mexile.ground import keyring, seal
from mexile.ground.errors import KeyGone, OpenTransaction, Tampered


@pytest.fixture
def ring(tmp_path):
    before = keyring._current
    seal._reads.set(None)
    keyring.make_key_file(tmp_path)
    made = keyring.Keyring(tmp_path, keyring.read_key_file(tmp_path))
    made.make()
    keyring.use(made)
    yield made
    keyring._current = before
    seal._reads.set(None)


def test_every_text_comes_back_whole(ring):
    key, rid = ring.new_key(), secrets.token_bytes(16)

    @given(st.text(max_size=3000))
    def back(text):
        blob = seal.seal("member", "note_enc", rid, key, text)
        assert seal.unseal("member", "note_enc", rid, key, blob) == text

    back()


def test_lengths_are_hidden_in_steps(ring):
    key, rid = ring.new_key(), secrets.token_bytes(16)
    sizes = {len(seal.seal("t", "c", rid, key, "x" * n)) for n in range(29)}
    assert len(sizes) == 1
    assert len(seal.seal("t", "c", rid, key, "x" * 29)) > sizes.pop()


def test_a_value_moved_to_another_row_column_table_or_key_does_not_open(ring):
    key, other, rid = ring.new_key(), ring.new_key(), secrets.token_bytes(16)
    blob = seal.seal("member", "name_enc", rid, key, "Ana")
    for place in [
        ("donor", "name_enc", rid, key),
        ("member", "alias_enc", rid, key),
        ("member", "name_enc", secrets.token_bytes(16), key),
        ("member", "name_enc", rid, other),
    ]:
        with pytest.raises(Tampered):
            seal.unseal(*place, blob)


def test_one_flipped_bit_is_found_and_in_a_request_the_page_still_works(ring):
    key, rid = ring.new_key(), secrets.token_bytes(16)
    blob = bytearray(seal.seal("member", "name_enc", rid, key, "Ana"))
    for place in range(len(blob)):
        broken = bytearray(blob)
        broken[place] ^= 1
        with pytest.raises(Tampered):
            seal.unseal("member", "name_enc", rid, key, bytes(broken))
    reads = seal.begin_reads()
    assert seal.unseal("member", "name_enc", rid, key, bytes(broken)) == seal.DAMAGED
    assert reads.damaged == 1


def test_a_destroyed_key_is_gone_for_every_copy_of_the_data(ring):
    key, rid = ring.new_key(), secrets.token_bytes(16)
    blob = seal.seal("member", "name_enc", rid, key, "Ana")
    wrapped = ring._connection().execute("SELECT wrapped FROM dek").fetchone()[0]
    ring.destroy(key)
    with pytest.raises(KeyGone):
        seal.unseal("member", "name_enc", rid, key, blob)
    assert wrapped not in ring.path.read_bytes()


def test_a_key_destroyed_by_another_process_is_forgotten_at_the_next_request(ring):
    key, rid = ring.new_key(), secrets.token_bytes(16)
    ring.refresh()
    blob = seal.seal("member", "name_enc", rid, key, "Ana")
    keyring.Keyring(ring.path.parent, ring.keys).destroy(key)
    ring.refresh()
    with pytest.raises(KeyGone):
        seal.unseal("member", "name_enc", rid, key, blob)


def test_reading_is_noted_and_silent_reading_is_not(ring):
    key, rid = ring.new_key(), secrets.token_bytes(16)
    blob = seal.seal("member", "name_enc", rid, key, "Ana")
    reads = seal.begin_reads()
    with seal.silent():
        seal.unseal("member", "name_enc", rid, key, blob)
    assert not reads.rids
    seal.unseal("member", "name_enc", rid, key, blob)
    assert (list(reads.rids), reads.fields) == ([rid], {"member.name_enc"})
    reads.written = True
    with pytest.raises(OpenTransaction):
        seal.unseal("member", "name_enc", rid, key, blob)


def test_the_blind_index_knows_equal_from_unequal_and_one_place_from_another(ring):
    assert seal.blind("member.phone", "+19155550101") == seal.blind("member.phone", "+19155550101")
    assert seal.blind("member.phone", "+19155550101") != seal.blind("donor.phone", "+19155550101")
    assert seal.blind("member.phone", "+19155550101") != seal.blind("member.phone", "+19155550102")


def test_a_key_that_no_row_uses_is_swept_only_when_it_is_old(ring):
    used, lost = ring.new_keys(2)
    assert ring.sweep({used}) == 0
    assert ring.sweep({used}, older_than=-1) == 1
    ring.cipher(used)
    with pytest.raises(KeyGone):
        ring.cipher(lost)


def test_keys_that_cannot_be_used_are_refused_in_words(tmp_path):
    assert "no key file" in keyring.problems_of(tmp_path)[0].en
    keyring.make_key_file(tmp_path)
    assert keyring.problems_of(tmp_path) == []
    ring = keyring.Keyring(tmp_path, keyring.read_key_file(tmp_path))
    ring.make()
    (tmp_path / "key").chmod(0o644)
    assert "chmod 400" in keyring.problems_of(tmp_path)[0].en
    (tmp_path / "key").unlink()
    keyring.make_key_file(tmp_path)
    assert "not the key of the keyring" in keyring.problems_of(tmp_path)[0].en
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "key").write_text("{")
    (tmp_path / "key").chmod(0o400)
    assert "damaged" in keyring.problems_of(tmp_path)[0].en
    with pytest.raises(FileExistsError):
        keyring.make_key_file(tmp_path)
