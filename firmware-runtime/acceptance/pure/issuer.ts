// Services between expansion platform and issuer (table I.1). A lot cannot see the issuer's books; a simulated platform
// shows its own. Without such books the verdict is incomplete and says who carries out the test. A record counts by what
// it states - numbers, amounts, day, code of the answer - and not by the platform's own word that it is good.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { AcceptanceFacts, IssuerFact, IssuerKind } from '#ledger/pure/facts.ts'
import { judged, type Finding, type Wrong } from './item.ts'
import { chargedFen, chargesOf, isPaid, type Charge } from './transactions.ts'
import type { Assertion } from './next-steps.ts'

export const issuersTest = t(
  '真实平台上由发行服务机构执行;停车场看不到它与平台之间的接口',
  'On a real platform the issuer carries this out; a lot does not see the interface between the issuer and the platform',
)

export const issuerSteps: readonly BilingualText[] = [
  t('由发行服务机构在平台一侧执行', 'Carried out by the issuer, on the platform side'),
  t(
    '模拟平台:运行一辆车,再看它的账簿',
    'With a simulated platform: run a car through, then look at the books of the platform',
  ),
]

interface Said {
  readonly assertion: Assertion
  readonly words: BilingualText
}
const say = (assertion: Assertion, zh: string, en: string): readonly Said[] => [
  { assertion, words: t(zh, en) },
]

/** Records of one service, and all facts beside them. */
interface Books {
  readonly own: readonly IssuerFact[]
  readonly facts: AcceptanceFacts
  /** Charges of the ledger by the number under which the platform has them. */
  readonly charges: ReadonlyMap<string, Charge>
}

/** How the records of a service are judged: what one states wrongly, and what all of them lack. */
interface Service {
  wrong(one: IssuerFact, books: Books): readonly Said[]
  missing(books: Books): readonly BilingualText[]
}

/** An answer of the service; a business refusal is an answer, but one success is needed. */
const answered: Service = {
  wrong({ status = 200, answer }) {
    if (status >= 200 && status < 300 && answer !== 'fault') return []
    return say('answer', `应答 ${status}`, `answered ${status}, no answer of the service`)
  },
  missing({ own }) {
    if (own.some(({ answer }) => answer === 'success')) return []
    return [t('没有一次成功的应答', 'no request was answered with success')]
  },
}

const contract: Service = {
  wrong({ ref, contractNos = [] }) {
    const other = contractNos.find((one) => one !== ref)
    if (other === undefined) return []
    const [zh, en] = [`查得签约号 ${other}`, `the look-up gave contract ${other}`]
    return say('otherContract', zh, en)
  },
  missing({ own }) {
    if (own.some(({ contractNos = [] }) => contractNos.length > 1)) return []
    const [zh, en] = ['没有按卡号和标签号都查过', 'no contract was looked up by card and by OBU']
    return [t(zh, en)]
  },
}

/** Both amounts are stated and agree. */
function amounts({ chargedFen: taken, bookedFen: own }: IssuerFact): readonly Said[] {
  if (taken === undefined || own === undefined || taken === own) return []
  return say('amount', `扣 ${taken} 分,记 ${own} 分`, `charged ${taken} fen, booked ${own}`)
}

function noAmounts(own: readonly IssuerFact[]): readonly BilingualText[] {
  const bare = own.filter((one) => one.chargedFen === undefined || one.bookedFen === undefined)
  if (bare.length === 0) return []
  return [t(`${bare.length} 条没有金额`, `${bare.length} records state no amounts`)]
}

/** Each charge that the platform has is booked once, with the amount of the ledger; less than that needs a refund. */
const bookkeeping: Service = {
  wrong(one, { own, charges }) {
    const { ref, chargedFen: taken } = one
    const isTwice = own.filter((other) => other.ref === ref).length > 1
    const charge = charges.get(ref)
    const fen = charge === undefined ? Infinity : chargedFen(charge)
    const isMore = taken !== undefined && taken > fen
    return [
      ...amounts(one),
      ...(isTwice ? say('twice', '记了两次', 'it is booked twice') : []),
      ...(isMore
        ? say('ledgerAmount', `账本 ${fen} 分`, `the ledger has ${fen} fen, the books ${taken}`)
        : []),
    ]
  },
  missing({ own, charges }) {
    const booked = new Map(own.map((one) => [one.ref, one]))
    const all = [...charges]
    const open = all.filter(
      ([no, charge]) =>
        isPaid(charge) && charge.word?.says === 'has' && chargedFen(charge) > 0 && !booked.has(no),
    )
    const less = all.filter(
      ([no, charge]) =>
        charge.refunds.length === 0 &&
        (booked.get(no)?.chargedFen ?? Infinity) < chargedFen(charge),
    )
    return [
      ...noAmounts(own),
      ...(less.length === 0
        ? []
        : [
            t(
              `${less.length} 笔记得比账本少,账本没有退款`,
              `${less.length} charges are booked with less than the ledger has, without a refund`,
            ),
          ]),
      ...(open.length === 0
        ? []
        : [t(`${open.length} 笔扣款没有记账`, `${open.length} charges are not booked`)]),
    ]
  },
}

const bookingsIn = ({ issuer }: AcceptanceFacts): readonly IssuerFact[] =>
  (issuer ?? []).filter(({ kind }) => kind === 'bookkeeping')

/** Each day with bookings is compared, and its sum is that of its bookings. */
const reconciliation: Service = {
  wrong(one, { facts, own }) {
    const { ref, bookedFen } = one
    const isTwice = own.filter((other) => other.ref === ref).length > 1
    const ofDay = bookingsIn(facts).filter(({ day }) => day === ref)
    const sum = ofDay.reduce((fen, { bookedFen: each = 0 }) => fen + each, 0)
    const isOther = bookedFen !== undefined && ofDay.length > 0 && sum !== bookedFen
    return [
      ...amounts(one),
      ...(/^\d{4}-\d{2}-\d{2}$/.test(ref) ? [] : say('day', '不是日期', 'it names no day')),
      ...(isTwice ? say('twice', '同一天有两条', 'the day stands there twice') : []),
      ...(isOther
        ? say('sum', `当天记账合计 ${sum} 分`, `the bookings of that day make ${sum} fen`)
        : []),
    ]
  },
  missing({ own, facts }) {
    const days = new Set(own.map(({ ref }) => ref))
    const open = new Set(bookingsIn(facts).flatMap(({ day = '' }) => (days.has(day) ? [] : [day])))
    return [
      ...noAmounts(own),
      ...(open.size === 0
        ? []
        : [t(`${open.size} 天没有对账`, `${open.size} days with bookings are not compared`)]),
    ]
  },
}

const services: Readonly<Record<IssuerKind, Service>> = {
  contractNo: contract,
  statusCheck: answered,
  charge: answered,
  refund: answered,
  query: answered,
  bookkeeping,
  bill: answered,
  reconciliation,
}

export function issuerFinding(facts: AcceptanceFacts, kind: IssuerKind): Finding {
  const { issuer } = facts
  if (issuer === null) return judged([], [issuersTest], issuersTest, [])
  const own = issuer.filter((one) => one.kind === kind)
  const evidenceOf = ({ ref, text }: IssuerFact) => ({ source: 'platform', ref, text }) as const
  const evidence = own.map(evidenceOf)
  const charges = kind === 'bookkeeping' ? chargesOf(facts) : []
  const books: Books = {
    own,
    facts,
    charges: new Map(
      charges.flatMap((one) => (one.word === null ? [] : [[one.word.businessNo, one] as const])),
    ),
  }
  const { [kind]: service } = services
  const wrong = own.flatMap((one): readonly Wrong[] => {
    const { ok, ref, text } = one
    const failed: readonly Said[] = ok ? [] : say('failed', text, text)
    return [...failed, ...service.wrong(one, books)].map(({ assertion, words }) => ({
      assertion,
      words: t(`发行方账簿 ${ref}:${words.zh}`, `books of the issuer, ${ref}: ${words.en}`),
      evidence: [evidenceOf(one)],
    }))
  })
  const unnamed = own.filter(({ ref }) => ref.trim() === '').length
  return judged(
    wrong,
    [
      ...(unnamed === 0
        ? []
        : [
            t(
              `发行方账簿有 ${unnamed} 条没有写明对象`,
              `${unnamed} records in the books of the issuer do not say what they are about`,
            ),
          ]),
      ...(own.length > 0
        ? service.missing(books)
        : [t('发行方账簿里还没有', 'the books of the issuer have no record yet')]),
    ],
    t(`${own.length} 条成功`, `${own.length} records succeeded`),
    evidence,
  )
}
