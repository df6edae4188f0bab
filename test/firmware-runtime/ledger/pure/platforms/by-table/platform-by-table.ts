// A platform for any province by its table: the platform simulator's stored records behind the names of that table, with
// its access check. For invented provinces only: it reads the same table as the dialect, so it cannot reveal a misread
// text.
import { standInCrypto, standInVerifyingKey } from '#base/crypto/stand-in.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { Shelf, ShelfMaker } from '#base/pure/values/shelf.ts'
import { clientSerial, simAccessCode, simAppId, simPlatform } from '#harness/lot/sim-platform.ts'
import type { ProvinceTable } from '#ledger/pure/platforms/by-table/province-table.ts'
import {
  parseAuthorization,
  requestText,
  type PlatformRequest,
} from '#simulators/platform/envelope.ts'
import type { PlatformAnswer, PlatformModel } from '#simulators/platform/model.ts'
import type { Act, SettlementRow } from '#simulators/platform/records/settlement-records.ts'

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

export function platformByTable(
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
