// A starting point for an antenna as data: a form or a bundle is filled by it.
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export interface Preset {
  readonly id: string
  readonly title: BilingualText
  readonly why: BilingualText
  readonly status: 'assumed'
  /** Where its values are from. */
  readonly source: string
  /** Settings that a device lacks are listed in the difference and left out. */
  readonly settings: Readonly<Record<string, number>>
}
