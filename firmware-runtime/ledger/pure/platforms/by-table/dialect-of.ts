// A dialect made of a table: what the first dialect says and judges, under the names of another province.
// The first dialect speaks the definitions P1 to P22, which stand for every province until its own document is there.
import type {
  BillInterface,
  Dialect,
  InterfaceId,
  InterfaceRow,
  LotNames,
} from '../../../ports/dialect.ts'
import { present } from '#base/pure/values/must.ts'
import type { Envelope } from '../../../ports/envelope.ts'
import type { ProvinceTable } from './province-table.ts'
import { Translation } from './translate.ts'

const newline = Uint8Array.of(0x0a)
const utf8 = new TextEncoder()
const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('')

/** Text covered by the proof: account, request type and the signed text, each ended by LF. */
function provedText(account: string, requestType: string, message: Uint8Array): Uint8Array {
  const parts = [utf8.encode(account), newline, utf8.encode(requestType), newline, message]
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Envelope of the first dialect, with a proof of the authorisation code where the province requires it (000 A.1.1 a). */
function envelopeOf({ access }: ProvinceTable, first: Dialect, words: Translation): Envelope {
  const { envelope } = first
  const refuses: Envelope['refuses'] = (code) => envelope.refuses(words.meaningOf(code))
  if (access === null) return { ...envelope, refuses }
  return {
    ...envelope,
    refuses,
    needs: [...envelope.needs, 'code'],
    headers(request, keys) {
      const { appId } = keys
      const code = present(keys.code, 'a lot whose envelope needs a code has one')
      const requestType = words.requestType(request.method, request.path)
      const proof = hexOf(code.mac(provedText(appId, requestType, envelope.textOf(request))))
      return {
        ...envelope.headers(request, keys),
        [access.account]: appId,
        [access.requestType]: requestType,
        [access.proof]: proof,
      }
    },
  }
}

const interfacesOf = (first: Dialect, words: Translation): readonly InterfaceRow[] =>
  first.interfaces.flatMap((row) => {
    const route = words.routeOf(row.method, row.path)
    return route === null
      ? []
      : [{ ...row, path: `${route.to}${row.path.slice(route.from.length)}` }]
  })

function billOf<Row>(
  bill: BillInterface<Row> | null,
  words: Translation,
): BillInterface<Row> | null {
  if (bill === null) return null
  return {
    request: (day) => words.request(bill.request(day)),
    judge: (day, answer) => bill.judge(day, { ...answer, body: words.answer(answer.body) }),
    read: (day, plain) => bill.read(day, plain),
  }
}

function monitorOf(first: Dialect, words: Translation): Dialect['monitor'] {
  const { monitor } = first
  if (monitor === null) return null
  return {
    request: (lot, heartbeat) => words.request(monitor.request(lot, heartbeat)),
    isWanted: (body) => monitor.isWanted(words.answer(body)),
  }
}

function psamOf(first: Dialect, words: Translation): Dialect['psam'] {
  const { psam } = first
  if (psam === null) return null
  return {
    authorize: (lot, request) => words.request(psam.authorize(lot, request)),
    judgeAuthorize: (request, answer) =>
      psam.judgeAuthorize(request, { ...answer, body: words.answer(answer.body) }),
    confirm: (request) => words.request(psam.confirm(request)),
    judgeConfirm: (request, answer) =>
      psam.judgeConfirm(request, { ...answer, body: words.answer(answer.body) }),
  }
}

function feedbackOf(first: Dialect, words: Translation): Dialect['feedback'] {
  const { feedback } = first
  const route = feedback === null ? null : words.routeOf(feedback.row.method, feedback.row.path)
  if (feedback === null || route === null) return null
  return {
    row: { ...feedback.row, path: route.to },
    request: (lot, afterSeq) => words.request(feedback.request(lot, afterSeq)),
    read: (lot, afterSeq, answer) =>
      feedback.read(lot, afterSeq, { ...answer, body: words.answer(answer.body) }),
    // 000 has messages to the lot alone.
    told: null,
  }
}

function certificatesOf(first: Dialect, words: Translation): Dialect['certificates'] {
  const { certificates } = first
  if (certificates === null) return null
  return {
    request: () => words.request(certificates.request()),
    read: (body) => certificates.read(words.answer(body)),
  }
}

/** Bodies are frozen in own words, so a retry never translates anything (M3). */
const bodiesOf = (first: Dialect, words: Translation) => ({
  chargeBody: (...args: Parameters<Dialect['chargeBody']>) => words.body(first.chargeBody(...args)),
  exceptionBody: (...args: Parameters<Dialect['exceptionBody']>) =>
    words.body(first.exceptionBody(...args)),
  refundBody: (...args: Parameters<Dialect['refundBody']>) => words.body(first.refundBody(...args)),
  signInBody: (lot: LotNames, request: Parameters<Dialect['signInBody']>[1]) =>
    words.body(first.signInBody(lot, request)),
})

/** Bodies are frozen in own words, so members are sealed under their own names and paths. */
function sensitiveOf({ sensitive }: Dialect, words: Translation): Dialect['sensitive'] {
  const members = sensitive.members.flatMap((row) => {
    const member = words.own(row.member)
    if (row.path === null) return [{ ...row, member }]
    const route = words.routeOf(row.method, row.path)
    return route === null
      ? []
      : [{ ...row, member, path: `${route.to}${row.path.slice(route.from.length)}` }]
  })
  return { ...sensitive, members }
}

export function dialectOfTable(table: ProvinceTable, first: Dialect): Dialect {
  const words = new Translation(table)
  const offered = interfacesOf(first, words)
  const has = (id: InterfaceId): boolean => offered.some((row) => row.id === id)
  return {
    standard: table.standard,
    laneEquipment: table.laneEquipment,
    accessFlow: table.accessFlow,
    rules: table.rules,
    codes: table.codes,
    membersOf: (op) => words.members(first.membersOf(op)),
    // No table says that another one is taken.
    suites: ['GM'],
    sensitive: sensitiveOf(first, words),
    ...bodiesOf(first, words),
    queryOf: (op) => first.queryOf(op),
    requestFor: (call) => words.frozen(first.requestFor(call)),
    judge: (call, answer) => first.judge(call, { ...answer, body: words.answer(answer.body) }),
    respCodeOf: (bodyText) => words.codeIn(bodyText),
    isErrorCode: (code) => first.isErrorCode(words.meaningOf(code)),
    listRequest: (since) => words.request(first.listRequest(since)),
    readList: (body, take) => first.readList(words.listAnswer(body), take),
    bill: has('bill') ? billOf(first.bill, words) : null,
    splitBill: has('splitBill') ? billOf(first.splitBill, words) : null,
    monitor: has('monitor') ? monitorOf(first, words) : null,
    records: null,
    duty: null,
    feedback: feedbackOf(first, words),
    tradeFile: null,
    psam: words.routeOf('POST', '/v1/psam/authorize') === null ? null : psamOf(first, words),
    certificates: has('certificates') ? certificatesOf(first, words) : null,
    interfaces: offered,
    jointTest: {
      request: () => words.request(first.jointTest.request()),
      read: (body) => first.jointTest.read(words.answer(body)),
    },
    listCheck: (no) => words.request(first.listCheck(no)),
    readListCheck: (body, no) => first.readListCheck(words.answer(body), no),
    envelope: envelopeOf(table, first, words),
    isAppId: (text) => first.isAppId(text),
    refuseText: (bodyText) => first.refuseText(bodyText),
  }
}
