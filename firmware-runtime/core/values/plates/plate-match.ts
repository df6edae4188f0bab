// Why a plate was corrected to that of a car inside: its score, the limits of then, and the parts of the score.
// Parts are words with arguments: pages say them in the language of who reads.

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
  /** Of the next best car inside; null where there was none. */
  readonly secondScore: number | null
  readonly scoreMin: number
  readonly marginMin: number
  readonly parts: readonly MatchPart[]
}

/** Settings of a lot: the least score that corrects a plate by itself, and the least lead over the next. */
export interface MatchRule {
  readonly scoreMin: number
  readonly marginMin: number
}

/** For every lot file that says nothing else: one character that looks alike, and nothing against it. */
export const standardMatch: MatchRule = { scoreMin: 80, marginMin: 15 }
