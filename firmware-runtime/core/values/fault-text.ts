// The shape of a fault's words: what happened, what it means for the cars, what to do.
// Both languages stand side by side, so that neither is forgotten.

export interface BilingualText {
  readonly zh: string
  readonly en: string
}

export interface FaultRow {
  /** What happened. */
  readonly what: BilingualText
  /** What it means for the cars. */
  readonly means: BilingualText
  /** What to do. */
  readonly todo: BilingualText
}

/** A text in both languages. */
export const t = (zh: string, en: string): BilingualText => ({ zh, en })
