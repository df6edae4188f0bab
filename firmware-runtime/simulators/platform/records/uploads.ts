// Uploads that change no money: exceptions (P14) and heartbeats (P15), and the certificates of the platform for verifying
// its answers (P3).
import { done, refuse, type Outcome } from '../answers.ts'
import { oncePerNumber, type Handler } from '../call.ts'
import { checkListVersion, checkLotOf, checkPark } from './known.ts'
import { exceptionRules, heartbeatRules } from './member-tables.ts'
import { checkMembers, numberOf, textOf, timeOf, type Members } from './members.ts'

/** POST /v1/etc/exceptions */
export const postException: Handler = (services, call) => {
  const no = textOf(call.members, 'exceptionNo')
  return oncePerNumber(
    services,
    call,
    { kind: 'exceptions', no, rules: exceptionRules },
    () =>
      checkPaid(call.members) ??
      checkCar(call.members) ??
      checkPark(services, call) ??
      checkLotOf(services, call, textOf(call.members, 'outTradeNo')) ?? {
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
      },
  )
}

const leftUnpaid = 4

/** Another payment has a means and an amount, and a car that left unpaid has none. */
function checkPaid(members: Members): Outcome | null {
  const [by, fee] = [members['paidBy'] ?? null, members['paidFee'] ?? null]
  if ((by === null) !== (fee === null))
    return refuse('200010', by === null ? '/paidBy' : '/paidFee', null, 'paidBy with paidFee')
  return fee !== null && members['handling'] === leftUnpaid
    ? refuse('200004', '/handling', leftUnpaid, 'left unpaid, and paid')
    : null
}

/** Types of P14 about a card or a charge. The others may be about a lane, or a car that nothing was read of. */
const carTypes = [4, 5, 6, 7, 8, 9, 10, 11, 14, 15, 16, 17]
const carMembers = ['outTradeNo', 'vehiclePlate', 'obuId', 'etcCardId'] as const

function checkCar(members: Members): Outcome | null {
  const type = numberOf(members, 'exceptionType')
  if (!carTypes.includes(type) || carMembers.some((one) => textOf(members, one) !== '')) return null
  return refuse(
    '200010',
    '/outTradeNo',
    null,
    `type ${type} names a charge, a plate, an OBU or a card`,
  )
}

/** POST /v1/monitor/heartbeats: counted without numbers; late ones are useless. */
export const postHeartbeat: Handler = (services, call) => {
  const wrong =
    checkMembers(heartbeatRules, call.members, call.clockMs) ??
    checkPark(services, call) ??
    checkListVersion(services, call)
  if (wrong) return wrong
  const laneNo = textOf(call.members, 'laneNo')
  services.record({ t: 'heartbeat', appId: call.appId, laneNo, atMs: timeOf(call.members, 'time') })
  return done({ laneNo, seq: numberOf(call.members, 'seq') })
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
