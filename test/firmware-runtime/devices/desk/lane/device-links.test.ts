// What is reported about a link that does not work: one line for a series of failures, with a count, and a code of its own
// for a device that accepts and closes. A barrier that is dead for a day costs a line, not a log.
import { systemText } from '#base/pure/words/notes.ts'
import { describe, expect, it } from 'vitest'
import { LinkHint } from '#devices/hosts/link-hint.ts'
import { barrierDevice } from '#devices/desk/lane/devices.ts'
import {
  downTeller,
  linkWatch,
  type DeviceStatus,
  type DevicePorts,
} from '#devices/desk/lane/device-ports.ts'
import { VirtualTime } from '#harness/lot/virtual-time.ts'
import type { LaneFault } from '#base/pure/faults/faults.ts'
import { present } from '#base/pure/values/must.ts'
import type { ByteLinkHandlers } from '#devices/ports/byte-link.ts'
import { lotFile } from '../../../lane/lot/lot-kit.ts'

const dayUs = 86_400_000_000
const exit = present(lotFile().lanes[1], 'the exit')

/** A barrier whose link behaves like this for a day: faults, tries, and events to the lane. */
function deadDay(behave: (handlers: ByteLinkHandlers, time: VirtualTime) => void) {
  const time = new VirtualTime()
  const faults: LaneFault[] = []
  let [tries, events] = [0, 0]
  const ports: DevicePorts = {
    opener: {
      open: (_url, handlers) => {
        tries++
        time.clock.after(1, () => behave(handlers, time))
        return { send: () => undefined, close: () => undefined, bytesIn: 0, bytesOut: 0 }
      },
    },
    mono: time.clock,
    business: { nowMs: () => 0 },
    timing: 'standard',
    linkDown: (fault) => void faults.push(fault),
  }
  const barrier = barrierDevice(exit, ports, () => void events++)
  barrier.open()
  time.runTo(dayUs)
  barrier.close()
  return { faults, tries, events, status: barrier.status }
}

describe('a dead barrier, for 24 hours', () => {
  it.each([
    ['is refused', 'LINK-01', (h: ByteLinkHandlers) => h.down(systemText('connect ECONNREFUSED'))],
    [
      'accepts and closes, not one byte',
      'LINK-06',
      (h: ByteLinkHandlers) => {
        h.up()
        h.down('closedThere')
      },
    ],
    ['accepts and is silent', 'LINK-01', (h: ByteLinkHandlers) => h.up()],
  ])('%s: one line with %s, and a count', (_name, code, behave) => {
    const { faults, tries, events, status } = deadDay(behave)
    expect(faults.map((fault) => fault.code)).toEqual([code])
    expect(JSON.stringify(faults).length).toBeLessThan(2_000)
    // About one try in thirty seconds, each counted but not logged.
    expect(tries).toBeGreaterThan(2_000)
    expect(tries).toBeLessThan(3_500)
    expect(status.detail).toMatch(/^failedTimes \d{4} /)
    expect(events).toBeLessThan(10)
  })
})

it('a device that was understood in between is a new row of failures', () => {
  const faults: LaneFault[] = []
  const ports = {
    linkDown: (fault: LaneFault) => void faults.push(fault),
  } as unknown as DevicePorts
  const status: DeviceStatus = { up: false, detail: '' }
  const hint = new LinkHint()
  const watch = linkWatch(status, hint, downTeller(ports, 'exit', 'barrier', 'tcp://x:1'))
  const cycle = (isHeard: boolean): void => {
    hint.take({ type: 'linkUp' })
    watch(true, '')
    if (isHeard) hint.framed()
    watch(false, 'closedThere')
    hint.take({ type: 'linkDown' })
  }
  for (let i = 0; i < 3; i++) cycle(false)
  expect([faults.length, status.detail]).toEqual([1, 'failedTimes 3 closedThere'])
  cycle(true)
  cycle(false)
  expect([faults.length, status.detail]).toEqual([2, 'failedTimes 2 closedThere'])
})
