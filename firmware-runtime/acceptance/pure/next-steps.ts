// What a person does next at an item that has not passed, by the assertion that failed: each stands here once, under its step, so
// that an assertion without a step does not compile. What has no evidence takes the item's own steps.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

const failSteps = {
  antenna: [
    t('把天线帧交厂家核对,修好后再运行', 'Give the frames to the maker, then run it again'),
    'debitRecord debitAmount debitObu debitTime debitTwice noDebitFrame',
    'resultObu resultError resultTac resultTerminal resultTerminalSerial resultCardSerial',
    'resultBalance resultTime resultTransaction resultTwice resultLate noResultFrame tacZeros',
    'readBalance readCard readObu readError noReadFrame frameLane frameTime obuZeros cardType',
    'cardYear cardTime card balance noProof proofEmpty proofTwice terminal recordWritten recordReadBack',
  ],
  platform: [
    t('把证据交平台方改正后再运行', 'Give the evidence to the platform, then run it again'),
    'refused notSuccess noRequestId late sharedAnswer unanswered messageRefused notGranted noGrant',
    'platformHasNot platformAmount platformState platformNotPaid chargedRefused requestDiffers',
    'answer otherContract amount ledgerAmount day twice sum failed emptyBill noBill',
  ],
  program: [
    t('导出诊断包交支持人员,修好后再运行', 'Send a support file, then run it again'),
    'neverQueued queuedLate notCounted noAccess dayMissing messageMissing messageLate billEarly',
    'noOrder orderLate orderAmount outcomeAmount requestAmount resultUnheard numberTwice stateOrder',
    'tooManyActs',
  ],
  lane: [
    t('核对所列车辆的账,用一辆车重做后运行', 'Settle these cars, then run it with another car'),
    'openedUnpaid openedEarly underpaid unpaid noPerson boomWithoutPass noCommand boomFailed stayedDown',
    'paymentMissing paymentEarly paymentAmount paymentWithoutCharge chargedTwice notPaidBefore',
    'notByInterface progressNotAsked otherWay noOperator samePerson refundedTwice aboveCharge',
  ],
  service: [
    t('查明停机或变慢的原因后再运行', 'Find why it stopped or was slow, then run it again'),
    'stopped stoppedOften laneSilent slow',
  ],
} as const satisfies Record<string, readonly [BilingualText, ...string[]]>

type Split<S extends string> = S extends `${infer A} ${infer B}` ? A | Split<B> : S
type Rows = (typeof failSteps)[keyof typeof failSteps]
type Named<R> = R extends readonly [BilingualText, ...infer Names extends readonly string[]]
  ? Split<Names[number]>
  : never
/** Every assertion of every item. */
export type Assertion = Named<Rows>

export const byAssertion: ReadonlyMap<string, BilingualText> = new Map(
  Object.values(failSteps).flatMap(([words, ...names]) =>
    names.flatMap((line) => line.split(' ').map((name) => [name, words] as const)),
  ),
)

const run = t('运行本项', 'Run this item')

interface Judged {
  readonly verdict: 'pass' | 'fail' | 'incomplete' | 'notApplicable'
  readonly failed: readonly string[]
  readonly warned: readonly string[]
}

/** Null: it passed or does not apply. `isRun`: false where it was left out. */
export function nextOf(
  { steps }: { readonly steps: readonly BilingualText[] },
  { verdict, failed, warned }: Judged,
  isRun: boolean,
): BilingualText | null {
  if (verdict === 'pass' || verdict === 'notApplicable') return null
  const name = failed.find((one) => !warned.includes(one))
  const [first] = steps
  const said = verdict === 'fail' && name !== undefined ? byAssertion.get(name) : undefined
  if (said !== undefined) return said
  if (!isRun || first === undefined) return run
  return t(`做完再运行本项:${first.zh}`, `Do this, then run the item again: ${first.en}`)
}
