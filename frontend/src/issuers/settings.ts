/** What the settings of one issuer are, for all their tabs. */
import { graphql } from "../graphql/generated";
import type { IssuerSettingsQuery } from "../graphql/generated/graphql";

export const ISSUER_SETTINGS = graphql(`
  query IssuerSettings($id: ID!) {
    issuer(id: $id) {
      id
      name
      jurisdiction
      currency
      language
      autoDelivery
      identity {
        name
        organisationNumber
        vatNumber
        email
        phone
        website
        address {
          street
          postalCode
          city
          country
        }
      }
      numbers {
        prefix
        width
        firstNumber
      }
      account {
        accountId
        holder
        iban
        bic
        bankgiro
        swish
        reference
      }
      seasons {
        code
        firstDay
        lastDay
      }
    }
  }
`);


export type IssuerSettings = NonNullable<IssuerSettingsQuery["issuer"]>;
