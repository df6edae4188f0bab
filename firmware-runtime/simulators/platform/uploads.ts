// Uploads that change no money: exceptions (P14), heartbeats (P15) and hourly batches (P20),
// and the certificates of the platform for verifying its answers (P3).
import { done, refuse } from './answers.ts'
import type { Outcome } from './answers.ts'
import { oncePerNumber } from './call.ts'
import type { Handler, Services } from './call.ts'
import { batchKinds, batchRules, exceptionRules, heartbeatRules } from './member-tables.ts'
import { checkMembers, numberOf, textOf, timeOf } from './members.ts'
import type { Members } from './members.ts'
import { actOf } from './settlement-records.ts'
import type { ActKind } from './settlement-records.ts'

/** POST /v1/etc/exceptions */
export const postException: Handler = (services, call) => {
  const no = textOf(call.members, 'exceptionNo')
  return oncePerNumber(services, call, { kind: 'exceptions', no, rules: exceptionRules }, () => ({
    status: 'STORED',
    facts: {
      shown: {
        exceptionType: numberOf(call.members, 'exceptionType'),
        outTradeNo: textOf(call.members, 'outTradeNo') || null,
        laneNo: textOf(call.members, 'laneNo'),
        handling: numberOf(call.members, 'handling'),
        occurTime: textOf(call.members, 'occurTime'),
      },
    },
    outcome: done({ exceptionNo: no, status: 'STORED' }),
  }))
}

/** POST /v1/monitor/heartbeats: counted without numbers; late ones are useless. */
export const postHeartbeat: Handler = (services, call) => {
  const wrong = checkMembers(heartbeatRules, call.members)
  if (wrong) return wrong
  const laneNo = textOf(call.members, 'laneNo')
  services.record({ t: 'heartbeat', appId: call.appId, laneNo, atMs: timeOf(call.members, 'time') })
  return done({ laneNo, seq: numberOf(call.members, 'seq') })
}

/** The disagreement between a batch and its listed numbers; null when it lists none. */
function wrongNumbers(members: Members, numbers: readonly string[], sm3: Sm3): Outcome | null {
  const sorted = numbers.every((no, i) => i === 0 || (numbers[i - 1] ?? '') < no)
  const digest = Buffer.from(sm3(Uint8Array.from(Buffer.from(numbers.join('\n'))))).toString('hex')
  const facts: readonly (readonly [string, unknown, unknown])[] = [
    ['count', numberOf(members, 'count'), numbers.length],
    ['firstNo', textOf(members, 'firstNo'), numbers[0] ?? ''],
    ['lastNo', textOf(members, 'lastNo'), numbers.at(-1) ?? ''],
    ['digest', textOf(members, 'digest'), digest.toUpperCase()],
  ]
  if (!sorted) return refuse('200004', '/numbers', numbers.length, 'sorted, each once')
  const wrong = facts.find(([, said, is]) => said !== is)
  return wrong === undefined ? null : refuse('200004', `/${wrong[0]}`, wrong[1], 'of its numbers')
}

type Sm3 = (data: Uint8Array) => Uint8Array

/** Whether this number is stored as a record of the batch's kind. */
function holds(
  services: Services,
  appId: string,
  of: { kind: string; parkId: string; no: string },
) {
  const { kind, parkId, no } = of
  const has = (one: ActKind, key = no): boolean =>
    actOf(services.state, one, appId, key) !== undefined
  if (kind === 'entry') return has('entry-records', `${parkId}.${no}`)
  return kind === 'exit' ? has('exit-charges') || has('exit-records') : has('plate-records')
}

/** PUT /v1/batches/{kind}/{parkId}/{yyyyMMddHH}: compared with stored records; a higher revision replaces. */
export const putBatch =
  (sm3: Sm3): Handler =>
  (services, call) => {
    const [kind = '', parkId = '', hour = ''] = call.path
    if (!batchKinds.some((one) => one === kind)) {
      return refuse('200004', '/kind', kind, `one of ${batchKinds.join(' ')}`, 'path')
    }
    if (!/^\d{8}([01]\d|2[0-3])$/.test(hour)) {
      return refuse('200004', '/hour', hour, 'yyyyMMddHH', 'path')
    }
    const revision = numberOf(call.members, 'revision')
    const no = `${kind}${parkId}${hour}`
    const numbered = { kind: 'batches', no: `${no}#${revision}`, rules: batchRules } as const
    return oncePerNumber(services, call, numbered, () => {
      const batchNo = textOf(call.members, 'batchNo')
      if (batchNo !== no) return refuse('200004', '/batchNo', batchNo, `must be ${no}`)
      const listed = call.members['numbers']
      const said = numberOf(call.members, 'count')
      if (!Array.isArray(listed))
        return {
          status: 'STORED',
          facts: { shown: { batchNo, revision, count: said } },
          outcome: done({ batchNo, revision, count: said }),
        }
      const numbers = listed.map(String)
      const wrong = wrongNumbers(call.members, numbers, sm3)
      if (wrong !== null) return wrong
      const missing = numbers.filter(
        (one) => !holds(services, call.appId, { kind, parkId, no: one }),
      )
      const count = numbers.length - missing.length
      return {
        status: 'STORED',
        facts: { shown: { batchNo, revision, count, said, missing: missing.length } },
        outcome: done({ batchNo, revision, count, missing }),
      }
    })
  }

export interface PublishedCertificate {
  readonly serialNo: string
  readonly effectiveTime: string
  readonly expireTime: string
  /** PEM. */
  readonly certificate: string
}

/** GET /v1/certificates */
export const certificatesHandler =
  (certificates: readonly PublishedCertificate[]): Handler =>
  () =>
    done({ certificates })
