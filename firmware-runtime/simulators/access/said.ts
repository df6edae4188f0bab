// The requests that the simulated access system takes, what each must contain, and its refusals.
import { fenMax, isFen } from '#base/pure/values/fen.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import type { Members } from '../shell/members.ts'

export interface Said {
  readonly status: number
  readonly json: unknown
}

export const numberShape = /^[A-Za-z0-9_-]{6,40}$/
const clockMs = 300_000

const messages: Readonly<Record<string, readonly [number, string, string]>> = {
  'ORDER-01': [400, '成员缺少或不合规定', 'a member is missing or wrong'],
  'ORDER-02': [401, '签名、证书、时间或随机串不成立', 'the envelope does not hold'],
  'ORDER-04': [404, '没有这个编号', 'no such number'],
  'ORDER-05': [404, '没有这个版本', 'no such version'],
  'ORDER-06': [409, '编号已用于别的内容', 'the number was used otherwise'],
  'ORDER-07': [409, '正在扣费', 'it is being charged'],
  'ORDER-08': [409, '已经结束', 'it has ended'],
  'ORDER-09': [422, '内容不符', 'the content does not fit'],
  'ORDER-10': [429, '车道里还有一张订单', 'another order is open in that lane'],
}

/** `member` of body or path; null: the request itself. */
export function refused(code: string, member: string | null = null): Said {
  const [status = 400, zh = '', en = ''] = messages[code] ?? []
  const field = member === null ? null : `/${member}`
  return { status, json: { error: { code, field, value: null, message: { zh, en } } } }
}

export const said = (json: unknown): Said => ({ status: 200, json })

/** Operations by the names of the protocol, which are also the places of faults. */
const routes = [
  ['facts', 'GET', /^\/v1\/access$/],
  ['openOrder', 'PUT', /^\/v1\/orders\/([^/]+)$/],
  ['order', 'GET', /^\/v1\/orders\/([^/]+)$/],
  ['settleOrder', 'PUT', /^\/v1\/orders\/([^/]+)\/settlement$/],
  ['withdrawOrder', 'PUT', /^\/v1\/orders\/([^/]+)\/withdrawal$/],
  ['reviewOrder', 'PUT', /^\/v1\/orders\/([^/]+)\/review$/],
  ['refund', 'PUT', /^\/v1\/refunds\/([^/]+)$/],
  ['refundState', 'GET', /^\/v1\/refunds\/([^/]+)$/],
  ['events', 'GET', /^\/v1\/events$/],
] as const
type Place = (typeof routes)[number][0]
export const accessPlaces: readonly string[] = ['*', ...routes.map(([name]) => name)]

export interface AskedPath {
  readonly method: string
  readonly path: string
}

export function routeOf({ method, path }: AskedPath): { place: Place; id: string } | null {
  const [bare = ''] = path.split('?', 1)
  for (const [place, of, shape] of routes) {
    const m = of === method ? shape.exec(bare) : null
    if (m) return { place, id: m[1] ?? '' }
  }
  return null
}

export const text = (from: Members, name: string): string =>
  typeof from[name] === 'string' ? from[name] : ''

/** The first member whose values differ; null: the contents are the same. */
export const differing = (a: Members, b: Members): string | null =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].find((name) => a[name] !== b[name]) ?? null

const isNear = (iso: string, nowMs: number): boolean =>
  Math.abs((parseIso(iso) ?? 0) - nowMs) <= clockMs

/** The member of an order that is missing or wrong; null: none is. */
function wrongMember(from: Members): string | null {
  const isIso = (name: string): boolean => parseIso(text(from, name)) !== null
  if (!numberShape.test(text(from, 'stayNo'))) return 'stayNo'
  if (from['laneId'] !== null && text(from, 'laneId') === '') return 'laneId'
  if (text(from, 'plate') === '') return 'plate'
  if (text(from, 'colour') === '') return 'colour'
  if (!isIso('enteredAtIso')) return 'enteredAtIso'
  if (from['leftAtIso'] !== null && !isIso('leftAtIso')) return 'leftAtIso'
  if (!isIso('madeAtIso')) return 'madeAtIso'
  const { amountFen } = from
  return isFen(amountFen) && amountFen > 0 && amountFen <= fenMax ? null : 'amountFen'
}

/** Why an order is not taken, whatever else is open; null: nothing speaks against it. */
export function orderRefusal(content: Members, nowMs: number): Said | null {
  const wrong = wrongMember(content)
  if (wrong !== null) return refused('ORDER-01', wrong)
  if (!isNear(text(content, 'madeAtIso'), nowMs)) return refused('ORDER-09', 'madeAtIso')
  const isStreet = content['laneId'] === null
  return isStreet === (content['leftAtIso'] !== null) ? null : refused('ORDER-09', 'leftAtIso')
}

export function settlementRefusal(content: Members, orderFen: number, nowMs: number): Said | null {
  const { amountFen, means } = content
  if (!isFen(amountFen)) return refused('ORDER-01', 'amountFen')
  const fits = (means === 'free') === (amountFen === 0) && amountFen <= orderFen
  if (!fits) return refused('ORDER-09', 'amountFen')
  return isNear(text(content, 'atIso'), nowMs) ? null : refused('ORDER-09', 'atIso')
}

export function refundRefusal(content: Members): Said | null {
  const { amountFen } = content
  if (!isFen(amountFen) || amountFen === 0) return refused('ORDER-01', 'amountFen')
  const [operator, approvedBy] = ['operator', 'approvedBy'].map((name) =>
    text(content, name).trim(),
  )
  if (operator === '' || approvedBy === '') return refused('ORDER-01', 'approvedBy')
  return operator === approvedBy ? refused('ORDER-09', 'approvedBy') : null
}
