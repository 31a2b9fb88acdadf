"""No mail leaves for a member but through the one door that asks her own rules first."""

import ast
from pathlib import Path

import mexile

ROOT = Path(mexile.__file__).parent
DOOR = ROOT / "members" / "contact" / "actions.py"
ADDRESSES = ("mexile.members.contact.models", "mexile.members.contact.queries", "mexile.members.contact.forms")
"""Who reads one of these knows a member's address."""
MAILS = ("mexile.ground.mail", "mexile.ground.smtp", "smtplib", "email.message")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def _reads_a_members_mail(path: Path) -> bool:
    """The module names the column, or the attribute on the table."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    is_of_members = "members" in path.relative_to(ROOT).parts
    return bool(names & {"Member.email", "Member.email_enc", "member.email", "found.email"}) or (
        is_of_members and "email_enc" in texts
    )


def test_who_sends_mail_knows_no_members_address_but_the_door() -> None:
    wrong, seen = [], 0
    for path in sorted(ROOT.rglob("*.py")):
        imports = _imports(path)
        if not any(name in imports for name in MAILS) or path in (DOOR, ROOT / "ground" / "mail.py"):
            continue
        seen += 1
        if imports & set(ADDRESSES) or _reads_a_members_mail(path):
            wrong.append(str(path.relative_to(ROOT)))
    assert seen > 3 and wrong == []


def test_the_door_asks_before_it_puts_anything_into_the_queue() -> None:
    """In `mail_to_member` the question stands before the letter, and nothing else there sends."""
    tree = ast.parse(DOOR.read_text("utf-8"))
    calls = {}
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                calls.setdefault(function.name, []).append((node.lineno, ast.unparse(node.func)))
    senders = {name for name, found in calls.items() if any(word == "mail.put" for _, word in found)}
    assert senders == {"mail_to_member"}
    lines = {word: line for line, word in calls["mail_to_member"]}
    assert lines["may_contact"] < lines["mail.put"]
