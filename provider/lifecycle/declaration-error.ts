/** What is declared cannot be had, or is not allowed. The message says what to change. */
export class DeclarationError extends Error {
  override readonly name = "DeclarationError";
}
