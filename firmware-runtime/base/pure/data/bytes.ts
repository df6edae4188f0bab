// Bytes and hexadecimal text. Hex is upper case without separators everywhere in the product.
// Frames, hashes and keys are compared and stored in this one form.

const hexPairs: readonly string[] = Array.from({ length: 256 }, (_, b) =>
  b.toString(16).padStart(2, '0').toUpperCase(),
)

export const hexOf = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i++) text += hexPairs[bytes[i] as number]
  return text
}

/** Value of each hex digit by its character code; 16 for every other character. */
const digitValues = new Uint8Array(128).fill(16)
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16)
  digitValues[digit.charCodeAt(0)] = value
  digitValues[digit.toUpperCase().charCodeAt(0)] = value
}

/** Nearly every hex text is ours and plain: read in one go, without a pattern. */
function bytesOfPlainHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0) return null
  const out = new Uint8Array(text.length / 2)
  for (let i = 0; i < out.length; i++) {
    const high = digitValues[text.charCodeAt(2 * i)] ?? 16
    const low = digitValues[text.charCodeAt(2 * i + 1)] ?? 16
    if (high > 15 || low > 15) return null
    out[i] = high * 16 + low
  }
  return out
}

/** Bytes of a hex text; blanks are skipped. Null when the text is not whole hex bytes. */
export function bytesOfHex(text: string): Uint8Array | null {
  const plain = bytesOfPlainHex(text)
  if (plain !== null) return plain
  const clean = text.replaceAll(/\s/g, '')
  if (clean.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(clean)) return null
  const out = new Uint8Array(clean.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(clean.slice(2 * i, 2 * i + 2), 16)
  return out
}

/** One after the other, as a copy of its own: links use their buffers again. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Concatenates carried-over bytes and new ones; returns `bytes` itself, not a copy, if nothing was carried over. */
export const withCarry = (carry: Uint8Array, bytes: Uint8Array): Uint8Array =>
  carry.length === 0 ? bytes : joined([carry, bytes])

/** Bytes of a text whose characters are all below 128. */
export const bytesOfAscii = (text: string): Uint8Array =>
  Uint8Array.from(text, (char) => char.charCodeAt(0))
