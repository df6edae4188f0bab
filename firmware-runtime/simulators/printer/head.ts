// The print head: the effect of a command on the strip.
// Its paper roll ends, and it prints nothing while it is stopped.
import type { Command } from './commands.ts'
import { dotsOf, type Printed, type PrintedCode, type Strip } from './strip.ts'

const levels: Readonly<Record<number, PrintedCode['level']>> = {
  48: 'L',
  49: 'M',
  50: 'Q',
  51: 'H',
}
const gb18030 = new TextDecoder('gb18030')
const latin = new TextDecoder('windows-1252')
const utf8 = new TextDecoder()
/** Reset by the initialise command. */
const plain = { align: 0, bold: false, wide: 1, high: 1, fullWide: 1, fullHigh: 1, chinese: false }

export class PrintHead {
  readonly strips: Strip[] = []
  /** Lines left on the roll; null: unlimited. */
  linesLeft: number | null = null
  drawers = 0
  private readonly dots: number
  private readonly knowsChinese: boolean
  private look = plain
  private held: number[] = []
  private parts: Printed[] = []
  private code = { dots: 3, level: 'L' as PrintedCode['level'], text: '' }

  constructor(dots: number, knowsChinese: boolean) {
    this.dots = dots
    this.knowsChinese = knowsChinese
  }

  /** The strip still in the printer. */
  get current(): Strip {
    return { parts: this.parts, isCut: false }
  }

  get hasPaper(): boolean {
    return this.linesLeft !== 0
  }

  /** The strip that this command cut off, or null. */
  take(command: Command): Strip | null {
    const { look } = this
    switch (command.do) {
      case 'text':
        this.held.push(...command.bytes)
        return null
      case 'lineFeed':
        this.line()
        return null
      case 'feed':
        for (let n = 0; n < command.lines; n++) this.line()
        return null
      case 'reset':
        this.look = plain
        this.held = []
        return null
      case 'chinese':
        this.look = { ...look, chinese: command.on && this.knowsChinese }
        return null
      case 'align':
        this.look = { ...look, align: command.to }
        return null
      case 'bold':
        this.look = { ...look, bold: command.on }
        return null
      case 'size':
        this.look =
          command.of === 'half'
            ? { ...look, wide: command.wide, high: command.high }
            : { ...look, fullWide: command.wide, fullHigh: command.high }
        return null
      case 'drawer':
        this.drawers++
        return null
      case 'code':
        this.takeCode(command.fn, command.data)
        return null
      case 'cut':
        return this.cut()
      default:
        return null
    }
  }

  private line(): void {
    const { chinese, wide, high, align, bold } = this.look
    const text = (chinese ? gb18030 : latin).decode(Uint8Array.from(this.held))
    this.held = []
    let row = ''
    let used = 0
    for (const char of text) {
      const width = dotsOf(char, wide)
      if (used + width > this.dots) {
        this.put({ kind: 'line', text: row, align, bold, wide, high })
        row = ''
        used = 0
      }
      row += char
      used += width
    }
    this.put({ kind: 'line', text: row, align, bold, wide, high })
  }

  private takeCode(fn: number, data: Uint8Array): void {
    const [first = 0] = data
    if (fn === 0x43) this.code = { ...this.code, dots: Math.min(16, Math.max(1, first)) }
    else if (fn === 0x45) this.code = { ...this.code, level: levels[first] ?? 'L' }
    else if (fn === 0x50) this.code = { ...this.code, text: utf8.decode(data.subarray(1)) }
    else if (fn === 0x51) this.put({ kind: 'qr', align: this.look.align, ...this.code })
  }

  /** A line on which the paper ends is lost. */
  private put(part: Printed): void {
    if (this.linesLeft === 0) return
    if (this.linesLeft !== null) this.linesLeft--
    this.parts.push(part)
  }

  private cut(): Strip {
    const strip = { parts: this.parts, isCut: true }
    this.strips.push(strip)
    this.parts = []
    return strip
  }
}
