// An OBU whose vehicle file only the platform can decrypt: with the answer the lane continues as with any card, without one
// as with an unreadable OBU. A file that was not decrypted never leads to a charge.
import { describe, expect, it } from 'vitest'
import type { LaneEvent } from '#lane/pure/lane.ts'
import type { ChargeMode } from '#base/pure/rows/ledger-row.ts'
import { b5, cardReadEvent, LaneBench, loop, obuId, plate, timerEvent } from './lane-bench.ts'
import { cash } from './exit-online-rows.ts'
import { arriving } from './effects-kit.ts'

const { vehicle, type: _, ...read } = cardReadEvent()
const file = { keyVersion: '01', algorithm: '04', random: '00'.repeat(8), cipher: '00'.repeat(24) }
const sealedEvent: LaneEvent = { type: 'vehicleSealed', ...read, sealed: file }
const opened = (of: typeof vehicle | null = vehicle, id = obuId): LaneEvent => ({
  type: 'vehicleOpened',
  obuId: id,
  vehicle: of,
})
const asks = `open vehicle ${obuId} 600`

function asking(chargeMode: ChargeMode = 'card'): LaneBench {
  const bench = new LaneBench({ chargeMode }).entered().give(...arriving)
  bench.done()
  return bench.give(sealedEvent)
}
const where = ({ state }: LaneBench): string => `${state.name} ${state.car?.manual ?? ''}`.trim()

describe('an OBU whose vehicle file is sealed', () => {
  it.each(['card', 'online'] as const)('%s: opened in time it is a card that was read', (mode) => {
    const bench = asking(mode)
    expect([where(bench), ...bench.done()]).toEqual(['searching', asks])
    expect(bench.timers.has('vehicle')).toBe(true)
    const clear = new LaneBench({ chargeMode: mode }).entered().give(...arriving)
    clear.done()
    bench.give(opened())
    clear.give(cardReadEvent())
    expect(bench.done()).toEqual(clear.done())
    expect(bench.state.car).toEqual(clear.state.car)
    expect(bench.timers.has('vehicle')).toBe(false)
  })

  it.each([
    ['nobody answers', timerEvent('vehicle')],
    ['what came cannot be believed', opened(null)],
  ])('%s: it is let go as unreadable, never charged, and its car pays otherwise', (_name, end) => {
    const bench = asking()
    bench.done()
    bench.give(end)
    expect([where(bench), ...bench.done()]).toEqual(['searching', 'rsu release'])
    expect(bench.faults).toContain('obuUnreadable vehicleNotOpened')
    bench.give(opened())
    expect(bench.done()).toEqual([])
    bench.give(timerEvent('obu'))
    expect(where(bench)).toBe('manual obuInvalid')
    expect(bench.rows.some(({ kind }) => kind === 'armed')).toBe(false)
    bench.give(cash)
    expect(bench.state.car?.pass?.cause).toBe('other')
  })

  it('holds no car longer than an OBU that is not read; an answer behind that still pays', () => {
    const bench = asking().give(timerEvent('obu'))
    expect(where(bench)).toBe('manual obuNotRead')
    bench.give(opened())
    expect(where(bench)).toBe('debiting')
  })

  it("another car's file, or an answer of another OBU, charges nothing", () => {
    const other = asking().give(opened({ ...vehicle, plate: '测B99999' }))
    expect(other.state.car?.turnedAway?.reason).toBe('plateMismatch')
    const stray = asking()
    stray.done()
    stray.give(opened(vehicle, 'FFFFFFF0'))
    expect([where(stray), ...stray.done()]).toEqual(['searching'])
  })

  it('is forgotten with its car: what comes later is of nobody', () => {
    const bench = asking().give(loop('arrive', 'off'), ...arriving)
    bench.done()
    bench.give(opened())
    expect([where(bench), ...bench.done()]).toEqual(['searching'])
    expect(bench.state.sealed?.read ?? null).toBeNull()
  })

  it('is asked for three times while its car stands there, and not where no platform answers', () => {
    const bench = asking()
    for (let n = 0; n < 4; n++) bench.give(opened(null), sealedEvent)
    expect(bench.done().filter((word) => word === asks)).toHaveLength(3)
    const down = new LaneBench().entered().give(...arriving)
    down.platformUp = false
    down.done()
    down.give(sealedEvent)
    expect(down.done()).toEqual(['rsu release'])
    const alone = new LaneBench({ hasPlatform: false }).entered().give(...arriving)
    alone.done()
    alone.give(sealedEvent)
    expect(alone.done()).toEqual(['rsu release'])
  })

  it('a lane that reads no card in this state asks for nothing', () => {
    const bench = new LaneBench().give(sealedEvent)
    expect([where(bench), ...bench.done()]).toEqual(['idle'])
  })

  it('settles a debit in doubt by its card, without the platform', () => {
    const doubtful = (event: LaneEvent): string[] => {
      const bench = new LaneBench().entered().give(...arriving, cardReadEvent(), b5('unknown'))
      expect(where(bench)).toBe('suspect')
      bench.done()
      return bench.give(event).done()
    }
    expect(doubtful(sealedEvent)).toEqual(doubtful(cardReadEvent()))
  })

  it(`never asks while a debit is open, whoever is read (${plate})`, () => {
    const bench = asking().give(opened())
    bench.done()
    bench.give(sealedEvent)
    expect([where(bench), ...bench.done()]).toEqual(['debiting'])
  })
})
