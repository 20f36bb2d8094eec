/** What the template tab asks and does. */
import { graphql } from "../../graphql/generated";

export const TEMPLATES = graphql(`
  query Templates($issuerId: ID!) {
    issuer(id: $issuerId) {
      id
      templatePreviewUrl
    }
    templates {
      id
      issuerId
      name
      revision
      isDefault
      primaryColour
      secondaryColour
      logo
      logoMediaType
      taxCategory
      termsDays
      header {
        language
        text
      }
      footer {
        language
        text
      }
      paymentInstructions {
        language
        text
      }
    }
    invoices(filter: { issuerId: $issuerId, status: [SENT, ISSUED, PAID, OVERDUE] }, first: 10) {
      edges {
        node {
          id
          number
          debtorName
          templatePreviewUrl
        }
      }
    }
  }
`);

export const REPORT = graphql(`
  query TemplateReport($input: TemplateReportInput!) {
    templateReport(input: $input) {
      ... on TemplateReport {
        findings {
          code
          severity
          field
          languages
          characters
          actual
          limit
          suggestion
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const DEFINE_TEMPLATE = graphql(`
  mutation DefineTemplate($input: DefineTemplateInput!) {
    defineTemplate(input: $input) {
      ... on TemplateSuccess {
        template {
          id
          revision
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const REVISE_TEMPLATE = graphql(`
  mutation ReviseTemplate($input: ReviseTemplateInput!) {
    reviseTemplate(input: $input) {
      ... on TemplateSuccess {
        template {
          id
          revision
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const CHOOSE_DEFAULT = graphql(`
  mutation ChooseDefaultTemplate($input: ChooseDefaultTemplateInput!) {
    chooseDefaultTemplate(input: $input) {
      ... on TemplateSuccess {
        template {
          id
          isDefault
        }
      }
      ...Refusal @unmask
    }
  }
`);
