import * as pulumi from "@pulumi/pulumi";
import * as waba from "pulumi-waba";

/** By class, its args; a class that a program of the tests declares has its line here and below. */
type Declared =
  | { readonly is: "BusinessProfile"; readonly args: waba.BusinessProfileArgs }
  | { readonly is: "PhoneNumber"; readonly args: waba.PhoneNumberArgs }
  | { readonly is: "PhoneNumberSettings"; readonly args: waba.PhoneNumberSettingsArgs }
  | { readonly is: "PreVerifiedPhoneNumber"; readonly args: waba.PreVerifiedPhoneNumberArgs }
  | { readonly is: "WebhookSubscription"; readonly args: waba.WebhookSubscriptionArgs };

// Plain values on purpose: what a person forgets to mark as a secret must be one all the same.
const resources = new pulumi.Config().requireObject<Record<string, Declared>>("resources");

function made(name: string, declared: Declared): pulumi.CustomResource {
  switch (declared.is) {
    case "BusinessProfile":
      return new waba.BusinessProfile(name, declared.args);
    case "PhoneNumber":
      return new waba.PhoneNumber(name, declared.args);
    case "PhoneNumberSettings":
      return new waba.PhoneNumberSettings(name, declared.args);
    case "PreVerifiedPhoneNumber":
      return new waba.PreVerifiedPhoneNumber(name, declared.args);
    case "WebhookSubscription":
      return new waba.WebhookSubscription(name, declared.args);
  }
}

export const ids = Object.fromEntries(
  Object.entries(resources).map(([name, declared]) => [name, made(name, declared).id]),
);
