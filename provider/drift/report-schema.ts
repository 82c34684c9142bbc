/** The published schema of the JSON report: docs/drift-report.schema.json, which `npm run docs` writes. */
import { z } from "zod";
import { REPORT_SCHEMA_VERSION, report } from "./report.ts";

/** Readers allow what they do not know: a property more is no new version. */
export function reportSchema(): object {
  const schema = z.toJSONSchema(report, {
    io: "input",
    override: ({ jsonSchema }) => {
      // The format says it; the pattern spells the days of every month.
      if (jsonSchema.format === "date-time") delete jsonSchema.pattern;
    },
  });
  return {
    ...schema,
    $id: `urn:pulumi-waba:drift-report:${REPORT_SCHEMA_VERSION}`,
    title: "What waba drift found",
    description:
      "`waba drift --format json`. schemaVersion rises when a property changes its meaning or goes; new ones may come at any time.",
  };
}
