// Uploads that change no money: exceptions (P14), heartbeats (P15) and hourly batches (P20),
// and the certificates of the platform for verifying its answers (P3).
import { done, refuse } from './answers.ts'
import { oncePerNumber } from './call.ts'
import type { Handler } from './call.ts'
import { batchKinds, batchRules, exceptionRules, heartbeatRules } from './member-tables.ts'
import { checkMembers, numberOf, textOf, timeOf } from './members.ts'

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

/** POST /v1/monitor/heartbeats: counted, not numbered; a late one is worth nothing. */
export const postHeartbeat: Handler = (services, call) => {
  const wrong = checkMembers(heartbeatRules, call.members)
  if (wrong) return wrong
  const laneNo = textOf(call.members, 'laneNo')
  services.record({ t: 'heartbeat', laneNo, atMs: timeOf(call.members, 'time') })
  return done({ laneNo, seq: numberOf(call.members, 'seq') })
}

/** PUT /v1/batches/{kind}/{parkId}/{yyyyMMddHH}: accepted and counted; a higher revision replaces. */
export const putBatch: Handler = (services, call) => {
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
    const count = numberOf(call.members, 'count')
    return {
      status: 'STORED',
      facts: { shown: { batchNo, revision, count } },
      outcome: done({ batchNo, revision, count }),
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
