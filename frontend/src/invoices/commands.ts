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
      ... on Refused {
        code
        message
        path
      }
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
      ... on Refused {
        code
        message
        path
      }
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
      ... on Refused {
        code
        message
        path
      }
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
      ... on Refused {
        code
        message
        path
      }
    }
  }
`);

export const DISCARD = graphql(`
  mutation DiscardDraft($input: DiscardDraftInput!) {
    discardDraft(input: $input) {
      ... on DiscardDraftSuccess {
        invoiceId
      }
      ... on Refused {
        code
        message
        path
      }
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
      ... on Refused {
        code
        message
        path
      }
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
      ... on Refused {
        code
        message
        path
      }
    }
  }
`);
