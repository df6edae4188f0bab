// Base45 of RFC 9285: bytes as the characters that a QR code keeps at 5.5 bits each.
// Two bytes give three characters, a last single byte gives two; text that this encoding cannot produce is refused.
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const charactersOf = (value: number, count: number): string =>
  Array.from({ length: count }, (_, i) => alphabet[Math.floor(value / 45 ** i) % 45]).join('')

export function base45Of(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 2) {
    const [high = 0, low] = bytes.subarray(i, i + 2)
    text += low === undefined ? charactersOf(high, 2) : charactersOf(high * 256 + low, 3)
  }
  return text
}

/** Null for a character outside the alphabet, a lone last character, or a group above its bytes. */
export function bytesOfBase45(text: string): Uint8Array | null {
  const out: number[] = []
  for (let i = 0; i < text.length; i += 3) {
    const digits = [...text.slice(i, i + 3)].map((character) => alphabet.indexOf(character))
    if (digits.length < 2 || digits.includes(-1)) return null
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0)
    const isPair = digits.length === 3
    if (value >= (isPair ? 65_536 : 256)) return null
    if (isPair) out.push(value >> 8)
    out.push(value & 255)
  }
  return Uint8Array.from(out)
}
