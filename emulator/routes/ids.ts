/** The route of several objects in one read. */
import { readIds } from "../operations/read-ids.ts";
import type { Route } from "./route.ts";

const SOURCE = "Graph's multiple-id requests";

export const IDS_ROUTES: readonly Route[] = [
  {
    method: "GET",
    template: "/",
    on: "root",
    run: readIds,
    scopes: [],
    marks: "K",
    source: SOURCE,
    note: "one id that is missing or out of reach fails the whole call; every id needs the scopes of its own read",
    params: { ids: { required: true, marks: "K", source: SOURCE, note: "50 at most, joined with commas" } },
  },
];
