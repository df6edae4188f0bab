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
  /** The command of etc-lane that does it or shows it: printed by the command line alone. */
  readonly command?: string
}

/** A text in both languages. */
export const t = (zh: string, en: string): BilingualText => ({ zh, en })

/** A count with its English noun: `1 car`, `2 cars`. */
export const many = (count: number, one: string, others = `${one}s`): string =>
  `${count} ${count === 1 ? one : others}`

/** A plain string for ids, figures and machine output; sentences are in both languages. */
export type Why = string | BilingualText

/** In both languages; what has no words is the same in both. */
export const bothOf = (why: Why = ''): BilingualText =>
  typeof why === 'string' ? t(why, why) : why

/** A note in one language. */
export const whyIn = (note: Why, language: 'zh' | 'en' = 'en'): string =>
  typeof note === 'string' ? note : note[language]

/** Texts as one, with words in both languages where one of them has them. */
export const joinedWhy = (parts: readonly Why[], between = ': '): Why =>
  parts.every((part) => typeof part === 'string')
    ? parts.join(between)
    : t(
        parts.map((part) => whyIn(part, 'zh')).join(between),
        parts.map((part) => whyIn(part)).join(between),
      )

/** Text appended to the sentence of a fault. */
export const noteBehind = (note: Why = '', language: 'zh' | 'en'): string =>
  note === '' ? '' : `: ${whyIn(note, language)}`
