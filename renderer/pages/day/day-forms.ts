// Acts of the day whose forms compute something: the count of the drawer, and the end of a difference.
// A count is stored unchanged; the end of a difference is stored beside it with names, reason and evidence.
import type { DayItemView, DayView } from '#money/calls/day.ts'
import { itemEnds, itemsOfWords } from '#base/pure/rows/tally-row.ts'
import { complaintTextMax } from '#base/pure/values/feedback.ts'
import { ask } from '../../api/client.ts'
import { actForm } from '../../kit/forms/act-form.ts'
import { given } from '../../kit/forms/fields.ts'
import { refundMeansField } from '../../kit/forms/refund-means-field.ts'
import type { Words } from '../../kit/words.ts'
import { drawerFen, type CountSums } from './drawer.ts'

interface Count {
  readonly drawer: DayView['drawer']
  /** Somebody is signed in and may sign out. */
  readonly mayGo: boolean
  readonly counted: (sums: CountSums, goes: boolean) => void
}
/** Ends a shift: the drawer is counted before the expected sum is shown. */
export function countForm({ t, money, dateTime }: Words, { drawer, mayGo, counted }: Count) {
  const { beforeFen, sinceIso, neverCounted } = drawer
  const never = { text: t('day.neverCounted', { time: dateTime(sinceIso) }), test: 'never-counted' }
  return actForm({
    title: t('day.cashUp'),
    reasons: 'day',
    usual: 1,
    says: [
      ...(neverCounted === null ? [] : [{ ...never, tone: 'warn' as const }]),
      { text: t('day.blind'), tone: 'quiet' },
      { text: t('day.floatNow', { amount: money(beforeFen) }), test: 'float' },
    ],
    fields: {
      countedFen: { kind: 'fen', label: t('day.countedYuan'), as: 'counted-yuan' },
      // Proposes the same float for the next shift.
      leftFen: { kind: 'fen', label: t('day.leftYuan'), start: beforeFen, as: 'left-yuan' },
      goes: { kind: 'flag', label: t('day.change'), start: true, as: 'change' },
    },
    only: { goes: () => mayGo },
    check: ({ countedFen, leftFen }) =>
      countedFen !== null && leftFen !== null && leftFen > countedFen
        ? { leftFen: t('day.countBad') }
        : {},
    doLabel: ({ countedFen }) => t('day.countDo', { amount: money(countedFen) }),
    async call({ goes, ...amounts }, who) {
      const reply = await ask('day.count', { ...amounts, sinceIso, ...who })
      if (reply.ok)
        counted({ ...amounts, beforeFen, expectedFen: drawerFen(drawer) }, goes === true)
      return reply
    },
  })
}

/** False where less was found than expected, or between parties: then there is nothing to refund to a driver. */
const mayGoBack = ({ means, kind, foundFen, expectedFen }: DayItemView): boolean =>
  means !== 'split' && means !== 'operator' && (kind === 'payment' || foundFen > expectedFen)

/** In a lot without sign-in the second person is named in a field. */
export function endForm({ t, money }: Words, item: DayItemView, isSignedIn: boolean) {
  const isMoney = !itemsOfWords.includes(item.kind)
  const off = { amount: money(item.foundFen - item.expectedFen) }
  const ends = itemEnds.filter((one) => one !== 'refunded' || mayGoBack(item))
  return actForm({
    title: t('day.endTitle'),
    reasons: 'dayEnds',
    says: [{ text: `${item.day} ${t(`day.kind.${item.kind}`)} ${item.ref}` }],
    fields: {
      how: {
        kind: 'radio',
        label: t('day.howEnded'),
        need: t('day.endBad'),
        choices: ends.map((value) => ({ value, word: t(`day.how.${value}`) })),
      },
      refundMeans: { ...refundMeansField(t), need: t('day.backBad') },
      evidence: { kind: 'text', label: t('day.evidence'), need: t('day.evidenceBad') },
      second: { kind: 'text', label: t('payments.second'), max: 60, optional: true },
    },
    only: {
      refundMeans: ({ how }) => how === 'refunded',
      evidence: ({ how }) => isMoney && (how === 'found' || how === 'explained'),
      second: ({ how }) =>
        !isSignedIn && (how === 'writtenOff' || (how === 'explained' && isMoney)),
    },
    check: ({ how, second }) =>
      how === 'writtenOff' && !isSignedIn && second === null ? { second: t('day.endBad') } : {},
    doLabel: item.feedback === undefined ? t('day.endDo', off) : t('day.endMessage'),
    call: ({ how, second, ...values }, who) => {
      const said = { itemId: item.itemId, ...given({ approvedBy: second }), ...who }
      return how === 'writtenOff'
        ? ask('day.writeOff', said)
        : ask('day.end', { ...said, how, ...given(values) })
    },
  })
}

/** The facts that the answer needs, because the form covers the list item. */
function evidenceOf({ t, money }: Words, { ref, feedback, isLate }: DayItemView) {
  if (feedback?.complaint === undefined) return []
  const { text, feeFen, complaint } = feedback
  const { kind, contact, receipt, answerBy } = complaint
  const said = [
    t(`day.complaint.is.${kind}`),
    ...(feeFen === null ? [] : [money(feeFen)]),
    ref,
    ...(contact === undefined ? [] : [contact]),
  ]
  return [
    { text: `“${text}”` },
    { text: said.join('  ') },
    ...(receipt === undefined ? [] : [{ text: `✓ ${t(`day.complaint.receipt.${receipt}`)}` }]),
    ...(answerBy === undefined
      ? []
      : [
          {
            text: `${isLate ? '▲ ' : ''}${t('day.complaint.due', { day: answerBy })}`,
            tone: isLate ? ('bad' as const) : ('quiet' as const),
          },
        ]),
  ]
}

/** The answer to a driver; a refund, if any, was already made at the stay. */
export const answerForm = (words: Words, item: DayItemView) => {
  const { t } = words
  const { itemId } = item
  return actForm({
    title: t('day.complaint.endTitle'),
    reasons: 'dayEnds',
    says: evidenceOf(words, item),
    fields: {
      how: {
        kind: 'radio',
        label: t('day.howEnded'),
        choices: (['explained', 'refunded'] as const).map((value) => ({
          value,
          word: t(`day.complaint.how.${value}`),
        })),
      },
      answer: { kind: 'text', label: t('day.complaint.answer'), max: complaintTextMax, rows: 3 },
    },
    doLabel: t('day.complaint.endDo'),
    call: (values, who) => ask('day.end', { itemId, ...values, ...who }),
  })
}
