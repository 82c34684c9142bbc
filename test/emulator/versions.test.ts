import { expect, test } from "vitest";
import { CAKE_SHOP, startGraph } from "./emulator-client.ts";

async function ran(version: string, date: string): Promise<string | null> {
  const graph = await startGraph({ clock: () => Date.parse(date) });
  const { status, headers } = await graph.get(`${version}/${CAKE_SHOP}?fields=id`);
  expect(status).toBe(200);
  return headers.get("facebook-api-version");
}

test.each([
  ["/v25.0", "2026-11-23", "v25.0"],
  ["/v26.0", "2026-11-23", "v26.0"],
  ["", "2026-11-23", "v25.0"],
  ["/v20.0", "2026-09-23T23:59:59.999Z", "v20.0"],
  ["/v20.0", "2026-09-24T00:00:00Z", "v21.0"],
  ["/v21.0", "2027-01-20T23:59:59.999Z", "v21.0"],
  ["/v21.0", "2027-01-21T00:00:00Z", "v22.0"],
  ["/v20.0", "2027-01-21T00:00:00Z", "v22.0"],
  ["/v1.0", "2026-11-23", "v21.0"],
  ["/v2.12", "2026-11-23", "v21.0"],
  ["/v3.3", "2026-11-23", "v21.0"],
  ["/v19.0", "2026-11-23", "v21.0"],
  ["/v19.0", "2026-01-01", "v20.0"],
  ["", "2028-07-28T23:59:59.999Z", "v25.0"],
  ["", "2028-07-29", "v26.0"],
  ["/v21.0", "2040-01-01", "v26.0"],
  // A version that Meta had not released then: the clocks of tests may stand at any time.
  ["/v26.0", "1970-01-01", "v26.0"],
])("a call to '%s' on %s runs on %s", async (version, date, expected) => {
  expect(await ran(version, date)).toBe(expected);
});

test("a version ends while the emulator runs", async () => {
  const graph = await startGraph({ clock: () => Date.parse("2027-01-20T23:59:59Z") });
  const version = async () => (await graph.get(`/v21.0/${CAKE_SHOP}`)).headers.get("facebook-api-version");
  expect(await version()).toBe("v21.0");
  graph.emulator.advanceClock(1);
  expect(await version()).toBe("v22.0");
});

test.each(["v99.0", "v27.0", "v25.7", "v2.13", "v3.4", "v4.1", "v0.0", "v01.0", "v1.x", "v25.", "v25.0.1", "V25.0"])(
  "there is no version %s",
  async (version) => {
    const graph = await startGraph();
    const before = graph.emulator.state();
    for (const method of ["GET", "POST"]) {
      const { status, headers, body } = await graph.send(
        method,
        `/${version}/${CAKE_SHOP}?new_display_name=Cake+Palace`,
      );
      expect([status, body.error.code]).toEqual([400, 2635]);
      expect(body.error.message).toContain(version);
      expect(headers.get("facebook-api-version")).toBe("v25.0");
    }
    expect(graph.emulator.state()).toEqual(before);
  },
);

test("what only looks a little like a version is a name", async () => {
  const graph = await startGraph();
  for (const name of ["v25", "v", "version", "25.0"]) {
    expect((await graph.get(`/${name}/${CAKE_SHOP}`)).body.error.code).toBe(803);
  }
});

test("links keep the version of the path, and links inside an object have the one that ran", async () => {
  const graph = await startGraph({ numbers: 3, wabas: 1 });
  const list = await graph.get("/v20.0/900000/phone_numbers?limit=1");
  expect(new URL(list.body.paging.next ?? "").pathname).toBe("/v20.0/900000/phone_numbers");
  const { body } = await graph.get("/v20.0/900000?fields=phone_numbers.limit(1)");
  const inner = body.phone_numbers as { paging: { next: string } };
  expect(new URL(inner.paging.next).pathname).toBe("/v21.0/900000/phone_numbers");
});
