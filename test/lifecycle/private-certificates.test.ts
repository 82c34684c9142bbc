import { expect, onTestFinished, test } from "vitest";
import { createTransport } from "../../provider/graph/transport.ts";
import { ICE_CREAM, startLifecycle, WABA } from "../support/lifecycle.ts";
import { startPrivateServer } from "../support/private-certificates.ts";

test("nothing was sent to a server whose certificate is not trusted", async () => {
  const { url, requests } = await startPrivateServer();
  const transport = createTransport({});
  onTestFinished(() => transport.close());
  const request = { method: "POST", url: new URL(url), headers: {}, body: "{}", timeoutMs: 5000 } as const;
  await expect(transport.send(request)).rejects.toMatchObject({ sent: false, distrusted: true });
  expect(requests()).toBe(0);
});

test("an on-premises client that is not trusted costs no attempt, and the error says how to trust it", async () => {
  const { url, requests } = await startPrivateServer();
  const { stack, emulator } = await startLifecycle();
  emulator.patchNumber(ICE_CREAM.id, { code_verification_status: "VERIFIED" });
  const onPremises = { baseUrl: url, token: "a-token", method: "sms" };
  const program = { wabaId: WABA, phoneNumber: ICE_CREAM.phoneNumber, onPremises };
  await expect(stack.up(program)).rejects.toThrow("a certificate of your own is trusted by NODE_EXTRA_CA_CERTS");
  expect(stack.outputs).toMatchObject({ attempts: { register: [] }, phase: "ready-to-register" });
  expect(requests()).toBe(0);
});
