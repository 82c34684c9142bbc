/** By this key Pulumi marks what is a secret in a state. */
export const SECRET_MARK = "4dabf18193072939515e22adb298388d";
