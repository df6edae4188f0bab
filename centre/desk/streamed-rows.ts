// The answer of a call that sends rows as lines (streamed.ts), for the types of the pages.

export interface Streamed<R> {
  readonly streamed: readonly R[]
}
