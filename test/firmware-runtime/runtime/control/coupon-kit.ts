// Shared by the tests of coupons, points and merchants: a car that entered, one that drives off, and the checker's
// findings about money.
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { TestLot } from './control-kit.ts'
import { violationsOf } from '../../lane/pure/lot/violations.ts'
import { cameIn } from '../../lane/pure/lot/row-kit.ts'

export interface Answered {
  readonly data?: unknown
  readonly error?: { readonly code: string; readonly field: string; readonly value: string }
}

export const callAs = async (
  lot: TestLot,
  name: string,
  args: object = {},
  role = 'owner',
): Promise<Answered> => (await lot.control.call(name, args, role as 'owner')) as Answered

export function drivesOff({ runtime, clock }: TestLot): void {
  runtime.dispatch('exit', { type: 'position', position: 'open' })
  runtime.dispatch('exit', { type: 'loop', loop: 'under', state: 'on' })
  runtime.dispatch('exit', { type: 'loop', loop: 'arrive', state: 'off' })
  const passId = runtime.lanes.get('exit')?.state.car?.pass?.passId ?? ''
  runtime.dispatch('exit', { type: 'passed', passId })
  runtime.dispatch('exit', { type: 'loop', loop: 'under', state: 'off' })
  clock.advance(20_000)
  runtime.dispatch('exit', { type: 'position', position: 'closed' })
  clock.advance(60_000)
}

export function entered(
  { runtime }: TestLot,
  n: number,
  plate = '测A12345',
  agoMs = 7_200_000,
): void {
  const atMs = runtime.nowMs()
  runtime.append([cameIn(`n1-S${n}`, atMs - agoMs, { atMs, plate })])
}

export const broken = (rows: readonly LedgerRow[]): string[] =>
  violationsOf(rows)
    .filter(({ id }) => id === 'M1')
    .map(({ detail }) => detail)
