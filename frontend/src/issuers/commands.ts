/** Changing an issuer. Each answers with the issuer as it is now. */
import { graphql } from "../graphql/generated";

export const IDENTITY = graphql(`
  mutation ChangeIssuerIdentity($input: ChangeIssuerIdentityInput!) {
    changeIssuerIdentity(input: $input) {
      ... on IssuerSuccess {
        issuer {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const ACCOUNT = graphql(`
  mutation SetPaymentAccount($input: SetPaymentAccountInput!) {
    setPaymentAccount(input: $input) {
      ... on IssuerSuccess {
        issuer {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const SEASON = graphql(`
  mutation DefineSeason($input: DefineSeasonInput!) {
    defineSeason(input: $input) {
      ... on IssuerSuccess {
        issuer {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const SERIES = graphql(`
  mutation ConfigureNumberSeries($input: ConfigureNumberSeriesInput!) {
    configureNumberSeries(input: $input) {
      ... on IssuerSuccess {
        issuer {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const AUTO_DELIVERY = graphql(`
  mutation SetAutoDelivery($input: SetAutoDeliveryInput!) {
    setAutoDelivery(input: $input) {
      ... on IssuerSuccess {
        issuer {
          id
          autoDelivery
        }
      }
      ...Refusal @unmask
    }
  }
`);
