// The bytes of a receipt as three readers decode them: the driver that made them, the simulator's own decoder, and fifty
// lines of Python written from the command lists. No text ever begins a command.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PaperLine } from '#base/pure/data/paper.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import { standardPrinter } from '#devices/pure/printer/escpos/config.ts'
import { paperBytes } from '#devices/pure/printer/escpos/paper-bytes.ts'
import { columnsOf, folded, paired } from '#devices/pure/printer/escpos/text.ts'
import { firstOf } from '#simulators/printer/commands.ts'
import { PrintHead } from '#simulators/printer/head.ts'
import type { Strip } from '#simulators/printer/strip.ts'

const witness = join(import.meta.dirname, '../../../../../fixtures/printer/witness.py')
const narrow = { ...standardPrinter, columnsMax: 32, moduleDotsMax: 3, cuts: false }

interface Witnessed {
  readonly lines: string[]
  readonly codes: { text: string; dots: number; level: string }[]
  readonly cuts: number
}

function witnessed(bytes: Uint8Array): Witnessed {
  const { status, stdout, stderr } = spawnSync('python3', [witness], { input: bytes })
  expect(stderr.toString()).toBe('')
  expect(status).toBe(0)
  return JSON.parse(stdout.toString()) as Witnessed
}

function printed(bytes: Uint8Array, dots: number): Strip {
  const head = new PrintHead(dots, true)
  let rest = bytes
  let strip: Strip | null = null
  for (let found = firstOf(rest); found !== null; found = firstOf(rest)) {
    strip = head.take(found.command) ?? strip
    rest = rest.slice(found.size)
  }
  expect(rest).toHaveLength(0)
  return strip ?? head.current
}

const linesOf = ({ parts }: Strip): string[] =>
  parts.flatMap((part) => (part.kind === 'line' ? [part.text] : []))

/** Longer than one byte can count, with every character that the code of a receipt may contain. */
const codeText = `ETCR1:${'0123456789 $%*+-./:ABC'.repeat(20)}`
const receipt: PaperLine[] = [
  { kind: 'text', text: '测试停车场', align: 'center', size: 'large' },
  { kind: 'rule' },
  { kind: 'pair', name: '车牌', value: '测A·12345', isBig: false },
  { kind: 'pair', name: '实收', value: '12.00 元', isBig: true },
  { kind: 'qr', text: codeText },
]

it('a receipt is read alike by the simulator and by the Python witness', () => {
  const bytes = paperBytes(receipt, standardPrinter)
  const seen = witnessed(bytes)
  expect(seen).toMatchObject({ cuts: 1, codes: [{ text: codeText, dots: 4, level: 'M' }] })
  expect(seen.lines.slice(0, 4)).toEqual([
    '测试停车场',
    '-'.repeat(48),
    `车牌${' '.repeat(34)}测A·12345`,
    `实收${' '.repeat(36)}12.00 元`,
  ])
  const strip = printed(bytes, 576)
  expect(strip.isCut).toBe(true)
  expect(linesOf(strip)).toEqual(seen.lines)
  expect(strip.parts[0]).toMatchObject({ align: 1, bold: true, wide: 2, high: 2 })
  expect(strip.parts[3]).toMatchObject({ align: 0, bold: true, wide: 1, high: 2 })
})

it('begins as a printer expects it, and cuts only where there is a cutter', () => {
  expect(hexOf(paperBytes([], standardPrinter))).toBe('1B401C260A0A0A1D564200')
  expect(hexOf(paperBytes([], narrow))).toBe('1B401C261B6403')
})

it('a name too wide for twice the size stands in its own size, and folds on narrow paper', () => {
  const name = '某某某某某某某某某某某某停车场有限公司'
  const title: PaperLine = { kind: 'text', text: name, align: 'center', size: 'large' }
  const strip = printed(paperBytes([title], narrow), 384)
  expect(linesOf(strip).slice(0, 2)).toEqual([name.slice(0, 16), name.slice(16)])
  expect(strip.parts[0]).toMatchObject({ wide: 1, high: 1 })
})

it('no text of a receipt leaves its line, begins a command or is cut inside a character', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 })
  fc.assert(
    fc.property(text, text, (name, value) => {
      const lines: PaperLine[] = [
        { kind: 'pair', name, value, isBig: false },
        { kind: 'text', text: name, align: 'left', size: 'normal' },
      ]
      const strip = printed(paperBytes(lines, narrow), 384)
      const expected = [...paired(name, value, 32), ...folded(name, 32)]
      // Three line feeds at the end; a character outside GB18030 is replaced.
      expect(linesOf(strip)).toHaveLength(expected.length + 3)
      expect(linesOf(strip).every((line) => columnsOf(line) <= 32)).toBe(true)
    }),
    { numRuns: 20 },
  )
})
