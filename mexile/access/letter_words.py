"""The words of the letters of this house: codes and kinds, never a name, a place or a reason."""

from __future__ import annotations

_OWN = {
    "wrong_codes": (
        "Somebody who knows your password typed wrong codes many times. Nothing was opened. If it was not you, "
        "sign in now and change your password.",
        "Alguien que conoce su contraseña escribió códigos equivocados muchas veces. No se abrió nada. Si no fue "
        "usted, entre ahora y cambie su contraseña.",
    ),
    "session_ended": (
        "The password was typed wrongly many times on a device where you were signed in. It was signed out. If it "
        "was not you, sign in and change your password.",
        "Se escribió mal la contraseña muchas veces en un aparato donde usted había entrado. Su sesión se cerró. Si no "
        "fue usted, entre y cambie su contraseña.",
    ),
    "accepted": (
        "Your account is ready: its password, second factor and recovery codes were set.",
        "Su cuenta está lista: se fijaron su contraseña, su segundo factor y sus códigos de recuperación.",
    ),
    "password": (
        "Your password was changed, and you were signed out everywhere else.",
        "Se cambió su contraseña y se cerraron sus demás sesiones.",
    ),
    "second_factor": (
        "Your second factor was changed: the codes of the telephone before are worth nothing now.",
        "Se cambió su segundo factor: los códigos del teléfono anterior ya no sirven.",
    ),
    "recovery_codes": (
        "New recovery codes were made for you: those from before are worth nothing now.",
        "Se hicieron códigos de recuperación nuevos para usted: los anteriores ya no sirven.",
    ),
    "recovery_used": (
        "One of your recovery codes was used to sign in. It is worth nothing now.",
        "Se usó uno de sus códigos de recuperación para entrar. Ya no sirve.",
    ),
}


def own_letter(what: str, url: str, language: str) -> tuple[str, str]:
    """Subject and text of a letter about what happened to one's own account."""
    en, es = _OWN[what]
    if language == "es":
        return "Sobre su cuenta", f"{es}\n\nSi no fue usted, avise hoy mismo a dirección o administración.\n\n{url}\n"
    return "About your account", f"{en}\n\nIf it was not you, tell a director or the administrator today.\n\n{url}\n"
