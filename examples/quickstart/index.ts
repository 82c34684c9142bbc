import * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";

const config = new pulumi.Config();
const code = config.getSecret("verificationCode");

const support = new waba.PhoneNumber("support", {
  wabaId: config.require("wabaId"),
  phoneNumber: config.require("phoneNumber"),
  displayName: config.require("displayName"),
  pin: config.requireSecret("pin"),
  verification: { method: "SMS", language: "en", ...(code && { code }) },
});

export const id = support.id;
export const phase = support.phase;
export const nextAction = support.nextAction;
