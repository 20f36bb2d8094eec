/** What can be done with an invoice. */
import { graphql } from "../graphql/generated";

export const ISSUE = graphql(`
  mutation IssueInvoice($input: IssueInvoiceInput!) {
    issueInvoice(input: $input) {
      ... on IssueInvoiceSuccess {
        number
        invoice {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const DELIVER = graphql(`
  mutation DeliverInvoice($input: DeliverInvoiceInput!) {
    deliverInvoice(input: $input) {
      ... on DeliverInvoiceSuccess {
        delivery {
          id
          state
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const CANCEL = graphql(`
  mutation CancelInvoice($input: CancelInvoiceInput!) {
    cancelInvoice(input: $input) {
      ... on CancelInvoiceSuccess {
        invoice {
          id
        }
        creditNote {
          number
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const PAY = graphql(`
  mutation RegisterPayment($input: RegisterPaymentInput!) {
    registerPayment(input: $input) {
      ... on RegisterPaymentSuccess {
        paymentId
        invoice {
          id
        }
        balance {
          amountMinor
          currency
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const DISCARD = graphql(`
  mutation DiscardDraft($input: DiscardDraftInput!) {
    discardDraft(input: $input) {
      ... on DiscardDraftSuccess {
        invoiceId
      }
      ...Refusal @unmask
    }
  }
`);

export const DRAFT = graphql(`
  mutation DraftInvoice($input: DraftInvoiceInput!) {
    draftInvoice(input: $input) {
      ... on DraftInvoiceSuccess {
        invoice {
          id
          draftVersion
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const REVISE = graphql(`
  mutation ReviseDraft($input: ReviseDraftInput!) {
    reviseDraft(input: $input) {
      ... on ReviseDraftSuccess {
        version
        invoice {
          id
        }
      }
      ...Refusal @unmask
    }
  }
`);
