// The state of a board: four lines, a voice text, a payment page; and the effect of commands.
// Losing power clears all. It uses no frame table of the product.

interface BoardLine {
  readonly text: string
  readonly runs: boolean
  /** `red`, `green`, `yellow`, or six hex digits. */
  readonly colour: string
}

interface PayPage {
  readonly url: string
  readonly text: string
  readonly tenths: number
  /** When it disappears, model time in µs; null: it stays. */
  readonly untilUs: number | null
}

/** A row of the store: text shown or spoken. */
export type BoardRow =
  | { readonly line: number; readonly text: string }
  | { readonly said: string }
  | { readonly pay: { readonly url: string; readonly text: string } | null }

const rowsMax = 4
const voiceBytesMax = 254
const gbk = new TextDecoder('gbk')
const textOf = (bytes: Uint8Array): string => gbk.decode(bytes)

const names: Readonly<Record<string, string>> = {
  ff0000: 'red',
  '00ff00': 'green',
  ffff00: 'yellow',
}
function colourOf(rgb: Uint8Array): string {
  const hex = [...rgb].map((b) => b.toString(16).padStart(2, '0')).join('')
  return names[hex] ?? hex
}

const dark: BoardLine = { text: '', runs: false, colour: 'red' }
const runsLeft = 0x15

/** 0 done; 1 refused. */
type Result = 0 | 1

export class Board {
  lines: BoardLine[] = Array.from({ length: rowsMax }, () => dark)
  pay: PayPage | null = null
  said: string | null = null
  saidCount = 0
  brightness = 100
  volume = 100
  clock: string | null = null
  /** Set never to reply (command 1A). */
  mute = false
  /** Relay commands: the product sends none. */
  relays = 0
  readonly #password: string | null
  #open: boolean
  readonly #row: (row: BoardRow) => void

  /** With a password everything except connecting is refused until it was given. */
  constructor(password: string | null, row: (row: BoardRow) => void) {
    this.#password = password
    this.#open = password === null
    this.#row = row
  }

  /** Power was lost. The board keeps brightness, volume and reply mode, but no texts. */
  powerOff(): void {
    this.lines = Array.from({ length: rowsMax }, () => dark)
    this.pay = null
    this.said = null
    this.#open = this.#password === null
  }

  connect(data: Uint8Array): Result {
    if (data.length < 6 || data.length > 32) return 1
    if (this.#password !== null) this.#open = textOf(data) === this.#password
    return this.#open ? 0 : 1
  }

  /** Null for an unknown command. */
  run(command: number, data: Uint8Array, nowUs: number): Result | null {
    const work = this.#work(command, data, nowUs)
    if (work === null) return null
    return this.#open && work() ? 0 : 1
  }

  #work(command: number, data: Uint8Array, nowUs: number): (() => boolean) | null {
    switch (command) {
      case 0x05:
        return () => this.#setClock(data)
      case 0x0c:
        return () => this.#percent(data, (value) => (this.brightness = value))
      case 0x0d:
        return () => this.#percent(data, (value) => (this.volume = value))
      case 0x0f:
        return () => data.length === 6 && ++this.relays > 0
      case 0x1a:
        return () => {
          this.mute = data[0] === 1
          return data.length === 1
        }
      case 0x30:
        return () => this.#say(data)
      case 0x31:
        return () => data.length === 0
      case 0x62:
        return () => this.#line(data)
      case 0x6f:
        return () => this.#page(data)
      case 0xe1:
        return () => this.#payPage(data, nowUs)
      default:
        return null
    }
  }

  #percent(data: Uint8Array, set: (value: number) => void): boolean {
    const [value = 0] = data
    if (data.length !== 1 || value < 10 || value > 100) return false
    set(value)
    return true
  }

  #setClock(data: Uint8Array): boolean {
    const [low = 0, high = 0, month = 0, day = 0, weekday = 0, hour = 99, minute = 99] = data
    const year = low + 256 * high
    const real = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60
    if (data.length !== 8 || !real || weekday < 1 || weekday > 7) return false
    const two = (n: number): string => String(n).padStart(2, '0')
    this.clock = `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`
    return true
  }

  #say(data: Uint8Array): boolean {
    const [how = 9] = data
    if (how > 2 || data.length > voiceBytesMax + 1) return false
    this.said = textOf(data.subarray(1))
    this.saidCount++
    this.#row({ said: this.said })
    return true
  }

  #put(at: number, line: BoardLine): boolean {
    if (at >= rowsMax) return false
    const shown = line.text === ' ' ? { ...line, text: '' } : line
    if (this.lines[at]?.text !== shown.text) this.#row({ line: at, text: shown.text })
    this.lines[at] = shown
    return true
  }

  /** A header of 19 bytes, then the text. */
  #line(data: Uint8Array): boolean {
    if (data.length < 20 || data[17] !== data.length - 19) return false
    return this.#put(data[0] ?? 9, {
      text: textOf(data.subarray(19)),
      runs: data[1] === runsLeft,
      colour: colourOf(data.subarray(9, 12)),
    })
  }

  /** Applied as a whole or not at all. */
  #page(data: Uint8Array): boolean {
    const found: [number, BoardLine][] = []
    const count = data[2] ?? 0
    let at = 3
    for (let i = 0; i < count; i++) {
      const length = data[at + 11] ?? 99
      const end = at + 12 + length
      if (length > 32 || end >= data.length) return false
      if (data[end] !== (i === count - 1 ? 0x00 : 0x0d)) return false
      const colour = colourOf(data.subarray(at + 7, at + 10))
      const runs = data[at + 1] === runsLeft
      found.push([data[at] ?? 9, { text: textOf(data.subarray(at + 12, end)), runs, colour }])
      at = end + 1
    }
    if (count < 1 || count > rowsMax || found.some(([row]) => row >= rowsMax)) return false
    if (data[at] === 0x0a) this.#say(Uint8Array.of(1, ...data.subarray(at + 2, data.length - 1)))
    else if (at !== data.length) return false
    for (const [row, line] of found) this.#put(row, line)
    return true
  }

  #payPage(data: Uint8Array, nowUs: number): boolean {
    const [on = 9, , , forSec = 0] = data
    const [urlBytes = 0, textBytes = 0] = data.subarray(13, 15)
    const textAt = 32 + urlBytes + 1
    const whole = data.length === textAt + textBytes + 1
    if (!whole || on > 1 || data[textAt - 1] !== 0 || data[data.length - 1] !== 0) return false
    this.pay =
      on === 0
        ? null
        : {
            url: textOf(data.subarray(32, 32 + urlBytes)),
            text: textOf(data.subarray(textAt, textAt + textBytes)),
            tenths: new DataView(data.buffer, data.byteOffset).getUint32(9, true),
            untilUs: forSec === 0 ? null : nowUs + forSec * 1_000_000,
          }
    this.#row({ pay: this.pay && { url: this.pay.url, text: this.pay.text } })
    return true
  }
}
