// An invented province: members, codes and exception numbers unlike Guangxi's, and another envelope: an account with an
// authorisation code, which proves each request and the answer to that same request. The only certificate is the server's.
// A lot needs nothing but this folder and its row in a table of provinces to use it.
import type { ExceptionWord } from '#base/pure/words/exception-words.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { base64Of, bytesOfBase64 } from '#base/pure/data/base64.ts'
import { present } from '#base/pure/values/must.ts'
import { note } from '#base/pure/words/notes.ts'
import type { ProvinceRow } from '#ledger/pure/platforms/dialects.ts'
import type { Call, Dialect, Op, PlatformAnswer } from '#ledger/ports/dialect.ts'
import type { Envelope } from '#ledger/ports/envelope.ts'
import type { ConfirmedState, Silence, Verdict } from '#ledger/ports/verdict.ts'

export const paths: Record<Op, string> = {
  charge: '/toy/pay',
  exitUpload: '/toy/pay',
  chargeQuery: '/toy/pay',
  uploadQuery: '/toy/pay',
  exception: '/toy/odd',
  refund: '/toy/back',
  refundQuery: '/toy/back',
  signIn: '/toy/door',
  entryRecord: '/toy/in',
  exitRecord: '/toy/out',
  plateRecord: '/toy/plate',
  batch: '/toy/hour',
  shiftRecord: '/toy/shift',
  feedback: '/toy/said',
  feedbackState: '/toy/answered',
}
export const codes = { good: 'K0', poor: 'K2', none: 'K3', wrong: 'K9' } as const

/** This platform's number for each exception. */
export const oddNumbers: Record<ExceptionWord, number> = {
  obuNotRead: 701,
  obuUnreadable: 702,
  cardUnreadable: 703,
  plateMismatch: 704,
  blacklisted: 705,
  expired: 706,
  insufficient: 707,
  debitFailed: 708,
  noTac: 709,
  psamFault: 710,
  severalTags: 711,
  noAnswerTwice: 712,
  refused: 713,
  largeAmount: 714,
  repeatSuspected: 715,
  listTooOld: 716,
  other: 717,
}
export const ends = ['otherPayment', 'manualRelease', 'retriedOk', 'leftUnpaid'] as const

const utf8 = new TextEncoder()
const text = (words: readonly unknown[], body: Uint8Array): Uint8Array =>
  Uint8Array.of(...utf8.encode(`${words.join('|')}|`), ...body)

const silence = (why: string): Silence => ({
  kind: 'silence',
  why,
  sent: true,
  securityEvent: null,
  afterMs: null,
})

interface Told {
  readonly k?: string
  readonly num?: string
  readonly fen?: number
  readonly goodTill?: number
}

interface ToyList {
  readonly n: string
  readonly from: string | null
  readonly at: number
  readonly bad: readonly string[]
}

const states: Record<Op, ConfirmedState> = {
  charge: 'SUCCESS',
  chargeQuery: 'SUCCESS',
  exitUpload: 'ACCEPTED',
  uploadQuery: 'ACCEPTED',
  refund: 'SUCCESS',
  refundQuery: 'SUCCESS',
  exception: 'STORED',
  signIn: 'SIGNED_IN',
  entryRecord: 'STORED',
  exitRecord: 'STORED',
  plateRecord: 'STORED',
  batch: 'STORED',
  shiftRecord: 'STORED',
  feedback: 'STORED',
  feedbackState: 'STORED',
}

function judge(call: Call, { verified, body }: PlatformAnswer): Verdict {
  if (verified !== 'valid') return silence(verified)
  const message = JSON.parse(new TextDecoder().decode(body)) as Told
  const { k = '', num = null, goodTill } = message
  if (k === codes.none) return { kind: 'notFound', final: false }
  if (k === codes.poor) return { kind: 'refused', respCode: k, reason: 'insufficient' }
  if (k !== codes.good || num !== call.businessNo)
    return { kind: 'hold', why: note('otherNumber', num ?? ''), respCode: k, securityEvent: null }
  const signIn = goodTill === undefined ? null : { psamStatus: 1, validUntilMs: goodTill }
  const chargedFen = message.fen ?? null
  const rest = { tradeNo: null, replayed: false, openBarrier: null, signIn, chargedFen }
  return { kind: 'confirmed', state: states[call.op], ...rest }
}

const queries: Partial<Record<Op, Op>> = {
  charge: 'chargeQuery',
  exitUpload: 'uploadQuery',
  refund: 'refundQuery',
}

/** An answer is proven together with its request's nonce, so an answer to another request proves nothing. */
export const answerText = (nonce: string, time: string, body: Uint8Array): Uint8Array =>
  text([nonce, time], body)

export const envelope: Envelope = {
  needs: ['code'],
  bodyForm: 'json',
  textOf: ({ method, path, timestampSec, nonce, body }) =>
    text([nonce, timestampSec, method, path], body),
  headers(request, { appId, code }) {
    const mac = base64Of(present(code, 'the lot has a code').mac(envelope.textOf(request)))
    return { 'toy-who': [appId, request.nonce, request.timestampSec, mac].join(';') }
  },
  verify({ headers, body, nonce }, { code }) {
    const [, time = '', mac = ''] = /^(\d{1,12});(.+)$/.exec(headers['toy-seal'] ?? '') ?? []
    if (time === '' || nonce === null || code === null) return { kind: 'unproven', why: 'unsigned' }
    const given = bytesOfBase64(mac)
    return given !== null && code.isMac(answerText(nonce, time, body), given)
      ? { kind: 'proven', serial: null, signedAtSec: Number(time) }
      : { kind: 'unproven', why: 'badSignature' }
  },
  refuses: () => null,
}

const toy: Dialect = {
  membersOf: () => [],
  standard: 'TOY 1',
  records: null,
  duty: null,
  feedback: null,
  laneEquipment: [{ device: 'rsu', zh: '天线', en: 'antenna', joins: 'access' }],
  accessFlow: [{ clause: 'T2', from: 'access', to: 'platform', zh: '敲门', en: 'knocks' }],
  rules: { filters: [], networks: null, listEveryMin: 15, chargeModes: ['card', 'online'] },
  suites: ['GM'],
  sensitive: { encryptVehicleIds: false, serialHeader: 'toy-key', members: [] },
  codes: [],
  chargeBody: ({ lotId }, op, { businessNo, amountFen, obu, proof, ...facts }) =>
    JSON.stringify({
      num: businessNo,
      site: lotId,
      gate: facts.laneId,
      fen: amountFen,
      visit: facts.stayId,
      by: op === 'charge' ? 'account' : 'purse',
      car: facts.plate,
      late: facts.offline,
      purse: obu?.cardNo,
      seal: proof?.tac,
    }),
  exceptionBody({ lotId }, { exceptionNo, exceptionType, handling, laneId, paid }) {
    if (typeof exceptionType === 'number' || handling === null)
      throw new LaneFault('UPLOAD-01', { field: 'odd', note: `${exceptionType} ${handling}` })
    const [odd, end] = [oddNumbers[exceptionType], ends.indexOf(handling)]
    return JSON.stringify({ num: exceptionNo, site: lotId, gate: laneId, odd, end, paid })
  },
  refundBody: ({ refundId, amountFen, deduction }) =>
    JSON.stringify({ num: refundId, fen: amountFen, of: deduction.outTradeNo }),
  signInBody: ({ lotId }, { listNo, psamTerminal, laneId }) =>
    JSON.stringify({ num: listNo, site: lotId, gate: laneId, terminal: psamTerminal }),
  queryOf: (op) => queries[op] ?? null,
  requestFor: ({ op, businessNo, body }) =>
    body === ''
      ? { method: 'GET', path: `${paths[op]}/${businessNo}`, bodyText: '', idempotencyKey: null }
      : { method: 'PUT', path: paths[op], bodyText: body, idempotencyKey: businessNo },
  judge,
  listRequest: (since) => ({
    method: 'GET',
    path: `/bad/${since}`,
    bodyText: '',
    idempotencyKey: null,
  }),
  readList(body, take) {
    const { n, from, at, bad } = JSON.parse(new TextDecoder().decode(body)) as ToyList
    for (const no of bad) take({ no, fromMs: at, op: 'add' })
    return { version: n, since: from, atMs: at }
  },
  listCheck: (no) => ({
    method: 'PUT',
    path: '/bad',
    bodyText: `{"is":"${no}"}`,
    idempotencyKey: null,
  }),
  readListCheck: (body, no) => new TextDecoder().decode(body) === `bad ${no}`,
  respCodeOf: (bodyText) => /"k":"(K\d)"/.exec(bodyText)?.[1] ?? null,
  isErrorCode: (code) => code !== codes.good,
  bill: null,
  splitBill: null,
  monitor: null,
  certificates: null,
  interfaces: [
    { id: 'charge', method: 'PUT', path: paths.charge, zh: '扣', en: 'take' },
    { id: 'list', method: 'GET', path: '/bad', zh: '名单', en: 'bad ones' },
  ],
  psam: null,
  tradeFile: null,
  jointTest: {
    request: () => ({ method: 'PUT', path: '/fit', bodyText: '?', idempotencyKey: null }),
    read(body) {
      const said = new TextDecoder().decode(body)
      return said.startsWith('fit ') ? { reportId: said.slice(4) } : { refused: said }
    },
  },
  isAppId: (appId) => appId !== '',
  refuseText: () => undefined,
  envelope,
}

/** It also accepts entries, exits, plates and batches, as an operator's platform does. */
export const toyOfOperators: ProvinceRow = {
  province: '98',
  zh: '虚构',
  en: 'Made-up',
  dialect: {
    ...toy,
    records: {
      entryBody: ({ lotId }, { entryNo, laneId, plate }) =>
        JSON.stringify({ num: entryNo, site: lotId, gate: laneId, car: plate }),
      plateBody: ({ lotId }, { plateRecNo, laneId, plate }) =>
        JSON.stringify({ num: plateRecNo, site: lotId, gate: laneId, car: plate }),
      batchBody: ({ batchNo, revision, numbers }) =>
        JSON.stringify({ num: `${batchNo}-${revision}`, all: numbers }),
    },
  },
}

export const toyRow: ProvinceRow = { province: '99', zh: '虚构', en: 'Made-up', dialect: toy }
