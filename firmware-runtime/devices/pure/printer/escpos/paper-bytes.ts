// A receipt as ESC/POS bytes: Chinese mode on, text in GB18030, the QR code by the printer's own command, feed and cut.
// The status query after it is answered when everything before it is printed.
import type { DrawerPin } from '#base/pure/lot/config.ts'
import type { PaperLine } from '#base/pure/data/paper.ts'
import type { EscposConfig } from './config.ts'
import { bytesOfText, columnsOf, folded, paired } from './text.ts'

type Look = Pick<EscposConfig, 'columnsMax' | 'moduleDotsMax' | 'cuts' | 'feedLines'>

const esc = 0x1b
const gs = 0x1d
const initialize = [esc, 0x40]
const chineseOn = [0x1c, 0x26]
const alignTo = (align: 'left' | 'center'): number[] => [esc, 0x61, align === 'center' ? 1 : 0]
const bold = (on: boolean): number[] => [esc, 0x45, on ? 1 : 0]
const sizes = { normal: 0x00, high: 0x01, large: 0x11 } as const
const sized = (size: keyof typeof sizes): number[] => [gs, 0x21, sizes[size]]
/** Size of Chinese characters, which clones do not change by the command above. */
const chineseSized = (size: keyof typeof sizes): number[] => {
  const flags = { normal: 0x00, high: 0x08, large: 0x0c } as const
  return [0x1c, 0x21, flags[size]]
}
/** `GS r 1`: the paper sensor, answered in order after the printed data. */
export const askPrinted = Uint8Array.of(gs, 0x72, 1)
/** `ESC p m t1 t2`: 100 ms on and 500 ms off, in steps of 2 ms. */
export const drawerPulse = (pin: DrawerPin): Uint8Array =>
  Uint8Array.of(esc, 0x70, pin === 'pin2' ? 0 : 1, 50, 250)
/** Disables unsolicited status, which would be taken for an answer. */
export const quiet = Uint8Array.of(gs, 0x61, 0)

const lineOf = (text: string): number[] => [...bytesOfText(text), 0x0a]

/** A function of the QR code symbol, `GS ( k`. */
function qrCall(fn: number, ...data: readonly number[]): number[] {
  const length = data.length + 2
  return [gs, 0x28, 0x6b, length % 256, Math.floor(length / 256), 0x31, fn, ...data]
}

const [model2, levelM] = [0x32, 0x31]

const qrBytes = (text: string, dots: number): number[] => [
  ...alignTo('center'),
  ...qrCall(0x41, model2, 0),
  ...qrCall(0x43, dots),
  ...qrCall(0x45, levelM),
  ...qrCall(0x50, 0x30, ...bytesOfText(text)),
  ...qrCall(0x51, 0x30),
  0x0a,
  ...alignTo('left'),
]

function textBytes(line: Extract<PaperLine, { kind: 'text' }>, columns: number): number[] {
  const isLarge = line.size === 'large' && columnsOf(line.text) * 2 <= columns
  const size = isLarge ? 'large' : 'normal'
  const isBold = line.size === 'large'
  return [
    ...alignTo(line.align),
    ...bold(isBold),
    ...sized(size),
    ...chineseSized(size),
    ...folded(line.text, columns).flatMap(lineOf),
    ...sized('normal'),
    ...chineseSized('normal'),
    ...bold(false),
    ...alignTo('left'),
  ]
}

function pairBytes(
  { name, value, isBig }: Extract<PaperLine, { kind: 'pair' }>,
  columns: number,
): number[] {
  const lines = paired(name, value, columns).flatMap(lineOf)
  if (!isBig) return lines
  const on = [...bold(true), ...sized('high'), ...chineseSized('high')]
  return [...on, ...lines, ...sized('normal'), ...chineseSized('normal'), ...bold(false)]
}

function bytesOfLine(line: PaperLine, look: Look): number[] {
  switch (line.kind) {
    case 'text':
      return textBytes(line, look.columnsMax)
    case 'pair':
      return pairBytes(line, look.columnsMax)
    case 'rule':
      return lineOf('-'.repeat(look.columnsMax))
    case 'qr':
      return qrBytes(line.text, look.moduleDotsMax)
  }
}

export function paperBytes(lines: readonly PaperLine[], look: Look): Uint8Array {
  const end = look.cuts
    ? [...Array.from({ length: look.feedLines }, () => 0x0a), gs, 0x56, 0x42, 0]
    : [esc, 0x64, look.feedLines]
  return Uint8Array.from([
    ...initialize,
    ...chineseOn,
    ...lines.flatMap((line) => bytesOfLine(line, look)),
    ...end,
  ])
}
