/** Numbers in the states that tests begin with: a registered one, and what it takes to differ from it. */
import type { PhoneNumberInputs } from "../../provider/schemas/phone-number-inputs.ts";
import type { Echo, Ledger, Observed, State } from "../../provider/schemas/phone-number-state.ts";

export const NOW = new Date("2026-11-23T12:00:00.000Z");
export const DECLARED: PhoneNumberInputs = {
  wabaId: "102290129340398",
  phoneNumber: "+16315551111",
  displayName: "John's Cake Shop",
  pin: "123456",
};

export function ago({ days = 0, hours = 0, minutes = 0 }: { days?: number; hours?: number; minutes?: number }): string {
  return new Date(NOW.getTime() - ((days * 24 + hours) * 60 + minutes) * 60_000).toISOString();
}

const OBSERVED: Observed = {
  displayPhoneNumber: "+1 631-555-1111",
  verifiedName: "John's Cake Shop",
  codeVerificationStatus: "VERIFIED",
  nameStatus: "APPROVED",
  status: "CONNECTED",
  platformType: "CLOUD_API",
  isPinEnabled: true,
};
const LEDGER: Ledger = {
  registeredName: "John's Cake Shop",
  attempts: { register: [], deregister: [] },
  nameRequests: [],
  pinState: "unknown",
  firstSeenAt: "2026-11-01T00:00:00.000Z",
};

interface Parts {
  observed?: Observed;
  ledger?: Partial<Ledger>;
  echo?: Echo;
  pinDeclared?: boolean;
}

/** A registered number, as `DECLARED` wants it. */
export function registered({ observed = {}, ledger = {}, echo = {}, pinDeclared = true }: Parts = {}): State {
  return {
    id: "1972385232742141",
    observed: defined({ ...OBSERVED, ...observed }),
    ledger: defined({ ...LEDGER, ...ledger }),
    echo: { wabaId: DECLARED.wabaId, phoneNumber: "+16315551111", displayName: "John's Cake Shop", ...echo },
    pinDeclared,
  };
}

/** A number that was added, or waits on the account, and was never registered. */
export function unregistered({ observed = {}, ledger = {}, echo = {} }: Parts = {}): State {
  return registered({
    observed: {
      status: "PENDING",
      platformType: "NOT_APPLICABLE",
      nameStatus: "AVAILABLE_WITHOUT_REVIEW",
      isPinEnabled: false,
      ...observed,
    },
    ledger: { registeredName: undefined, ...ledger } as Partial<Ledger>,
    echo,
  });
}

/** A test says `x: undefined` to take a value away. */
function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}
