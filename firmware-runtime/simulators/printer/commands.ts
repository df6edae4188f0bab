// Splits an ESC/POS stream into commands and text. A decoder of its own, written from public lists of commands; an
// unknown command is printed as characters, as printers do.

export type Command =
  | { readonly do: 'text'; readonly bytes: Uint8Array }
  | { readonly do: 'lineFeed' }
  | { readonly do: 'reset' }
  | { readonly do: 'chinese'; readonly on: boolean }
  | { readonly do: 'align'; readonly to: number }
  | { readonly do: 'bold'; readonly on: boolean }
  | {
      readonly do: 'size'
      readonly wide: number
      readonly high: number
      readonly of: 'half' | 'full'
    }
  | { readonly do: 'feed'; readonly lines: number }
  | { readonly do: 'cut' }
  | { readonly do: 'code'; readonly fn: number; readonly data: Uint8Array }
  | { readonly do: 'drawer' }
  | { readonly do: 'unasked'; readonly on: boolean }
  | { readonly do: 'askPaper' }

interface Found {
  readonly command: Command
  readonly size: number
}

const twice = (flag: number): number => (flag === 0 ? 1 : 2)

function escape(bytes: Uint8Array): Found | null {
  const [, second = -1, n = -1] = bytes
  if (second === 0x40) return { command: { do: 'reset' }, size: 2 }
  if (n < 0) return null
  if (second === 0x61) return { command: { do: 'align', to: n % 48 }, size: 3 }
  if (second === 0x45) return { command: { do: 'bold', on: n % 2 === 1 }, size: 3 }
  if (second === 0x64) return { command: { do: 'feed', lines: n }, size: 3 }
  if (second === 0x70) return bytes.length < 5 ? null : { command: { do: 'drawer' }, size: 5 }
  return { command: { do: 'text', bytes: bytes.subarray(1, 2) }, size: 2 }
}

function chinese(bytes: Uint8Array): Found | null {
  const [, second = -1, n = -1] = bytes
  if (second === 0x26) return { command: { do: 'chinese', on: true }, size: 2 }
  if (second === 0x2e) return { command: { do: 'chinese', on: false }, size: 2 }
  if (n < 0) return null
  if (second !== 0x21) return { command: { do: 'text', bytes: bytes.subarray(1, 2) }, size: 2 }
  const [wide, high] = [twice(n & 0x04), twice(n & 0x08)]
  return { command: { do: 'size', wide, high, of: 'full' }, size: 3 }
}

function group(bytes: Uint8Array): Found | null {
  const [, second = -1, third = -1, low = -1, high = -1] = bytes
  if (third < 0) return null
  if (second === 0x21)
    return {
      command: { do: 'size', wide: (third >> 4) + 1, high: (third & 0x0f) + 1, of: 'half' },
      size: 3,
    }
  if (second === 0x61) return { command: { do: 'unasked', on: third !== 0 }, size: 3 }
  if (second === 0x72) return { command: { do: 'askPaper' }, size: 3 }
  if (second === 0x56) {
    const feeds = third === 0x41 || third === 0x42
    return feeds && low < 0 ? null : { command: { do: 'cut' }, size: feeds ? 4 : 3 }
  }
  if (second !== 0x28) return { command: { do: 'text', bytes: bytes.subarray(1, 2) }, size: 2 }
  const size = 5 + low + 256 * high
  if (high < 0 || bytes.length < size) return null
  if (third !== 0x6b || bytes[5] !== 0x31)
    return { command: { do: 'text', bytes: new Uint8Array() }, size }
  return { command: { do: 'code', fn: bytes[6] ?? 0, data: bytes.slice(7, size) }, size }
}

const special = [0x0a, 0x0d, 0x1b, 0x1c, 0x1d]

/** The first command of the bytes; null while it is incomplete. */
export function firstOf(bytes: Uint8Array): Found | null {
  const [first] = bytes
  if (first === undefined) return null
  if (first === 0x0a) return { command: { do: 'lineFeed' }, size: 1 }
  if (first === 0x0d) return { command: { do: 'text', bytes: new Uint8Array() }, size: 1 }
  if (special.includes(first) && bytes.length < 2) return null
  if (first === 0x1b) return escape(bytes)
  if (first === 0x1c) return chinese(bytes)
  if (first === 0x1d) return group(bytes)
  const end = bytes.findIndex((byte) => special.includes(byte))
  const size = end < 0 ? bytes.length : end
  return { command: { do: 'text', bytes: bytes.slice(0, size) }, size }
}
