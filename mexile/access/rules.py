"""The words for roles and acts."""

from __future__ import annotations

from mexile.access.roles import word

ACTS = {
    "read": ("Read", "Leyó"),
    "denied": ("Refused", "Rechazado"),
    "sign_in": ("Signed in", "Entró"),
    "sign_in.refused": ("Sign-in refused", "Entrada rechazada"),
    "session.confirm": ("Gave the password again", "Repitió la contraseña"),
    "session.unlock": ("Unlocked", "Desbloqueó"),
    "session.refused": ("Wrong password", "Contraseña incorrecta"),
    "session.end": ("Ended a session", "Cerró una sesión"),
    "user.add": ("Added a person", "Agregó a una persona"),
    "user.invite": ("Invited a person", "Invitó a una persona"),
    "user.accept": ("Accepted the invitation", "Aceptó la invitación"),
    "user.password": ("Changed the password", "Cambió su contraseña"),
    "user.password_reset": ("Set a forgotten password anew", "Fijó de nuevo una contraseña olvidada"),
    "user.second_factor": ("Changed the second factor", "Cambió su segundo factor"),
    "user.recovery_codes": ("Made new recovery codes", "Hizo códigos de recuperación nuevos"),
    "user.recovery": ("Asked for a new second factor for a person", "Pidió un segundo factor nuevo para una persona"),
    "user.recovery_confirmed": ("Confirmed a new second factor", "Confirmó un segundo factor nuevo"),
    "user.recovery_end": ("Stopped a new second factor", "Detuvo un segundo factor nuevo"),
    "user.end": ("Ended access", "Terminó un acceso"),
    "user.role": ("Changed a role", "Cambió un rol"),
    "organization.change": ("Changed the organization's settings", "Cambió los datos de la organización"),
    "trail.restored": ("Took a trail from an old copy for right", "Aceptó un registro de una copia anterior"),
    "keys.lost": ("Gave lost keys up", "Dio claves por perdidas"),
    "mail.test": ("Sent themselves a test letter", "Se envió un correo de prueba"),
    "organization.init": ("Set mexile up", "Instaló mexile"),
    # As rows of the trail say that were written before the spelling changed.
    "organisation.change": ("Changed the organization's settings", "Cambió los datos de la organización"),
    "organisation.init": ("Set mexile up", "Instaló mexile"),
    "user.language": ("Chose a language", "Eligió un idioma"),
}
"""act -> (English, Spanish). Houses add their own with `name_act`."""


def name_act(act: str, en: str, es: str) -> None:
    ACTS[act] = (en, es)


def act_word(act: str, lang: str) -> str:
    """What an act is called on screen; an act without a word shows its code."""
    pair = ACTS.get(act)
    return act if pair is None else pair[1] if lang == "es" else pair[0]


def role_word(role: str, lang: str) -> str:
    known = {"system": ("mexile", "mexile"), "stranger": ("stranger", "visitante"), "self": ("self", "en persona")}
    if role in known:
        return known[role][1 if lang == "es" else 0]
    return word(role, lang)


def head_letter(day: str, seq: int, seal: str, missing: int, lang: str) -> tuple[str, str]:
    """Subject and text of the daily letter to a director: the trail's last line, to be kept."""
    if lang == "es":
        alarm = f"ATENCIÓN: faltan {missing} líneas que ya se habían visto. Llame hoy a quien administra mexile.\n\n"
        return (
            f"mexile: última línea del registro, {day}",
            f"{alarm if missing else ''}Última línea del registro: {seq}\nSu sello: {seal}\n\n"
            "Conserve este correo. Si un día alguien corta el final del registro, esto lo demuestra.\n"
            f"Se comprueba con: mexile audit verify --line {seq} --seal {seal[:16]}\n",
        )
    alarm = f"ATTENTION: {missing} lines that were seen before are missing. Call whoever runs mexile today.\n\n"
    return (
        f"mexile: last line of the trail, {day}",
        f"{alarm if missing else ''}Last line of the trail: {seq}\nSeal: {seal}\n\n"
        "Keep this letter. If somebody ever cuts off the end of the trail, this proves it.\n"
        f"Check it with: mexile audit verify --line {seq} --seal {seal[:16]}\n",
    )
