import { expect, test } from "vitest";
import { declarationsOf } from "../../provider/adopt/declarations.ts";
import { phoneNumberPage } from "../../provider/schemas/graph.ts";
import { startLifecycle, WABA } from "../support/lifecycle.ts";

const FIELDS =
  "id,display_phone_number,verified_name,code_verification_status,name_status,new_display_name,new_name_status,status," +
  "platform_type,is_on_biz_app,certificate,new_certificate,health_status";

test.each([true, false])("what waba adopt declares is adopted without one write, with names: %s", async (withNames) => {
  const { emulator, anotherStack, writes, calls } = await startLifecycle({ seed: "hard" });
  const url = `${emulator.url}/v25.0/${WABA}/phone_numbers?limit=100&fields=${FIELDS}`;
  const headers = { authorization: `Bearer ${emulator.token}` };
  const { data: numbers } = phoneNumberPage.parse(await (await fetch(url, { headers })).json());
  const accounts = [{ wabaId: WABA, credential: undefined, numbers }];
  const wishes = { withNames, known: new Set<string>(), takenNames: [] };
  const { declarations } = declarationsOf(new Date("2026-11-23T12:00:00.000Z"), accounts, wishes);
  expect(declarations).toHaveLength(numbers.length);
  expect(declarations.filter(({ args }) => args.displayName !== undefined).length > 15).toBe(withNames);
  calls();
  for (const { args } of declarations) {
    const stack = anotherStack();
    await stack.up({ ...args });
    expect([args.phoneNumber, stack.resource?.initErrors]).toEqual([args.phoneNumber, []]);
    await stack.refresh();
    expect([args.phoneNumber, await stack.preview({ ...args })]).toMatchObject([args.phoneNumber, { op: "same" }]);
  }
  expect(writes()).toEqual([]);
});
