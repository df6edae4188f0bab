// What a contact reports, and what it must never report: an input that was not read never counts as clear.
// Rows of readings by time, on both kinds of wiring.
import type { DownText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import { standardContacts } from '#devices/pure/detector/contacts/config.ts'
import {
  contactsDriver,
  type ContactsState,
  type DetectorEvent,
} from '#devices/pure/detector/contacts/driver.ts'
import { sensorInputOf } from '#devices/pure/detector/contacts/link.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { frame } from '#devices/pure/barrier/modbus-relay/framing.ts'
import { modbusTcp } from '#devices/pure/barrier/modbus-relay/transport.ts'

const contact = {
  name: 'radar 1',
  di: 1,
  activeHigh: true,
  debounceOnMs: 80,
  debounceOffMs: 150,
  stuckMs: 60_000 as number | null,
}

class Board {
  readonly told: DetectorEvent[] = []
  private readonly driver
  private state: ContactsState

  constructor(over: Partial<typeof contact> = {}) {
    const contacts = [{ ...contact, ...over }]
    this.driver = contactsDriver({ ...standardContacts, unitId: 1, contacts }, modbusTcp)
    this.state = this.driver.initial()
    this.step(0, { type: 'linkUp' })
  }

  step(
    atMs: number,
    event:
      | { type: 'linkUp' }
      | { type: 'linkDown'; reason: DownText }
      | { type: 'bytes'; bytes: Uint8Array }
      | { type: 'timer'; name: string },
  ): string[] {
    const step = this.driver.step(this.state, { atMs, ...event })
    this.state = step.state
    for (const effect of step.effects) if (effect.do === 'emit') this.told.push(effect.event)
    return step.effects.map((effect) => effect.do)
  }

  /** The effects of a timer, as words: how the link is given up. */
  fired(atMs: number, name: string): unknown[] {
    const step = this.driver.step(this.state, { atMs, type: 'timer', name })
    this.state = step.state
    return step.effects.filter((effect) => effect.do === 'dropLink')
  }

  /** The poll at that time, answered with this PDU; the first poll was sent when the link came up. */
  answered(atMs: number, pdu: number[], unit = 1): void {
    if (this.state.asked === null) this.step(atMs, { type: 'timer', name: 'poll' })
    const transactionId = this.state.asked?.transactionId ?? 0
    this.step(atMs, { type: 'bytes', bytes: frame(transactionId, unit, Uint8Array.from(pdu)) })
  }

  /** Answers the pending poll. */
  answers(atMs: number, on: boolean): string[] {
    const transactionId = this.state.asked?.transactionId ?? 0
    const pdu = Uint8Array.of(0x02, 0x01, on ? 0x02 : 0x00)
    return this.step(atMs, { type: 'bytes', bytes: frame(transactionId, 1, pdu) })
  }

  reads(atMs: number, on: boolean): void {
    this.answered(atMs, [0x02, 0x01, on ? 0x02 : 0x00])
  }

  get last() {
    const found = this.told.findLast((event) => event.type === 'contact')
    return found?.type === 'contact' ? [found.seen.raw, found.seen.stable] : null
  }
}

it('a board that answers as another unit is named when its link is given up', () => {
  const board = new Board()
  const dropped: unknown[] = []
  const { answerTimeoutMs: ms } = standardContacts
  for (let n = 0; n < 6 && dropped.length === 0; n++) {
    board.answered(n * ms, [0x02, 0x01, 0x00], 255)
    dropped.push(...board.fired((n + 1) * ms, 'answer'))
  }
  expect(dropped).toEqual([{ do: 'dropLink', reason: 'answersAsUnit 255 1' }])
})

describe('a contact', () => {
  it('is on and off after its own times, and its edge is told at once', () => {
    const board = new Board()
    board.reads(0, false)
    expect(board.last).toEqual([false, null])
    board.reads(150, false)
    expect(board.last).toEqual([false, false])
    board.reads(200, true)
    expect(board.last).toEqual([true, false])
    board.reads(279, true)
    expect(board.last).toEqual([true, false])
    board.reads(280, true)
    expect(board.last).toEqual([true, true])
    board.reads(300, false)
    board.reads(449, false)
    expect(board.last).toEqual([false, true])
    board.reads(450, false)
    expect(board.last).toEqual([false, false])
  })

  it('that opens when something is there is read the other way round', () => {
    const board = new Board({ activeHigh: false })
    board.reads(0, false)
    board.reads(80, false)
    expect(board.last).toEqual([true, true])
  })

  const clear = (): Board => {
    const board = new Board()
    board.reads(0, false)
    board.reads(150, false)
    return board
  }

  it.each<[string, (board: Board) => void]>([
    ['a refusal', (board) => board.answered(200, [0x82, 0x02])],
    ['an answer of the wrong length', (board) => board.answered(200, [0x02, 0x02, 0, 0])],
    ['another answer', (board) => board.answered(200, [0x05, 0, 0, 0xff, 0])],
    ['old age', (board) => board.step(400, { type: 'timer', name: 'stale' })],
    ['a lost link', (board) => board.step(200, { type: 'linkDown', reason: 'portAway' })],
    [
      'silence',
      (board) => {
        board.step(200, { type: 'timer', name: 'poll' })
        board.step(500, { type: 'timer', name: 'answer' })
      },
    ],
  ])('is unknown after %s', (_name, happens) => {
    const board = clear()
    happens(board)
    expect(board.last).toEqual([null, null])
  })

  it('is asked again after an answer that took longer than a poll', () => {
    const board = new Board()
    board.step(0, { type: 'timer', name: 'poll' })
    expect(board.step(50, { type: 'timer', name: 'poll' })).toEqual([])
    const bytes = frame(1, 1, Uint8Array.of(0x02, 0x01, 0x02))
    expect(board.step(60, { type: 'bytes', bytes })).toContain('send')
    expect(board.last).toEqual([true, null])
  })

  it('takes no answer of another unit', () => {
    const board = clear()
    board.answered(200, [0x02, 0x01, 0x02], 7)
    expect(board.last).toEqual([false, false])
  })

  it('stuck is told once for one long presence', () => {
    const board = new Board()
    for (let atMs = 0; atMs < 130_000; atMs += 1_000) board.reads(atMs, true)
    expect(board.told.filter((event) => event.type === 'stuck')).toHaveLength(1)
    const other = new Board({ stuckMs: null })
    for (let atMs = 0; atMs < 130_000; atMs += 1_000) other.reads(atMs, true)
    expect(other.told.filter((event) => event.type === 'stuck')).toHaveLength(0)
  })
})

describe('where it is wired', () => {
  it('says input, board and which level', () => {
    expect(sensorInputOf('barrier:?di=4&low=1', '')).toEqual({
      di: 4,
      activeHigh: false,
      board: null,
    })
    const place = sensorInputOf('tcp://192.0.2.9:502?di=2&unit=3&profile=generic/contact', '')
    expect(place).toMatchObject({
      di: 2,
      activeHigh: true,
      board: { url: 'tcp://192.0.2.9:502?unit=3', unitId: 3, transport: { name: 'modbus-tcp' } },
    })
  })

  it.each([
    'barrier:',
    'barrier:?di=x',
    'barrier:?di=64',
    'barrier:?di=1&unit=2',
    'barrier:?di=1&low=2',
    'tcp://192.0.2.9:502',
    'tcp://192.0.2.9:502?di=1&what=2',
    'serial:/dev/x?di=1&wire=tcp',
  ])('refuses %s', (link) => {
    expect(() => sensorInputOf(link, '/x')).toThrow(LaneFault)
  })
})

describe('a stall of this process', () => {
  const seen = (board: Board): readonly unknown[] =>
    board.told.flatMap((event) => (event.type === 'contact' ? [event.seen] : []))
  /** Clear, then polled at 200, with the answer not read before the stall is over. */
  const stalled = (): Board => {
    const board = new Board()
    board.reads(0, false)
    board.reads(150, false)
    board.step(200, { type: 'timer', name: 'poll' })
    board.step(1_200, { type: 'timer', name: 'stale' })
    board.step(1_200, { type: 'timer', name: 'answer' })
    return board
  }
  const aged = { name: 'radar 1', raw: null, stable: null, aged: true }

  it('makes a contact unknown for its age alone; an answer that waited clears nothing, and is asked again', () => {
    const board = stalled()
    expect(seen(board).at(-1)).toEqual(aged)
    const did = board.answers(1_201, false)
    expect([did, seen(board).at(-1)]).toEqual([expect.arrayContaining(['send']), aged])
    board.answers(1_206, false)
    expect(board.last).toEqual([false, null])
    board.reads(1_356, false)
    expect(board.last).toEqual([false, false])
    expect(board.told.map(({ type }) => type)).not.toContain('detectorDown')
  })
  it('a board that says nothing even then is lost, and that is told', () => {
    const board = stalled()
    board.step(1_230, { type: 'timer', name: 'answer' })
    expect(seen(board).at(-1)).toEqual({ name: 'radar 1', raw: null, stable: null })
  })
  it('silence alone is told as lost at once', () => {
    const board = new Board()
    board.reads(0, false)
    board.step(150, { type: 'timer', name: 'stale' })
    expect(seen(board).at(-1)).toEqual({ name: 'radar 1', raw: null, stable: null })
  })
})
