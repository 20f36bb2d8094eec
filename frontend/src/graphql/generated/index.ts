/* Made by `npm run generate`: change the operations in src/, not this. */
/* eslint-disable */
export * from "./fragment-masking";
export * from "./gql";