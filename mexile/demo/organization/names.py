"""Names for invented people: ordinary given names and surnames, drawn apart from each other.

A name that meets one of a known exile, founder, journalist, judge or official is drawn again.
Who they are is kept as the first eight hex digits of a SHA-256 over "given surname" without
accents: the list says no to a name without itself naming anybody.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass

from mexile.demo.organization.chance import Chance

WOMEN = (
    "Adela Alicia Alma Amalia Ana Andrea Ángela Araceli Aurora Beatriz Blanca Carolina Cecilia "
    "Celia Clara Claudia Consuelo Cristina Daniela Delia Diana Dolores Elvira Emilia Esperanza "
    "Estela Eva Fabiola Fernanda Gabriela Gloria Graciela Guadalupe Hilda Inés Irene Isabel "
    "Ivonne Jimena Josefina Juana Julia Laura Leticia Lidia Liliana Lorena Lourdes Luz Magdalena "
    "Marcela Margarita María Mariana Maribel Marina Martha Mercedes Mireya Mónica Natalia Norma "
    "Ofelia Olivia Paola Patricia Paula Perla Pilar Raquel Rebeca Renata Rocío Rosa Rosario "
    "Sandra Silvia Sofía Sonia Susana Teresa Valeria Verónica Victoria Violeta Yolanda Zulema"
).split()
MEN = (
    "Abel Abraham Adán Adrián Agustín Alberto Alejandro Alfonso Alfredo Alonso Andrés Ángel "
    "Antonio Armando Arturo Benito Camilo Carlos César Cristóbal Daniel David Diego Domingo "
    "Eduardo Efraín Elías Emilio Enrique Ernesto Esteban Eugenio Ezequiel Fabián Felipe Félix "
    "Fernando Fidel Francisco Gabriel Gerardo Germán Gilberto Gonzalo Gregorio Guillermo Gustavo "
    "Héctor Hugo Ignacio Isaac Ismael Iván Jacobo Jaime Javier Jesús Joaquín Joel Jorge José Juan "
    "Julio Leonardo Lorenzo Luis Manuel Marcos Mario Martín Mauricio Miguel Moisés Nicolás "
    "Octavio Omar Óscar Pablo Pedro Rafael Ramiro Ramón Raúl René Ricardo Roberto Rodrigo "
    "Rogelio Rubén Salvador Samuel Santiago Sergio Simón Tomás Valentín Vicente Víctor"
).split()
SURNAMES = (
    "Acosta Aguilar Aguirre Alvarado Álvarez Aranda Ávila Ayala Barrera Bautista Beltrán Benítez "
    "Bravo Cabrera Calderón Camacho Campos Cano Cárdenas Carrillo Castañeda Castillo Castro "
    "Cervantes Chávez Contreras Córdova Corona Cortés Cruz Delgado Díaz Domínguez Durán Escobar "
    "Espinosa Estrada Fernández Figueroa Flores Franco Fuentes Galindo Gallegos García Garza "
    "Gómez González Guerrero Gutiérrez Guzmán Hernández Herrera Hidalgo Huerta Ibarra Jiménez "
    "Juárez Lara León López Lozano Lucero Luna Macías Maldonado Márquez Martínez Medina Mejía "
    "Méndez Mendoza Meza Miranda Molina Montes Montoya Mora Morales Moreno Muñoz Nava Navarro "
    "Núñez Ochoa Olivas Orozco Ortega Ortiz Pacheco Padilla Palacios Paredes Peña Peralta Pérez "
    "Pineda Ponce Quintero Ramírez Ramos Rangel Reyes Ríos Rivas Rivera Robles Rocha Rodríguez "
    "Rojas Romero Rosales Rubio Ruiz Salas Salazar Salinas Sánchez Sandoval Santos Saucedo "
    "Segovia Serrano Silva Solís Soto Suárez Tapia Torres Trejo Treviño Trujillo Valdez Valencia "
    "Vargas Vásquez Vega Velasco Vera Villa Villanueva Zamora Zapata Zavala Zúñiga"
).split()
KICHE = ("Ajanel Batz Chaj Ixcoy Lux Tum Tzoc Us").split()
ENGLISH_GIVEN = (
    "Alan Alice Amy Anna Barbara Brian Carol Daniel David Diane Edward Ellen Emily Frank George "
    "Grace Helen Henry James Jane John Joseph Karen Laura Linda Margaret Mark Mary Michael Nancy "
    "Patrick Paul Peter Rachel Richard Robert Ruth Sarah Susan Thomas Walter William"
).split()
ENGLISH_SURNAMES = (
    "Adams Allen Baker Bell Bennett Brooks Brown Carter Clark Collins Cooper Davis Evans Fisher "
    "Foster Gray Green Hall Harris Hill Howard Hughes Jenkins Johnson Jones Kelly King Lewis "
    "Miller Mitchell Moore Morgan Morris Murphy Nelson Parker Perry Porter Reed Roberts Rogers "
    "Russell Scott Simmons Smith Stewart Taylor Thompson Turner Walker Ward Watson White Wilson "
    "Wood Wright Young"
).split()
REFUSED = frozenset(
    (
        "012ad3a2 01b2f773 02a2eaf6 03e03394 0452e8e2 055b95cc 055efb42 05f3d75d 05f4b3d3 "
        "06274657 0668e338 0690591f 074ed314 089c004c 0929654d 098c338e 09e3201e 0a77ff9c "
        "0b26179c 0c4aa0c2 0c6a7133 0dcc8089 0e8b6cf1 0f2c773e 0f616ce8 10cc8151 10e69000 "
        "12cac278 13bf4424 140dd99c 1558f9d4 1584d2dc 1764262c 18035ca6 1824d575 18b8c421 "
        "18c8440e 18c8a71d 19eec58f 1c5e52bf 1da22396 1e82b7ea 20edb427 22739884 22bfcaa8 "
        "237be30e 23feba91 241f2b4c 25076431 2524999d 260813aa 2686142a 271b93eb 278fdff9 "
        "294ff556 2a0cac95 2a49f7df 2aa40946 2b37ca86 2b4fa5c4 2b886db9 2b9eea0f 2cfe2d70 "
        "2da8171f 2dbba0b4 2f93835e 2fcaf906 2fee6582 30c06d2e 31feb522 32c0af34 32ddaf65 "
        "333e96ec 33e75fd2 351cd957 355495bf 37bb9606 37bc08fe 38aac16e 38d4ec04 38e00629 "
        "396561ea 3ca8be7a 3df46efa 3f549d42 3fb47d5a 409c0f56 40ae3370 41f28b48 42991549 "
        "4436bd78 44b79794 46554430 4665cfa5 46bc11c3 47ba043c 47bb74dc 47f7b454 48d1ec0f "
        "492e8b41 499676fa 4c000799 4cfc865b 4d7b9706 50162734 5059a72d 50d655ca 5152121d "
        "5178ad4b 51bb7505 53dfb1c9 546835cf 551ebba2 594e2d58 59ac1ac0 5a080e04 5a1721f1 "
        "5b5148e0 5b577323 5c9c571f 5de36c0d 5eadaff0 60710f61 62485054 633f9345 634d58ba "
        "63a573a3 63dd2cf5 644d8111 6913b1a8 69283848 6a378bad 6ac130c9 6bb6928e 6c739404 "
        "6cdddcf4 6d79586e 6dd7fb40 6de7ea30 6e08914c 6e73d6ed 6ed8857d 6eed5e7e 6ef7bbf0 "
        "6f0ab07f 6f23540b 6f58ed20 6fc59191 716623b8 72e55c01 733441c8 746bde6e 7501ab27 "
        "781f56f9 78940863 79cab573 7b167d6d 7c17ade7 7c61e68b 7ce308ac 7d68bbbe 7e2761ae "
        "7fb757ae 814bb8ce 81562e16 81b586aa 82e5abb6 840ac078 85731db6 8591762c 85a8c114 "
        "862c2054 8644ceed 865a1f26 875855bd 87958e13 87c276e0 88cac37d 89adfcf1 8a135cfe "
        "8a52a3e0 8acb70aa 8b58d607 8b6a9830 8b6f5f26 8c12c531 8d87a383 8dd10346 907861d2 "
        "907fa42e 90eaccb3 9160bb59 91637789 9243ab7e 930df537 93d456dd 9765573a 97d59a0f "
        "9892d0bb 98c7c668 9913d569 99d4ec41 99f33e22 9c88c516 9ceff187 9d0fa11b 9e40a375 "
        "9f2b30e5 9f3124d5 9f7b0bf6 9fd33b9a a0f03b0a a3078e31 a325dcbe a65cbc0b a6e3c42e "
        "a782a5cf a8391338 a879e7de a882a93d a924afb2 a94a6bfb aa68723a aa7a99c5 aac4fc1b "
        "acd27f0f ad1a47b3 ae533cca ae887887 afc155ea b01cad11 b2df9f5f b2ed0a1c b349bb27 "
        "b41bcfa7 b4b9285f b5bf3038 b837a755 b9ba8ff7 ba9dcd28 bbde2009 bd07c2ac bde4ba3b "
        "be912291 bef3846e c1d8a884 c23b125a c31b6986 c403d3be c4887e3e c78982a3 c7ae37e8 "
        "ca08b454 cbb02b9f cbbda6a3 cc5add07 cc7cc2e1 cc88f7f1 cc8df3ca ccf0c0bc cd461c98 "
        "cdd03525 cdecd372 ce3e6ad2 cee36d3b d06d169c d0bf3359 d3818baa d6ed624e d822e938 "
        "dadd598d dc194422 dc754014 dc83fd78 dcce71bf dd542eb0 ddeb0ef7 df8c261e dff12728 "
        "e48cf982 e492d6e9 e5b6e533 e67a09a5 e6884c80 e6a78b1a e742cb6d e80d4dc8 e89bc45e "
        "e90c4f95 ebc4be60 ebe0a994 ed5479a4 ed6e2ccd edc3a952 ede1adb6 edfe57d5 eed9f2f5 "
        "f02e436d f092109f f0cbf6bb f12ab4d1 f226e222 f4fe7c85 f5b805cb f623df20 f704640a "
        "f924f130 facaeefb fcdaf9ea fd1964c8 fd5fd5dc fe7aa01e"
    ).split()
)


@dataclass(frozen=True)
class Name:
    """A person's name: given names as written, and one or two surnames."""

    given: str
    surnames: str

    def __str__(self) -> str:
        return f"{self.given} {self.surnames}"

    @property
    def called(self) -> str:
        """What people say: the first given name."""
        return self.given.split()[0]


def plain(text: str) -> str:
    """Lower case without accents."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def mark(given: str, surname: str) -> str:
    return hashlib.sha256(f"{plain(given)} {plain(surname)}".encode()).hexdigest()[:8]


def is_refused(name: Name) -> bool:
    """Any of the given names with any of the surnames belongs to somebody known."""
    return any(mark(given, surname) in REFUSED for given in name.given.split() for surname in name.surnames.split())


def draw(chance: Chance, gender: str, surnames: str | None = None, second: float = 0.3) -> Name:
    """A Spanish name; `surnames` where the family already has them, `second` the share of
    people with two given names."""
    given = {"F": WOMEN, "M": MEN}.get(gender) or WOMEN + MEN
    while True:
        first = chance.one(given)
        other = chance.one(given) if chance.happens(second) else first
        called = first if other == first else f"{first} {other}"
        name = Name(called, surnames or f"{chance.one(SURNAMES)} {chance.one(SURNAMES)}")
        if not is_refused(name):
            return name


def draw_english(chance: Chance) -> Name:
    while True:
        name = Name(chance.one(ENGLISH_GIVEN), chance.one(ENGLISH_SURNAMES))
        if not is_refused(name):
            return name
