/** The HTML report in a real browser, without scripts in the page: on a phone and a desk, in light and dark, on paper. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { print } from "../../provider/drift/formats/index.ts";
import type { Report } from "../../provider/drift/report.ts";
import { launchBrowser } from "../support/browser.ts";
import { everything, finding, fleet, quiet, reportOf, resource, stackOf } from "../unit/drift/formats/samples.ts";

const PHONE = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true };
const DESK = { viewport: { width: 1280, height: 900 } };

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waba-page-"));
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Addresses that the page asked for, but its own. */
  readonly requests: string[];
  /** What the browser complained of: refused styles, broken markup, errors. */
  readonly complaints: string[];
}

async function open(report: Report, options: BrowserContextOptions): Promise<Opened> {
  const file = join(folder, "report.html");
  await writeFile(file, print("html", report, { color: false, columns: 80 }));
  const url = pathToFileURL(file).href;
  const context = await browser.newContext({ javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => request.url() !== url && requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("dialog", async (dialog) => {
    complaints.push(dialog.message());
    await dialog.dismiss();
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, requests, complaints };
}

const REPORTS = { everything, quiet, hostile, "a fleet": () => fleet(60) };

test.each(Object.entries(REPORTS))(
  "%s on a phone: nothing is loaded, nothing is wider than the screen",
  async (_, make) => {
    const { page, requests, complaints } = await open(make(), PHONE);
    // The style is there: without it the text would be serif.
    expect(await styleOf(page, "fontFamily")).toContain("system-ui");
    for (const summary of await page.locator("summary").all()) await summary.click();
    expect(await page.locator("html").evaluate((html) => html.scrollWidth)).toBeLessThanOrEqual(360);
    const wide = await page
      .locator("body *")
      .evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().right > 361).map((one) => one.outerHTML));
    expect(wide).toEqual([]);
    expect(requests).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

test("it says what changed, what to do, and where the fleet stands, under headings", async () => {
  const { page } = await open(everything(), DESK);
  const heads = await page.getByRole("heading").allTextContents();
  expect(heads).toEqual([
    "WhatsApp numbers: 3 findings, and could not tell for 1 of 7 stacks",
    "Could not be told",
    "What changed",
    "whatsapp/prod-acme",
    "whatsapp/prod-gamma",
    "The same on many numbers",
    "Resolved (1)",
    "Expected, by waba-drift.yaml (1)",
    "Known, but not checked this time (1)",
    "Deadlines",
    "The fleet by phase",
    "Stacks",
  ]);
  const row = page.getByRole("row").filter({ hasText: "platformType" });
  await expect(row.getByRole("rowheader").textContent()).resolves.toContain("+1 631-555-1111");
  expect(await row.textContent()).toContain("CLOUD_API → NOT_APPLICABLE");
  expect(await row.textContent()).toContain("(in 3 days)");
  expect(await row.locator("pre").textContent()).toContain("pulumi up --stack prod-acme --target");
  expect(await page.getByRole("row", { name: "deregistered" }).getByRole("cell").first().textContent()).toBe("1");
});

test("the time line shows deadlines where they are in time, the stroke being now", async () => {
  const numbers = [-24, 0, 24].map((hours, index) =>
    resource(
      { stack: "a", name: `n${index}` },
      {
        deadlines: [
          {
            what: "registerBy",
            at: new Date(Date.parse("2026-11-23T03:00:42.000Z") + hours * 3_600_000).toISOString(),
          },
        ],
      },
    ),
  );
  const { page } = await open(reportOf([stackOf("a", { resources: numbers })]), DESK);
  const marks = await page.locator("svg circle").all();
  expect(await Promise.all(marks.map((mark) => mark.getAttribute("class")))).toEqual(["over", "due", "due"]);
  const now = await Promise.all((await page.locator("svg line").all()).map(middle));
  const at = await Promise.all(marks.map(middle));
  expect(at.map((x, index) => Math.sign(Math.round(x - (now[index] ?? Number.NaN))))).toEqual([-1, 0, 1]);
});

test.each([
  ["a desk in light", { ...DESK, colorScheme: "light" as const }],
  ["a desk in dark", { ...DESK, colorScheme: "dark" as const }],
  ["a phone in light", { ...PHONE, colorScheme: "light" as const }],
  ["a phone in dark", { ...PHONE, colorScheme: "dark" as const }],
])("nothing hinders a reader, by axe's rules, contrast too: %s", async (_, options) => {
  // axe is a script; the page's policy allows none.
  const { page } = await open(everything(), { ...options, javaScriptEnabled: true, bypassCSP: true });
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate<AxeResults>("axe.run()");
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "page-has-heading-one"]));
});

test("with scripts allowed too, a name runs none and loads nothing", async () => {
  const { page, requests, complaints } = await open(hostile(), { ...DESK, javaScriptEnabled: true });
  expect(await page.locator("script, img, iframe, a, form").count()).toBe(0);
  expect(await page.getByText("<script>alert(1)</script>").count()).toBeGreaterThan(0);
  expect(requests).toEqual([]);
  expect(complaints).toEqual([]);
});

test("on paper it has pages, all on white", async () => {
  const { page } = await open(fleet(20), { ...DESK, colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  const colours = [await styleOf(page, "backgroundColor"), await styleOf(page, "color")];
  expect(colours).toEqual(["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
  const kind = await page
    .locator(".kind")
    .first()
    .evaluate((one) => one.ownerDocument.defaultView?.getComputedStyle(one).color);
  expect(kind).toBe("rgb(163, 18, 31)");
  expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
});

/** Of the body, as the browser has it in force. */
function styleOf(page: Page, property: string): Promise<string> {
  return page.evaluate<string>(`getComputedStyle(document.body).${property}`);
}

async function middle(mark: Locator): Promise<number> {
  const box = await mark.boundingBox();
  return box === null ? Number.NaN : box.x + box.width / 2;
}

function hostile(): Report {
  const attack = `<script>alert(1)</script><img src="https://evil.example/x" onerror=alert(1)> ${"wide".repeat(60)} \u202e</td></table>`;
  const of = { stack: attack, name: attack, number: attack };
  const one = finding(of, {
    class: "drift",
    property: attack,
    old: attack,
    new: attack,
    message: attack,
    nextAction: attack,
    heal: attack,
  });
  const number = resource(of, {
    phase: attack,
    verifiedName: attack,
    deadlines: [{ what: attack, at: "2026-11-24T00:00:00.000Z" }],
  });
  return reportOf([
    stackOf(attack, {
      outcome: "failed",
      errors: [attack],
      resources: [number],
      findings: [one, { ...one, acknowledged: { reason: attack, until: "2026-12-24T00:00:00.000Z" } }],
      resolved: [one],
      unchecked: [one],
    }),
  ]);
}
