// The platform of the province that is made up: the records of the platform simulator behind another transport.
// It reads signatures, members and codes of its own; what Guangxi would send it refuses.
import {
  standInCrypto,
  standInSigningKey,
  standInVerifyingKey,
} from '../../../../firmware-runtime/adapters/crypto/stand-in.ts'
import {
  clientSerial,
  platformSerial,
  simAppId,
  simPlatform,
} from '../../../../firmware-runtime/harness/lot/sim-platform.ts'
import { hexOf } from '../../../../firmware-runtime/core/values/bytes.ts'
import type { ShelfMaker } from '../../../../firmware-runtime/core/values/shelf.ts'
import type { PlatformRequest } from '../../../../firmware-runtime/simulators/platform/envelope.ts'
import type {
  PlatformAnswer,
  PlatformModel,
} from '../../../../firmware-runtime/simulators/platform/model.ts'
import {
  actOf,
  type ActFacts,
  type ActKind,
  type SettlementRow,
} from '../../../../firmware-runtime/simulators/platform/settlement-records.ts'
import { codes, paths, toyRow } from './dialect.ts'

const { dialect } = toyRow
const kinds: Readonly<Record<string, ActKind>> = {
  [paths.charge]: 'exit-charges',
  [paths.exception]: 'exceptions',
  [paths.refund]: 'refunds',
  [paths.signIn]: 'sign-ins',
}

interface Asked {
  readonly num: string
  readonly site: string
  readonly fen: number
  readonly visit: string
  readonly by: 'account' | 'purse'
  readonly purse?: string
  readonly of: string
  readonly odd: number
  readonly end: number
}

/** False for a request that is not signed in the words of this province. */
function isSigned({ method, path, headers, body }: PlatformRequest): boolean {
  const [, words = ''] = /^Toy (.*)$/.exec(headers['authorization'] ?? '') ?? []
  const [appId, nonce = '', timestamp, serial = '', signature = ''] = words.split(';')
  const message = dialect.requestMessage({
    method: method as 'GET' | 'PUT' as 'GET',
    path,
    nonce,
    body,
    timestampSec: Number(timestamp),
  })
  const known = appId === simAppId && serial === clientSerial
  return known && standInVerifyingKey(serial).verify(message, Buffer.from(signature, 'base64'))
}

function sealed(answerBody: object, nowMs: number): PlatformAnswer {
  const body = new TextEncoder().encode(JSON.stringify(answerBody))
  const [timestamp, nonce] = [String(Math.floor(nowMs / 1000)), 'toy']
  const message = dialect.answerMessage({ timestamp, nonce, body })
  const signature = Buffer.from(standInSigningKey(platformSerial).sign(message)).toString('base64')
  const seal = [timestamp, nonce, platformSerial, signature].join(';')
  return { status: 200, headers: { 'toy-seal': seal }, body }
}

function factsOf(kind: ActKind, toyRequest: Asked, atMs: number): ActFacts {
  const { num, fen, purse = null } = toyRequest
  if (kind === 'refunds') return { refund: { outTradeNo: toyRequest.of, refundFee: fen } }
  if (kind === 'exceptions') return { shown: { odd: toyRequest.odd, handling: toyRequest.end + 1 } }
  if (kind !== 'exit-charges') return {}
  return {
    charge: {
      mode: toyRequest.by === 'purse' ? 1 : 2,
      realFee: fen,
      tradeNo: num,
      parkId: toyRequest.site,
      entryNo: toyRequest.visit,
      cardId: purse,
      vehicle: '',
      offline: false,
      enMs: atMs,
      exMs: atMs,
      transMs: atMs,
    },
  }
}

export function toyPlatform(keep: (row: SettlementRow) => void, shelf?: ShelfMaker): PlatformModel {
  const base = simPlatform(keep, shelf)

  function take(kind: ActKind, toyRequest: Asked, body: Uint8Array, atMs: number): object {
    const { num, fen } = toyRequest
    if (actOf(base.state, kind, simAppId, num) === undefined) {
      const purseFen = base.state.accounts.get(toyRequest.purse ?? '') ?? Infinity
      const isPoor = kind === 'exit-charges' && toyRequest.by === 'account' && purseFen < fen
      const bodySm3 = hexOf(standInCrypto.sm3(body)).toLowerCase()
      base.record({
        t: 'act',
        kind,
        appId: simAppId,
        no: num,
        bodySm3,
        atMs,
        outcome: { respCode: '100000' },
        status: isPoor ? 'FAILED' : 'SUCCESS',
        ...factsOf(kind, toyRequest, atMs),
      })
    }
    return answerTo(kind, num, atMs)
  }

  function answerTo(kind: ActKind, num: string, atMs: number): object {
    const act = actOf(base.state, kind, simAppId, num)
    if (act === undefined) return { k: codes.none, num }
    if (act.status === 'FAILED') return { k: codes.poor, num }
    const fen = act.row.charge?.realFee ?? act.row.refund?.refundFee
    return { k: codes.good, num, fen, ...(kind === 'sign-ins' && { goodTill: atMs + 86_400_000 }) }
  }

  return {
    ...base,
    handle(request, nowMs) {
      const [, path = '', num = ''] = /^(\/toy\/[a-z]+)\/?(.*)$/.exec(request.path) ?? []
      const kind = kinds[path]
      if (kind === undefined || !isSigned(request)) return sealed({ k: codes.wrong }, nowMs)
      if (request.method === 'GET') return sealed(answerTo(kind, num, nowMs), nowMs)
      const toyRequest = JSON.parse(new TextDecoder().decode(request.body)) as Asked
      return sealed(take(kind, toyRequest, request.body, nowMs), nowMs)
    },
  }
}
