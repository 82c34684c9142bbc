import { expect, test } from "vitest";
import { GraphClient } from "../../../provider/graph/client.ts";
import { UnexpectedAnswerError } from "../../../provider/graph/errors.ts";
import { appOf, inspectToken } from "../../../provider/graph/tokens.ts";

const CREDENTIAL = { accessToken: "a token", appSecret: undefined, source: "a test" };
const KNOWN = { is_valid: true, app_id: "670843887433847", application: "Lucky Shrub" };

/** Graph that says this of the token. */
function graphSaying(data: object): GraphClient {
  const transport = {
    close: async () => undefined,
    send: async () => ({ status: 200, headers: {}, body: JSON.stringify({ data }) }),
  };
  return new GraphClient({ baseUrl: "http://x", apiVersion: "v25.0", credential: CREDENTIAL, transport });
}

test("a token's app is told by its id, with its name where Graph shows one as text", async () => {
  expect(await appOf(graphSaying(KNOWN), CREDENTIAL)).toEqual({ id: "670843887433847", name: "Lucky Shrub" });
  expect(await appOf(graphSaying({ ...KNOWN, application: 7 }), CREDENTIAL)).toEqual({ id: "670843887433847" });
});

test.each([
  ["names no app", { is_valid: true }],
  ["names an empty one", { ...KNOWN, app_id: "" }],
  ["calls the token dead and says no more", { is_valid: false, error: { message: "The session has expired" } }],
])(
  "an answer that %s is no app: whose subscription would it be? It is still what the token is",
  async (_what, data) => {
    const asked = appOf(graphSaying(data), CREDENTIAL);
    await expect(asked).rejects.toThrow(UnexpectedAnswerError);
    await expect(asked).rejects.toThrow("tell which app the token belongs to");
    await expect(asked).rejects.not.toThrow("a token");
    expect(await inspectToken(graphSaying(data), "a token")).toMatchObject({ is_valid: data.is_valid });
  },
);
