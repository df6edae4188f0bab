// Versions of the devices of a lane against its passports and against acceptances, over days of virtual time.
import { describe, expect, it } from 'vitest'
import type { LaneKind } from '#base/pure/device-kinds/lane-kinds.ts'
import type { DeviceReading } from '#base/pure/passport/versions.ts'
import { present } from '#base/pure/values/must.ts'
import { faultOf } from '../../../kit/refusals.ts'
import { Bench, make } from './passport-bench.ts'

const dayMs = 86_400_000
const v = (version: string | null, serial: string | null = null): DeviceReading => ({
  version,
  hardware: null,
  serial,
})
const camera = { laneId: 'exit', device: 'camera' } as const

const row = ({ versions }: Pick<Bench, 'versions'>, device: LaneKind = 'camera') =>
  present(
    versions.view().find((one) => one.device === device),
    device,
  )

describe.each([
  ['camera', v('V5.4.0', 'S1'), v('V5.5.0', 'S1')],
  ['barrier', v('00C8'), v('00D2')],
  ['display', v('7'), v('8')],
] as const)('a %s', (device, old, now) => {
  it('stands in the passport, and drifts from it by another version', async () => {
    const bench = new Bench()
    bench.antennaTells(12)
    bench.versions.told('exit', device, old)
    await bench.store.make(make)
    expect(row(bench, device).accepted).toMatchObject({ ...old, how: 'passport', by: '装机员' })
    bench.versions.told('exit', device, now)
    const { rows } = await bench.store.drift({ laneId: 'exit' })
    expect(rows.filter((one) => one.device === device && one.state !== 'notTold')).toMatchObject([
      { kind: 'firmware', before: old.version, now: now.version, state: 'changed' },
    ])
    expect(row(bench, device)).toMatchObject({ state: 'changed', now })
    await bench.store.make(make)
    expect(row(bench, device).state).toBe('same')
    expect((await bench.store.drift({ laneId: 'exit' })).drifted).toBe(false)
  })

  it('that does not answer has not drifted, and is not unchanged either', async () => {
    const bench = new Bench()
    bench.versions.told('exit', device, old)
    await bench.store.make(make)
    bench.versions.told('exit', device, null)
    const { drifted, rows } = await bench.store.drift({ laneId: 'exit' })
    expect(drifted).toBe(false)
    expect(rows.filter((one) => one.device === device).map(({ state }) => state)).toContain(
      'notTold',
    )
    expect(row(bench, device).state).toBe('unread')
  })
})

describe('the versions of a lot', () => {
  it('have a row for every device, read or not', () => {
    const { versions } = new Bench()
    expect(versions.view().map(({ state, now }) => [state, now])).toEqual(
      versions.view().map(() => ['unread', null]),
    )
    expect(versions.view().length).toBeGreaterThanOrEqual(4)
  })

  it('are kept over a restart, with what was accepted and since when', () => {
    const bench = new Bench()
    bench.versions.told('exit', 'camera', v('1'))
    bench.clock.advance(3 * dayMs)
    bench.versions.told('exit', 'camera', v('2'))
    const again = { versions: bench.readVersions() }
    expect(row(again)).toEqual(row(bench))
    expect(row(again)).toMatchObject({ state: 'changed', accepted: { version: '1', how: 'first' } })
  })

  it('are written on a change and once a day, not at every answer', () => {
    const bench = new Bench()
    let written = bench.keptVersions
    const isWritten = (): boolean => {
      const was = written
      written = bench.keptVersions
      return was !== written
    }
    bench.versions.told('exit', 'camera', v('1'))
    expect(isWritten()).toBe(true)
    for (let i = 0; i < 100; i++) {
      bench.clock.advance(600_000)
      bench.versions.told('exit', 'camera', v('1'))
    }
    expect(isWritten()).toBe(false)
    bench.clock.advance(dayMs)
    bench.versions.told('exit', 'camera', v('1'))
    expect(isWritten()).toBe(true)
    bench.versions.told('exit', 'camera', null)
    expect(isWritten()).toBe(true)
  })

  it('call each change once, with both versions', () => {
    const bench = new Bench()
    const changes: unknown[] = []
    bench.versions.onChange.add(({ device, before, now }) =>
      changes.push([device, before.version, now.version]),
    )
    for (const said of [v('1'), v('1'), null, v('2'), v('2'), v('1')])
      bench.versions.told('exit', 'rsu', said)
    expect(changes).toEqual([
      ['rsu', '1', '2'],
      ['rsu', '2', '1'],
    ])
  })

  it('are accepted by a person only where they differ', () => {
    const bench = new Bench()
    expect(faultOf(() => bench.versions.mustDiffer(camera)).code).toBe('VERSION-01')
    bench.versions.told('exit', 'camera', v('1'))
    expect(faultOf(() => bench.versions.accept(camera, 'owner')).code).toBe('VERSION-01')
    bench.versions.told('exit', 'camera', v('2'))
    expect(bench.versions.words(camera)).toBe('camera 1 -> 2')
    bench.versions.accept(camera, 'owner')
    expect(row(bench)).toMatchObject({
      state: 'same',
      accepted: { version: '2', how: 'person', by: 'owner' },
    })
  })
})
