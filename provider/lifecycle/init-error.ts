/**
 * The resource is known and not all that is declared was reached. The engine keeps `id` and `properties` and comes back
 * with the next `up`; in this path the plugin does not add `__provider` of its own.
 */
export class InitError extends Error {
  override readonly name = "InitError";
  readonly id: string;
  readonly properties: Record<string, unknown>;
  readonly reasons: string[];
  constructor(id: string, properties: Record<string, unknown>, cause: Error) {
    super(cause.message, { cause });
    this.id = id;
    this.properties = properties;
    this.reasons = [cause.message];
  }
}
