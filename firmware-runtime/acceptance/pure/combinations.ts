// The combinations of OBU and card for E.1 items 1 and 3: one- and two-piece OBU, stored-value (22) and credit card
// (23), 3DES and SM4, old and new layout of file 0019. The combination of a charge is read from its frames, never from
// a plan. Only the number of pieces, which some interfaces never report, may come from the declared test OBUs.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import type { TestObu } from '#ledger/pure/facts.ts'
import { frameEvidence, type CombinationLine } from './item.ts'
import { framesShown, type Charge } from './transactions.ts'

export interface Combination {
  readonly pieces: 1 | 2
  readonly cardType: 22 | 23
  readonly algorithm: '3des' | 'sm4'
  readonly record: 'old' | 'new'
}

export const combinations: readonly Combination[] = ([2, 1] as const).flatMap((pieces) =>
  ([22, 23] as const).flatMap((cardType) =>
    (['3des', 'sm4'] as const).flatMap((algorithm) =>
      (['old', 'new'] as const).map((record) => ({ pieces, cardType, algorithm, record })),
    ),
  ),
)

const combinationKey = (one: Combination): string =>
  `${one.pieces}/${one.cardType}/${one.algorithm}/${one.record}`

function combinationWords(one: Combination): BilingualText {
  const { pieces, cardType, algorithm, record } = one
  const zh = [
    pieces === 1 ? '单片式' : '双片式',
    cardType === 22 ? '储值卡' : '记账卡',
    algorithm === 'sm4' ? 'SM4' : '3DES',
    record === 'new' ? '新 0019' : '旧 0019',
  ]
  const en = [
    pieces === 1 ? 'one-piece' : 'two-piece',
    cardType === 22 ? 'stored value' : 'credit',
    algorithm === 'sm4' ? 'SM4' : '3DES',
    record === 'new' ? 'new 0019' : 'old 0019',
  ]
  return t(zh.join('、'), en.join(', '))
}

/** Record id AA, length 29h, no lock: some interfaces omit this head, some the last four bytes. */
const recordHead = 'AA2900'
const shortest = 36 * 2
const charsOf = (from: number, bytes: number): readonly [number, number] => [
  from * 2,
  (from + bytes) * 2,
]

/** Position of the plate in the two layouts: 12 bytes from 21, or from 27 (rsu-interface.md 4.3). */
const [newFrom, newTo] = charsOf(21, 12)
/** The last reserved bytes of the old layout, after its plate. */
const [oldFrom, oldTo] = charsOf(27, 12)

/** A plate begins with a two-byte character above 7F. */
const beginsPlate = (hex: string): boolean => /^[89A-F]/.test(hex)

/** Layout of a record; null for one that was never written. */
function recordLayout(hex: string): 'old' | 'new' | null {
  const read = hex.toUpperCase()
  if (read.length < shortest) return null
  const own = read.startsWith('AA29') ? read : `${recordHead}${read}`
  if (beginsPlate(own.slice(newFrom, newTo))) return 'new'
  return beginsPlate(own.slice(oldFrom, oldTo)) ? 'old' : null
}

/** The first field of that name in a tree of fields. */
function fieldIn(fields: unknown, name: string): unknown {
  if (typeof fields !== 'object' || fields === null) return undefined
  for (const [key, value] of Object.entries(fields)) {
    if (key === name) return value
    const inside = fieldIn(value, name)
    if (inside !== undefined) return inside
  }
  return undefined
}

/** The algorithm in the result frame; without one, by the card's version (assumed: 5x and above are SM4). */
function algorithmOf(charge: Charge): Combination['algorithm'] | null {
  const said = charge.frames
    .filter(({ direction, type }) => direction === 'in' && type === 'B5')
    .map(({ fields }) => fieldIn(fields, 'algorithm'))
    .findLast((one) => one === '3des' || one === 'sm4')
  if (said !== undefined) return said as Combination['algorithm']
  const version = charge.armed?.body.unit?.cardVersion ?? cardFieldOf(charge, 'cardVersion')
  if (typeof version !== 'number') return null
  return version >= 0x50 ? 'sm4' : '3des'
}

const cardFieldOf = (charge: Charge, name: string): unknown =>
  charge.frames
    .filter(({ direction, type }) => direction === 'in' && type === 'B4')
    .map(({ fields }) => fieldIn(fields, name))
    .findLast((one) => one !== undefined)

/** File 0019 in the frame, head included. */
const recordRead = ({ frames }: Charge): string =>
  frames
    .filter(({ direction, type }) => direction === 'in' && type === 'B4')
    .map(({ hex }) => /AA2900[0-9A-F]{80}/.exec(hex.toUpperCase())?.[0] ?? '')
    .findLast((one) => one !== '') ?? ''

const obuOf = ({ outcome, armed, frames }: Charge): string | null => {
  const read = frames.findLast(({ direction, type }) => direction === 'in' && type === 'B4')
  const said = outcome?.body.obuId ?? armed?.body.obuId ?? read?.fields['obuId']
  return typeof said === 'string' ? said.toUpperCase() : null
}

function piecesOf(charge: Charge, testObus: readonly TestObu[]): 1 | 2 | null {
  const said = charge.frames
    .filter(({ direction }) => direction === 'in')
    .map(({ fields }) => fieldIn(fields, 'deviceType'))
    .findLast((one) => one === 'singlePiece' || one === 'twoPiece')
  if (said !== undefined) return said === 'singlePiece' ? 1 : 2
  const own = obuOf(charge)
  return testObus.find(({ obuId }) => obuId.toUpperCase() === own)?.pieces ?? null
}

/**
 * Its antenna frames show the command to the card and the result, or the reading of the card when nothing is written.
 */
function isFramed(charge: Charge): boolean {
  const shown = framesShown(charge).map(({ direction }) => direction)
  const { chargeMode } = charge.intent.body
  return shown.includes('in') && (chargeMode === 'online' || shown.includes('out'))
}

/** The combination of a charge; null when frames and declaration do not give all of it, or no frame proves it. */
function combinationOf(charge: Charge, testObus: readonly TestObu[]): Combination | null {
  if (!isFramed(charge)) return null
  const pieces = piecesOf(charge, testObus)
  const algorithm = algorithmOf(charge)
  const cardType = charge.armed?.body.cardType ?? cardFieldOf(charge, 'cardType')
  const record = recordLayout(charge.armed?.body.station0019Hex ?? recordRead(charge))
  const isWhole = pieces !== null && algorithm !== null && record !== null
  if (!isWhole || (cardType !== 22 && cardType !== 23)) return null
  return { pieces, cardType, algorithm, record }
}

function triedBy(
  charges: readonly Charge[],
  testObus: readonly TestObu[],
): ReadonlyMap<string, Charge> {
  const first = new Map<string, Charge>()
  for (const charge of charges) {
    const one = combinationOf(charge, testObus)
    if (one === null || first.has(combinationKey(one))) continue
    first.set(combinationKey(one), charge)
  }
  return first
}

/** The first charge of each of the sixteen combinations, in their order: the evidence of a pass. */
export const firstOfEach = (
  charges: readonly Charge[],
  testObus: readonly TestObu[],
): readonly Charge[] => [...triedBy(charges, testObus).values()]

/** Each combination with its first charge and the frames of that charge. */
export function matrixOf(
  charges: readonly Charge[],
  testObus: readonly TestObu[],
): readonly CombinationLine[] {
  const tried = triedBy(charges, testObus)
  return combinations.map((one) => {
    const charge = tried.get(combinationKey(one))
    const frames = charge === undefined ? [] : framesShown(charge)
    return {
      words: combinationWords(one),
      businessNo: charge?.intent.body.outTradeNo ?? null,
      frames: frames.map((frame) => frameEvidence(frame).ref),
    }
  })
}

/** Charges at an antenna that does not report pieces, with an OBU that nobody declared. */
function undeclared(
  charges: readonly Charge[],
  testObus: readonly TestObu[],
): readonly BilingualText[] {
  const obus = charges.filter((one) => piecesOf(one, testObus) === null).map(obuOf)
  const [next] = [...new Set(obus.filter((one) => one !== null))]
  if (next === undefined) return []
  return [
    t(
      `天线帧没有说单片或双片:请申报测试 OBU ${next}`,
      `the antenna frames do not say one-piece or two-piece: declare the test OBU ${next}`,
    ),
  ]
}

/** Combinations without a charge. */
export function missingCombinations(
  charges: readonly Charge[],
  testObus: readonly TestObu[],
): readonly BilingualText[] {
  const tried = triedBy(charges, testObus)
  const left = combinations.filter((one) => !tried.has(combinationKey(one)))
  const [next] = left
  if (next === undefined) return []
  const { zh, en } = combinationWords(next)
  const [count, all] = [left.length, combinations.length]
  return [
    t(
      `${all} 种 OBU/卡组合还差 ${count} 种,下一种:${zh}`,
      `${count} of ${all} combinations of OBU and card are still missing, next: ${en}`,
    ),
    ...undeclared(charges, testObus),
  ]
}
