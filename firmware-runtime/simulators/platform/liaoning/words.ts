// Paths of Liaoning's access platform with their request types, and its five-digit codes.
// Written from docs/liaoning.md, independent of the product's code.
import type { RespCode } from '../answers.ts'

/** Method, path of a lot, request type, path at the expansion platform; a number may follow either path. */
const routes = [
  ['POST', '/access/psam/sign-in', '1001', '/v1/psam/sign-in'],
  ['GET', '/access/certificates', '1002', '/v1/certificates'],
  ['POST', '/access/trades', '2001', '/v1/etc/exit-charges'],
  ['GET', '/access/trades', '2002', '/v1/etc/exit-charges'],
  ['POST', '/access/exceptions', '2003', '/v1/etc/exceptions'],
  ['POST', '/access/refunds', '2004', '/v1/etc/refunds'],
  ['GET', '/access/refunds', '2005', '/v1/etc/refunds'],
  ['POST', '/access/blacklist/check', '3002', '/v1/status-list/check'],
  ['GET', '/access/blacklist', '3001', '/v1/status-list'],
  ['GET', '/access/feedback', '5001', '/v1/feedback'],
  ['POST', '/access/joint-tests', '4001', '/v1/joint-tests'],
] as const

interface Route {
  readonly requestType: string
  /** Path at the expansion platform, with number and query. */
  readonly path: string
}

/** Null for a path that this platform does not offer. */
export function routeOf(method: string, path: string): Route | null {
  for (const [own, start, requestType, to] of routes) {
    const rest = path.slice(start.length)
    if (own === method && path.startsWith(start) && /^(?:[/?]|$)/.test(rest))
      return { requestType, path: `${to}${rest}` }
  }
  return null
}

/** Whether a lot of Liaoning has an interface of the expansion platform, `METHOD /path` as its routes are named. */
export const isOffered = (name: string): boolean =>
  routes.some(([method, , , to]) => name.replace(/\/\{.*$/, '') === `${method} ${to}`)

/** Whether an interface moves money: its records are checked and then carried out. */
export const isProcessed = (path: string): boolean => /\/(?:exit-charges|refunds)\b/.test(path)

type Kind = 'receipt' | 'quality' | 'processing'
interface Answer {
  readonly kind: Kind
  readonly code: string
}

/** Kind, class of P6, case. */
const codeOf = (kind: 1 | 2 | 3, respCode: string): string =>
  `${kind}${respCode.charAt(0)}${respCode.slice(3)}`

const received: Answer = { kind: 'receipt', code: codeOf(1, '100000') }
const sound: Answer = { kind: 'quality', code: codeOf(2, '100000') }

/** The answers of a record so far (A.1.2 a); the last one decides. */
export function answersFor(respCode: RespCode, processed: boolean): readonly Answer[] {
  const isReceipt = /^[24]/.test(respCode) || respCode === '500002'
  if (isReceipt || (!processed && respCode.startsWith('1')))
    return [{ kind: 'receipt', code: codeOf(1, respCode) }]
  if (/^30000[1-5]$/.test(respCode))
    return [received, { kind: 'quality', code: codeOf(2, respCode) }]
  return [received, sound, { kind: 'processing', code: codeOf(3, respCode) }]
}

/** A code inside a result: why a charge failed. */
export const innerCode = (respCode: RespCode): string =>
  answersFor(respCode, true).at(-1)?.code ?? respCode
