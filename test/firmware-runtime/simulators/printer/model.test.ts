// The printer simulator as a model: real-time status even while nothing prints, everything else in turn, a roll that ends
// in the middle, a single client, and a clone without Chinese.
import { expect, it } from 'vitest'
import { PrinterModel, type PrinterOutput } from '#simulators/printer/model.ts'
import { modulesOf, pictureOf } from '#simulators/printer/picture.ts'
import { textOf } from '#simulators/printer/strip.ts'

const modelOf = (over: { knowsChinese?: boolean; bytesPerSec?: number } = {}): PrinterModel =>
  new PrinterModel({ seed: 1, dots: 576, knowsChinese: true, bytesPerSec: null, ...over })

const sent = (outputs: readonly PrinterOutput[]): number[] =>
  outputs.flatMap((one) => (one.do === 'send' ? [...one.bytes] : []))
const rows = (outputs: readonly PrinterOutput[]): unknown[] =>
  outputs.flatMap((one) => (one.do === 'row' ? [one.row] : []))
const text = (words: string): number[] => [...Buffer.from(words, 'latin1')]
const quiet = [0x1d, 0x61, 0x00]
const cut = [0x1d, 0x56, 0x42, 0x00]

class Driven {
  readonly model: PrinterModel
  constructor(over?: Parameters<typeof modelOf>[0]) {
    this.model = modelOf(over)
    this.say(...quiet)
  }
  say(...bytes: number[]): PrinterOutput[] {
    return this.model.onBytes(Uint8Array.from(bytes), 0, 1)
  }
  get paper(): string {
    return textOf(this.model.head.current.parts)
  }
}

it('answers what it is asked in real time, also between the bytes of a command', () => {
  const one = new Driven()
  expect(sent(one.say(0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 4))).toEqual([0x12, 0x12, 0x12])
  expect(sent(one.say(0x1b, 0x10))).toEqual([])
  expect(sent(one.say(0x04, 4, 0x61, 1, ...text('ok\n')))).toEqual([0x12])
  expect(one.model.head.current.parts).toMatchObject([{ text: 'ok', align: 1 }])
})

it('prints line by line, cuts, and tells what was printed in its turn', () => {
  const one = new Driven()
  const outputs = one.say(...text('one\ntwo\n'), ...cut, 0x1d, 0x72, 1)
  expect(rows(outputs)).toEqual([{ text: 'one\ntwo', codes: [] }])
  expect(sent(outputs)).toEqual([0x00])
  expect(one.model.state()).toMatchObject({ papers: 1, waitingBytes: 0 })
})

it('a roll that ends stops it in the middle; new paper lets it go on with the rest', () => {
  const one = new Driven()
  one.model.head.linesLeft = 1
  expect(sent(one.say(...text('one\ntwo\n'), 0x1d, 0x72, 1))).toEqual([])
  expect(one.paper).toBe('one')
  expect(sent(one.say(0x10, 0x04, 1, 0x10, 0x04, 2, 0x10, 0x04, 4))).toEqual([0x1a, 0x32, 0x72])
  one.model.head.linesLeft = null
  one.model.mended()
  expect(sent(one.model.advance(0))).toEqual([0x00])
  expect(one.paper).toBe('one\ntwo')
})

it('tells of itself unless it is told not to', () => {
  const model = modelOf()
  model.onBytes(Uint8Array.from(text('x')), 0, 1)
  model.isCoverOpen = true
  model.mended()
  expect(sent(model.advance(0))).toEqual([0x38, 0x00, 0x00, 0x00])
  model.isCoverOpen = false
  model.onBytes(Uint8Array.from(quiet), 0, 1)
  model.mended()
  expect(sent(model.advance(0))).toEqual([])
})

it('turns a second client away, and takes it when the first is gone', () => {
  const one = new Driven()
  const turned = one.model.onBytes(Uint8Array.from(text('no\n')), 0, 2)
  expect(turned).toMatchObject([{ do: 'hangUp', client: 2 }])
  one.model.linkDown(1)
  expect(sent(one.model.onBytes(Uint8Array.of(0x10, 0x04, 1), 0, 2))).toEqual([0x12])
  expect(one.paper).toBe('')
})

it('slow, it takes its time for every byte', () => {
  const one = new Driven({ bytesPerSec: 1 })
  one.say(...text('ab\n'))
  expect(one.paper).toBe('')
  one.model.advance(10_000_000)
  expect(one.paper).toBe('ab')
})

it('a clone without a Chinese mode prints rubbish, and a line that is too long goes on below', () => {
  const chinese = [0x1c, 0x26, 0xb2, 0xe2, 0x0a]
  const [clone, one] = [new Driven({ knowsChinese: false }), new Driven()]
  clone.say(...chinese)
  one.say(...chinese, ...text(`${'x'.repeat(50)}\n`))
  expect(clone.paper).toBe('²â')
  expect(one.paper).toBe(`测\n${'x'.repeat(48)}\nxx`)
})

it('a command it does not know is printed as its characters', () => {
  const one = new Driven()
  one.say(0x1b, ...text('Zx\n'), 0x1c, ...text('Qx\n'), 0x1d, ...text('Px\n'))
  one.say(0x1d, 0x28, 0x41, 2, 0, 1, 2, 0x0d, ...text('end\n'))
  expect(one.paper).toBe('Zx\nQx\nPx\nend')
})

it('a code is drawn in modules, and one wider than its paper is left out', async () => {
  expect(modulesOf({ text: 'ABC', level: 'M' })).toHaveLength(21)
  expect(modulesOf({ text: 'abc', level: 'H' })[0]).toMatch(/^1111111[01]+1111111$/)
  const code = { kind: 'qr', text: 'A'.repeat(800), align: 1, dots: 4, level: 'M' } as const
  const [fits, tooWide] = [await pictureOf([code], 576), await pictureOf([code], 300)]
  expect(fits.heightDots).toBeGreaterThan(400)
  expect(tooWide.heightDots).toBeLessThan(100)
  expect(Buffer.from(fits.png.subarray(1, 4)).toString()).toBe('PNG')
})
