// What captured frames of a profile prove about a result code that no table lists: balance before (B4), requested
// amount (C6) and balance after (B5 or B8) of one OBU. A constructed frame proves nothing.
import type { MoneyState } from '../../pure/etc/rsu.ts'
import type { FrameValue } from '../../pure/rsu/table-types.ts'
import type { moneyLists } from '../rsu-override.ts'
import type { Profile } from '../schema.ts'

type MoneyList = (typeof moneyLists)[number]

const resultFrame: Readonly<Record<MoneyList, string>> = { b5Error: 'B5', b8Error: 'B8' }
/** Card type of stored-value cards. A credit card reports constants instead of amounts (rsu-interface.md F7). */
const storedValueCard = 22
const noTac = '00000000'

/** Fields of each captured example of a frame. */
const captured = (p: Profile, frame: string): readonly FrameValue[] =>
  p.examples.flatMap(({ origin, expect }) =>
    origin === 'captured' && expect.as === 'frame' && expect.frame === frame ? [expect.fields] : [],
  )

const ofObu = (frames: readonly FrameValue[], { obuId }: FrameValue): FrameValue | undefined =>
  frames.find((frame) => frame['obuId'] === obuId)

const cardTypeOf = ({ card, cardType }: FrameValue): unknown =>
  typeof card === 'object' && card !== null ? Reflect.get(card, 'cardType') : cardType

function shownBy(p: Profile, result: FrameValue): MoneyState {
  const before = ofObu(captured(p, 'B4'), result)
  const debit = ofObu(captured(p, 'C6'), result)
  if (before === undefined || debit === undefined) return 'unknown'
  if (cardTypeOf(before) !== storedValueCard) return 'unknown'
  const [had, requestedFen, has] = [before['balance'], debit['amount'], result['balanceAfter']]
  if (typeof had !== 'number' || typeof requestedFen !== 'number' || typeof has !== 'number')
    return 'unknown'
  if (requestedFen <= 0) return 'unknown'
  const hasTac = typeof result['tac'] === 'string' && result['tac'] !== noTac
  // Old proof bytes may accompany an unchanged balance: then neither result is proven.
  if (has === had) return hasTac ? 'unknown' : 'unpaid'
  return has === had - requestedFen && hasTac ? 'paid' : 'unknown'
}

/** The state on which all captures of that word agree; unknown without captures, or when two differ. */
export function shownByCaptures(p: Profile, list: MoneyList, word: string): MoneyState {
  const results = captured(p, resultFrame[list]).filter((value) => value['error'] === word)
  const [first = 'unknown', ...others] = results.map((result) => shownBy(p, result))
  return others.every((other) => other === first) ? first : 'unknown'
}
