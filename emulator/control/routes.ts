/** The control routes under `/__emulator/`, as a Hono app. They answer plain JSON, not Graph's envelope. */
import type { IncomingMessage } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { readBytes } from "../calls/body.ts";
import { isTooDeep, type JsonObject } from "../json.ts";
import { BODY_BYTES_MAX } from "../limits.ts";
import type { NewToken, TokenPatch } from "../tokens.ts";
import { type Control, ControlError, check } from "./control.ts";
import {
  type BusinessPatch,
  clockStep,
  type FaultOrder,
  type NumberPatch,
  nameReview,
  type UsageOrder,
  type WabaPatch,
  type WebhookOrder,
} from "./inputs.ts";

type Input = { readonly [name: string]: unknown };
interface ControlRoute {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly run: (control: Control, target: string, input: Input) => JsonObject;
}

const CONTROL_ROUTES: readonly ControlRoute[] = [
  { method: "GET", path: "/state", run: (control) => control.state() },
  { method: "POST", path: "/reset", run: (control) => after(() => control.reset()) },
  { method: "GET", path: "/requests", run: (control) => ({ ...control.requests() }) as unknown as JsonObject },
  { method: "DELETE", path: "/requests", run: (control) => after(() => control.clearRequests()) },
  { method: "GET", path: "/codes/:target", run: (control, id) => ({ code: control.code(id) }) },
  {
    method: "POST",
    path: "/phone_numbers/:target/name_review",
    run: (control, id, input) => {
      const { decision, rejection_reason } = check(nameReview, input);
      return control.reviewName(id, decision, rejection_reason);
    },
  },
  {
    method: "PATCH",
    path: "/phone_numbers/:target",
    run: (control, id, input) => control.patchNumber(id, input as NumberPatch),
  },
  { method: "DELETE", path: "/phone_numbers/:target", run: (control, id) => after(() => control.deleteNumber(id)) },
  { method: "PATCH", path: "/wabas/:target", run: (control, id, input) => control.patchWaba(id, input as WabaPatch) },
  {
    method: "PATCH",
    path: "/businesses/:target",
    run: (control, id, input) => control.patchBusiness(id, input as BusinessPatch),
  },
  {
    method: "POST",
    path: "/clock",
    run: (control, _target, input) => ({ ...control.advanceClock(check(clockStep, input).advanceSeconds) }),
  },
  { method: "POST", path: "/tokens", run: (control, _target, input) => control.addToken(input as NewToken) },
  {
    method: "PATCH",
    path: "/tokens/:target",
    run: (control, token, input) => control.patchToken(token, input as TokenPatch),
  },
  { method: "GET", path: "/usage", run: (control) => control.usage() },
  { method: "POST", path: "/usage", run: (control, _target, input) => control.setUsage(input as UsageOrder) },
  { method: "GET", path: "/webhooks", run: (control) => ({ ...control.webhooks() }) as unknown as JsonObject },
  { method: "DELETE", path: "/webhooks", run: (control) => after(() => control.clearWebhooks()) },
  {
    method: "POST",
    path: "/webhooks",
    run: (control, _target, input) => ({ ...control.sendWebhook(input as WebhookOrder) }),
  },
  { method: "DELETE", path: "/faults", run: (control) => after(() => control.clearFaults()) },
  { method: "POST", path: "/faults", run: (control, _target, input) => control.addFault(input as FaultOrder) },
];

export const CONTROL_PREFIX = "/__emulator";

export function controlApp(control: Control): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  for (const { method, path, run } of CONTROL_ROUTES) {
    app.on(method, path, async (context) => {
      const input = method === "GET" ? {} : await readInput(context);
      return context.json(run(control, context.req.param("target") ?? "", input));
    });
  }
  app.all("*", (context) => context.json({ error: "no such control route", routes: routeList() }, 404));
  app.onError((error, context) => {
    if (error instanceof ControlError) return context.json({ error: error.message }, error.status);
    process.stderr.write(`emulator: unexpected ${error.stack ?? error.message}\n`);
    return context.json({ error: `the emulator failed: ${error.message}` }, 500);
  });
  return app;
}

function routeList(): string[] {
  return CONTROL_ROUTES.map(({ method, path }) => `${method} ${CONTROL_PREFIX}${path.replace(":target", "{id}")}`);
}

async function readInput({ env }: Context<{ Bindings: HttpBindings }>): Promise<Input> {
  const bytes = await readBytes(env.incoming as IncomingMessage, BODY_BYTES_MAX);
  if (bytes === undefined) throw new ControlError(400, "the body is too large");
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ControlError(400, "the body is not valid JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ControlError(400, "the body is not a JSON object");
  }
  if (isTooDeep(value)) throw new ControlError(400, "the body is nested too deeply");
  return value as Input;
}

function after(effect: () => void): JsonObject {
  effect();
  return { success: true };
}
