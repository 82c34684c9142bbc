import { expect, test } from "vitest";
import { Pace } from "../../../provider/graph/pace.ts";
import { usageIn } from "../../../provider/graph/usage.ts";

const WAIT_NOT = { do: "wait", ms: 0 };

function start(writesPerMinute = 3) {
  let now = 0;
  const pace = new Pace({ writesPerMinute, elapsed: () => now });
  return {
    pace,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test.each([
  [0, 0],
  [74, 0],
  [75, 0],
  [80, 800],
  [100, 4000],
  [140, 4000],
])("at %i percent of the quota a call waits %i ms", (percent, ms) => {
  const { pace } = start();
  pace.observe([{ account: "1", percent, regainMs: 0 }]);
  expect(pace.turn("1", false)).toEqual({ do: "wait", ms });
  expect(pace.turn("2", false), "another account").toEqual(WAIT_NOT);
});

test("the app's quota slows every account", () => {
  const { pace } = start();
  pace.observe([{ account: undefined, percent: 100, regainMs: 0 }]);
  expect(pace.turn("1", false)).toEqual({ do: "wait", ms: 4000 });
});

test("no call while Meta throttles the account; the others go on; after it the account too", () => {
  const { pace, pass } = start();
  pace.observe([{ account: "1", percent: 30, regainMs: 420_000 }]);
  pass(20_000);
  expect(pace.turn("1", false)).toEqual({ do: "comeBack", afterMs: 400_000 });
  expect(pace.turn("2", true)).toEqual(WAIT_NOT);
  pass(399_999);
  expect(pace.turn("1", false)).toEqual({ do: "comeBack", afterMs: 1 });
  pass(1);
  expect(pace.turn("1", false)).toEqual(WAIT_NOT);
});

test("so many writes go in any minute, each further one when its place is free; reads do not count", () => {
  const { pace, pass } = start(3);
  const write = () => pace.turn("1", true);
  expect([write(), write()]).toEqual([WAIT_NOT, WAIT_NOT]);
  pass(10_000);
  expect(write()).toEqual(WAIT_NOT);
  expect(pace.turn("1", false)).toEqual(WAIT_NOT);
  expect([write(), write(), write(), write()]).toEqual(
    [50_000, 50_000, 60_000, 110_000].map((ms) => ({ do: "wait", ms })),
  );
  pass(300_000);
  expect(write()).toEqual(WAIT_NOT);
});

test("a call that must come back takes no place among the writes", () => {
  const { pace, pass } = start(1);
  pace.observe([{ account: "1", percent: 0, regainMs: 1000 }]);
  expect(pace.turn("1", true)).toMatchObject({ do: "comeBack" });
  pass(1000);
  expect(pace.turn("1", true)).toEqual(WAIT_NOT);
});

test("Meta's headers: an array an account, percents, minutes; the app has no wait", () => {
  const usage = { call_count: 28, total_cputime: 91, total_time: 15, estimated_time_to_regain_access: 7 };
  const headers = {
    "x-business-use-case-usage": JSON.stringify({
      "102": [
        { type: "whatsapp", call_count: 1 },
        { type: "x", ...usage },
      ],
    }),
    "x-app-usage": '{"call_count":3,"total_cputime":1,"total_time":2}',
  };
  expect(usageIn(headers)).toEqual([
    { account: "102", percent: 91, regainMs: 420_000 },
    { account: undefined, percent: 3, regainMs: 0 },
  ]);
});

test.each([
  {},
  { "x-app-usage": "" },
  { "x-app-usage": "<html>" },
  { "x-business-use-case-usage": '{"1":{"call_count":9}}' },
])("a header that is missing or not Meta's says nothing: %j", (headers) => {
  expect(usageIn(headers)).toEqual([]);
});
