// Bytes and hexadecimal text. Hex is upper case without separators everywhere in the product.

export const hexOf = (bytes: Uint8Array): string => {
  let text = ''
  for (const b of bytes) text += (b < 16 ? '0' : '') + b.toString(16)
  return text.toUpperCase()
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
