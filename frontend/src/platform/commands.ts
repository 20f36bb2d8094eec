/** What an operator may do. */
import { graphql } from "../graphql/generated";

export const ENTER = graphql(`
  mutation EnterTenant($input: EnterTenantInput!) {
    enterTenant(input: $input) {
      ... on EnterTenantSuccess {
        entered
      }
      ...Refusal @unmask
    }
  }
`);

export const OPEN = graphql(`
  mutation OpenTenant($input: OpenTenantInput!) {
    openTenant(input: $input) {
      ... on OpenTenantSuccess {
        tenant {
          id
          name
        }
      }
      ...Refusal @unmask
    }
  }
`);

export const TURN_PLATFORM = graphql(`
  mutation TurnPlatformSwitch($input: TurnPlatformSwitchInput!) {
    turnPlatformSwitch(input: $input) {
      ... on TurnPlatformSwitchSuccess {
        enabled
      }
      ...Refusal @unmask
    }
  }
`);

export const TURN_TENANT = graphql(`
  mutation TurnTenantDeliverySwitch($input: TurnTenantDeliverySwitchInput!) {
    turnTenantDeliverySwitch(input: $input) {
      ... on TurnTenantDeliverySwitchSuccess {
        enabled
      }
      ...Refusal @unmask
    }
  }
`);

export const REBUILD = graphql(`
  mutation RequestRebuild($input: RequestRebuildInput!) {
    requestRebuild(input: $input) {
      ... on RequestRebuildSuccess {
        projection
      }
      ...Refusal @unmask
    }
  }
`);
