import * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";
import { declaredNumbers, type Fleet } from "./fleet.ts";
import { FloorNumber } from "./floor.ts";
import { PlainNumber } from "./plain.ts";

const config = new pulumi.Config();
const provider = config.require("provider");

for (const number of declaredNumbers(config.requireObject<Fleet>("fleet"))) {
  const { name, ...args } = number;
  if (provider === "floor") new FloorNumber(number);
  else if (provider === "plain") new PlainNumber(number);
  else new waba.PhoneNumber(name, args);
}
