// The platform of an invented province: the stored records of the platform simulator behind another transport.
// It has its own proofs, members and codes, and refuses what Guangxi would send.
import { standInCrypto } from '#base/crypto/stand-in.ts'
import { simAccessCode, simAppId, simPlatform } from '#harness/lot/sim-platform.ts'
import { recordKinds } from '#harness/lot/sim-outside.ts'
import { hexOf } from '#base/pure/data/bytes.ts'
import type { ShelfMaker } from '#base/pure/values/shelf.ts'
import { balanceOf } from '#simulators/platform/records/by-application.ts'
import type { PlatformRequest } from '#simulators/platform/envelope.ts'
import type { PlatformAnswer, PlatformModel } from '#simulators/platform/model.ts'
import {
  actOf,
  type ActFacts,
  type ActKind,
  type SettlementRow,
} from '#simulators/platform/records/settlement-records.ts'
import { answerText, codes, envelope, paths } from './dialect.ts'

const kinds: Readonly<Record<string, ActKind>> = {
  [paths.charge]: 'exit-charges',
  [paths.exception]: 'exceptions',
  [paths.refund]: 'refunds',
  [paths.signIn]: 'sign-ins',
  [paths.batch]: 'batches',
  ...Object.fromEntries(
    (['entryRecord', 'exitRecord', 'plateRecord'] as const).map((op) => [
      paths[op],
      recordKinds[op],
    ]),
  ),
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

type Mac = (data: Uint8Array) => Uint8Array

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** The request's nonce; null when the account's code does not prove the request. */
function nonceOf({ method, path, headers, body }: PlatformRequest, mac: Mac): string | null {
  const [account, nonce = '', time, proof] = (headers['toy-who'] ?? '').split(';')
  const message = envelope.textOf({
    method: method as 'GET' | 'PUT',
    path,
    nonce,
    body,
    timestampSec: Number(time),
  })
  return account === simAppId && proof === base64(mac(message)) ? nonce : null
}

function sealed(answerBody: object, nonce: string, nowMs: number, mac: Mac): PlatformAnswer {
  const body = new TextEncoder().encode(JSON.stringify(answerBody))
  const time = String(Math.floor(nowMs / 1000))
  const seal = `${time};${base64(mac(answerText(nonce, time, body)))}`
  return { status: 200, headers: { 'toy-seal': seal }, body }
}

function factsOf(kind: ActKind, toyRequest: Asked, atMs: number): ActFacts {
  const { num, fen, purse = null } = toyRequest
  if (kind === 'refunds') return { refund: { outTradeNo: toyRequest.of, refundFee: fen } }
  if (kind === 'exceptions') return { shown: { odd: toyRequest.odd, handling: toyRequest.end + 1 } }
  if (kind.endsWith('-records')) return { shown: { number: num, realFee: fen ?? 0 } }
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

const simMac: Mac = (data) => standInCrypto.hmacSm3(simAccessCode, data)

export function toyPlatform(
  keep: (row: SettlementRow) => void,
  shelf?: ShelfMaker,
  mac = simMac,
): PlatformModel {
  const base = simPlatform(keep, shelf)

  function take(kind: ActKind, toyRequest: Asked, body: Uint8Array, atMs: number): object {
    const { num, fen } = toyRequest
    if (actOf(base.state, kind, simAppId, num) === undefined) {
      const { accounts } = base.state
      const purseFen = balanceOf(accounts, simAppId, toyRequest.purse ?? '') ?? Infinity
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
      const nonce = nonceOf(request, mac)
      const answer = (told: object): PlatformAnswer => sealed(told, nonce ?? '', nowMs, mac)
      if (kind === undefined || nonce === null) return answer({ k: codes.wrong })
      if (request.method === 'GET') return answer(answerTo(kind, num, nowMs))
      const toyRequest = JSON.parse(new TextDecoder().decode(request.body)) as Asked
      return answer(take(kind, toyRequest, request.body, nowMs))
    },
  }
}
