// The spaces of an open lot: the pile at a space reads the car there, from its position in the lot file.
import { expect, it } from 'vitest'
import { OpenSpaces } from '../../../../firmware-runtime/app/open/open-spaces.ts'
import type { LaneEvent } from '../../../../firmware-runtime/core/lane/lane.ts'
import { emptyLot, foldRow } from '../../../../firmware-runtime/core/lot/lot.ts'
import type { LotConfig } from '../../../../firmware-runtime/core/lot/config.ts'
import type { LedgerRow } from '../../../../firmware-runtime/core/values/rows/ledger-row.ts'
import { HandClock } from '../control/control-kit.ts'
import { cameIn, t0 } from '../../core/lot/row-kit.ts'

function dispatchedAfter(ms: number, position: object | undefined): readonly LaneEvent[] {
  const clock = new HandClock()
  const lot = emptyLot()
  const row = { ...cameIn('n-S1', t0, { spaceId: 'A01' }), nodeId: 'n', seq: 1 }
  foldRow(lot, row as unknown as LedgerRow)
  const events: LaneEvent[] = []
  const place = { kind: 'etc-pile', space: 'A01', ...(position === undefined ? {} : { position }) }
  const config = {
    lanes: [{ id: 'pile-a01', layout: '7.2.2', place }],
    spaces: [{ id: 'mag', link: 'push:nb-iot', spaces: { 1: 'A01' } }],
  } as unknown as LotConfig
  const spaces = new OpenSpaces({
    config,
    mono: clock,
    lot,
    ranUntilMs: null,
    tariff: () => {
      throw new Error('nothing is priced')
    },
    nowMs: () => t0 + clock.us / 1_000,
    isClockSure: () => true,
    mint: (letter) => `n-${letter}9`,
    carryOut: () => undefined,
    platformUp: () => true,
    dispatch: (_, event) => void events.push(event),
  })
  spaces.start()
  clock.advance(ms)
  spaces.stop()
  return events
}
const record = { type: 'record', spaceId: 'A01', seen: null }
const position = { latMicrodeg: 22_817_000, lonMicrodeg: 108_366_000, accuracyM: 4 }
const { accuracyM: _, ...point } = position

it.each<[string, number, object | undefined, readonly object[]]>([
  ['before its time', 1_000, position, []],
  [
    'with the position of the pile',
    2_000,
    position,
    [{ ...record, at: { ...point, accuracyMm: 4_000 } }],
  ],
  ['without one', 2_000, undefined, [record]],
  ['twice while no OBU answers', 40_000, undefined, [record, record]],
  ['four times in ten minutes', 600_000, undefined, [record, record, record, record]],
  ['never after that', 3_600_000, undefined, [record, record, record, record]],
])('reads the car %s', (_name, ms, at, events) => {
  expect(dispatchedAfter(ms, at)).toEqual(events)
})
