// The exit bill and the split bill of a day (P22, H.1): requested by date, each a sealed file (P9), accepted only if signed,
// complete and of that day. Lines contain our own number, so both sides are compared line by line (8.2). A plain bill is
// read, too.
import { isFen } from '#base/pure/values/fen.ts'
import { parseIso } from '#base/pure/values/instant.ts'
import { note } from '#base/pure/words/notes.ts'
import type { BillInterface } from '../../../ports/dialect.ts'
import type { BilledTrade, DayBill, SplitShare } from '../../../ports/platform-bill.ts'
import { contradictionIn, readAnswerBody, readMembers, type AnswerMembers } from './answer-body.ts'
import { mustBeNamed } from './file-name.ts'
import { orWrongName, sealedFileOf } from './sealed-file.ts'
import { refusalOf, silent, unreadWhy } from './signed-data.ts'

interface BillForm<Row> {
  readonly path: string
  /** The first words of its file name (P10). */
  readonly words: string
  /** Member whose sum the head of the bill repeats. */
  sumOf(row: Row): number
  /** Null for a line that breaks its rule. */
  row(line: AnswerMembers): Row | null
}

const dayShape = /^\d{4}-\d{2}-\d{2}$/
/** States in which the money of a charge is there. DISPUTED and CLEARED are assumed: no text names a state behind SUCCESS. */
const cleared: readonly (string | null)[] = ['SUCCESS', 'REFUNDED', 'CLEARED', null]

function clearedOf(line: AnswerMembers): Pick<BilledTrade, 'clearedOn' | 'isDisputed'> | null {
  const accountDate = line.text('accountDate')
  const status = line.text('status')
  if (status === 'DISPUTED') return { clearedOn: null, isDisputed: true }
  if (!cleared.includes(status)) return { clearedOn: null }
  if (accountDate === null) return {}
  return dayShape.test(accountDate) ? { clearedOn: accountDate } : null
}

function tradeOf(line: AnswerMembers): BilledTrade | null {
  const outTradeNo = line.text('outTradeNo') ?? ''
  const paidFen = line.integer('fee')
  const refundedFen = line.integer('refundFee')
  const netFen = line.integer('netFee')
  if (outTradeNo === '' || !isFen(paidFen) || !isFen(refundedFen)) return null
  if (paidFen < 0 || refundedFen < 0 || netFen !== paidFen - refundedFen) return null
  const atText = line.text('transTime')
  const atMs = atText === null ? null : parseIso(atText)
  const clearing = clearedOf(line)
  if (clearing === null || (atText !== null && atMs === null)) return null
  return { outTradeNo, paidFen, refundedFen, ...(atMs === null ? {} : { atMs }), ...clearing }
}

function shareOf(line: AnswerMembers): SplitShare | null {
  const outTradeNo = line.text('outTradeNo') ?? ''
  const partyId = line.text('partyId') ?? ''
  const shareBp = line.integer('shareBp') ?? -1
  const shareFen = line.integer('shareFee')
  if (outTradeNo === '' || partyId === '' || shareBp < 0 || shareBp > 10_000) return null
  return isFen(shareFen) && shareFen >= 0 ? { outTradeNo, partyId, shareBp, shareFen } : null
}

function billOf<Row>(form: BillForm<Row>, day: string, data: AnswerMembers): DayBill<Row> {
  const rows = data.list('rows')?.map((line) => form.row(line)) ?? [null]
  const whole = rows.flatMap((row) => row ?? [])
  const sum = whole.reduce((total, row) => total + form.sumOf(row), 0)
  const isWhole =
    whole.length === rows.length &&
    data.text('date') === day &&
    data.integer('count') === whole.length &&
    data.integer('totalFee') === sum
  return isWhole ? { kind: 'bill', day, rows: whole } : silent('billNotWhole')
}

const billInterface = <Row>(form: BillForm<Row>): BillInterface<Row> => ({
  request: (day) => ({
    method: 'GET',
    path: `${form.path}?date=${day}`,
    bodyText: '',
    idempotencyKey: null,
  }),
  judge(day, { body: bytes, ...told }) {
    const why = unreadWhy(told)
    if (why !== null) return silent(why)
    const body = readAnswerBody(bytes)
    if (body === null) return silent('bodyNotJson')
    if (body.respCode === '400004') return { kind: 'none', reason: body.respCode }
    if (body.respCode === '100002') return { kind: 'notYet', reason: body.respCode }
    const denied = contradictionIn(body, told.status)
    if (denied !== null) return silent(note('contradicts', ...denied))
    if (told.status !== 200 || body.respCode !== '100000')
      return silent(refusalOf(told.status, body.respCode))
    if (!body.data.has('ciphertext')) return billOf(form, day, body.data)
    const due = { words: form.words, mark: 'RES' } as const
    return orWrongName<ReturnType<BillInterface<Row>['judge']>>(() => {
      const file = sealedFileOf(body.data, (name) => mustBeNamed(name, due))
      return file === null ? silent('billNotWhole') : { kind: 'sealed', file }
    }, silent)
  },
  read(day, plain) {
    const data = readMembers(plain)
    return data === null ? silent('bodyNotJson') : billOf(form, day, data)
  },
})

export const bill = billInterface<BilledTrade>({
  path: '/v1/bills/exit',
  words: 'PARK_BILL_EXITDAY',
  sumOf: ({ paidFen }) => paidFen,
  row: tradeOf,
})

export const splitBill = billInterface<SplitShare>({
  path: '/v1/bills/split',
  words: 'PARK_BILL_SPLITDAY',
  sumOf: ({ shareFen }) => shareFen,
  row: shareOf,
})
