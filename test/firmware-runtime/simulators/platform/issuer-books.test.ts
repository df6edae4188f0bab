// The books of the issuer's side as a judge reads them, and what a platform has wrong in its own books until it is righted: a charge
// that is lost, a booking of too much, a contract that an OBU does not lead to.
import { beforeEach, expect, it } from 'vitest'
import { isoOf } from '../../../../firmware-runtime/core/values/instant.ts'
import { issuerBookRoutes } from '../../../../firmware-runtime/simulators/platform/issuer-books.ts'
import { createRequestLog } from '../../../../firmware-runtime/simulators/platform/request-log.ts'
import { spoiltRoutes } from '../../../../firmware-runtime/simulators/platform/spoilt.ts'
import { appId, charge, chargePath, createRig, nowMs, type Rig } from './rig.ts'

interface Line {
  readonly kind: string
  readonly ok: boolean
  readonly ref: string
}

let rig: Rig
let routes: ReturnType<typeof issuerBookRoutes>
const ask = (path: string, query = '', body: unknown = undefined): unknown =>
  routes[path]?.({ id: '', query: new URLSearchParams(query), key: '', body })
const spoil = (what: string): unknown => ask('POST /spoilt', '', { what })
const lines = (query = ''): readonly Line[] =>
  (ask('GET /issuer', query) as { readonly lines: readonly Line[] }).lines
const shown = (): readonly string[] => lines().map(({ kind, ok }) => `${kind} ${ok}`)
const pays = () => rig.send('POST', chargePath, charge({ outTradeNo: 'P1' }))

beforeEach(() => {
  rig = createRig()
  const model = () => rig.model
  const settled = (): Promise<void> => Promise.resolve()
  routes = {
    ...issuerBookRoutes(model, createRequestLog(), appId),
    ...spoiltRoutes({ model, appId, settled }),
  }
})

it('has a charge with its booking and its day, and none of another channel or of before', () => {
  pays()
  expect(shown()).toEqual(['bookkeeping true', 'reconciliation true'])
  expect(lines('appId=OTHER1')).toEqual([])
  expect(lines(`from=${encodeURIComponent(isoOf(nowMs + 60_000))}`)).toEqual([])
  expect(() => ask('GET /issuer', 'from=today')).toThrow(
    expect.objectContaining({ detail: expect.objectContaining({ field: '/from' }) }),
  )
})

it('bookings of too much are wrong until they are righted, each charge once', async () => {
  pays()
  await spoil('bookings')
  await spoil('bookings')
  expect(shown()).toEqual(['bookkeeping false', 'reconciliation false'])
  await ask('DELETE /spoilt')
  expect(shown()).toEqual(['bookkeeping true', 'reconciliation true'])
})

it('a charge that is lost is not found by its query, and is again when it is righted', async () => {
  pays()
  const found = (): string => rig.send('GET', `${chargePath}/P1`).respCode
  expect(found()).toBe('100000')
  await spoil('charges')
  expect(found()).toBe('300012')
  await ask('DELETE /spoilt')
  expect(found()).toBe('100000')
})

it('two contracts of one OBU: one of them is not what the OBU leads to', async () => {
  await spoil('contracts')
  expect(lines().map(({ ref, ok }) => [ref, ok])).toEqual([
    ['C-1', false],
    ['C-2', true],
  ])
  await ask('DELETE /spoilt')
  expect(lines().map(({ ok }) => ok)).toEqual([true, true])
})

it('nothing else can be spoilt', async () => {
  await expect(spoil('weather')).rejects.toMatchObject({ code: 'ARG-01' })
})
