// A lot in memory with one person of each role and their windows, for tests of who sees and does what.
// The hash is a fast stand-in; everybody has already set an own secret.
import type { SignedInView } from '#lane/calls/people-views.ts'
import { roles, type Role } from '#base/pure/values/roles.ts'
import type { DemoControls } from '#runtime/control/control-demo.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import type { MemoryPeople } from '../../lane/people/people-kit.ts'
import { makeLot, type TestLot } from './control-kit.ts'

const pins = ['correct horse', '274916', '507382', '618305', '940172'] as const
export const secretOf = (role: Role): string => pins[roles.indexOf(role)] ?? ''
export const idOf = (role: Role): string => `p${roles.indexOf(role) + 1}`
export const nameOf = (role: Role): string => `人员-${role}`
const demo: DemoControls = {
  sendCar: () => Promise.reject(new Error('not called')),
  network: () => Promise.reject(new Error('not called')),
  rsuSilent: () => Promise.reject(new Error('not called')),
  traffic: () => ({ on: true }),
  powerCut: () => undefined,
  state: () => ({ networkUp: true, rsuSilent: [], traffic: false, isStreet: false }),
}

export const lotOf = (memory: MemoryPeople, rows: readonly LedgerRow[] = []): TestLot =>
  makeLot(rows, demo, undefined, undefined, undefined, undefined, undefined, undefined, memory)

export async function peopled(
  memory: MemoryPeople,
  rows: readonly LedgerRow[] = [],
): Promise<TestLot> {
  const lot = lotOf(memory)
  const { call } = lot.control.session('owner')
  for (const role of roles)
    await call('people.add', { name: nameOf(role), role, secret: secretOf(role) })
  // As if everybody had set an own secret since.
  memory.people = memory.people.map((one) => ({ ...one, mustChange: false }))
  lot.control.close()
  return lotOf(memory, rows)
}

export async function signIn(lot: TestLot, role: Role, seat = ''): Promise<string> {
  const args = { personId: idOf(role), secret: secretOf(role) }
  const reply = await lot.control.session('owner').call('people.signIn', args, seat)
  const { data } = reply as { data: SignedInView }
  return data.token
}
