/**
 * The versions of the Graph API and the day on which each ends: from then on Meta answers with a later one, in silence.
 * Source: Meta's table of versions, https://developers.facebook.com/docs/graph-api/changelog/versions (November 2026).
 */
export const VERSIONS_PAGE = "https://developers.facebook.com/docs/graph-api/changelog/versions";

export const GRAPH_VERSIONS: readonly { readonly name: string; readonly ends?: string }[] = [
  { name: "v20.0", ends: "2026-09-24" },
  { name: "v21.0", ends: "2027-01-21" },
  { name: "v22.0", ends: "2027-05-20" },
  { name: "v23.0", ends: "2027-10-08" },
  { name: "v24.0", ends: "2028-02-18" },
  { name: "v25.0", ends: "2028-07-29" },
  { name: "v26.0" },
];
