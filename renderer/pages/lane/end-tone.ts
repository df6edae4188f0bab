// How a passage ended, as a colour and a mark: an emergency or a later collection stands out.
const tones: Readonly<Record<string, readonly [string, string]>> = {
  etc: ['ok', '✓'],
  free: ['ok', '✓'],
  entry: ['ok', '✓'],
  other: ['warn', '▲'],
  later: ['warn', '▲'],
  emergency: ['bad', '✕'],
}
const plain = ['off', '○'] as const

/** Class of its words, and the mark before them. */
export const toneOf = (end: string): readonly [string, string] =>
  (Object.hasOwn(tones, end) ? tones[end] : undefined) ?? plain
