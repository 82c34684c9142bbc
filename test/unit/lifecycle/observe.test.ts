import { expect, test } from "vitest";
import { observedOf } from "../../../provider/lifecycle/phone-number/observe.ts";

const id = "1972385232742141";
const AVAILABLE = { entity_type: "PHONE_NUMBER", id, can_send_message: "AVAILABLE" };
const NO_PAYMENT = {
  entity_type: "WABA",
  id: "102290129340398",
  can_send_message: "BLOCKED",
  errors: [{ error_code: 141006, error_description: "No payment method.", possible_solution: "Add one." }],
};
const NOT_REVIEWED = {
  entity_type: "BUSINESS",
  id: "506914307656634",
  can_send_message: "LIMITED",
  additional_info: ["Your display name has not been approved yet."],
};

test("of what a number's sending hangs on, what hinders it is kept, and nothing that is only available", () => {
  const health = (entities: object[], can_send_message = "BLOCKED") =>
    observedOf({ id, health_status: { can_send_message, entities } } as Parameters<typeof observedOf>[0]).healthStatus;
  expect(health([AVAILABLE, AVAILABLE], "AVAILABLE")).toEqual({ canSendMessage: "AVAILABLE", entities: [] });
  expect(health([AVAILABLE, NO_PAYMENT, NOT_REVIEWED])).toEqual({
    canSendMessage: "BLOCKED",
    entities: [
      {
        entityType: "WABA",
        id: "102290129340398",
        canSendMessage: "BLOCKED",
        errors: [{ errorCode: 141006, errorDescription: "No payment method.", possibleSolution: "Add one." }],
      },
      {
        entityType: "BUSINESS",
        id: "506914307656634",
        canSendMessage: "LIMITED",
        additionalInfo: ["Your display name has not been approved yet."],
      },
    ],
  });
  const informed = { ...AVAILABLE, additional_info: ["A limit comes into force."] };
  expect(health([informed], "AVAILABLE")?.entities).toHaveLength(1);
});
