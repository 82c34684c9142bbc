import * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";

const config = new pulumi.Config();
const wabaId = config.require("wabaId");
const businessId = config.require("businessId");

const found = await waba.getPhoneNumbers({ wabaId });
const [first] = found.phoneNumbers;
const managed = new waba.PhoneNumber("managed", { wabaId, phoneNumberId: config.require("managed") });
const late = waba.getPhoneNumberOutput({ wabaId, phoneNumberId: managed.id });
const sandbox = await waba.getPhoneNumbers({ wabaId, accountMode: "SANDBOX" });
const pool = waba.getPreVerifiedPhoneNumbersOutput({ businessId: pulumi.output(businessId) });

export const phoneNumbers = found.phoneNumbers;
export const firstPhase = first?.phase;
export const lateName = late.verifiedName;
export const lateCertificate = late.certificate;
export const wholeLate = late;
export const sandboxIds = sandbox.phoneNumbers.map(({ id }) => id);
export const preVerifiedIds = pool.apply(({ preVerifiedPhoneNumbers }) => preVerifiedPhoneNumbers.map(({ id }) => id));
