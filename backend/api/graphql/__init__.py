"""What every GraphQL type and field is built with. The nouns themselves live in `api/<capability>`."""
