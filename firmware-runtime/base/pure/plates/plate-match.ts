// Why a plate was corrected to that of a car inside: its score, the limits at that time, and the parts of the score.
// Parts are words with arguments, shown in the language of the reader.

export const matchWords = [
  'neverUsed',
  'alike',
  'province',
  'similar',
  'otherProvince',
  'other',
  'energyLength',
  'missing',
  'extra',
  'colour',
  'sure',
  'fairlySure',
  'confidenceUnknown',
  'justCame',
  'longStay',
  'entryLater',
] as const
export type MatchWord = (typeof matchWords)[number]

export interface MatchPart {
  readonly word: MatchWord
  /** Taken off a hundred. */
  readonly points: number
  readonly args: Readonly<Record<string, string | number>>
}

export interface PlateMatch {
  /** As the camera read it. */
  readonly plateRead: string
  /** 0 to 100. */
  readonly score: number
  /** Score of the next best car inside; null: no other candidate. */
  readonly secondScore: number | null
  readonly scoreMin: number
  readonly marginMin: number
  readonly parts: readonly MatchPart[]
}

/** Settings of a lot: minimum score for an automatic correction, and minimum lead over the next candidate. */
export interface MatchRule {
  readonly scoreMin: number
  readonly marginMin: number
}

/** For every lot file that says nothing else: one character that looks alike, and nothing against it. */
export const standardMatch: MatchRule = { scoreMin: 80, marginMin: 15 }
