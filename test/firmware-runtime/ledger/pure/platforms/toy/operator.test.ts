// A lot of Guangxi whose operator has a platform of another province: other members, codes and envelope.
// Each platform gets the lot's records in its own dialect, and nothing in that of the other.
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runOf } from '#harness/sim.ts'
import { simulate } from '#harness/lot/replay-sim.ts'
import type { LedgerRow } from '#base/pure/rows/ledger-row.ts'
import { dialectAt, provinces } from '#ledger/pure/platforms/dialects.ts'
import { toyOfOperators } from './dialect.ts'
import { toyPlatform } from './platform.ts'
import { folderOfFile } from '../../../../../kit/own-folder.ts'

const folder = folderOfFile('etc-toy-operator-')

const operatorProvince = { row: toyOfOperators, platform: toyPlatform, operator: toyPlatform }

type Of<K extends LedgerRow['kind']> = Extract<LedgerRow, { kind: K }>
const rowsOf = <K extends LedgerRow['kind']>(rows: readonly LedgerRow[], kind: K) =>
  rows.filter((row): row is Of<K> => row.kind === kind)
const membersOf = (rows: readonly Of<'outbox'>[]): ReadonlySet<string> =>
  new Set(rows.flatMap(({ body }) => Object.keys(JSON.parse(body.body) as object)))

it.each([
  ['online', 0],
  ['card', 1],
] as const)('%s: a day is told to both, each in its own words', (charge, index) => {
  const choice = { seed: 98, lots: 2, lanes: 2, days: 1, faults: 'light' } as const
  const more = { operator: true, operatorProvince }
  const run = { ...runOf(choice, index, join(folder, charge)), ...more }
  simulate(run, (lot, outcome) => {
    expect([run.charge, outcome.report.violations, outcome.pending]).toEqual([charge, [], 0])
    const rows = [...lot.opened.ledger.rows(0)]
    const sent = Map.groupBy(rowsOf(rows, 'outbox'), ({ body }) => body.destination)
    const [own, others] = [sent.get('platform') ?? [], sent.get('operator') ?? []]
    const ops = new Set(others.map(({ body }) => body.op))
    expect(ops).toEqual(new Set(['entryRecord', 'plateRecord', 'exitRecord', 'batch']))
    expect(membersOf(others)).toContain('num')
    for (const name of membersOf(others)) expect(membersOf(own)).not.toContain(name)

    const to = new Map(rowsOf(rows, 'outbox').map(({ body }) => [body.outboxId, body.destination]))
    const codes = Map.groupBy(rowsOf(rows, 'outboxState'), ({ body }) => to.get(body.outboxId))
    const codesAt = (id: string) =>
      new Set((codes.get(id as 'operator') ?? []).flatMap(({ body }) => body.respCode ?? []))
    expect(codesAt('operator')).toEqual(new Set(['K0']))
    expect([...codesAt('platform')].every((code) => /^\d{6}$/.test(code))).toBe(true)
    // An exit has one number at both platforms, and each platform's own bytes.
    const charges = new Map(own.map(({ body }) => [body.businessNo, body.body]))
    const exits = others.filter(({ body }) => body.op === 'exitRecord')
    expect(exits.length).toBeGreaterThan(0)
    for (const { body } of exits) {
      expect(charges.has(body.businessNo)).toBe(true)
      expect(body.body).not.toBe(charges.get(body.businessNo))
      expect(JSON.parse(body.body)).toMatchObject({ num: body.businessNo })
    }
  })
})

it('a destination of a province without rules is refused by its member', () => {
  const link = { url: 'https://o.test', caFile: 'ca.pem', certDir: 'keys', appId: 'O1' }
  const lot = { provinceCode: '4501', operator: { ...link, province: '98' } }
  expect(() => dialectAt(lot, 'operator')).toThrowError(
    expect.objectContaining({
      code: 'LOT-02',
      detail: expect.objectContaining({ field: '/operator/province', value: '98' }),
    }),
  )
  const table = [...provinces, toyOfOperators]
  expect(dialectAt(lot, 'operator', table).standard).toBe('TOY 1')
  expect(dialectAt(lot, 'platform', table).standard).not.toBe('TOY 1')
})
