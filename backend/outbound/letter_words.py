"""The words of the letters about access, by language and kind. English stands in where a language is missing."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One letter. `{federation}` and `{name}` are filled in."""

    subject: str
    greeting: str
    body: str
    button: str
    end: str


WORDS: Final[dict[str, dict[str, Wording]]] = {
    "en": {
        "invitation": Wording(
            subject="You are invited to {federation}",
            greeting="Hello {name},",
            body="{federation} invites you to Carreau, where its invoices are kept. Follow the link within seven days"
            " to choose a password.",
            button="Accept the invitation",
            end="If you did not expect this, do nothing: nothing happens.",
        ),
        "welcome": Wording(
            subject="You have a new role at {federation}",
            greeting="Hello {name},",
            body="{federation} gave you a new role in Carreau. Sign in as usual to use it.",
            button="Open Carreau",
            end="If this surprises you, ask the administrator of your federation.",
        ),
        "reset": Wording(
            subject="Choose a new password",
            greeting="Hello {name},",
            body="Somebody, probably you, asked for a new password at {federation}. Follow the link within half an"
            " hour to choose one.",
            button="Choose a new password",
            end="If it was not you, do nothing: your password stays as it is.",
        ),
    },
    "sv": {
        "invitation": Wording(
            subject="Du är inbjuden till {federation}",
            greeting="Hej {name}!",
            body="{federation} bjuder in dig till Carreau, där fakturorna finns. Följ länken inom sju dagar och välj"
            " ett lösenord.",
            button="Tacka ja till inbjudan",
            end="Om du inte väntade dig det här behöver du inte göra något.",
        ),
        "welcome": Wording(
            subject="Du har en ny roll i {federation}",
            greeting="Hej {name}!",
            body="{federation} har gett dig en ny roll i Carreau. Logga in som vanligt för att använda den.",
            button="Öppna Carreau",
            end="Fråga förbundets administratör om det här förvånar dig.",
        ),
        "reset": Wording(
            subject="Välj ett nytt lösenord",
            greeting="Hej {name}!",
            body="Någon, troligen du, har bett om ett nytt lösenord hos {federation}. Följ länken inom en halvtimme"
            " för att välja ett.",
            button="Välj ett nytt lösenord",
            end="Om det inte var du behöver du inte göra något: lösenordet gäller.",
        ),
    },
    "fr": {
        "invitation": Wording(
            subject="Vous êtes invité à rejoindre {federation}",
            greeting="Bonjour {name},",
            body="{federation} vous invite sur Carreau, où se trouvent ses factures. Suivez le lien dans les sept"
            " jours pour choisir un mot de passe.",
            button="Accepter l’invitation",
            end="Si vous n’attendiez pas ce message, ne faites rien.",
        ),
        "welcome": Wording(
            subject="Vous avez un nouveau rôle à {federation}",
            greeting="Bonjour {name},",
            body="{federation} vous a donné un nouveau rôle dans Carreau. Connectez-vous comme d’habitude.",
            button="Ouvrir Carreau",
            end="Si cela vous surprend, demandez à l’administrateur de votre fédération.",
        ),
        "reset": Wording(
            subject="Choisissez un nouveau mot de passe",
            greeting="Bonjour {name},",
            body="Quelqu’un, probablement vous, a demandé un nouveau mot de passe à {federation}. Suivez le lien dans"
            " la demi-heure pour en choisir un.",
            button="Choisir un nouveau mot de passe",
            end="Si ce n’était pas vous, ne faites rien.",
        ),
    },
}
