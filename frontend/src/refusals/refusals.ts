/** What the server's refusals say in the three languages. */
import { messages } from "../language/messages";
import { en } from "./en";
import { fr } from "./fr";
import { sv } from "./sv";

export const { useMessages: useRefusals, spoken: refusals } = messages({ en, sv, fr });
