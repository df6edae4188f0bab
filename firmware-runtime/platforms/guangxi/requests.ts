// The interfaces of 9.3.7 as a table: method, path and which numbers they carry.
// A request is a path and a frozen body; timestamp, nonce and signature come later, per attempt.
import { LaneFault } from '../../core/values/faults.ts'
import type { Fen } from '../../core/values/fen.ts'
import type { PlatformMethod } from './canonical.ts'
import { bodyProblem, refuseForbiddenText } from './text-rules.ts'

/** `uploadQuery` asks after a card-side record: stored is enough, a charge has to be SUCCESS. */
export type Op =
  | 'charge'
  | 'exitUpload'
  | 'chargeQuery'
  | 'uploadQuery'
  | 'exception'
  | 'refund'
  | 'refundQuery'
  | 'signIn'

export interface OpRow {
  readonly op: Op
  readonly method: PlatformMethod
  readonly path: string
  /** Member of body and answer that carries the business number. */
  readonly numberMember: 'outTradeNo' | 'outRefundNo' | 'exceptionNo' | 'listNo'
  /** True when the number is the last part of the path instead of a body. */
  readonly query: boolean
}

const charges = '/v1/etc/exit-charges'
const refunds = '/v1/etc/refunds'

export const ops: Readonly<Record<Op, OpRow>> = {
  charge: { op: 'charge', method: 'POST', path: charges, numberMember: 'outTradeNo', query: false },
  exitUpload: {
    op: 'exitUpload',
    method: 'POST',
    path: charges,
    numberMember: 'outTradeNo',
    query: false,
  },
  chargeQuery: {
    op: 'chargeQuery',
    method: 'GET',
    path: charges,
    numberMember: 'outTradeNo',
    query: true,
  },
  uploadQuery: {
    op: 'uploadQuery',
    method: 'GET',
    path: charges,
    numberMember: 'outTradeNo',
    query: true,
  },
  exception: {
    op: 'exception',
    method: 'POST',
    path: '/v1/etc/exceptions',
    numberMember: 'exceptionNo',
    query: false,
  },
  refund: {
    op: 'refund',
    method: 'POST',
    path: refunds,
    numberMember: 'outRefundNo',
    query: false,
  },
  refundQuery: {
    op: 'refundQuery',
    method: 'GET',
    path: refunds,
    numberMember: 'outRefundNo',
    query: true,
  },
  signIn: {
    op: 'signIn',
    method: 'POST',
    path: '/v1/psam/sign-in',
    numberMember: 'listNo',
    query: false,
  },
}

/** What was asked: enough to build the request and to judge its answer. */
export interface Call {
  readonly op: Op
  /** outTradeNo, outRefundNo, exceptionNo or listNo. */
  readonly businessNo: string
  /** Frozen text of the encoder; empty for a query. */
  readonly body: string
  /** What a success has to name: realFee of a charge, refundFee of a refund; null without money. */
  readonly amountFen: Fen | null
}

export interface PlatformRequest {
  readonly method: PlatformMethod
  readonly path: string
  readonly bodyText: string
  /** Sent as Idempotency-Key (part D); null for a query. */
  readonly idempotencyKey: string | null
}

const numberShape = /^[A-Za-z0-9_-]{1,36}$/

/** Throws UPLOAD-01 or UPLOAD-02 for what may never be sent, whoever made it. */
export function requestFor(call: Call): PlatformRequest {
  const { op, businessNo, body } = call
  const row = ops[op]
  if (!numberShape.test(businessNo)) {
    throw new LaneFault('UPLOAD-01', {
      field: `/${row.numberMember}`,
      value: businessNo.slice(0, 80),
      note: 'not a business number',
    })
  }
  if ((body === '') !== row.query) {
    throw new LaneFault('UPLOAD-01', { field: '', note: `${op} with a wrong kind of body` })
  }
  refuseForbiddenText(bodyProblem(body))
  return {
    method: row.method,
    path: row.query ? `${row.path}/${businessNo}` : row.path,
    bodyText: body,
    idempotencyKey: row.query ? null : businessNo,
  }
}
