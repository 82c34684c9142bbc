/** Choices between behaviours that Meta's texts leave open, and rules that can be switched: set once, by option. */
import type { NameFlip } from "./rules/display-name.ts";

export interface Settings {
  readonly nameFlip: NameFlip;
  /** False: the certificate fields do not exist. */
  readonly certificates: boolean;
}
