// The byte pattern of a swapped pair: A and B of RS-485 (or the polarity of RS-232) reversed. Every level is inverted,
// so a receiver starts at an edge inside a byte and reads a shifted image.
import { once } from '#base/pure/values/once.ts'
import { rsuVariant, rsuVariantIds, type RsuVariantId } from '../variants.ts'

const bitsOf = (byte: number): number[] => [
  0,
  ...Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1),
  1,
]

/**
 * What a receiver at the right speed reads when `bytes` arrive inverted and without a gap. Only characters that end
 * within them: what follows is unknown.
 */
export function invertedImage(bytes: readonly number[]): readonly number[] {
  const levels = bytes.flatMap(bitsOf).map((level) => 1 - level)
  const image: number[] = []
  // The inverted idle line is low: the receiver waits for high before it can see an edge.
  let at = 0
  for (;;) {
    while (at < levels.length && levels[at] === 0) at++
    while (at < levels.length && levels[at] === 1) at++
    const stop = at + 9
    if (stop >= levels.length) return image
    const isFramed = levels[stop] === 1
    let value = 0
    for (let bit = 0; bit < 8; bit++) value |= (levels[at + 1 + bit] ?? 0) << bit
    // Without a stop bit a serial port delivers NUL (termios with neither IGNPAR nor PARMRK).
    image.push(isFramed ? value : 0)
    at = stop
  }
}

/** The first bytes of an antenna's frames that are the same for every device. */
function headsOf(id: RsuVariantId): number[][] {
  if (id === 'generic-ver')
    return Array.from({ length: 9 }, (_, i) => [0xff, 0xff, 0, i + 1, 0, 0, 0])
  const { table } = rsuVariant(id)
  const types = table.frames
    .filter(({ from }) => from === 'rsu')
    .map(({ code, forms }) => ({
      type: Number.parseInt(code, 16),
      lengths: forms.map(({ length }) => length).filter((length) => typeof length === 'number'),
    }))
  if (id === 'generic-len')
    return types.flatMap(({ type, lengths }) =>
      lengths.map((length) => [0xff, 0xff, length >> 8, length & 0xff, type]),
    )
  const seqs = [0, 1, 2, 3, 4, 5, 6, 7, 9].map((n) => (n << 4) | 8)
  return types.flatMap(({ type }) => seqs.map((seq) => [0xff, 0xff, seq, type]))
}

const images = once((): readonly (readonly number[])[] =>
  rsuVariantIds
    .flatMap(headsOf)
    .map(invertedImage)
    .filter((image) => image.length >= 3 && image.some((b) => b !== 0)),
)

/** Number of inverted frame heads in the received bytes. */
export function swappedHeads(bytes: Uint8Array): number {
  let found = 0
  for (let at = 0; at < bytes.length; at++)
    if (images().some((image) => image.every((b, i) => bytes[at + i] === b))) found++
  return found
}
