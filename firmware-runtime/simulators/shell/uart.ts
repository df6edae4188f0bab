// A serial line as levels over time: the bytes read by a receiver with another speed or polarity than the sender. A
// framing error reads as NUL, as in a terminal without PARMRK.
interface UartEnds {
  readonly fromBaud: number
  readonly toBaud: number
  /** True: wires A and B of the pair are swapped. */
  readonly swapped: boolean
}

/** Idle time before and after a burst, in bits of the sender. */
const idleBits = 12

export function throughUart(
  bytes: Uint8Array,
  { fromBaud, toBaud, swapped }: UartEnds,
): Uint8Array {
  if (fromBaud === toBaud && !swapped) return bytes
  const idle = 1
  const bits: number[] = []
  for (const byte of bytes) {
    bits.push(0)
    for (let bit = 0; bit < 8; bit++) bits.push((byte >> bit) & 1)
    bits.push(1)
  }
  const perBit = fromBaud / toBaud
  const flip = swapped ? 1 : 0
  /** Level at a time counted in bits of the receiver. */
  const level = (at: number): number => (bits[Math.floor(at * perBit) - idleBits] ?? idle) ^ flip
  const end = (bits.length + 2 * idleBits) / perBit
  /** Fine enough to see the edges of a sender four times as fast. */
  const look = Math.min(1 / 16, 1 / (8 * perBit))
  const read: number[] = []
  let at = 0
  for (;;) {
    while (at < end && level(at) === 0) at += look
    while (at < end && level(at) === 1) at += look
    if (at >= end) return Uint8Array.from(read)
    let value = 0
    for (let bit = 0; bit < 8; bit++) value |= level(at + 1.5 + bit) << bit
    // A false start bit: the line was high again in its middle.
    if (level(at + 0.5) === 1) {
      at += 0.5
      continue
    }
    read.push(level(at + 9.5) === 1 ? value : 0)
    at += 9.5
  }
}
