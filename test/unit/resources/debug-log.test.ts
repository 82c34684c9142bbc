import type * as pulumi from "@pulumi/pulumi";
import { expect, test, vi } from "vitest";
import { keepOutputsOutOfDebugLog, withoutOutputs } from "../../../provider/resources/debug-log.ts";

const OURS = "resource:a ] [b][pulumi-nodejs:dynamic/waba:PhoneNumber]";
const RESPONSE = "urn:pulumi:test::numbers,1972385232742141,pin,774411\n, resp: 774411";

test.each([
  [
    `RegisterResource RPC finished: ${OURS}; err: null, resp: ${RESPONSE}`,
    `RegisterResource RPC finished: ${OURS}; err: null, resp: (left out: it holds secrets)`,
  ],
  [
    `ReadResource RPC finished: ${OURS}#...; err: null, resp: ${RESPONSE}`,
    `ReadResource RPC finished: ${OURS}#...; err: null, resp: (left out: it holds secrets)`,
  ],
])("the SDK's message about one of our resources is logged without its outputs", (message, logged) => {
  expect(withoutOutputs(message)).toBe(logged);
});

test.each([
  "RegisterResource RPC finished: resource:a[aws:s3/bucket:Bucket]; err: null, resp: urn:pulumi:test",
  `Registering resource: t=${OURS}, name=a`,
])("%s: as it is", (message) => {
  expect(withoutOutputs(message)).toBe(message);
});

test("a log is wrapped once, and one that cannot be is left alone", async () => {
  const debug = vi.fn<typeof pulumi.log.debug>(async () => undefined);
  const log = { debug };
  keepOutputsOutOfDebugLog(log);
  const once = log.debug;
  keepOutputsOutOfDebugLog(log);
  expect(log.debug).toBe(once);
  await log.debug(`RegisterResource RPC finished: ${OURS}; err: null, resp: ${RESPONSE}`, undefined, 7);
  expect(debug.mock.calls).toEqual([[expect.not.stringContaining("774411"), undefined, 7]]);
  const frozen = Object.freeze({ debug });
  keepOutputsOutOfDebugLog(frozen);
  expect(frozen.debug).toBe(debug);
});
