export interface ExamplesPage {
  /** The task's. */
  readonly id: string;
  /** From 0. */
  readonly page: number;
}

/** The key of a button that turns to a page. */
export const pageKey = ({ id, page }: ExamplesPage): string => `${id}_${page}`;

/** What `pageKey` made; of anything else, a task that nobody has, or the first page. */
export function parsePage(key: string): ExamplesPage {
  const at = key.lastIndexOf("_");
  return { id: key.slice(0, Math.max(0, at)), page: Number.parseInt(key.slice(at + 1), 10) || 0 };
}
