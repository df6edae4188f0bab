// The requests of the published interface that a billing system sends to an ETC access system (docs/billing-interface.md).
// A charge is an order under our trade number, and a refund has the number of our refund.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { canonicalJson } from '#base/pure/data/json.ts'
import { isoOf } from '#base/pure/values/instant.ts'
import { t } from '#base/pure/words/fault-text.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'
import type { Call, Dialect, Op, PlatformRequest } from '../../../ports/dialect.ts'

const [orders, refunds] = ['/v1/orders', '/v1/refunds']
const numberShape = /^[A-Za-z0-9_-]{6,40}$/

/** Our numbers of stays and refunds may be shorter than the six characters of the interface. */
const longNo = (kind: 'stay' | 'refund', no: string): string => `${kind}-${no}`

export const refundNoOf = (refundId: string): string => longNo('refund', refundId)

const queries: Partial<Record<OutboxKind, Op>> = { charge: 'chargeQuery', refund: 'refundQuery' }

/** An access system takes orders and refunds, and both can be queried. */
export const queryOf: Dialect['queryOf'] = (op) => queries[op] ?? null

/** Throws UPLOAD-01 for a car without a plate: an access system finds the OBU by it. */
export const orderBody: Dialect['chargeBody'] = (_lot, _op, facts) => {
  const { stayId, laneId, plate, colour, enteredAtMs, atMs, amountFen } = facts
  if (plate === null)
    throw new LaneFault('UPLOAD-01', {
      field: '/plate',
      value: '',
      note: t('没有车牌', 'no plate'),
    })
  return canonicalJson({
    stayNo: longNo('stay', stayId),
    laneId,
    plate,
    colour,
    enteredAtIso: isoOf(enteredAtMs),
    leftAtIso: null,
    madeAtIso: isoOf(atMs),
    amountFen,
  })
}

/** Where a rule asked for it and no person did (8.3.1 b), the rule is named as the one who approved. */
export const refundBody: Dialect['refundBody'] = (refund) => {
  const { deduction, amountFen, reason, operator = 'system', approvedBy = 'rule 8.3.1 b' } = refund
  return canonicalJson({ orderNo: deduction.outTradeNo, amountFen, reason, operator, approvedBy })
}

const put = (path: string, bodyText: string): PlatformRequest => ({
  method: 'PUT',
  path,
  bodyText,
  idempotencyKey: null,
})
const get = (path: string): PlatformRequest => ({
  method: 'GET',
  path,
  bodyText: '',
  idempotencyKey: null,
})

function checked(no: string): string {
  if (numberShape.test(no)) return no
  const note = t('不是业务编号', 'not a business number')
  throw new LaneFault('UPLOAD-01', { field: '/orderNo', value: no.slice(0, 80), note })
}

/** Throws UPLOAD-01 for a record that no access system takes. */
export function requestFor({ op, businessNo, body }: Call): PlatformRequest {
  switch (op) {
    case 'charge':
      return put(`${orders}/${checked(businessNo)}`, body)
    case 'chargeQuery':
      return get(`${orders}/${checked(businessNo)}`)
    case 'refund':
      return put(`${refunds}/${checked(refundNoOf(businessNo))}`, body)
    case 'refundQuery':
      return get(`${refunds}/${checked(refundNoOf(businessNo))}`)
    default:
      return noSuch(op)
  }
}

/** The same content each time: the reason is fixed, and the payment is a row of the ledger. */
export const takeBack: NonNullable<Dialect['byOrder']>['takeBack'] = (orderNo, settled) => {
  const path = `${orders}/${checked(orderNo)}`
  if (settled === null) return put(`${path}/withdrawal`, canonicalJson({ reason: 'notCharged' }))
  const { means, amountFen, atMs } = settled
  return put(`${path}/settlement`, canonicalJson({ means, amountFen, atIso: isoOf(atMs) }))
}

function noSuch(value: string): never {
  const note = t('接入系统不收这种记录', 'an access system takes no such record')
  throw new LaneFault('UPLOAD-01', { field: '', value, note })
}

/** For builders of records that an access system does not take. */
export const notTaken = (): never => noSuch('')
