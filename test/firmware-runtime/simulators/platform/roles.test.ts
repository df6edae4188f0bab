// Which interfaces each platform of table G.1 has: the rows are written from the table and F.1, not from the simulator. A
// platform answers an interface it lacks as unknown (400004), and stores nothing of the request.
import { expect, it } from 'vitest'
import { platformRoles } from '#simulators/platform/roles.ts'
import { platformSimPlan } from '#simulators/platform/platform-sim.ts'
import { startSim } from '#simulators/shell/process.ts'
import { charge, createRig } from './rig.ts'

const [expansion, operator, etcOperator] = platformRoles
const both = [expansion, operator]

/** Row of table G.1, F.1 or H.1, request, the roles that have it. */
const interfaces = [
  ['F.1 1', 'POST', '/v1/psam/sign-in', [expansion]],
  ['G.1 1', 'POST', '/v1/etc/exit-charges', [expansion]],
  ['F.1 5', 'GET', '/v1/etc/exit-charges/P1', [expansion]],
  ['5.2.3 c', 'POST', '/v1/etc/vehicle-info/decrypt', [expansion]],
  ['F.1 6', 'POST', '/v1/etc/refunds', [expansion]],
  ['5.2.3 b', 'GET', '/v1/status-list', [expansion]],
  ['H.1 2', 'GET', '/v1/bills/split?date=2026-11-20', [expansion]],
  ['G.1 2', 'GET', '/v1/shifts?parkId=1&date=2026-11-20', [operator]],
  ['G.1 3', 'GET', '/v1/configuration?parkId=1', [etcOperator]],
  ['G.1 4', 'POST', '/v1/shifts', [operator]],
  ['G.1 5', 'POST', '/v1/records/entries', [operator]],
  ['G.1 6, 8, 11, 13', 'PUT', '/v1/batches/exit/1/2026112013', both],
  ['G.1 7, 12', 'POST', '/v1/records/plates', both],
  ['G.1 9, 14', 'POST', '/v1/monitor/heartbeats', both],
  ['G.1 10', 'POST', '/v1/records/exits', [operator]],
  ['H.1 1', 'GET', '/v1/bills/exit?date=2026-11-20', both],
  ['P24', 'GET', '/v1/certificates', platformRoles],
] as const

const codeAt = (role: (typeof platformRoles)[number] | undefined, method: string, path: string) =>
  createRig({ role }).send(method, path, method === 'GET' ? undefined : {}).respCode

it.each(interfaces)('%s: %s %s is there with who has it alone', (_row, method, path, holders) => {
  const known = platformRoles.filter((role) => codeAt(role, method, path) !== '400004')
  expect(known).toEqual(holders)
  expect(codeAt(undefined, method, path)).not.toBe('400004')
})

it("a charge at an operator's platform is refused as an unknown interface, and is in no books", () => {
  const rig = createRig({ role: operator })
  const said = rig.send('POST', '/v1/etc/exit-charges', charge())
  expect([said.status, said.respCode]).toEqual([403, '400004'])
  expect(rig.model.state.acts.get('exit-charges')?.size ?? 0).toBe(0)
})

it('a role that table G.1 does not have is refused by its flag', async () => {
  const starting = startSim(platformSimPlan, ['--role', 'clearing'], () => undefined)
  await expect(starting).rejects.toMatchObject({ code: 'ARG-01', detail: { field: '--role' } })
})
