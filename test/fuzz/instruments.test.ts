// Instrument messages and files under mutation: nothing throws, memory stays bounded, one query at
// a time, and every level that comes out was measured and is physically possible.
import { joined } from '#base/pure/data/bytes.ts'
import { describe, expect, it } from 'vitest'
import { readFieldCsv, type CsvPlan } from '#devices/pure/field/field-csv.ts'
import {
  bytesOfText,
  downlinkMeter,
  latin1,
  levelDbmRange,
  type MeterEffect,
  type MeterInput,
} from '#devices/pure/instrument/meter.ts'
import type { Driver } from '#devices/pure/driver.ts'
import { scpiDriver } from '#devices/pure/instrument/scpi/driver.ts'
import {
  figureOf,
  replyBytesMax,
  takeReply,
  traceForms,
  traceOf,
} from '#devices/pure/instrument/scpi/reply.ts'
import type { ScpiState } from '#devices/pure/instrument/scpi/state.ts'
import { tinysaDriver } from '#devices/pure/instrument/tinysa/driver.ts'
import {
  answerBytesMax,
  rawBytesOf,
  rawLevels,
  rawScales,
  shellReply,
} from '#devices/pure/instrument/tinysa/shell.ts'
import { scpiMap, tinysaConfig } from '../firmware-runtime/devices/pure/instrument/meter-bench.ts'
import { mutant, seeded } from './mutator.ts'
import { binaryMutations, sayFailingSeed, seed, textMutations } from './scale.ts'

sayFailingSeed()

const none = new Uint8Array()
const block = Uint8Array.from(
  Buffer.from('233231320000 91C2000025C2000092C20A'.replaceAll(' ', ''), 'hex'),
)
const replies = [
  block,
  ...['1\n', '-45.25\n', '0,"No error"\n', '9.91E+37\n', '#(4)abcd\n'].map(bytesOfText),
]

describe('replies of analysers', () => {
  it('account for every byte; a trace is whole floats', () => {
    const draw = seeded(seed + 41)
    let carry: Uint8Array = none
    let found = 0
    for (let i = 0; i < binaryMutations; i++) {
      const blocks = draw(2) === 0
      const before = joined([carry, mutant(replies[i % replies.length] ?? none, draw)])
      const { reply, rest, discardedBytes } = takeReply(before, blocks)
      if (rest.length + discardedBytes > before.length) throw new Error(`mutation ${i}: bytes made`)
      if (reply === null && rest.length + discardedBytes < before.length - 64)
        throw new Error(`mutation ${i}: bytes lost`)
      if (rest.length > replyBytesMax) throw new Error(`mutation ${i}: bytes pile up`)
      if (reply !== null) {
        found++
        for (const form of traceForms)
          for (const figure of traceOf(reply, form) ?? [])
            if (figure.is === 'value' && !(Math.abs(figure.value) < 9.9e37))
              throw new Error(`mutation ${i}: ${figure.value} is a level`)
      }
      carry = i % 16 === 0 ? none : rest.slice(0, 512)
    }
    expect(found).toBeGreaterThan(binaryMutations / 4)
  })
  it('figures are numbers that were written, or none', () => {
    const draw = seeded(seed + 42)
    for (let i = 0; i < textMutations; i++) {
      const text = latin1(mutant(bytesOfText('-4.525E+001'), draw))
      const figure = figureOf(text)
      if (figure?.is === 'value' && figure.value !== Number(text)) throw new Error(text)
    }
  })
})

/** Checks that each level is possible, and that only one query is open at a time. */
class Watch {
  levels = 0
  faults = 0
  take(effects: readonly MeterEffect[], at: string): void {
    let queryCount = 0
    for (const effect of effects) {
      if (effect.do === 'send' && latin1(effect.bytes).includes('?')) queryCount++
      if (effect.do !== 'emit') continue
      const { event } = effect
      if (event.type === 'notMeasured') this.faults++
      if (event.type !== 'measured') continue
      this.levels++
      const { min, max } = levelDbmRange
      if (!(event.levelDbm >= min && event.levelDbm <= max)) throw new Error(`${at}: no level`)
    }
    if (queryCount > 1) throw new Error(`${at}: two queries at once`)
  }
}

interface MeterLink {
  readonly link: string
  readonly carry: { readonly length: number }
  readonly wanted: readonly unknown[]
}

/** Feeds answers of which some are damaged, with timers, commands and lost links between them. */
function underMutation<S extends MeterLink>(
  driver: Driver<S, MeterInput, MeterEffect>,
  draw: (below: number) => number,
  answer: (state: S) => Uint8Array,
  carryMax: number,
  isLost = false,
): void {
  const watch = new Watch()
  let state = driver.initial()
  for (let i = 1; i <= 3 * textMutations; i++) {
    const atMs = 10 * i
    const feed = (event: Parameters<typeof driver.step>[1]): void => {
      const step = driver.step(state, event)
      state = step.state
      watch.take(step.effects, `mutation ${i}`)
    }
    if (state.link !== 'up') feed({ type: 'linkUp', atMs })
    const good = answer(state)
    feed({ type: 'bytes', atMs, bytes: draw(12) === 0 ? mutant(good, draw) : good })
    const timer = ['answer', 'poll', 'again', 'rest'][draw(40)] ?? 'rest'
    feed({ type: 'timer', atMs: atMs + 5, name: timer })
    if (draw(8) === 0) feed({ type: 'command', atMs: atMs + 6, command: { do: 'measure', id: i } })
    if (isLost && draw(2_000) === 0) feed({ type: 'linkDown', atMs: atMs + 7, reason: 'closed' })
    if (state.link === 'dropping') feed({ type: 'linkDown', atMs: atMs + 8, reason: 'closed' })
    if (state.carry.length > carryMax) throw new Error(`mutation ${i}: bytes pile up`)
    if (state.wanted.length > 64) state = { ...state, wanted: [] }
  }
  expect(watch.levels, 'undamaged answers get through').toBeGreaterThan(100)
  expect(watch.faults).toBeGreaterThan(10)
}

function answerTo({ waiting }: ScpiState): string {
  switch (waiting?.as) {
    case 'identity':
      return 'Keysight Technologies,N9952A,SIM1,1.0\n'
    case 'check':
      return waiting.want === 'SA' ? '"SA"\n' : `${waiting.want}\n`
    case 'place':
      return '5.83E9\n'
    case 'level':
      return '-45.25\n'
    case 'status':
      return '0\n'
    case 'error':
      return '+0,"No error"\n'
    default:
      return '1\n'
  }
}

describe('drivers under mutation', () => {
  it('an analyser: one query at a time, and levels or faults', () => {
    const draw = seeded(seed + 43)
    const settings = { ...downlinkMeter, holdMs: 20 }
    const driver = scpiDriver({ map: scpiMap('scpi-fieldfox', settings), settings })
    underMutation(driver, draw, (state) => bytesOfText(answerTo(state)), replyBytesMax, true)
  })

  const points = 11
  const frame = Uint8Array.from([
    0x7b,
    ...Array.from({ length: points }, (_, i) => [0x78, 0xd0 + i, 0x0e]).flat(),
    0x7d,
  ])
  const raw = joined([joined([bytesOfText('scanraw 1 2 11\r\n'), frame]), bytesOfText('ch> ')])
  it('raw scans: as many levels as points, or none', () => {
    const draw = seeded(seed + 44)
    const expected = { command: 'scanraw 1 2 11', prompt: 'ch> ', rawBytes: rawBytesOf(points) }
    let found = 0
    for (let i = 0; i < binaryMutations; i++) {
      const reply = shellReply(mutant(raw, draw), expected)
      if (reply.kind !== 'raw') continue
      for (const scale of rawScales) {
        const levels = rawLevels(reply.payload, scale)
        if (levels === null) continue
        found++
        if (levels.length !== points) throw new Error(`mutation ${i}: ${levels.length} points`)
        if (!levels.every((level) => Math.abs(level) <= 2_048)) throw new Error(`mutation ${i}`)
      }
    }
    expect(found).toBeGreaterThan(binaryMutations / 8)
  })
  it('a tinySA: levels or faults, and a line that is bounded', () => {
    const draw = seeded(seed + 45)
    const config = { ...tinysaConfig('tinysa', { ...downlinkMeter, holdMs: 20 }), points }
    const driver = tinysaDriver(config)
    const scan = Array.from({ length: points }, () => '5830000000 -5.55e+01 0.0\r\n').join('')
    const said = (command: string): Uint8Array => {
      const lines = command.startsWith('scan ')
        ? scan
        : command === 'version'
          ? 'tinySA4_v1\r\n'
          : command === 'info'
            ? 'tinySA ULTRA+ ZS407\r\n'
            : command === 'sweep'
              ? '5825000000 5845000000 11\r\n'
              : ''
      const body = command.startsWith('scanraw') ? frame : bytesOfText(lines)
      return joined([joined([bytesOfText(`${command}\r\n`), body]), bytesOfText('ch> ')])
    }
    underMutation(driver, draw, ({ waiting }) => said(waiting ?? ''), answerBytesMax)
  })
})

it('files of readings: all in bounds, or a line that is named', () => {
  const draw = seeded(seed + 46)
  const plan: CsvPlan = {
    columns: { x: 'x', y: 'y', z: null, levels: ['dBm'], time: 't' },
    placeUnit: 'mm',
    level: 'dBm',
    heightMm: 1_000,
  }
  const good = bytesOfText(
    'x,y,"dBm",t\r\n0,0,-44.5,2026-03-01T09:30:00+08:00\r\n250,-250,-46,2026-03-01T09:30:05+08:00\r\n',
  )
  const seen = { taken: 0, refused: 0 }
  for (let i = 0; i < textMutations; i++) {
    const bytes = mutant(good, draw)
    const text = draw(2) === 0 ? latin1(bytes) : new TextDecoder().decode(bytes)
    const read = readFieldCsv(text, plan)
    seen[read.ok ? 'taken' : 'refused']++
    if (!read.ok) {
      const lines = text.split('\n').length
      const named = read.fault.line >= 1 && read.fault.line <= lines + 1
      if (!named || read.fault.value.length > 60) throw new Error(`mutation ${i}`)
      continue
    }
    for (const { xMm, yMm, levelsDbm } of read.readings) {
      const inside = Math.abs(xMm) <= 100_000 && Math.abs(yMm) <= 100_000
      const level = levelsDbm[0] ?? NaN
      if (!inside || !(level >= -140 && level <= 20)) throw new Error(`mutation ${i}: beyond`)
    }
  }
  expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(textMutations / 20)
})
