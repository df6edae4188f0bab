// Decryption of vehicle information (P17) against the simulator in a separate process, over real TLS: decrypted, for
// another OBU, unsigned, damaged, and after the time limit.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { platformVehicle } from '#ledger/http/platform-vehicle.ts'
import type { VehicleInfo } from '#devices/pure/etc/rsu.ts'
import { present } from '#base/pure/values/must.ts'
import { guangxi } from '#ledger/pure/platforms/guangxi/dialect.ts'
import { sealVehicle } from '#simulators/shell/test-vehicle.ts'
import { patienceMs } from '../../../../../kit/eventually.ts'
import { startedPlatform, type PlatformProcess } from './platform-process.ts'

let sim: PlatformProcess
beforeAll(async () => {
  sim = await startedPlatform()
})
afterAll(() => sim.close())

const obu = { obuId: '02001234', issuerHex: 'B9E3CEF745010001' }
const [random, fileHex] = ['0011223344556677', 'B2E24131323334350000000000000D00']
const cipher = sealVehicle({ ...obu, contractProvider: obu.issuerHex, random }, fileHex)
const sealed = { keyVersion: '01', algorithm: '04', random, cipher }
const inClear: VehicleInfo = {
  plate: '测A12345',
  plateRaw: '测A12345',
  colour: 'blue',
  vehicleClass: 13,
}
const asked = (
  over: Partial<typeof obu> = {},
  field = sim.field,
  withinMs = patienceMs,
): Promise<VehicleInfo | null> =>
  new Promise((resolve) => {
    const open = platformVehicle(sim.platform, guangxi, field, () => Date.now())
    present(open, 'its dialect asks')({ obu: { ...obu, ...over }, sealed }, withinMs, resolve)
  })

const at = 'POST /v1/etc/vehicle-info/decrypt'
async function planted(fault: object): Promise<void> {
  const body = JSON.stringify({ at, skip: 0, times: 1, ...fault })
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${sim.admin}/faults`, { method: 'POST', headers, body })
  expect(answer.ok).toBe(true)
}

it('has a vehicle file opened, and nothing for one of another OBU or without its key', async () => {
  expect(await asked()).toEqual(inClear)
  expect(await asked({ obuId: '02001235' })).toBeNull()
  expect(await asked({}, () => null)).toBeNull()
})

it.each([
  ['another signature', { do: 'forge', when: 'after' }],
  ['no signature', { do: 'forge', when: 'before' }],
  ['one other byte', { do: 'flip', when: 'after', bits: 1 }],
  ['half a body', { do: 'cut', when: 'after' }],
  ['a page of a proxy', { do: 'status', when: 'before', status: 503 }],
])('believes nothing with %s, and the next answer again', async (_name, fault) => {
  await planted(fault)
  expect(await asked()).toBeNull()
  expect(await asked()).toEqual(inClear)
})

it('waits no longer than it was told to', async () => {
  await planted({ do: 'drop', when: 'after' })
  expect(await asked({}, sim.field, 50)).toBeNull()
})
