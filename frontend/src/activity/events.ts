/** What happened, in words. The list of events is open: one without words here shows its stored name. */
import { messages } from "../language/messages";

const en = {
  "access-refused": "Access refused", "access-token-issued": "Access token issued", "api-client-registered": "API client registered",
  "api-client-revoked": "API client revoked", "auto-delivery-set": "Automatic delivery set", "credit-note-issued": "Credit note issued",
  "debtor-registered": "Debtor registered", "debtor-revised": "Debtor changed", "default-template-chosen": "Default template chosen",
  "delivery-bounced": "Mail bounced", "delivery-confirmed": "Mail delivered", "delivery-deferred": "Mail put off", "delivery-failed": "Mail failed",
  "delivery-queued": "Mail queued", "delivery-sent": "Mail sent", "delivery-switch-turned": "Delivery switch turned",
  "delivery-unknown": "Mail: outcome unknown", "document-received": "Document received", "document-updated": "Received document updated",
  "draft-discarded": "Draft discarded", "draft-revised": "Draft changed", "gate-policy-set": "Gate rules set",
  "historical-invoice-imported": "Historical invoice imported", "identity-linked": "Identity linked", "invitation-accepted": "Invitation accepted",
  "invoice-cancelled": "Invoice cancelled", "document-stored": "PDF stored", "invoice-drafted": "Draft begun", "invoice-issued": "Invoice issued",
  "invoice-link-made": "Link for the debtor made", "invoice-links-revoked": "Links to the invoice revoked", "invoice-viewed": "Invoice viewed by its link",
  "issuer-identity-changed": "Issuer changed", "issuer-registered": "Issuer registered", "number-series-configured": "Number series configured",
  "org-node-created": "Org unit created", "org-node-renamed": "Org unit renamed", "password-changed": "Password changed",
  "password-reset-requested": "Password reset requested", "payment-account-set": "Payment account set", "payment-registered": "Payment registered",
  "personal-data-erased": "Personal data erased", "role-granted": "Role granted", "role-revoked": "Role revoked", "run-chunk-issued": "Part of a run issued",
  "run-completed": "Run completed", "run-members-listed": "Members of a run listed", "recovery-codes-renewed": "New recovery codes", "identity-provider-added": "Sign-in provider added",
  "identity-provider-removed": "Sign-in provider removed", "run-started": "Run started", "run-stopped": "Run stopped",
  "season-defined": "Season defined", "second-factor-added": "Second factor added", "second-factor-removed": "Second factor removed",
  "sign-in-refused": "Sign-in refused", "signed-in": "Signed in", "signed-in-afresh": "Signed in afresh", "signed-out": "Signed out",
  "tax-rates-adopted": "Tax rates adopted", "template-defined": "Template defined", "token-created": "Token created",
  "access-book-pruned": "Old access records deleted", "token-revoked": "Token revoked", "user-invited": "User invited", "tenant-opened": "Federation opened", "time-zone-set": "Time zone of the federation set", "platform-switch-turned": "Everything outgoing stopped or started",
  "operator-looked": "The platform’s operator looked in", "rebuild-requested": "Rebuild of a read model asked for",
}; // prettier-ignore

const sv: typeof en = {
  "access-refused": "Åtkomst nekad", "access-token-issued": "Åtkomstnyckel utfärdad", "api-client-registered": "API-klient registrerad",
  "api-client-revoked": "API-klient återkallad", "auto-delivery-set": "Automatiskt utskick ändrat", "credit-note-issued": "Kreditfaktura utställd",
  "debtor-registered": "Betalare registrerad", "debtor-revised": "Betalare ändrad", "default-template-chosen": "Standardmall vald",
  "delivery-bounced": "Mejl studsade", "delivery-confirmed": "Mejl levererat", "delivery-deferred": "Mejl uppskjutet", "delivery-failed": "Mejl misslyckades",
  "delivery-queued": "Mejl köat", "delivery-sent": "Mejl skickat", "delivery-switch-turned": "Utskick av eller på",
  "delivery-unknown": "Mejl: okänt utfall", "document-received": "Dokument mottaget", "document-updated": "Mottaget dokument uppdaterat",
  "draft-discarded": "Utkast kastat", "draft-revised": "Utkast ändrat", "gate-policy-set": "Spärregler ändrade",
  "historical-invoice-imported": "Historisk faktura importerad", "identity-linked": "Identitet kopplad", "invitation-accepted": "Inbjudan antagen",
  "invoice-cancelled": "Faktura makulerad", "document-stored": "PDF sparad", "invoice-drafted": "Utkast påbörjat", "invoice-issued": "Faktura utställd",
  "invoice-link-made": "Länk till betalaren skapad", "invoice-links-revoked": "Länkar till fakturan återkallade", "invoice-viewed": "Faktura läst via länk",
  "issuer-identity-changed": "Utställare ändrad", "issuer-registered": "Utställare registrerad", "number-series-configured": "Nummerserie inställd",
  "org-node-created": "Organisationsenhet skapad", "org-node-renamed": "Organisationsenhet omdöpt", "password-changed": "Lösenord ändrat",
  "password-reset-requested": "Nytt lösenord begärt", "payment-account-set": "Betalkonto ändrat", "payment-registered": "Betalning registrerad",
  "personal-data-erased": "Personuppgifter raderade", "role-granted": "Roll given", "role-revoked": "Roll återtagen", "run-chunk-issued": "Del av körning utställd",
  "run-completed": "Körning klar", "run-members-listed": "Körningens medlemmar listade", "recovery-codes-renewed": "Nya återställningskoder", "identity-provider-added": "Inloggningstjänst tillagd",
  "identity-provider-removed": "Inloggningstjänst borttagen", "run-started": "Körning startad", "run-stopped": "Körning stoppad",
  "season-defined": "Säsong upplagd", "second-factor-added": "Andra faktor tillagd", "second-factor-removed": "Andra faktor borttagen",
  "sign-in-refused": "Inloggning nekad", "signed-in": "Inloggad", "signed-in-afresh": "Inloggad på nytt", "signed-out": "Utloggad",
  "tax-rates-adopted": "Momssatser införda", "template-defined": "Mall skapad", "token-created": "Nyckel skapad",
  "access-book-pruned": "Gamla åtkomstuppgifter raderade", "token-revoked": "Nyckel återkallad", "user-invited": "Person inbjuden", "tenant-opened": "Förbund öppnat", "time-zone-set": "Förbundets tidszon ändrad", "platform-switch-turned": "Allt utgående stoppat eller startat",
  "operator-looked": "Plattformens operatör tittade in", "rebuild-requested": "Ombygge av läsmodell begärt",
}; // prettier-ignore

const fr: typeof en = {
  "access-refused": "Accès refusé", "access-token-issued": "Jeton d’accès émis", "api-client-registered": "Client API enregistré",
  "api-client-revoked": "Client API révoqué", "auto-delivery-set": "Envoi automatique réglé", "credit-note-issued": "Avoir émis",
  "debtor-registered": "Débiteur enregistré", "debtor-revised": "Débiteur modifié", "default-template-chosen": "Modèle par défaut choisi",
  "delivery-bounced": "E-mail rejeté", "delivery-confirmed": "E-mail distribué", "delivery-deferred": "E-mail différé", "delivery-failed": "E-mail échoué",
  "delivery-queued": "E-mail en file", "delivery-sent": "E-mail envoyé", "delivery-switch-turned": "Envois suspendus ou repris",
  "delivery-unknown": "E-mail : issue inconnue", "document-received": "Document reçu", "document-updated": "Document reçu mis à jour",
  "draft-discarded": "Brouillon jeté", "draft-revised": "Brouillon modifié", "gate-policy-set": "Règles de blocage fixées",
  "historical-invoice-imported": "Facture historique importée", "identity-linked": "Identité liée", "invitation-accepted": "Invitation acceptée",
  "invoice-cancelled": "Facture annulée", "document-stored": "PDF conservé", "invoice-drafted": "Brouillon commencé", "invoice-issued": "Facture émise",
  "invoice-link-made": "Lien pour le débiteur créé", "invoice-links-revoked": "Liens de la facture révoqués", "invoice-viewed": "Facture consultée par son lien",
  "issuer-identity-changed": "Émetteur modifié", "issuer-registered": "Émetteur enregistré", "number-series-configured": "Série de numéros réglée",
  "org-node-created": "Entité créée", "org-node-renamed": "Entité renommée", "password-changed": "Mot de passe changé",
  "password-reset-requested": "Nouveau mot de passe demandé", "payment-account-set": "Compte de paiement fixé", "payment-registered": "Paiement enregistré",
  "personal-data-erased": "Données personnelles effacées", "role-granted": "Rôle accordé", "role-revoked": "Rôle retiré", "run-chunk-issued": "Partie de campagne émise",
  "run-completed": "Campagne terminée", "run-members-listed": "Membres de la campagne listés", "recovery-codes-renewed": "Nouveaux codes de secours", "identity-provider-added": "Fournisseur de connexion ajouté",
  "identity-provider-removed": "Fournisseur de connexion retiré", "run-started": "Campagne lancée", "run-stopped": "Campagne arrêtée",
  "season-defined": "Saison définie", "second-factor-added": "Second facteur ajouté", "second-factor-removed": "Second facteur retiré",
  "sign-in-refused": "Connexion refusée", "signed-in": "Connecté", "signed-in-afresh": "Reconnecté", "signed-out": "Déconnecté",
  "tax-rates-adopted": "Taux adoptés", "template-defined": "Modèle créé", "token-created": "Jeton créé",
  "access-book-pruned": "Anciens accès effacés", "token-revoked": "Jeton révoqué", "user-invited": "Personne invitée", "tenant-opened": "Fédération ouverte", "time-zone-set": "Fuseau horaire de la fédération modifié", "platform-switch-turned": "Tous les envois arrêtés ou repris",
  "operator-looked": "L’opérateur de la plateforme a regardé", "rebuild-requested": "Reconstruction demandée",
}; // prettier-ignore

const { useMessages } = messages({ en, sv, fr });

export function useEventWord(): (type: string) => string {
  const words: Readonly<Record<string, string>> = useMessages();
  return (type) => words[type] ?? type.replaceAll("-", " ");
}
