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
    "password_reset": (
        "Your password was set anew by a mailed link, and you were signed out everywhere.",
        "Se fijó de nuevo su contraseña con un enlace enviado por correo y se cerraron todas sus sesiones.",
    ),
    "recovery_asked": (
        "Somebody asked that your second factor be set anew, as if your telephone were lost. Nothing changed yet: a "
        "second colleague has to confirm it, and then a letter with an address comes. Signed in, you can stop it on the "
        "page My account.",
        "Alguien pidió que se fije de nuevo su segundo factor, como si hubiera perdido su teléfono. Aún no cambió nada: "
        "otra persona debe confirmarlo y entonces llega un correo con una dirección. Si puede entrar, usted lo detiene "
        "en la página Mi cuenta.",
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
    "passkey_added": (
        "A passkey was added to your account. It opens it without the password.",
        "Se agregó una llave de acceso a su cuenta. La abre sin contraseña.",
    ),
    "passkey_removed": (
        "A passkey was removed from your account, and you were signed out everywhere else.",
        "Se quitó una llave de acceso de su cuenta y se cerraron sus demás sesiones.",
    ),
    "passkey_copied": (
        "One of your passkeys was used that counts less than it did before, as a copy of it would. Nothing was opened. "
        "Remove that passkey and add it anew.",
        "Se usó una de sus llaves de acceso que cuenta menos que antes, como lo haría una copia. No se abrió nada. "
        "Quite esa llave y agréguela de nuevo.",
    ),
}


def own_letter(what: str, url: str, language: str) -> tuple[str, str]:
    """Subject and text of a letter about what happened to one's own account."""
    en, es = _OWN[what]
    if language == "es":
        return "Sobre su cuenta", f"{es}\n\nSi no fue usted, avise hoy mismo a dirección o administración.\n\n{url}\n"
    return "About your account", f"{en}\n\nIf it was not you, tell a director or the administrator today.\n\n{url}\n"


def invitation_letter(url: str, language: str) -> tuple[str, str]:
    """Subject and text of the letter with the address that works once."""
    if language == "es":
        return (
            "Su acceso",
            "Se le invita a abrir su cuenta. Elija usted su contraseña y su segundo factor; nadie más los ve.\n\n"
            f"{url}\n\nLa dirección sirve una sola vez, durante 72 horas. No la reenvíe. "
            "Si no esperaba este correo, no la abra y avise a la oficina.\n",
        )
    return (
        "Your access",
        "You are invited to open your account. You choose the password and the second factor; nobody else sees them.\n\n"
        f"{url}\n\nThe address works once, within 72 hours. Don't forward it. "
        "If you didn't expect this mail, don't open it and tell the office.\n",
    )


def reset_letter(url: str, language: str) -> tuple[str, str]:
    """Subject and text of the letter with the link to a new password."""
    if language == "es":
        return (
            "Sobre su cuenta",
            f"Con este enlace elige una contraseña nueva:\n\n{url}\n\nSirve una sola vez, durante una hora. No lo reenvíe. "
            "Si usted no lo pidió, no haga nada: su contraseña sigue como está.\n",
        )
    return (
        "About your account",
        f"By this link you choose a new password:\n\n{url}\n\nIt works once, within an hour. Don't forward it. "
        "If you didn't ask for it, do nothing: your password stays as it is.\n",
    )


_NEW = {
    "account": ("A new account was made", "Se creó una cuenta nueva"),
    "invitation": ("An account was invited to set everything anew", "Se invitó a una cuenta a fijar todo de nuevo"),
    "recovery": ("A new second factor was asked for an account", "Se pidió un segundo factor nuevo para una cuenta"),
    "recovery_confirmed": ("A new second factor was confirmed", "Se confirmó un segundo factor nuevo"),
    "role": ("A role was given", "Se dio un rol"),
    "confirmation": ("A role was confirmed", "Se confirmó un rol"),
    "role_ended": ("A role was ended", "Se terminó un rol"),
    "access_ended": ("An access was ended", "Se terminó un acceso"),
}
_ENDED = ("role_ended", "access_ended")
_TALK = (
    "Talk with this person, face to face or on a number that you know. Then sign in and confirm it or stop it",
    "Hable con esta persona, en persona o a un número que usted conoce. Después entre y confírmelo o deténgalo",
)


def new_access_letter(what: str, code: str, words: str, by: str, url: str, language: str) -> tuple[str, str]:
    """Subject and text of what every director is told at once: which account, which roles, by which account."""
    en, es = _NEW[what]
    if language == "es":
        who = f"por {by}" if by else "desde el servidor"
        roles = f" ({words})" if words else ""
        step = (
            _TALK[1]
            if what == "recovery"
            else "Si no debía ser así, entre ahora y véalo"
            if what in _ENDED
            else "Si no sabe de quién se trata, entre ahora y termínelo"
        )
        return "Un acceso cambió", f"{es}: {code}{roles}, {who}.\n\n{step}:\n\n{url}\n"
    who = f"by {by}" if by else "on the server"
    roles = f" ({words})" if words else ""
    step = (
        _TALK[0]
        if what == "recovery"
        else "If this should not be, sign in now and look at it"
        if what in _ENDED
        else "If you don't know who this is, sign in now and end it"
    )
    return "An access changed", f"{en}: {code}{roles}, {who}.\n\n{step}:\n\n{url}\n"


def test_letter(lang: str) -> tuple[str, str]:
    """Subject and text of the letter to oneself that shows whether letters arrive."""
    if lang == "es":
        return (
            "mexile: correo de prueba",
            "Este correo llegó: los avisos, las invitaciones y los recibos también llegan.\n\n"
            "Si estaba entre el correo no deseado, pida a quien administra su correo que lo reconozca (SPF y DKIM).\n",
        )
    return (
        "mexile: test letter",
        "This letter arrived: so do notices, invitations and receipts.\n\n"
        "If it was among the spam, ask whoever runs your mail to let it be known as yours (SPF and DKIM).\n",
    )
