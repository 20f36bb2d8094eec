"""The members of the demo: invented people in real cities, always the same ones. No address is anybody's."""

from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import Final, NamedTuple

from backend.seed.world import DemoMember
from backend.values.parties import Address


class _Place(NamedTuple):
    postal_code: str
    city: str


_SWEDISH: Final = (
    "Astrid Lindqvist",
    "Bengt Åkesson",
    "Cecilia Nordin",
    "Daniel Öhman",
    "Elsa Berglund",
    "Fredrik Sjögren",
    "Gunilla Hägg",
    "Henrik Malm",
    "Ingrid Söderholm",
    "Jonas Ekdahl",
    "Karin Wåhlin",
    "Lars Brodin",
    "Märta Sundin",
    "Nils Öberg",
    "Olivia Fransson",
    "Per Hallgren",
    "Qamar Yusuf",
    "Rebecka Ström",
    "Sven Tärnqvist",
    "Tove Ahlgren",
    "Ulf Rydén",
    "Viktoria Lång",
    "Wilma Kvist",
    "Yngve Åström",
    "Åke Dahlberg",
    "Älva Norling",
    "Östen Lidman",
    "Maria Korhonen",
    "Pekka Virtanen",
    "Jürgen Schäfer",
    "Carmen Núñez",
    "Emma Clarke",
    "Amélie Girard",
    "Stig Boman",
    "Lovisa Grahn",
    "Mikael Sundström",
)
_FRENCH: Final = (
    "Marius Fabre",
    "Honorine Roux",
    "César Giraud",
    "Fanny Blanc",
    "Félix Escartefigue",
    "Zoé Martin",
    "Élise Bonnet",
    "Hugo Lefèvre",
    "Noémie Garçon",
    "Théo Marchand",
    "Inès Benali",
    "Léa Dupré",
    "Gaël Le Goff",
    "Anaïs Rousseau",
    "Bastien Côté",
    "Chloé Perrin",
    "Denis Aubert",
    "Édith Vidal",
    "François Noël",
    "Gisèle Moulin",
    "Hervé Carpentier",
    "Jeanne Ollivier",
    "Karim Haddad",
    "Lucie Pélissier",
)
# By family name, whoever would rather read another language than that of the federation.
_LANGUAGES: Final = {"Korhonen": "fi", "Virtanen": "fi", "Schäfer": "de", "Núñez": "es", "Clarke": "en", "Girard": "fr"}
_STREETS: Final = {
    "SE": ("Bouleplan", "Kastvägen", "Grusgången", "Klotstigen", "Lindallén"),
    "FR": ("rue du Cochonnet", "allée des Platanes", "place du Boulodrome", "chemin du Terrain", "rue de la Mène"),
}
_PLACES: Final = {
    "SE": (
        _Place("21122", "Malmö"),
        _Place("22350", "Lund"),
        _Place("25221", "Helsingborg"),
        _Place("11122", "Stockholm"),
        _Place("17234", "Sundbyberg"),
    ),
    "FR": (
        _Place("13001", "Marseille"),
        _Place("13100", "Aix-en-Provence"),
        _Place("13600", "La Ciotat"),
        _Place("75011", "Paris"),
        _Place("75020", "Paris"),
    ),
}


def swedish_members(prefix: str, clubs: Sequence[str], *, first: int, count: int) -> tuple[DemoMember, ...]:
    """`count` of the Swedish members from number `first`, spread over `clubs`."""
    return tuple(_members(_SWEDISH[first : first + count], prefix, clubs, country="SE", language="sv"))


def french_members(prefix: str, clubs: Sequence[str], *, first: int, count: int) -> tuple[DemoMember, ...]:
    return tuple(_members(_FRENCH[first : first + count], prefix, clubs, country="FR", language="fr"))


def _members(
    names: Sequence[str], prefix: str, clubs: Sequence[str], *, country: str, language: str
) -> Iterator[DemoMember]:
    places, streets = cycle(_PLACES[country]), cycle(_STREETS[country])
    for number, (name, club) in enumerate(zip(names, cycle(clubs), strict=False), start=1):
        place, street = next(places), next(streets)
        line = f"{street} {number}" if country == "SE" else f"{number} {street}"
        yield DemoMember(
            reference=f"{prefix}-{number:04d}",
            name=name,
            club=club,
            language=_LANGUAGES.get(name.split()[-1], language),
            address=Address(street=line, postal_code=place.postal_code, city=place.city, country=country),
        )
