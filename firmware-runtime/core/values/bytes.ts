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

/** Bytes of a hex text; blanks are skipped. Null when the text is not whole hex bytes. */
export function bytesOfHex(text: string): Uint8Array | null {
  const clean = text.replaceAll(/\s/g, '')
  if (clean.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(clean)) return null
  const out = new Uint8Array(clean.length / 2)
  for (let i = 0; i < out.length; i++) out[i] = Number.parseInt(clean.slice(2 * i, 2 * i + 2), 16)
  return out
}

export const hexShape = (bytes: number): RegExp => new RegExp(`^[0-9A-F]{${2 * bytes}}$`)
