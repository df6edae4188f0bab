// The interfaces of the dialect in a joint test (000 A.2.2 e): method and path are those of the requests
// themselves. The request for the report of a joint test is assumed; no seed names one.
import type { Dialect, InterfaceId, InterfaceRow, PlatformRequest } from '../../../ports/dialect.ts'
import { readAnswerBody } from './answer-body.ts'
import { bill, splitBill } from './bill.ts'
import { certificates } from './certificates.ts'
import { heartbeatPath } from './monitor.ts'
import { ops } from './requests.ts'
import { listCheck, listRequest } from './status-list.ts'

const names: Readonly<Record<InterfaceId, Pick<InterfaceRow, 'zh' | 'en'>>> = {
  charge: { zh: '出口扣费', en: 'Exit charge' },
  chargeQuery: { zh: '扣费结果查询', en: 'Query of a charge' },
  exception: { zh: '出口异常交易上传', en: 'Exceptions of an exit' },
  refund: { zh: '退费', en: 'Refund' },
  refundQuery: { zh: '退费进度查询', en: 'Query of a refund' },
  signIn: { zh: 'PSAM 签到', en: 'Sign-in of a PSAM' },
  list: { zh: '状态名单下载', en: 'Status list' },
  listCheck: { zh: '状态名单单个查询', en: 'One number of the status list' },
  bill: { zh: '出口账单', en: 'Bill of a day' },
  splitBill: { zh: '拆分账单', en: 'Split bill of a day' },
  certificates: { zh: '平台证书', en: 'Certificates of the platform' },
  monitor: { zh: '运行监测', en: 'Running monitoring' },
}

const isTried = (op: string): op is InterfaceId => op in names

/** Only its method and path are taken. */
const heartbeat = {
  method: 'POST',
  path: heartbeatPath,
  bodyText: '',
  idempotencyKey: null,
} as const

const others: readonly (readonly [InterfaceId, PlatformRequest])[] = [
  ['list', listRequest('0')],
  ['listCheck', listCheck('')],
  ['bill', bill.request('')],
  ['splitBill', splitBill.request('')],
  ['certificates', certificates.request()],
  ['monitor', heartbeat],
]

/** Card-side records use the interface of charges and its query. */
export const interfaces: readonly InterfaceRow[] = [
  ...Object.values(ops).flatMap(({ op, method, path }) =>
    isTried(op) ? [{ id: op, method, path, ...names[op] }] : [],
  ),
  ...others.map(([id, { method, path }]) => {
    return { id, method, path: path.replace(/\?.*$/, ''), ...names[id] }
  }),
]

const reportShape = /^[A-Za-z0-9]{32}$/

export const jointTest: Dialect['jointTest'] = {
  request: () => ({
    method: 'POST',
    path: '/v1/joint-tests',
    bodyText: '{}',
    idempotencyKey: null,
  }),
  read(body) {
    const answer = readAnswerBody(body)
    const reportId = answer?.data.text('reportId') ?? ''
    if (answer?.respCode === '100000' && reportShape.test(reportId)) return { reportId }
    const issue = answer?.detail.text('issue') ?? answer?.message ?? ''
    return { refused: `${answer?.respCode ?? 'bodyNotJson'} ${issue}`.trim().slice(0, 400) }
  },
}
