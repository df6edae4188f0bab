// Feedback messages of a platform as work items: one item per message number, also when a download repeats the message.
// Pure: messages and the present tally in, rows out.
import type { FeedbackMessage } from '#base/pure/values/feedback.ts'
import { dayMs, isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import type { TallyRow } from '#base/pure/rows/tally-row.ts'
import type { DayItem, Tally } from './day-items.ts'

/** A number that is reused with another text gets an item of its own, so that no message is lost. */
function itemIdOf(message: FeedbackMessage, { items }: Pick<Tally, 'items'>): string {
  const { no, atMs, text } = message
  const itemId = `feedback ${no}`
  const known = items.get(itemId)?.feedback
  const isSame = known === undefined || (known.atMs === atMs && known.text === text)
  return isSame ? itemId : `${itemId} ${atMs}`
}

/** Messages are of about now: with another time the platform's clock is wrong, and the item is of today (ADR 383). */
const beforeMs = 400 * dayMs
const aheadMs = dayMs

interface ItemsAt {
  readonly nowMs: InstantMs
  /** The stay of a charge, where this lot knows it. */
  readonly stayOf?: (outTradeNo: string) => string | undefined
}

/** Rows for messages without an item, not assigned to anyone. */
export function feedbackRows(
  messages: readonly FeedbackMessage[],
  tally: Pick<Tally, 'items'>,
  { nowMs, stayOf }: ItemsAt,
): readonly TallyRow[] {
  const dayOf = (atMs: InstantMs): string => {
    const isNear = atMs > nowMs - beforeMs && atMs < nowMs + aheadMs
    return isoOf(isNear ? atMs : nowMs).slice(0, 10)
  }
  return messages
    .map((feedback) => ({ feedback, itemId: itemIdOf(feedback, tally) }))
    .filter(({ itemId }) => !tally.items.has(itemId))
    .map(({ feedback, itemId }) => {
      const { outTradeNo, no, atMs } = feedback
      const stayId = outTradeNo === null ? undefined : stayOf?.(outTradeNo)
      return {
        row: 'item',
        itemId,
        day: dayOf(atMs),
        means: 'etc',
        kind: 'feedback',
        ref: outTradeNo ?? no,
        ...(stayId === undefined ? {} : { stayId }),
        expectedFen: 0,
        foundFen: 0,
        owner: '',
        feedback,
      }
    })
}

const dueOf = ({ feedback }: Pick<DayItem, 'feedback'>): string | null =>
  feedback?.complaint?.answerBy ?? null

/** True when the item is open and its deadline for an answer has passed. */
export function isLate(item: Pick<DayItem, 'feedback' | 'end'>, nowMs: InstantMs): boolean {
  const due = dueOf(item)
  return item.end === null && due !== null && due < isoOf(nowMs).slice(0, 10)
}

/** The oldest first. */
export const overdue = ({ items }: Pick<Tally, 'items'>, nowMs: InstantMs): readonly DayItem[] =>
  [...items.values()]
    .filter((item) => isLate(item, nowMs))
    .toSorted((a, b) => (dueOf(a) ?? '').localeCompare(dueOf(b) ?? ''))
