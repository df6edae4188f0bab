// Guidance boards on a street of three spaces in virtual time, each with the model of a board: what stands on it follows the
// cars, and comes back with a board that was away.
import { describe, expect, it } from 'vitest'
import { checkLot } from '#lane/lot/files/lot-file.ts'
import { boardPage } from '#lane/pure/board-page.ts'
import { systemText } from '#base/pure/words/notes.ts'
import type { ByteLinkHandlers, LinkOpener } from '#devices/ports/byte-link.ts'
import type { MonoClock } from '#base/ports/clocks.ts'
import { openBoards } from '#runtime/site/boards.ts'
import { createDisplayModel, type DisplayOutput } from '#simulators/display/model.ts'
import { bareExit, bareLot } from '../../../kit/bare-lot.ts'
import { faultOf } from '../../../kit/refusals.ts'
import { OpenScene, p1, p2, p3 } from '../../harness/lot/open-scene.ts'

class BoardSim {
  readonly model = createDisplayModel({ timing: 'standard', seed: 1 })
  private handlers: ByteLinkHandlers | null = null
  isThere = true
  readonly opener: LinkOpener

  constructor(clock: MonoClock) {
    const put = (outputs: readonly DisplayOutput[]): void => {
      for (const output of outputs) if (output.do === 'send') this.handlers?.bytes(output.bytes)
      const dueUs = this.model.nextDueUs()
      if (dueUs !== null)
        clock.after((dueUs - clock.nowUs()) / 1000, () => put(this.model.advance(clock.nowUs())))
    }
    this.opener = {
      open: (_, handlers) => {
        clock.after(1, () => {
          if (!this.isThere) return handlers.down(systemText('refused'))
          this.handlers = handlers
          handlers.up()
        })
        const send = (bytes: Uint8Array): void => {
          if (this.isThere) put(this.model.onBytes(bytes, clock.nowUs()))
        }
        return { send, close: () => undefined, bytesIn: 0, bytesOut: 0 }
      },
    }
  }

  goes(): void {
    this.isThere = false
    this.handlers?.down(systemText('reset'))
  }

  get first(): string {
    return this.model.board.lines[0]?.text.trim() ?? ''
  }
}

function scene() {
  const lot = new OpenScene('7.2.1')
  const { clock: mono } = lot.virtual
  const board = new BoardSim(mono)
  const boards = [{ id: 'road', link: 'tcp://127.0.0.1:5000' }]
  const config = { ...lot.config, boards }
  const ports = { mono, business: { nowMs: () => lot.nowMs }, opener: board.opener }
  const open = () => openBoards(lot.runtime, config, ports)
  for (const id of [p1, p2, p3]) lot.told(id, false)
  return { lot, board, open }
}

it('shows the number as cars come and go', () => {
  const { lot, board, open } = scene()
  open()
  lot.run(15_000)
  expect(board.first).toBe('余位 3')
  lot.stands(p1, 1, null)
  expect(board.first).toBe('余位 2')
  lot.stands(p2, 1, null)
  lot.stands(p3, 1, null)
  expect(board.first).toBe('满')
  lot.leaves(p2)
  expect(board.first).toBe('余位 1')
  lot.unheard(p2)
  lot.run(15_000)
  expect(board.first).toBe('满')
})

it('shows the present number to a board that was away, and reports it once', () => {
  const { lot, board, open } = scene()
  open()
  lot.run(15_000)
  board.goes()
  lot.stands(p1, 3, null)
  expect(board.first).toBe('余位 3')
  board.isThere = true
  lot.run(60_000)
  expect(board.first).toBe('余位 2')
  const faults = lot.runtime.events
    .since(0)
    .events.filter((one) => JSON.stringify(one).includes('LINK-01'))
  expect(faults).toHaveLength(1)
})

it('shows nothing more after its end', () => {
  const { lot, board, open } = scene()
  const opened = open()
  lot.run(15_000)
  opened.close()
  lot.stands(p1, 2, null)
  expect(board.first).toBe('余位 3')
})

describe('the page', () => {
  const part = { name: 'A', capacity: 9, inside: 4, unwatched: 0, free: 5 }
  const spaces = { free: 7, isOpen: true, parts: [part, { ...part, name: 'B', free: null }] }
  it.each([
    ['the lot', spaces, undefined, '余位 7', 'go'],
    ['a part', spaces, 'A', '余位 5', 'go'],
    ['a part without a number', spaces, 'B', '余位 7', 'go'],
    ['full', { ...spaces, free: 0 }, undefined, '满', 'stop'],
    ['a full part', { ...spaces, parts: [{ ...part, free: 0 }] }, 'A', '满', 'stop'],
    ['closed', { ...spaces, isOpen: false, free: 0 }, 'A', '关闭', 'stop'],
  ])('%s', (_, given, of, words, tone) => {
    expect(boardPage(given, of)).toEqual({ phrases: [words], tone, speech: '' })
  })
})

describe('boards of a lot file', () => {
  const north = { ...bareExit, id: 'north', direction: 'entry', area: 'north' }
  const road = { id: 'road', link: 'tcp://127.0.0.1:5000?rows=1' }
  const lot = (...boards: object[]) => ({
    ...bareLot(),
    lanes: [...bareLot().lanes, north],
    areas: [{ name: 'north', spaces: 5 }],
    boards,
  })

  it.each([
    ['of the lot', [road]],
    ['of an area', [{ ...road, part: 'north' }]],
    ['two', [road, { ...road, id: 'ramp', link: 'tcp://127.0.0.1:5001' }]],
  ])('accepted: %s', (_, boards) => {
    expect(checkLot(lot(...boards), 'lot.json').boards).toEqual(boards)
  })

  it.each<[string, object[], string, string]>([
    ['an id twice', [road, road], 'LOT-04', '/boards/1/id'],
    ['an area without spaces', [{ ...road, part: 'south' }], 'LOT-02', '/boards/0/part'],
    ['another scheme', [{ ...road, link: 'http://x' }], 'LOT-03', '/boards/0/link'],
    ['five rows', [{ ...road, link: 'tcp://127.0.0.1:1?rows=5' }], 'LOT-03', '/boards/0/link'],
    [
      'a real board in a demo',
      [{ ...road, link: 'tcp://192.0.2.1:5000' }],
      'LOT-05',
      '/boards/0/link',
    ],
  ])('refused: %s', (_, boards, code, field) => {
    const fault = faultOf(() => checkLot(lot(...boards), 'lot.json'))
    expect([fault.code, fault.detail.field]).toEqual([code, field])
  })
})
