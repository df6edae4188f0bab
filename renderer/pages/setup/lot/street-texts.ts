// The spaces of a street as three texts of a form: ranges of numbers, watchers and piles, one a line in the same order.
// What a form does not show, such as positions and second watchers, stays with the number of the space.
import type { SetupDraft } from '#lane/calls/setup-draft.ts'
import type { LayoutChoice } from '#lane/calls/setup-views.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'
import { rangesOf, spacesInRange } from '#base/pure/lot/space-range.ts'

export type OpenPart = NonNullable<SetupDraft['open']>
export type StreetPart = OpenPart['streets'][number]
type Space = StreetPart['spaces'][number]
export type OpenLane = NonNullable<SetupDraft['lot']>['lanes'][number]
/** An antenna that stands at no space: it is a lane of the lot file. */
export type AntennaKind = 'gantry' | 'reader'

/** The antennas that a layout of 7.2 has besides those at spaces. */
export const antennaKinds = ({
  collects,
  reader,
}: NonNullable<LayoutChoice['open']>): readonly AntennaKind[] => [
  ...(collects === 'gantry' ? (['gantry'] as const) : []),
  ...(reader === null ? [] : (['reader'] as const)),
]

export interface StreetTexts {
  ranges: string
  sensors: string
  piles: string
}

const linesOf = (text: string): readonly string[] => text.split('\n').map((line) => line.trim())
/** `cam/1-6`: the first six spaces of a camera. Numbers of sensors may contain such text, those of cameras do not. */
const run = /^([^/]*\/|)(\d{1,4})[-~–—至到](\d{1,4})$/u
function watchersOf(text: string, isCamera: boolean): readonly string[] {
  if (!isCamera) return linesOf(text)
  return linesOf(text).flatMap((line) => {
    const [, source = '', first, last] = run.exec(line.replaceAll(/\s+/gu, '')) ?? []
    const [from, to] = [Number(first), Number(last)]
    if (first === undefined || last === undefined || to < from) return [line]
    return Array.from({ length: to - from + 1 }, (_, i) => `${source}${from + i}`)
  })
}
const listOf = (spaces: readonly Space[], member: 'sensor' | 'pile'): string =>
  spaces
    .map(({ [member]: value = '' }) => value)
    .join('\n')
    .trimEnd()

export const textsOf = ({ spaces }: Pick<StreetPart, 'spaces'>): StreetTexts => ({
  ranges: rangesOf(spaces),
  sensors: listOf(spaces, 'sensor'),
  piles: listOf(spaces, 'pile'),
})

const surplusOf = (lines: readonly string[], spaces: number): number =>
  Math.max(0, lines.findLastIndex((line) => line !== '') + 1 - Math.max(1, spaces))

/** How a layout fills the texts: cameras or sensors watch, and whether it has piles. */
export interface TextsAs {
  readonly isCamera: boolean
  readonly hasPiles: boolean
  /** Name of the source of a watcher that is typed without one. */
  readonly source: string
}

/** Lines beyond the last space; 0: none. */
export const tooManyLines = (
  { sensors, piles }: StreetTexts,
  spaces: number,
  { isCamera, hasPiles }: TextsAs,
): number =>
  Math.max(
    surplusOf(watchersOf(sensors, isCamera), spaces),
    hasPiles ? surplusOf(linesOf(piles), spaces) : 0,
  )

type Read = { readonly spaces: readonly Space[] } | { readonly bad: BilingualText }

/** The spaces that the texts say. */
export function spacesOfTexts(
  { ranges, sensors, piles }: StreetTexts,
  before: readonly Space[],
  { isCamera, source }: TextsAs,
): Read {
  const read = spacesInRange(ranges)
  if ('bad' in read) return read
  const [sensorOf, pileOf] = [watchersOf(sensors, isCamera), linesOf(piles)]
  const known = new Map(before.map((space) => [space.id, space]))
  const spaces = read.spaces.map((typed, i): Space => {
    const [sensor = '', pile = ''] = [sensorOf[i], pileOf[i]]
    const {
      isApart: _apart,
      sensor: _sensor,
      pile: _pile,
      ...kept
    }: Partial<Space> = known.get(typed.id) ?? {}
    return {
      ...kept,
      ...typed,
      ...(sensor === '' ? {} : { sensor: sensor.includes('/') ? sensor : `${source}/${sensor}` }),
      ...(pile === '' ? {} : { pile }),
    }
  })
  return { spaces }
}
