/**
 * Which resources of the stack have a number, as far as this process sees: the engine starts one for an operation, or two
 * where the configuration changed. It names no resource to a provider, so they are told apart by what it asks, in the
 * order measured on 3.259: a refresh reads every resource, also one whose deletion was interrupted, and compares each
 * once; then the program's resources are compared or created, those that stay; deletions come last.
 */
export class Holders {
  /** With what the resource declares that took it. */
  readonly #taken = new Map<string, string>();
  readonly #read = new Map<string, number>();
  readonly #compared = new Map<string, number>();
  readonly #saidInRefresh = new Set<string>();

  /** A create or an update returns it. Where one did before: what that one declared. */
  take(id: string, declaration: string): string | undefined {
    const other = this.#taken.get(id);
    if (other === undefined) this.#taken.set(id, declaration);
    return other;
  }

  /** A refresh read a resource that has it: how many have it by now. */
  read(id: string): number {
    return plus(this.#read, id, 1);
  }

  /** True when the next comparison is that of the refresh that read it. */
  isInRefresh(id: string): boolean {
    return (this.#compared.get(id) ?? 0) < (this.#read.get(id) ?? 0);
  }

  /** A refresh and the comparison after it find the same: whether a line about a number is one that is not said yet. */
  isNews(id: string, line: string): boolean {
    const key = `${id} ${line}`;
    if (this.isInRefresh(id)) this.#saidInRefresh.add(key);
    else return !this.#saidInRefresh.delete(key);
    return true;
  }

  /** A resource that has it was compared, and is not replaced. */
  compared(id: string): void {
    plus(this.#compared, id, 1);
  }

  /** A resource that has it is deleted: whether another one stays. */
  leave(id: string): boolean {
    const read = this.#read.get(id) ?? 0;
    const stays = (this.#compared.get(id) ?? 0) > read;
    if (read > 0) for (const counts of [this.#read, this.#compared]) plus(counts, id, -1);
    return this.#taken.has(id) || stays || read > 1;
  }

  /** As in a process that begins. */
  clear(): void {
    for (const seen of [this.#taken, this.#read, this.#compared, this.#saidInRefresh]) seen.clear();
  }
}

function plus(counts: Map<string, number>, id: string, by: 1 | -1): number {
  const count = (counts.get(id) ?? 0) + by;
  counts.set(id, count);
  return count;
}
