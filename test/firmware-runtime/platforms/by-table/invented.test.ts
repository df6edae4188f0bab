// Adding a province by table: an invented one, made only from the data in this folder, in at most 200 lines. Half a day of
// a lot in both charge modes, with light faults and with all, with the province's names in everything that is sent.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { invariantIds } from '../../../../firmware-runtime/core/lot/invariants.ts'
import { simulate } from '../../../../firmware-runtime/harness/lot/replay-sim.ts'
import { runOf } from '../../../../firmware-runtime/harness/sim.ts'
import { inventedFolder, inventedRow, inventedTable } from './invented-row.ts'
import { folderOfFile } from '../../../kit/own-folder.ts'
import {
  standInCrypto,
  standInVerifyingKey,
} from '../../../../firmware-runtime/adapters/crypto/stand-in.ts'
import { hexOf } from '../../../../firmware-runtime/core/values/bytes.ts'
import type { Shelf, ShelfMaker } from '../../../../firmware-runtime/core/values/shelf.ts'
import {
  clientSerial,
  simAccessCode,
  simAppId,
  simPlatform,
} from '../../../../firmware-runtime/harness/lot/sim-platform.ts'
import type { ProvinceTable } from '../../../../firmware-runtime/platforms/by-table/province-table.ts'
import type { PlatformRequest } from '../../../../firmware-runtime/simulators/platform/envelope.ts'
import {
  parseAuthorization,
  requestText,
} from '../../../../firmware-runtime/simulators/platform/envelope.ts'
import type {
  PlatformAnswer,
  PlatformModel,
} from '../../../../firmware-runtime/simulators/platform/model.ts'
import type {
  Act,
  SettlementRow,
} from '../../../../firmware-runtime/simulators/platform/settlement-records.ts'

/** Kind of act, and the member with its number; a refund names its charge as well. */
const numbers = [
  ['refunds', 'outRefundNo'],
  ['exceptions', 'exceptionNo'],
  ['exit-charges', 'outTradeNo'],
] as const

type Names = ReadonlyMap<string, string>
const link = 'CC'

function renamed(value: unknown, names: Names): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, names))
  if (typeof value !== 'object' || value === null) return value
  const pairs: [string, unknown][] = Object.entries(value)
  return Object.fromEntries(
    pairs.map(([name, one]) => [names.get(name) ?? name, renamed(one, names)]),
  )
}

const jsonOf = (body: Uint8Array): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>
const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

function platformByTable(
  table: ProvinceTable,
  keep: (row: SettlementRow) => void,
  shelf?: ShelfMaker,
): PlatformModel {
  const client = standInVerifyingKey(clientSerial)
  const base = simPlatform(keep, shelf, [
    { appId: simAppId, certSerial: link, validToMs: Number.MAX_SAFE_INTEGER, verify: () => true },
  ])
  const pairs = Object.entries(table.members)
  const toOwn: Names = new Map(pairs)
  const fromOwn: Names = new Map(pairs.map(([first, own]) => [own, first]))
  const codes: Names = new Map(table.codes.map(({ code, means }) => [means, code]))
  const { access, answer: shape } = table

  function sealed(status: number, json: Record<string, unknown>, nowMs: number): PlatformAnswer {
    const { respCode, timestamp, message, detail, data } = json
    const result = renamed(data, toOwn) as Record<string, unknown> | undefined
    if (typeof result?.['failCode'] === 'string')
      result['failCode'] = codes.get(result['failCode']) ?? result['failCode']
    const own = {
      [shape.code]: codes.get(String(respCode)) ?? '999999',
      [shape.at]: timestamp,
      [shape.message]: message,
      [shape.detail]: renamed(detail, toOwn),
      [shape.data]: result,
    }
    return base.seal(status, JSON.stringify(own), nowMs)
  }

  /** Null for a request of another account, of another kind, or with a wrong code. */
  function routeFor({ method, path, headers, body }: PlatformRequest) {
    const bare = path.split('?', 1)[0] ?? ''
    const routes = table.routes.filter(
      ({ method: own, to }) => own === method && (bare === to || bare.startsWith(`${to}/`)),
    )
    const route = routes.toSorted((a, b) => b.to.length - a.to.length)[0]
    const auth = parseAuthorization(headers['authorization'])
    if (route === undefined || auth === null || auth.serial !== clientSerial) return null
    const text = requestText({ method, path, body }, String(auth.timestampSec), auth.nonce)
    if (!client.verify(text, auth.signature)) return null
    if (access === null) return { route, auth }
    const proved = Buffer.concat([Buffer.from(`${simAppId}\n${route.requestType}\n`), text])
    const proof = hexOf(standInCrypto.hmacSm3(simAccessCode, proved))
    const isProved = headers[access.proof] === proof && headers[access.account] === simAppId
    return isProved && headers[access.requestType] === route.requestType ? { route, auth } : null
  }

  /** SM3 of each body as the lot sent it, by kind and number: the simulator behind got another text. */
  const sent = new Map<string, string>()
  const asSent = (act: Act): Act => {
    const bodySm3 = sent.get(`${act.row.kind} ${act.row.no}`) ?? act.row.bodySm3
    return { ...act, row: { ...act.row, bodySm3 } }
  }
  const shelfAsSent = (own: Shelf<Act>): Shelf<Act> => ({
    get size() {
      return own.size
    },
    get: (name) => own.get(name),
    has: (name) => own.has(name),
    set: (name, act) => own.set(name, act),
    *values() {
      for (const act of own.values()) yield asSent(act)
    },
  })
  const acts = new Map([...base.state.acts].map(([kind, own]) => [kind, shelfAsSent(own)]))

  return {
    ...base,
    state: { ...base.state, acts },
    handle(request, nowMs) {
      const found = routeFor(request)
      if (found === null) return sealed(403, { respCode: '400004' }, nowMs)
      const { route, auth } = found
      const path = `${route.from}${request.path.slice(route.to.length)}`
      const { method, body: own } = request
      const body = method === 'GET' ? own : bytesOf(renamed(jsonOf(own), fromOwn))
      const head = `appid="${simAppId}",nonce_str="${auth.nonce}",timestamp="${auth.timestampSec}"`
      const authorization = `ETC-SM2-WITH-SM3 ${head},serial_no="${link}",signature="AAAA"`
      const no = numbers.flatMap(([kind, name]) => {
        const value = method === 'GET' ? undefined : jsonOf(body)[name]
        return typeof value === 'string' ? [`${kind} ${value}`] : []
      })
      for (const key of no.slice(0, 1)) sent.set(key, hexOf(standInCrypto.sm3(own)).toUpperCase())
      const headers = { 'content-type': 'application/json', authorization }
      const answer = base.handle({ method, path, headers, body }, nowMs)
      return answer === null ? null : sealed(answer.status, jsonOf(answer.body), nowMs)
    },
  }
}

const folder = folderOfFile('etc-invented-')

it('its folder is data alone, at most 200 lines', () => {
  const names = readdirSync(inventedFolder)
  expect(names.filter((name) => !name.endsWith('.json'))).toEqual([])
  const lines = names.flatMap((name) =>
    readFileSync(join(inventedFolder, name), 'utf8').split('\n'),
  )
  expect(lines.length).toBeGreaterThan(50)
  expect(lines.length).toBeLessThanOrEqual(200)
  expect(inventedTable.standard).toMatch(/^INVENTED/)
})

it.each([
  ['online', 0],
  ['card', 1],
] as const)('%s: half a day is charged, uploaded and in the records', (charge, index) => {
  const choice = { seed: 99, lots: 2, lanes: 2, days: 0.5, faults: 'light' } as const
  const province = {
    row: inventedRow,
    platform: (
      ...args: [Parameters<typeof platformByTable>[1], Parameters<typeof platformByTable>[2]?]
    ) => platformByTable(inventedTable, ...args),
  }
  const run = { ...runOf(choice, index, join(folder, charge)), province }
  simulate(run, (lot, outcome) => {
    expect([run.charge, outcome.report.violations, outcome.pending]).toEqual([charge, [], 0])
    const passages = outcome.entries + outcome.exits
    for (const id of invariantIds)
      expect(outcome.report.checked[id], id).toBeGreaterThanOrEqual(passages)
    expect(outcome.platform.records).toBeGreaterThan(10)

    const rows = [...lot.opened.ledger.rows(0)]
    let paidFen = 0
    for (const row of rows)
      if (row.kind === 'outcome' && row.body.state === 'paid') paidFen += row.amountFen ?? 0
    // A debit without a TAC is an open item and not uploaded.
    for (const { amountFen } of lot.runtime.lot.notUploaded.values()) paidFen -= amountFen
    expect(outcome.platform.amountFen).toBe(paidFen)
    const bodies = rows.flatMap((row) => (row.kind === 'outbox' ? [row.body.body] : []))
    const formerNames = Object.keys(inventedTable.members)
    const sent = new Set(bodies.flatMap((text) => Object.keys(JSON.parse(text) as object)))
    expect(formerNames.filter((name) => sent.has(name))).toEqual([])
    expect(sent.has('num')).toBe(true)
    const answered = rows.flatMap((row) =>
      row.kind === 'outboxState' ? (row.body.respCode ?? []) : [],
    )
    expect(answered.filter((code) => !/^7\d{5}$/.test(code))).toEqual([])
    expect(answered).toContain('700001')
  })
})
