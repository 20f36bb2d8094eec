/** The federations of the platform, and which of them one may look into now. */
import { useQuery } from "urql";
import { graphql } from "../graphql/generated";
import type { EnteredTenantsQuery } from "../graphql/generated/graphql";

const ENTERED = graphql(`
  query EnteredTenants {
    platformTenants(first: 100) {
      edges {
        node {
          id
          kind
          name
          look {
            reason
            until
          }
        }
      }
    }
  }
`);

export type EnteredTenant = EnteredTenantsQuery["platformTenants"]["edges"][number]["node"];

export function useEntered(): { readonly tenants: readonly EnteredTenant[]; readonly again: () => void } {
  const [{ data }, ask] = useQuery({ query: ENTERED, requestPolicy: "cache-and-network" });
  return { tenants: data?.platformTenants.edges.map((edge) => edge.node) ?? [], again: () => ask({ requestPolicy: "network-only" }) };
}
