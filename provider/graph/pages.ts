/** A list of Graph, page by page to its end. One that leads in a circle, or on to nowhere, must not keep us going for ever. */
import { type Call, endless } from "./errors.ts";

interface Page<Row> {
  readonly data: readonly Row[];
  /** The last page has no `next`, however short or long it is. */
  readonly paging?:
    | { readonly next?: string | undefined; readonly cursors?: { readonly after?: string | undefined } | undefined }
    | undefined;
}

/** @param page one call: with the cursor, or with nothing for the first page */
export async function everyRow<Row>(
  call: Call,
  page: (cursor: { readonly after?: string }) => Promise<Page<Row>>,
): Promise<Row[]> {
  const rows: Row[] = [];
  const seen = new Set<string>();
  for (let cursor: { readonly after?: string } = {}; ; ) {
    const { data, paging } = await page(cursor);
    rows.push(...data);
    if (paging?.next === undefined) return rows;
    const after = paging.cursors?.after;
    if (after === undefined || seen.has(after)) throw endless(call);
    seen.add(after);
    cursor = { after };
  }
}
