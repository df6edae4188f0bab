// Transactions of OBUs at named places: the note under table D.1 defines the zone as where an RSU and an OBU transact
// normally. Three OBUs at the corners of the needed area and at the trigger, and around the box.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { dayMs } from '#base/pure/values/instant.ts'
import type { PointMm } from './grid.ts'
import { identityOf, placesApart } from '../file/identity.ts'
import { wholeArea } from './plan-frame.ts'
import type { SurveyProject, Timed } from '../file/project.ts'
import { rulesOf } from '../survey-rules.ts'
import type { AreaMm, ObuTriesBody, OpenedBody } from '../file/record.ts'

export const obusMin = 3
export const triesMin = 5
const ringPlacesMin = 8
/** Accuracy in mm of a hand-held stick, and width of the ring. */
const nearMm = 150
const ringWidthMm = 500
/** Outside the box: this many good tries of five fail the zone. */
const goodOutside = 2

type Tried = 'none' | 'some' | 'good' | 'bad'

export interface ObuFacts {
  readonly obus: number
  /** Result at the corners and the trigger. */
  readonly inside: Tried
  readonly ring: Tried
  /** The first place outside where an OBU transacted. */
  readonly outside: (PointMm & { readonly obuId: string }) | null
  readonly words: BilingualText
}

interface Sum extends PointMm {
  readonly obuId: string
  readonly tries: number
  readonly good: number
}

function sumsOf(all: readonly ObuTriesBody[]): readonly Sum[] {
  const byPlace = Map.groupBy(all, ({ obuId, xMm, yMm }) => `${identityOf(obuId)} ${xMm},${yMm}`)
  return [...byPlace.values()].flatMap((of) => {
    const [one] = of
    if (one === undefined) return []
    const { xMm, yMm } = one
    const obuId = identityOf(one.obuId)
    const tries = of.reduce((sum, body) => sum + body.tries, 0)
    const good = of.reduce((sum, body) => sum + body.good, 0)
    return [{ obuId, xMm, yMm, tries, good }]
  })
}

const cornersOf = ({ leftMm, rightMm, nearMm: near, farMm }: AreaMm): readonly PointMm[] => [
  { xMm: leftMm, yMm: near },
  { xMm: rightMm, yMm: near },
  { xMm: rightMm, yMm: farMm },
  { xMm: leftMm, yMm: farMm },
]

/** Test places inside: the corners of the needed area, and the trigger. */
export const insidePlaces = ({ zone, trigger }: OpenedBody): readonly PointMm[] =>
  zone === undefined || trigger === null ? [] : [...cornersOf(zone.needed), trigger]

/** Test places around the box: corners and middles of the ring. */
export function ringPlaces({ grid }: OpenedBody): readonly PointMm[] {
  const out = grid.ring?.offsetMm ?? 0
  const [right, far] = [grid.widthMm + out, grid.lengthMm + out]
  const [x, y] = [Math.round(grid.widthMm / 2), Math.round(grid.lengthMm / 2)]
  const corners = cornersOf({ leftMm: -out, rightMm: right, nearMm: -out, farMm: far })
  const middles = [
    { xMm: x, yMm: -out },
    { xMm: right, yMm: y },
    { xMm: x, yMm: far },
    { xMm: -out, yMm: y },
  ]
  return [...corners, ...middles]
}

const isNear = (a: PointMm, b: PointMm): boolean =>
  Math.abs(a.xMm - b.xMm) <= nearMm && Math.abs(a.yMm - b.yMm) <= nearMm

/** Distance outside the box in mm; 0 or less: inside. */
function outsideMm(box: AreaMm, { xMm, yMm }: PointMm): number {
  const across = Math.max(box.leftMm - xMm, xMm - box.rightMm)
  const along = Math.max(box.nearMm - yMm, yMm - box.farMm)
  return Math.max(across, along)
}

const isAllGood = ({ tries, good }: Sum): boolean => tries >= triesMin && good === tries
const isNoneGood = ({ tries, good }: Sum): boolean => tries >= triesMin && good === 0

/** `good`: for each of three OBUs all tries are good at every place. */
function insideOf(sums: readonly Sum[], places: readonly PointMm[]): Tried {
  const here = sums.filter((sum) => places.some((place) => isNear(place, sum)))
  if (here.length === 0) return 'none'
  const whole = [...Map.groupBy(here, ({ obuId }) => obuId).values()].filter((of) =>
    places.every((place) => of.some((sum) => isNear(place, sum) && isAllGood(sum))),
  )
  return whole.length >= obusMin ? 'good' : 'some'
}

const isOnRing = (box: AreaMm, at: PointMm): boolean => {
  const mm = outsideMm(box, at)
  return mm > 0 && mm <= ringWidthMm
}

/** `good`: each of three OBUs has no good try at eight places of the ring, with places on every side. */
function ringOf(sums: readonly Sum[], box: AreaMm, apartMm: number): Tried {
  const here = sums.filter((sum) => isOnRing(box, sum))
  if (here.length === 0) return 'none'
  const whole = [...Map.groupBy(here, ({ obuId }) => obuId).values()].filter((of) => {
    const silent = placesApart(of.filter(isNoneGood), apartMm)
    const sides = [
      silent.some(({ xMm }) => xMm < box.leftMm),
      silent.some(({ xMm }) => xMm > box.rightMm),
      silent.some(({ yMm }) => yMm < box.nearMm),
      silent.some(({ yMm }) => yMm > box.farMm),
    ]
    return silent.length >= ringPlacesMin && !sides.includes(false)
  })
  return whole.length >= obusMin ? 'good' : 'some'
}

function wordsOf({ obus, inside, ring, outside }: Omit<ObuFacts, 'words'>): BilingualText {
  if (outside !== null)
    return t(
      `框外 (${outside.xMm / 1000}, ${outside.yMm / 1000}) 处 OBU ${outside.obuId} 能交易`,
      `OBU ${outside.obuId} transacts outside at (${outside.xMm / 1000}, ${outside.yMm / 1000})`,
    )
  if (obus === 0) return t('仅场强,未做 OBU 交易', 'field only, no OBU was tried')
  if (inside === 'good' && ring === 'good')
    return t('OBU 交易符合(表 D.1 注)', 'pass by transaction (note under table D.1)')
  if (inside === 'bad')
    return t('需求区内有 OBU 交易失败', 'an OBU failed to transact inside the needed area')
  if (ring === 'bad') return t('外圈有 OBU 交易成功', 'an OBU transacted on the ring')
  return t(
    `OBU 交易未做全(须 ${obusMin} 个 OBU,需求区四角与触发点及外圈 8 处,各 ${triesMin} 次)`,
    `OBUs are not tried at all places (${obusMin} OBUs, corners, trigger and 8 of the ring, ${triesMin} each)`,
  )
}

/** Tries that support a pass: at the height of the field, in the visit in which it was read. */
function supporting(survey: SurveyProject, opened: OpenedBody): readonly Timed<ObuTriesBody>[] {
  const rules = rulesOf(opened)
  const [offMm, visit] = [rules.limit('D5', 'triesHeight'), rules.limit('D5', 'visit')]
  const read = survey.fieldsNow.filter(({ place }) => place === 'lane').map(({ atMs }) => atMs)
  return survey.obuTries.filter(
    ({ zMm, atMs }) =>
      Math.abs(zMm - opened.grid.heightMm) <= offMm &&
      read.some((ms) => Math.abs(ms - atMs) <= visit * dayMs),
  )
}

/** A try that contradicts the zone counts wherever and whenever it was made. */
function isBad(all: readonly Sum[], kind: 'inside' | 'ring', opened: OpenedBody): boolean {
  const places = insidePlaces(opened)
  const box = wholeArea(opened.grid)
  return kind === 'ring'
    ? all.some((sum) => isOnRing(box, sum) && sum.good > 0)
    : all.some((sum) => sum.good < sum.tries && places.some((place) => isNear(place, sum)))
}

export function obuVerdict(survey: SurveyProject, opened: OpenedBody): ObuFacts {
  const { obuTries } = survey
  const sums = sumsOf(obuTries)
  const sound = sumsOf(supporting(survey, opened))
  const apartMm = rulesOf(opened).limit('D5', 'placeApart')
  const box = wholeArea(opened.grid)
  // Also check each record separately, so that further tries beside it do not dilute it.
  const loud = [...sums, ...obuTries].find(
    (sum) =>
      outsideMm(box, sum) > 0 && sum.good >= goodOutside && sum.good / sum.tries >= goodOutside / 5,
  )
  const facts = {
    obus: new Set(sums.map(({ obuId }) => obuId)).size,
    inside: isBad(sums, 'inside', opened)
      ? ('bad' as const)
      : insideOf(sound, insidePlaces(opened)),
    ring: isBad(sums, 'ring', opened) ? ('bad' as const) : ringOf(sound, box, apartMm),
    outside: loud === undefined ? null : { xMm: loud.xMm, yMm: loud.yMm, obuId: loud.obuId },
  }
  return { ...facts, words: wordsOf(facts) }
}

interface ObuPointView extends PointMm {
  readonly part: 'inside' | 'ring' | 'other'
  /** All tries per OBU at that place. */
  readonly tried: readonly {
    readonly obuId: string
    readonly tries: number
    readonly good: number
  }[]
}

/** Test places with their results: the required places first, then others with tries. */
export interface ObuTriesView {
  readonly obusMin: number
  readonly triesMin: number
  readonly facts: ObuFacts
  readonly places: readonly ObuPointView[]
}

export function obuTriesView(survey: SurveyProject): ObuTriesView | null {
  const { opened } = survey
  if (opened === null || insidePlaces(opened).length === 0) return null
  const sums = sumsOf(survey.obuTries)
  const knownPlaces = [
    ...insidePlaces(opened).map((at) => ({ ...at, part: 'inside' as const })),
    ...ringPlaces(opened).map((at) => ({ ...at, part: 'ring' as const })),
  ]
  const others = sums
    .filter((sum) => knownPlaces.every((place) => !isNear(place, sum)))
    .map(({ xMm, yMm }) => ({ xMm, yMm, part: 'other' as const }))
  const all = [...knownPlaces, ...new Map(others.map((at) => [`${at.xMm},${at.yMm}`, at])).values()]
  const places = all.map((place) => ({
    ...place,
    tried: sums
      .filter((sum) =>
        place.part === 'other'
          ? sum.xMm === place.xMm && sum.yMm === place.yMm
          : isNear(place, sum),
      )
      .map(({ obuId, tries, good }) => ({ obuId, tries, good })),
  }))
  return { obusMin, triesMin, facts: obuVerdict(survey, opened), places }
}
