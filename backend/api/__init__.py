"""The edge: GraphQL and REST. It translates between the wire and commands or queries, and decides nothing."""
