// Base64 to bytes and back (RFC 4648 section 4): pictures, certificates and bytes inside texts.
// Written here because pure rooms have no Buffer.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Base64 with padding, at least one group. */
export const base64Shape =
  /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$/

const values = new Uint8Array(128).fill(0xff)
for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i

/** Null when the text is not whole base64; line breaks, which some firmware puts in, are skipped. */
export function bytesOfBase64(given: string): Uint8Array | null {
  const text = /[\r\n]/.test(given) ? given.replaceAll(/[\r\n]/g, '') : given
  if (text.length % 4 !== 0) return null
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  const chars = text.length - padding
  const out = new Uint8Array((text.length / 4) * 3 - padding)
  let at = 0
  let bits = 0
  let held = 0
  for (let i = 0; i < chars; i++) {
    const code = text.charCodeAt(i)
    const value = code < 128 ? (values[code] ?? 0xff) : 0xff
    if (value === 0xff) return null
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    out[at++] = (held >> bits) & 0xff
  }
  return out
}

export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3)
    const four = (a << 16) | (b << 8) | c
    const left = bytes.length - i
    text += alphabet[four >> 18] ?? ''
    text += alphabet[(four >> 12) & 63] ?? ''
    text += left > 1 ? (alphabet[(four >> 6) & 63] ?? '') : '='
    text += left > 2 ? (alphabet[four & 63] ?? '') : '='
  }
  return text
}
