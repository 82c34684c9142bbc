import fc from "fast-check";
import { expect, test } from "vitest";
import { AccessTokenError } from "../../../provider/graph/errors.ts";
import { Pace } from "../../../provider/graph/pace.ts";
import { refusal } from "../../../provider/graph/reasons.ts";
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

test("a sixth of a minute's writes go at once, then one after the other evenly; reads do not count", () => {
  const { pace, pass } = start(12);
  const write = () => pace.turn("1", true);
  expect([write(), write()]).toEqual([WAIT_NOT, WAIT_NOT]);
  expect(pace.turn("1", false)).toEqual(WAIT_NOT);
  expect([write(), write(), write()]).toEqual([6_000, 12_000, 18_000].map((ms) => ({ do: "wait", ms })));
  expect(pace.turn("2", true), "all accounts share the places").toEqual({ do: "wait", ms: 24_000 });
  pass(30_000);
  expect(write()).toEqual(WAIT_NOT);
  expect(write()).toEqual({ do: "wait", ms: 6_000 });
  pass(300_000);
  expect([write(), write()]).toEqual([WAIT_NOT, WAIT_NOT]);
});

test("never more writes in any minute than allowed, and none waits longer than it must, whenever they come", () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 150 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), pauses, (perMinute, comings) => {
      const { pace, pass } = start(perMinute);
      let now = 0;
      const began = comings.map((pause) => {
        pass(pause);
        now += pause;
        const turn = pace.turn("1", true);
        return turn.do === "wait" ? now + turn.ms : Number.NaN;
      });
      began.forEach((first, index) => {
        const inMinute = began.slice(index).filter((at) => at < first + 60_000);
        expect(inMinute.length).toBeLessThanOrEqual(perMinute);
      });
      expect(began).toEqual(began.toSorted((left, right) => left - right));
      const apart = 60_000 / Math.max(1, perMinute - Math.max(1, Math.floor(perMinute / 6)));
      expect((began.at(-1) ?? 0) - now).toBeLessThanOrEqual(Math.ceil(comings.length * apart));
    }),
  );
});

test("throttled without a word for how long: five minutes, for that account alone", () => {
  const { pace, pass } = start();
  pace.throttled("1");
  expect(pace.turn("1", false)).toEqual({ do: "comeBack", afterMs: 300_000 });
  expect(pace.turn("2", true)).toEqual(WAIT_NOT);
  pass(300_000);
  expect(pace.turn("1", false)).toEqual({ do: "wait", ms: 4000 });
});

test("throttled where the headers said for how long: as they said", () => {
  const { pace } = start();
  pace.observe([{ account: "1", percent: 100, regainMs: 60_000 }]);
  pace.throttled("1");
  expect(pace.turn("1", false)).toEqual({ do: "comeBack", afterMs: 60_000 });
});

test("a throttled app blocks every account", () => {
  const { pace } = start();
  pace.throttled(undefined);
  expect(pace.turn("1", false)).toEqual({ do: "comeBack", afterMs: 300_000 });
  expect(pace.turn(undefined, false)).toEqual({ do: "comeBack", afterMs: 300_000 });
});

test("an answer that was on its way when Meta began to throttle does not end that", () => {
  const { pace, pass } = start();
  pace.throttled("1");
  pass(10);
  pace.observe([{ account: "1", percent: 99, regainMs: 0 }]);
  expect(pace.turn("1", false)).toEqual({ do: "comeBack", afterMs: 299_990 });
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

test("a refused token is known for a minute, by every account", () => {
  const { pace, pass } = start();
  const answer = {
    httpStatus: 401,
    code: 190,
    subcode: undefined,
    said: "expired",
    fbtraceId: "A",
    isTransient: false,
  };
  const error = refusal({ what: "read the number", on: "number 1" }, { ...answer, tokenSource: "the environment" });
  if (!(error instanceof AccessTokenError)) throw new Error("190 is about the token");
  pace.refused(error);
  expect(pace.turn("102", false)).toEqual({ do: "giveUp", because: error });
  pass(59_999);
  expect(pace.turn(undefined, true)).toEqual({ do: "giveUp", because: error });
  pass(1);
  expect(pace.turn("102", false)).toEqual({ do: "wait", ms: 0 });
});
