// The link of a receipt printer for people: each ESC/POS command by name with its meaning, the printed text, and the
// printer's answers, matched to their queries. Unknown bytes are shown as unknown.
import iconv from 'iconv-lite'
import {
  CarryingReader,
  type FrameKind,
  type ReadBytes,
  type ReadFrame,
} from '../../frame-reader.ts'
import { saidOf, statusKinds, unaskedBytes, type StatusKind } from './status.ts'

type Fields = Readonly<Record<string, unknown>>

interface Command {
  /** Name used by the makers. */
  readonly command: string
  readonly type: string
  readonly name: string
  readonly lead: readonly number[]
  /** Number of bytes after the lead; null: the next two bytes are the length. */
  readonly args: number | null
  fields?(args: Uint8Array): Fields
}

const textOf = (bytes: Uint8Array): string => iconv.decode(bytes, 'gb18030')
const sides = ['left', 'center', 'right'] as const
const levels: Readonly<Record<number, string>> = { 0x30: 'L', 0x31: 'M', 0x32: 'Q', 0x33: 'H' }
const questionNames: Readonly<Record<StatusKind, string>> = { 1: 'online', 2: 'cause', 4: 'paper' }
const kindOf = (byte: number | undefined): StatusKind | undefined =>
  statusKinds.find((kind) => kind === byte)

/** `GS ( k`: length, symbol, function, data. */
const codeFields: Readonly<Record<number, (data: Uint8Array) => Fields>> = {
  0x41: () => ({ code: 'model' }),
  0x43: ([dots]) => ({ code: 'dots', dots }),
  0x45: ([level = 0]) => ({ code: 'level', level: levels[level] ?? '' }),
  0x50: (data) => ({ code: 'store', text: textOf(data.subarray(1)) }),
  0x51: () => ({ code: 'print' }),
}
const codeOf = (args: Uint8Array): Fields =>
  codeFields[args[1] ?? 0]?.(args.subarray(2)) ?? { code: 'other' }

const [lf, dle, esc, fs, gs] = [0x0a, 0x10, 0x1b, 0x1c, 0x1d]

/** In the order of the makers' lists; of two commands with the same beginning the longer one comes first. */
const commands: readonly Command[] = [
  { command: 'LF', type: 'LF', name: 'lineFeed', lead: [lf], args: 0 },
  {
    command: 'DLE EOT',
    type: 'STATUS',
    name: 'askStatus',
    lead: [dle, 0x04],
    args: 1,
    fields: ([n]) => ({ asked: questionNames[kindOf(n) ?? 1] }),
  },
  { command: 'ESC @', type: 'INIT', name: 'initialize', lead: [esc, 0x40], args: 0 },
  {
    command: 'ESC E',
    type: 'BOLD',
    name: 'bold',
    lead: [esc, 0x45],
    args: 1,
    fields: ([n = 0]) => ({ on: n % 2 === 1 }),
  },
  {
    command: 'ESC a',
    type: 'ALIGN',
    name: 'align',
    lead: [esc, 0x61],
    args: 1,
    fields: ([n = 0]) => ({ side: sides[n % 48] ?? '' }),
  },
  {
    command: 'ESC d',
    type: 'FEED',
    name: 'feed',
    lead: [esc, 0x64],
    args: 1,
    fields: ([n]) => ({ lines: n }),
  },
  {
    command: 'ESC p',
    type: 'DRAWER',
    name: 'drawer',
    lead: [esc, 0x70],
    args: 3,
    fields: ([pin = 0, on = 0, off = 0]) => ({
      pin: pin % 48 === 0 ? 2 : 5,
      onMs: on * 2,
      offMs: off * 2,
    }),
  },
  {
    command: 'FS !',
    type: 'SIZE',
    name: 'chineseSize',
    lead: [fs, 0x21],
    args: 1,
    fields: ([n = 0]) => ({ wide: (n & 4) === 0 ? 1 : 2, high: (n & 8) === 0 ? 1 : 2 }),
  },
  { command: 'FS &', type: 'CHINESE', name: 'chineseOn', lead: [fs, 0x26], args: 0 },
  { command: 'FS .', type: 'CHINESE', name: 'chineseOff', lead: [fs, 0x2e], args: 0 },
  {
    command: 'GS !',
    type: 'SIZE',
    name: 'size',
    lead: [gs, 0x21],
    args: 1,
    fields: ([n = 0]) => ({ wide: (n >> 4) + 1, high: (n & 0x0f) + 1 }),
  },
  { command: 'GS ( k', type: 'QR', name: 'qr', lead: [gs, 0x28, 0x6b], args: null, fields: codeOf },
  {
    command: 'GS V',
    type: 'CUT',
    name: 'cut',
    lead: [gs, 0x56, 0x42],
    args: 1,
    fields: ([n]) => ({ lines: n }),
  },
  { command: 'GS V', type: 'CUT', name: 'cut', lead: [gs, 0x56], args: 1 },
  {
    command: 'GS a',
    type: 'UNASKED',
    name: 'unaskedStatus',
    lead: [gs, 0x61],
    args: 1,
    fields: ([n]) => ({ on: n !== 0 }),
  },
  { command: 'GS r', type: 'PRINTED', name: 'askPrinted', lead: [gs, 0x72], args: 1 },
]
const leads = [lf, dle, esc, fs, gs]

const [text, unknown] = ['TEXT', 'UNKNOWN']

export const printerFrameKinds: readonly FrameKind[] = [
  ...[...new Map(commands.map(({ type, name }) => [type, name]))].map(([code, name]) => ({
    code,
    name,
    from: ['STATUS', 'PRINTED', 'UNASKED'].includes(code) ? ('both' as const) : ('pc' as const),
  })),
  { code: text, name: 'text', from: 'pc' },
  { code: unknown, name: 'unknown', from: 'pc' },
]

interface Said {
  readonly frames: readonly ReadFrame[]
  readonly discardedBytes: number
  readonly carry: Uint8Array
}

/** A QR code of a receipt is the longest command: 1 kB. */
const carryBytesMax = 4_096

const fits = (bytes: Uint8Array, lead: readonly number[]): boolean =>
  lead.every((byte, i) => bytes[i] === undefined || bytes[i] === byte)

/** The first frame and its length; null: incomplete. */
function firstSaid(bytes: Uint8Array): ReadFrame | null {
  const end = bytes.findIndex((byte) => leads.includes(byte))
  if (end !== 0) {
    const run = end < 0 ? bytes : bytes.subarray(0, end)
    return {
      type: text,
      name: 'text',
      bytes: run,
      ok: true,
      fields: { text: textOf(run) },
      reason: '',
    }
  }
  const row = commands.find(({ lead }) => fits(bytes, lead))
  if (row === undefined) {
    const run = bytes.subarray(0, 2)
    return {
      type: unknown,
      name: 'unknown',
      bytes: run,
      ok: false,
      fields: {},
      reason: 'unknownType',
    }
  }
  const { command, type, name, lead } = row
  const behind = row.args === null ? lead.length + 2 : lead.length
  if (bytes.length < behind) return null
  const counted = (bytes[lead.length] ?? 0) + 256 * (bytes[lead.length + 1] ?? 0)
  const size = behind + (row.args ?? counted)
  if (bytes.length < size) return null
  const fields = { command, ...row.fields?.(bytes.subarray(behind, size)) }
  const routine = name === 'askStatus' ? ({ routine: true } as const) : {}
  return { type, name, bytes: bytes.subarray(0, size), ok: true, fields, reason: '', ...routine }
}

/** Bits of an answer, by the query. */
const bits: Readonly<Record<StatusKind, Readonly<Record<string, number>>>> = {
  1: { offline: 0x08, drawerPin: 0x04 },
  2: { coverOpen: 0x04, feeding: 0x08, paperStop: 0x20, error: 0x40 },
  4: { nearEnd: 0x0c, paperOut: 0x60 },
}
const statusFields = (kind: StatusKind, byte: number): Fields => ({
  asked: questionNames[kind],
  ...Object.fromEntries(
    Object.entries(bits[kind]).map(([name, bit]) => [name, (byte & bit) !== 0]),
  ),
})
/** Unsolicited status: its first byte has the bits of `DLE EOT 1` and 2, its third those of 4. */
const unaskedFields = ([first = 0, , third = 0]: Uint8Array): Fields => ({
  offline: (first & 0x08) !== 0,
  coverOpen: (first & 0x20) !== 0,
  drawerPin: (first & 0x04) !== 0,
  nearEnd: (third & 0x03) !== 0,
  paperOut: (third & 0x0c) !== 0,
})

class PrinterReader extends CarryingReader<Said> {
  /** Queries without an answer yet, in order. */
  private questions: StatusKind[] = []
  private readonly lastAnswers = new Map<StatusKind, number>()

  protected unframe(rest: Uint8Array, bytes: Uint8Array, from: 'device' | 'lane'): Said {
    const all = Uint8Array.from([...rest, ...bytes])
    return from === 'lane' ? this.saidIn(all) : this.heardIn(all)
  }

  protected read({ frames, discardedBytes }: Said): ReadBytes {
    return { frames, discardedBytes }
  }

  override cut(): { readonly receivedBytes: number; readonly saidBytes: number } {
    this.questions = []
    this.lastAnswers.clear()
    return super.cut()
  }

  private saidIn(all: Uint8Array): Said {
    const frames: ReadFrame[] = []
    let rest = all
    while (rest.length > 0) {
      const frame = firstSaid(rest)
      if (frame === null) break
      frames.push(frame)
      if (frame.name === 'askStatus') this.questions.push(kindOf(frame.bytes[2]) ?? 1)
      rest = rest.subarray(frame.bytes.length)
    }
    if (rest.length > carryBytesMax)
      return { frames, discardedBytes: rest.length, carry: new Uint8Array() }
    return { frames, discardedBytes: 0, carry: rest }
  }

  private heardIn(all: Uint8Array): Said {
    const frames: ReadFrame[] = []
    let discardedBytes = 0
    let rest = all
    while (rest.length > 0) {
      const frame = this.firstHeard(rest)
      if (frame === null) break
      if (frame === 'none') discardedBytes++
      else frames.push(frame)
      rest = rest.subarray(frame === 'none' ? 1 : frame.bytes.length)
    }
    return { frames, discardedBytes, carry: rest }
  }

  private firstHeard(bytes: Uint8Array): ReadFrame | 'none' | null {
    const byte = bytes[0] ?? 0
    const one = { bytes: bytes.subarray(0, 1), ok: true, reason: '' }
    switch (saidOf(byte)) {
      case 'status': {
        const kind = this.questions.shift()
        if (kind === undefined) return 'none'
        const isNews = this.lastAnswers.get(kind) !== byte
        this.lastAnswers.set(kind, byte)
        const frame = { ...one, type: 'STATUS', name: 'status', fields: statusFields(kind, byte) }
        return isNews ? frame : { ...frame, routine: true }
      }
      case 'printed': {
        const paper = { nearEnd: (byte & 0x03) !== 0, paperOut: (byte & 0x0c) !== 0 }
        return { ...one, type: 'PRINTED', name: 'printed', fields: paper }
      }
      case 'unasked': {
        const size = 1 + unaskedBytes
        if (bytes.length < size) return null
        const whole = bytes.subarray(0, size)
        const fields = unaskedFields(whole)
        return { ...one, bytes: whole, type: 'UNASKED', name: 'unaskedSaid', fields }
      }
      case 'none':
        return 'none'
    }
  }
}

export const printerReader = (): PrinterReader => new PrinterReader()
