// Messages that a platform fed back as work items: each once, by its own number, whatever is asked for again and however often.
// Pure: messages and what the books have in, rows out.
import type { FeedbackMessage } from '../values/feedback.ts'
import { isoOf } from '../values/instant.ts'
import type { TallyRow } from '../values/rows/tally-row.ts'
import type { Tally } from './day-items.ts'

/** A number that comes again with another message is another item: none is passed over. */
function itemIdOf(message: FeedbackMessage, { items }: Pick<Tally, 'items'>): string {
  const { no, atMs, text } = message
  const itemId = `feedback ${no}`
  const known = items.get(itemId)?.feedback
  const isSame = known === undefined || (known.atMs === atMs && known.text === text)
  return isSame ? itemId : `${itemId} ${atMs}`
}

/** Up to which message the books have them all; 0: none. */
export const lastSeqOf = ({ items }: Pick<Tally, 'items'>): number =>
  [...items.values()].reduce((last, { feedback }) => Math.max(last, feedback?.seq ?? 0), 0)

/** Rows of what is not there yet, nobody's so far. `stayOf`: the stay of a charge, where this lot knows it. */
export function feedbackRows(
  messages: readonly FeedbackMessage[],
  tally: Pick<Tally, 'items'>,
  stayOf: (outTradeNo: string) => string | undefined,
): readonly TallyRow[] {
  return messages
    .map((feedback) => ({ feedback, itemId: itemIdOf(feedback, tally) }))
    .filter(({ itemId }) => !tally.items.has(itemId))
    .map(({ feedback, itemId }) => {
      const { outTradeNo, no, atMs } = feedback
      const stayId = outTradeNo === null ? undefined : stayOf(outTradeNo)
      return {
        row: 'item',
        itemId,
        day: isoOf(atMs).slice(0, 10),
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
