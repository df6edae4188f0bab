// A lane and its display: the board shows what the lane shows, and a board that is dead, silent, refusing or gone changes
// nothing for a car: no event, row or command, and not one microsecond.
import { systemText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import type { LaneDevices } from '#lane/lot/lane-host.ts'
import type { DevicePorts } from '#devices/desk/lane/device-ports.ts'
import { displayDevice } from '#devices/desk/lane/devices.ts'
import type { DisplayHandle } from '#devices/desk/lane/device-handles.ts'
import type { LaneConfig } from '#base/pure/lot/config.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import type { LinkOpener } from '#devices/ports/byte-link.ts'
import { createDisplayModel } from '#simulators/display/model.ts'
import type { DisplayModel, DisplayOutput } from '#simulators/display/model.ts'
import {
  carAtExit,
  makeLot,
  startMs,
  testLot,
  type HandClock,
} from '../../../runtime/control/control-kit.ts'

const exit: LaneConfig = {
  ...present(
    testLot.lanes.find((lane) => lane.id === 'exit'),
    'an exit',
  ),
  display: 'sim:board',
}

const noLink = { send: () => undefined, close: () => undefined, bytesIn: 0, bytesOut: 0 }
const openers: Readonly<Record<string, (clock: HandClock) => LinkOpener>> = {
  'that cannot be reached': (clock) => ({
    open(_url, handlers) {
      clock.after(1, () => handlers.down(systemText('refused')))
      return noLink
    },
  }),
  'that never answers': (clock) => ({
    open(_url, handlers) {
      clock.after(1, () => handlers.up())
      return noLink
    },
  }),
  'that refuses everything': (clock) => {
    const model = createDisplayModel({ timing: 'standard', seed: 1 })
    model.faults.add(
      ['62', '6F', '30'].map((at) => ({ at, when: 'before', do: 'refuse', times: 0 })),
    )
    return modelled(model, clock)
  },
  'that answers': (clock) => modelled(createDisplayModel({ timing: 'standard', seed: 1 }), clock),
}

function modelled(model: DisplayModel, clock: HandClock): LinkOpener {
  return {
    open(_url, handlers) {
      const put = (outputs: readonly DisplayOutput[]): void => {
        for (const output of outputs) if (output.do === 'send') handlers.bytes(output.bytes)
        const dueUs = model.nextDueUs()
        if (dueUs !== null)
          clock.after((dueUs - clock.nowUs()) / 1000, () => put(model.advance(clock.nowUs())))
      }
      clock.after(1, () => handlers.up())
      return { ...noLink, send: (bytes) => put(model.onBytes(bytes, clock.nowUs())) }
    },
  }
}

function sceneOf(clock: HandClock, opener: LinkOpener, faults: LaneFault[] = []): DevicePorts {
  return {
    opener,
    mono: clock,
    business: { nowMs: () => startMs + Math.floor(clock.us / 1000) },
    timing: 'standard',
    linkDown: (fault) => faults.push(fault),
  }
}

/** A car that must pay at the exit, is settled, and drives out. */
function passage(displayOn: ((clock: HandClock) => LaneDevices['display']) | null) {
  const lot = makeLot([], null, displayOn)
  const { clock, runtime } = lot
  const wait = (ms: number): void => clock.advance(ms)
  for (const event of [
    { type: 'barrierUp' } as const,
    { type: 'loop', loop: 'arrive', state: 'off' } as const,
    { type: 'loop', loop: 'under', state: 'off' } as const,
  ])
    runtime.dispatch('exit', event)
  wait(3_000)
  carAtExit(lot)
  wait(6_000)
  runtime.dispatch('exit', {
    type: 'settle',
    means: 'cash',
    amountFen: null,
    act: { by: 'a', role: 'attendant', reason: 'r', commandId: 'c-12345678' },
  })
  wait(2_000)
  const open = lot.told.find((command) => command.do === 'open')
  runtime.dispatch('exit', { type: 'loop', loop: 'under', state: 'on' })
  runtime.dispatch('exit', { type: 'loop', loop: 'arrive', state: 'off' })
  runtime.dispatch('exit', { type: 'loop', loop: 'under', state: 'off' })
  runtime.dispatch('exit', { type: 'passed', passId: open?.passId ?? '' })
  wait(5_000)
  const events = runtime.events.since(0).events
  return { lot, seen: { events, told: lot.told, rows: lot.ledger.list } }
}

describe('a lane with a display', () => {
  const without = passage(() => null).seen
  it('lets the car of this scene out', () => {
    expect(without.told.map((command) => command.do)).toEqual(['open'])
    expect(without.events.map((event) => event.type)).toContain('carLeft')
  })
  it.each(Object.entries(openers))('one %s delays no car', (_, openerOf) => {
    const { seen } = passage((clock) => {
      const handle = displayDevice(exit, sceneOf(clock, openerOf(clock)), () => undefined)
      handle.open()
      return { send: (command) => handle.command(command) }
    })
    expect(seen).toEqual(without)
  })
  it('shows every state of the car in its order, and nothing when the lane is empty', () => {
    const { lot } = passage(null)
    const words = lot.pages.map((command) => command.page.phrases.join(' '))
    expect(words).toEqual([
      '',
      '正在识别车牌',
      '本车道无ETC扣费 请用其他方式缴费 5元',
      '测A12345 停2时0分 5元 一路顺风',
      '',
    ])
  })
})

describe('what is known of a board', () => {
  const boardOf = (name: keyof typeof openers) => {
    let handle: DisplayHandle | null = null
    const faults: LaneFault[] = []
    let changes = 0
    const { lot } = passage((clock) => {
      const opener = present(openers[name], name)(clock)
      const made = displayDevice(exit, sceneOf(clock, opener, faults), () => void changes++)
      made.open()
      handle = made
      return { send: (command) => made.command(command) }
    })
    return {
      board: present<DisplayHandle>(handle, 'a display'),
      lot,
      faults,
      changes: () => changes,
    }
  }
  it('one that answers: the words it acknowledged', () => {
    const { board, lot, changes } = boardOf('that answers')
    expect(board.view).toEqual({ state: 'shown', lines: ['', '', '', ''], spoken: '' })
    board.command({ do: 'show', page: { phrases: ['请通行'], tone: 'go', speech: '请通行' } })
    expect(board.view.state).toBe('sending')
    const before = changes()
    lot.clock.advance(1_000)
    expect(board.view).toEqual({ state: 'shown', lines: ['请通行', '', '', ''], spoken: '请通行' })
    expect(changes()).toBeGreaterThan(before)
    expect(board.status).toEqual({ up: true, detail: '' })
  })
  it.each([
    ['that cannot be reached', 'refused', 'LINK-01'],
    ['that never answers', 'boardSilent', 'LINK-02'],
  ])('one %s: silent, and a person is told once', (name, reason, code) => {
    const { board, faults } = boardOf(name)
    expect(board.view).toEqual({ state: 'silent', lines: [], spoken: '' })
    expect(board.status).toEqual({ up: false, detail: reason })
    expect(faults.map((fault) => [fault.code, fault.detail.field])).toEqual([
      [code, '/lanes/exit/display'],
    ])
  })
  it('one that refuses: nobody claims that it shows anything', () => {
    const { board } = boardOf('that refuses everything')
    expect(board.view).toEqual({ state: 'refused', lines: [], spoken: '' })
    expect(board.status.detail).toMatch(/refused/)
  })
})
