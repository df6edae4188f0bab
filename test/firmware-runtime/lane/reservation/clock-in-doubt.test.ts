// Reservations while the clock of the lot is in doubt: none ends, nothing about an end is told to the platform, and all
// follows when the clock is sure.
import { expect, test } from 'vitest'
import { hmacSha256 } from '#ledger/crypto/hmac-sha256.ts'
import { ReservationService } from '#lane/reservation/reservation-service.ts'
import type { ReservationRow } from '#base/pure/rows/reservation-row.ts'
import { reservationDialect } from '#ledger/pure/platforms/dialects.ts'
import { VirtualClock } from '../../devices/pure/camera/virtual-clock.ts'
import { at, reservation, Scene } from '../pure/reservation/kit.ts'

function bench() {
  const scene = new Scene().joined()
  scene.did({ do: 'make', reservation: reservation() })
  const mono = new VirtualClock()
  let isUnsure = false
  let aheadMs = 0
  const nowMs = (): number => at('11:59') + mono.nowUs() / 1000 + aheadMs
  const written: ReservationRow[] = []
  const service = new ReservationService({
    config: { capacity: 10, reservation: { appId: 'A', parkCode: '44', spaces: 1 } as never },
    runtime: {
      lot: scene.lot,
      onChange: new Set(),
      onLaneEvent: new Set(),
      nowMs,
      endingMs: () => (isUnsure ? null : nowMs()),
      monoMs: () => mono.nowUs() / 1000,
      appendQuietly(rows) {
        for (const row of rows) {
          scene.row(row)
          if (row.kind === 'reservation') written.push(row.body)
        }
        return true
      },
      trace: () => undefined,
    },
    ledger: { rows: () => [] as never },
    dialect: reservationDialect,
    opener: { open: () => ({ publish: () => undefined, close: () => undefined }) as never },
    signer: hmacSha256('secret'),
    http: null,
    mono,
    wall: { nowMs },
    random: { bytes: (count) => new Uint8Array(count) },
    sm3: (data) => data,
    bays: () => null,
  })
  service.start()
  const passes = (ms: number): void => mono.run(ms)
  return {
    passes,
    jumps: (ms: number): void => {
      aheadMs = ms
    },
    doubts: (on: boolean): void => {
      isUnsure = on
    },
    ended: () => written.flatMap((row) => (row.row === 'passed' ? [row.what] : [])),
    told: () => written.filter(({ row }) => row === 'up').length,
  }
}

test.each([
  ['an hour ahead', 3_600_000],
  ['a day ahead', 86_400_000],
  ['a year ahead', 31_536_000_000],
  ['to 9999', 251_000_000_000_000],
])('the clock jumps %s: nothing ends and nothing is told; back again, nothing ended', (_, ms) => {
  const lot = bench()
  const before = lot.told()
  lot.jumps(ms)
  lot.doubts(true)
  lot.passes(25_000)
  expect([lot.ended(), lot.told()]).toEqual([[], before])
  lot.jumps(0)
  lot.doubts(false)
  lot.passes(10_000)
  expect(lot.ended()).toEqual([])
})

test('a doubt that ends by a person lets pass what has passed, once', () => {
  const lot = bench()
  lot.doubts(true)
  lot.passes(600_000)
  expect(lot.ended()).toEqual([])
  lot.doubts(false)
  lot.passes(60_000)
  expect(lot.ended()).toEqual(['overdue'])
  lot.passes(600_000)
  expect(lot.ended()).toEqual(['overdue'])
})
