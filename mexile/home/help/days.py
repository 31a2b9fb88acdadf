"""A day as each role: what one does when, in English and Spanish, and the page where it is done.

A line leads to its page only for those who may open it, so that anybody may read the day of a colleague.
"""

from __future__ import annotations

from types import MappingProxyType

from mexile.access import roles

Line = tuple[str, str, str]
"""English, Spanish, the endpoint of the page or ""."""

ALARM: Line = (
    "Somebody was detained: press Report a detention on any page. It asks for little and tells the right people at once.",
    "Detuvieron a alguien: presione Avisar de una detención en cualquier página. Pide poco y avisa enseguida a quien debe.",
    "custody.alerts",
)
SAFE: Line = (
    "You go away from the screen: it locks by itself. On a telephone that isn't yours, sign out.",
    "Se aleja de la pantalla: se bloquea sola. En un teléfono que no es suyo, cierre la sesión.",
    "",
)
TODAY: Line = (
    "In the morning open Today: what is past due and what comes next stand first, the next two weeks beside it.",
    "Por la mañana abra Hoy: primero está lo vencido y lo que sigue, y a un lado las próximas dos semanas.",
    "home.today",
)
CLOSE: Line = (
    "After each date press Done, or Not yet and what happened. It becomes a service by itself.",
    "Después de cada cita presione Hecho, o Todavía no y qué pasó. Se registra sola como servicio.",
    "home.today",
)
LOG: Line = (
    "Did something else? Press L and write one line: mar ice 2h yesterday +fam. What was read is shown before you save.",
    "¿Hizo algo más? Presione L y escriba una línea: mar ice 2h ayer +fam. Antes de guardar se ve lo que se leyó.",
    "services.log",
)
FIND: Line = (
    "To find anybody or anything press / and write a part of a name, a code or the last digits of a telephone.",
    "Para encontrar a alguien o algo presione / y escriba parte de un nombre, un código o los últimos números de un teléfono.",
    "home.search",
)
REPORTS: Line = (
    "Before a report is due open its grant: targets, what is behind, and the file for the funder.",
    "Antes de que venza un informe abra su subvención: metas, lo que falta y el archivo para quien financia.",
    "grants.grants",
)
TEAM: Line = (
    "Somebody comes or leaves: Team. Who leaves hands over every deadline, date and person in one step.",
    "Alguien llega o se va: Equipo. Quien se va entrega en un paso cada plazo, cita y persona.",
    "access.people",
)

DAYS: MappingProxyType[str, tuple[Line, ...]] = MappingProxyType(
    {
        roles.CASEWORKER: (
            TODAY,
            FIND,
            (
                "A member's page says how to call without danger before it shows the number. Read that line first.",
                "La página de cada integrante dice cómo llamar sin riesgo antes de mostrar el número. Lea primero esa línea.",
                "members.members",
            ),
            LOG,
            CLOSE,
            (
                "A letter from a court or an office came: open the person, add the date, and check it against the paper.",
                "Llegó una carta de un tribunal u oficina: abra a la persona, agregue la fecha y compárela con el papel.",
                "deadlines.docket",
            ),
            ALARM,
            SAFE,
        ),
        roles.INTAKE: (
            TODAY,
            (
                "Somebody asks for help: New inquiry. An alias is enough; write how to answer without danger.",
                "Alguien pide ayuda: Nueva solicitud. Basta un alias; anote cómo responder sin riesgo.",
                "inquiries.inquiries",
            ),
            (
                "Each inquiry says by when it is answered. Danger right now stands first, then what is late.",
                "Cada solicitud dice para cuándo se responde. Primero está el peligro inmediato, después lo atrasado.",
                "inquiries.inquiries",
            ),
            FIND,
            LOG,
            ALARM,
            SAFE,
        ),
        roles.ATTORNEY: (
            (
                "In the morning open the Docket: past due, then each day of two weeks with place, companion and who is responsible.",
                "Por la mañana abra la Agenda legal: lo vencido y después cada día de dos semanas con lugar, acompañante y responsable.",
                "deadlines.docket",
            ),
            (
                "Each deadline says its rule, its source and how it was reckoned. It is yours to confirm; the program gives no advice.",
                "Cada plazo dice su regla, su fuente y cómo se calculó. A usted le toca confirmarlo; el programa no aconseja.",
                "deadlines.rules",
            ),
            (
                "After a hearing write what was decided: the deadlines that follow are offered, and you choose.",
                "Después de una audiencia anote qué se resolvió: se ofrecen los plazos que siguen y usted elige.",
                "cases.cases",
            ),
            (
                "Check dates with the office before they come: the docket lists those to make sure of.",
                "Confirme las citas con la oficina antes de que lleguen: la agenda dice cuáles.",
                "cases.verification",
            ),
            FIND,
            ALARM,
            SAFE,
        ),
        roles.DIRECTOR: (
            (
                "Your Today begins with the next report that is due and what is not right: late answers, letters that could not be sent.",
                "Su Hoy empieza con el próximo informe y lo que no está bien: respuestas atrasadas, cartas que no salieron.",
                "home.today",
            ),
            REPORTS,
            (
                "Every number of a report opens the people and services behind it.",
                "Cada número de un informe abre las personas y los servicios que hay detrás.",
                "reports.reports",
            ),
            TEAM,
            (
                "Once a month look at the trail: who opened what, and who looked outside their own work.",
                "Una vez al mes vea el registro de accesos: quién abrió qué y quién miró fuera de su trabajo.",
                "",
            ),
            FIND,
            ALARM,
            SAFE,
        ),
        roles.DEVELOPMENT: (
            (
                "In the morning your Today says whom to thank and which gifts need you.",
                "Por la mañana su Hoy dice a quién agradecer y qué donativos la necesitan.",
                "home.today",
            ),
            (
                "A check came: Record a gift. The receipt is made and mailed by itself, in the donor's language.",
                "Llegó un cheque: Registrar un donativo. El recibo se hace y se envía solo, en el idioma de quien dona.",
                "gifts.new_gift",
            ),
            (
                "A donor calls: find them by name, e-mail or receipt. Their page has every gift and receipt.",
                "Llama alguien que dona: búsquelo por nombre, correo o recibo. Su página tiene cada donativo y recibo.",
                "gifts.donors",
            ),
            (
                "At the end of the month open it: received, fees, refunds and what reached the bank, also as an Excel file.",
                "Al final del mes ábralo: recibido, comisiones, devoluciones y lo que llegó al banco, también en Excel.",
                "gifts.month",
            ),
            REPORTS,
            SAFE,
        ),
        roles.ADMINISTRATOR: (
            TEAM,
            (
                "Health says in plain words whether mail, backups, payments and disk are well, and what to do.",
                "Salud dice en palabras claras si el correo, los respaldos, los pagos y el disco están bien, y qué hacer.",
                "",
            ),
            (
                "A new office, tax number or mail sender: Organization. Receipts and reports print what stands there.",
                "Nueva oficina, número fiscal o remitente: Organización. Recibos e informes imprimen lo que dice ahí.",
                "access.organization",
            ),
            (
                "You see no member. That is meant so: who keeps the machine needs no names.",
                "Usted no ve a ningún integrante. Así debe ser: quien cuida la máquina no necesita nombres.",
                "",
            ),
            SAFE,
        ),
        roles.VOLUNTEER: (
            (
                "Today shows the dates to which you said yes, with first names, meeting point and whom to call.",
                "Hoy muestra las citas a las que dijo que sí, con nombres de pila, punto de encuentro y a quién llamar.",
                "home.today",
            ),
            (
                "Asked for a new date? Say yes or no; a no needs no reason.",
                "¿Le piden una nueva cita? Diga sí o no; para un no hace falta ninguna razón.",
                "home.today",
            ),
            (
                "Go in a little early. Don't write names or places in WhatsApp or on paper.",
                "Llegue un poco antes. No escriba nombres ni lugares en WhatsApp ni en papel.",
                "",
            ),
            CLOSE,
            ALARM,
            SAFE,
        ),
        roles.AUDITOR: (
            (
                "Today says who looked at how much. Names of members stay closed to you.",
                "Hoy dice quién miró cuánto. Los nombres de integrantes le quedan cerrados.",
                "home.today",
            ),
            (
                "The trail can be searched by person, day and kind, and says whether it is whole.",
                "El registro de accesos se busca por persona, día y clase, y dice si está completo.",
                "",
            ),
            SAFE,
        ),
    }
)
