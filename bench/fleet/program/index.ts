import * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";
import { type Declared, declaredNumbers, type Fleet } from "./fleet.ts";
import { FloorNumber } from "./floor.ts";
import { PlainNumber } from "./plain.ts";
import { sameStateNumber } from "./same-state.ts";

const config = new pulumi.Config();
const provider = config.require("provider");
const DECLARE: Record<string, () => (number: Declared) => unknown> = {
  floor: () => (number) => new FloorNumber(number),
  sameState: sameStateNumber,
  plain: () => (number) => new PlainNumber(number),
  ours:
    () =>
    ({ name, ...args }) =>
      new waba.PhoneNumber(name, args),
};
const declare = DECLARE[provider]?.();
if (declare === undefined) throw new Error(`no provider ${provider}`);
for (const number of declaredNumbers(config.requireObject<Fleet>("fleet"))) declare(number);
