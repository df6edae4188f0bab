// All answers of the platform: six-digit codes with HTTP status and text (P6, Liaoning A.1.13), and the JSON body
// around them. Codes 3000xx from 300030 on are the simulator's own: the table is open.
import { isoOf } from '#base/pure/values/instant.ts'

interface AnswerCode {
  readonly http: number
  readonly code: string
  readonly zh: string
  readonly en: string
}

const row = (http: number, code: string, zh: string, en: string): AnswerCode => ({
  http,
  code,
  zh,
  en,
})

export const answerCodes = {
  '100000': row(200, 'SUCCESS', '成功', 'ok'),
  '100001': row(200, 'SUCCESS', '重复请求,返回已有结果', 'already had it'),
  '100002': row(202, 'ACCEPTED', '已受理,结果稍后查询', 'accepted, result later'),
  '200001': row(400, 'PARAM_ERROR', '类型不对', 'wrong type'),
  '200002': row(400, 'PARAM_ERROR', '长度不对', 'wrong length'),
  '200003': row(400, 'PARAM_ERROR', '超出阈值', 'beyond its threshold'),
  '200004': row(400, 'PARAM_ERROR', '取值范围不对', 'outside its range'),
  '200005': row(400, 'PARAM_ERROR', '字符不合规定', 'characters that are not allowed'),
  '200010': row(400, 'PARAM_ERROR', '缺少字段', 'a member is missing'),
  '200011': row(400, 'PARAM_ERROR', '文件名不对', 'the name of the file is not one'),
  '200012': row(400, 'PARAM_ERROR', '文件或字段打不开', 'a file or a member does not open'),
  '300001': row(422, 'REPEAT_CHARGE', '同一停车记录重复扣费', 'this stay is already charged'),
  '300002': row(422, 'CARD_EXPIRED', '卡已过期', 'the card has expired'),
  '300003': row(422, 'BLACKLISTED', '卡在状态名单内', 'the card is on the status list'),
  '300004': row(422, 'CARD_NETWORK', '卡网络号不对', 'wrong card network'),
  '300005': row(422, 'LARGE_AMOUNT', '金额异常偏大', 'abnormally large amount'),
  '300010': row(422, 'INSUFFICIENT', '余额不足', 'insufficient balance'),
  '300011': row(422, 'TAC_WRONG', 'TAC 校验不通过', 'the TAC is wrong'),
  '300012': row(404, 'ORDER_NOT_EXIST', '订单不存在', 'there is no such order'),
  '300013': row(409, 'CONFLICT', '同一编号内容不同', 'same number, other content'),
  '300021': row(
    422,
    'RECONCILE_DIFFERS',
    '与平台记录不一致',
    'differs from the records of the platform',
  ),
  '300030': row(422, 'NOT_CHARGED', '原扣费未成功,不能退费', 'the charge is not SUCCESS'),
  '300031': row(422, 'REFUND_TOO_LARGE', '退费超过可退金额', 'more than what is left to refund'),
  '300032': row(422, 'CONSUMPTION_OVER', '消费申请已结束', 'the application is over'),
  '300040': row(422, 'JOINT_TEST', '联调未全部通过', 'the joint test is not passed'),
  '400001': row(401, 'SIGN_ERROR', '认证头缺失或格式不对', 'Authorization is missing or malformed'),
  '400002': row(403, 'NO_AUTH', 'IP 地址未登记', 'the address is not registered'),
  '400003': row(403, 'NO_AUTH', '渠道号不存在', 'the channel is not known'),
  '400004': row(403, 'NO_AUTH', '没有这个接口', 'no such interface'),
  '400005': row(401, 'SIGN_ERROR', '证书编号不认识', 'the certificate is not known'),
  '400006': row(401, 'SIGN_ERROR', '签名不对', 'the signature is wrong'),
  '400007': row(401, 'SIGN_ERROR', '时间戳超出窗口', 'the timestamp is outside the window'),
  '400008': row(401, 'SIGN_ERROR', '随机串重复', 'the nonce was used before'),
  '400009': row(
    403,
    'NO_AUTH',
    '未签到或 PSAM 未授权',
    'not signed in, or the PSAM is not authorised',
  ),
  '400010': row(401, 'SIGN_ERROR', '证书已过期', 'the certificate has expired'),
  '500002': row(409, 'BUSY', '同一编号正在处理', 'this number is being worked on'),
} as const satisfies Record<string, AnswerCode>

export type RespCode = keyof typeof answerCodes
type Language = 'zh' | 'en'

/** Where and why, as P6 `detail`. */
interface AnswerDetail {
  /** JSON pointer; empty for the whole body. */
  readonly field: string
  readonly value: string
  readonly issue: string
  readonly location: 'body' | 'header' | 'path'
}

export interface Outcome {
  readonly respCode: RespCode
  readonly data?: Readonly<Record<string, unknown>>
  readonly detail?: AnswerDetail
  /** Version of the answer; `unchanged`: the caller has it, so the answer is 304 without a body. */
  readonly etag?: string
  readonly unchanged?: true
  /** True when this repeats a stored answer (D.2.8). */
  readonly replayed?: boolean
}

export const done = (data: Readonly<Record<string, unknown>>): Outcome => ({
  respCode: '100000',
  data,
})

export const refuse = (
  respCode: RespCode,
  field: string,
  value: unknown,
  issue: string,
  location: AnswerDetail['location'] = 'body',
): Outcome => ({ respCode, detail: { field, value: shown(value), issue, location } })

/** A value as text for logs. */
const shown = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 120)

/** zh_CN is the default (9.3.3.7); zh-CN means the same, en gives English. */
export const languageOf = (header: string | undefined): Language =>
  header !== undefined && /^\s*en/i.test(header) ? 'en' : 'zh'

/** The body of an answer; `atMs` is transport time. */
export function bodyOf(outcome: Outcome, language: Language, atMs: number): string {
  const { http, code, ...words } = answerCodes[outcome.respCode]
  return JSON.stringify({
    status: http,
    code,
    respCode: outcome.respCode,
    message: words[language],
    timestamp: isoOf(atMs),
    ...(outcome.data ? { data: outcome.data } : {}),
    ...(outcome.detail ? { detail: outcome.detail } : {}),
  })
}
