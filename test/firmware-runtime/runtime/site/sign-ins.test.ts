// What another platform granted counts for nothing at this one: no card is debited by it, and what this one grants stays over starts.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { signInEndMs } from '../../../../firmware-runtime/core/etc/offline.ts'
import type { LotConfig } from '../../../../firmware-runtime/core/lot/config.ts'
import { emptyLot, foldRow } from '../../../../firmware-runtime/core/lot/lot.ts'
import type { LotState } from '../../../../firmware-runtime/core/lot/lot-state.ts'
import type { LedgerRow } from '../../../../firmware-runtime/core/values/rows/ledger-row.ts'
import { endFormerGrants } from '../../../../firmware-runtime/runtime/site/sign-ins.ts'
import { testLot } from '../../app/control/control-kit.ts'

const atMs = Date.parse('2026-11-20T12:00:00+08:00')
const [psam, lane] = ['370100000001', 'lane entry']
const ofUrl = (url: string, appId = 'LOT1'): LotConfig => ({
  ...testLot,
  platform: { url, appId, caFile: 'ca.pem' },
})
const a = ofUrl('https://a.example')
const b = ofUrl('https://b.example')
let dir = ''
let lot: LotState

const append = (rows: readonly object[]): [] => {
  for (const row of rows) foldRow(lot, { seq: 1, ...row } as LedgerRow)
  return []
}
const starts = (config: LotConfig): void =>
  endFormerGrants(dir, config, { lot, nowMs: () => atMs, append, trace: () => undefined })
function granted(): void {
  for (const psamNo of [psam, lane]) {
    const body = { psamNo, validUntilMs: atMs + 3_600_000, status: 1, authorised: true }
    append([{ kind: 'signIn', atMs, laneId: 'exit', body }])
  }
}
const ends = (config: LotConfig) => [psam, lane].map((name) => signInEndMs(config, lot, name))
const held = [atMs + 3_600_000, atMs + 3_600_000]
const none = [null, null]

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'etc-grants-'))
  lot = emptyLot()
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

it('ends them at the first start with another platform, and leaves those of this one alone', () => {
  starts(a)
  granted()
  starts(a)
  expect(ends(a)).toEqual(held)
  starts(b)
  expect([ends(b), lot.signInUntilMs, lot.authorisedPsams.size]).toEqual([none, null, 0])
  granted()
  starts(b)
  expect(ends(b)).toEqual(held)
  starts(ofUrl('https://b.example', 'LOT2'))
  expect(ends(b)).toEqual(none)
})

it('knows whose they are over a start without a platform', () => {
  starts(a)
  granted()
  starts({ ...testLot, platform: 'later' })
  starts(a)
  expect(ends(a)).toEqual(held)
  starts({ ...testLot, platform: 'later' })
  starts(b)
  expect(ends(b)).toEqual(none)
})

it('takes those of a program that did not keep it as of the platform of now', () => {
  granted()
  starts(a)
  expect(ends(a)).toEqual(held)
  starts(b)
  expect(ends(b)).toEqual(none)
})
