// The interfaces of 9.3.7 as a table: method, path and the numbers they carry.
// A request is a path and a frozen body; timestamp, nonce and signature are added per attempt.
import { t } from '#base/pure/words/fault-text.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { OutboxKind } from '#base/pure/rows/ledger-row.ts'
import type { Call, Op, PlatformRequest } from '../../../ports/dialect.ts'
import type { PlatformMethod } from '../../../ports/envelope.ts'
import { bodyProblem, refuseForbiddenText } from './text-rules.ts'

interface OpRow {
  readonly op: Op
  readonly method: PlatformMethod
  readonly path: string
  /** Member of body and answer that carries the business number. */
  readonly numberMember:
    | 'outTradeNo'
    | 'outRefundNo'
    | 'exceptionNo'
    | 'listNo'
    | 'entryNo'
    | 'plateRecNo'
    | 'batchNo'
    | 'shiftNo'
    | 'feedbackNo'
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
  entryRecord: {
    op: 'entryRecord',
    method: 'POST',
    path: '/v1/records/entries',
    numberMember: 'entryNo',
    query: false,
  },
  exitRecord: {
    op: 'exitRecord',
    method: 'POST',
    path: '/v1/records/exits',
    numberMember: 'outTradeNo',
    query: false,
  },
  plateRecord: {
    op: 'plateRecord',
    method: 'POST',
    path: '/v1/records/plates',
    numberMember: 'plateRecNo',
    query: false,
  },
  batch: { op: 'batch', method: 'PUT', path: '/v1/batches', numberMember: 'batchNo', query: false },
  shiftRecord: {
    op: 'shiftRecord',
    method: 'PUT',
    path: '/v1/shifts',
    numberMember: 'shiftNo',
    query: false,
  },
  feedback: {
    op: 'feedback',
    method: 'POST',
    path: '/v1/feedback',
    numberMember: 'feedbackNo',
    query: false,
  },
  feedbackState: {
    op: 'feedbackState',
    method: 'PUT',
    path: '/v1/feedback',
    numberMember: 'feedbackNo',
    query: false,
  },
  signIn: {
    op: 'signIn',
    method: 'POST',
    path: '/v1/psam/sign-in',
    numberMember: 'listNo',
    query: false,
  },
}

const queries: Partial<Record<OutboxKind, Op>> = {
  charge: 'chargeQuery',
  exitUpload: 'uploadQuery',
  refund: 'refundQuery',
}

/** Queries use our own number (P13); an exception has no query and is sent again. */
export const queryOf = (op: OutboxKind): Op | null => queries[op] ?? null

const numberShape = /^[A-Za-z0-9_-]{1,36}$/

/** Kind, lot, hour and revision inside the number of a batch. */
const batchShape = /^(entry-plate|exit-plate|entry|exit)([A-Za-z0-9]{1,12}?)(\d{10})-(\d{1,6})$/

/** The number of a batch without its revision, as its body and its answer name it. */
const batchNoOf = (businessNo: string): string => businessNo.replace(/-\d{1,6}$/, '')

/** Suffix of the number for a state of an item: `-end` for the first, then counted. */
const endSuffix = /-end\d*$/
export const feedbackEndNo = (feedbackNo: string, told = 0): string =>
  `${feedbackNo}-end${told === 0 ? '' : told + 1}`

/** The number under which an act is known in its path, its body and its answer. */
export function ownNumberOf({ op, businessNo }: Pick<Call, 'op' | 'businessNo'>): string {
  if (op === 'batch') return batchNoOf(businessNo)
  return op === 'feedbackState' ? businessNo.replace(endSuffix, '') : businessNo
}

function pathOf(row: OpRow, businessNo: string): string {
  if (row.op === 'feedbackState') return `${row.path}/${ownNumberOf({ op: row.op, businessNo })}`
  // A shift has its own number in the path (P35), also in records of older versions, because only bodies are frozen.
  if (row.query || row.op === 'shiftRecord') return `${row.path}/${businessNo}`
  if (row.op !== 'batch') return row.path
  const [, kind = '', lotId = '', hour = ''] = batchShape.exec(businessNo) ?? []
  return `${row.path}/${kind}/${lotId}/${hour}`
}

/** Throws UPLOAD-01 or UPLOAD-02 for a request that must not be sent, whatever its origin. */
export function requestFor(call: Call): PlatformRequest {
  const { op, businessNo, body } = call
  const row = ops[op]
  const shape = op === 'batch' ? batchShape : numberShape
  if (!shape.test(businessNo)) {
    throw new LaneFault('UPLOAD-01', {
      field: `/${row.numberMember}`,
      value: businessNo.slice(0, 80),
      note: t('不是业务编号', 'not a business number'),
    })
  }
  if ((body === '') !== row.query) {
    throw new LaneFault('UPLOAD-01', {
      field: '',
      note: t(`${op} 的内容种类不对`, `${op} with a wrong kind of body`),
    })
  }
  refuseForbiddenText(bodyProblem(body))
  return {
    method: row.method,
    path: pathOf(row, businessNo),
    bodyText: body,
    idempotencyKey: row.query ? null : businessNo,
  }
}
