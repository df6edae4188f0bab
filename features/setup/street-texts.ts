// The spaces of a street as three texts of a form: ranges of numbers, sensors and piles, one a line in the same order.
// What a form does not show, such as positions, stays with the number of the space.
import type { SetupDraft } from '../../firmware-runtime/api/setup-draft.ts'
import type { LayoutChoice } from '../../firmware-runtime/api/setup-views.ts'
import type { BilingualText } from '../../firmware-runtime/core/values/fault-text.ts'
import { rangesOf, spacesInRange } from '../../firmware-runtime/core/values/space-range.ts'

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

/** Lines beyond the last space; 0: none. */
export const surplusOf = (text: string, spaces: number): number =>
  Math.max(0, linesOf(text.trimEnd()).length - Math.max(1, spaces))

type Read = { readonly spaces: readonly Space[] } | { readonly bad: BilingualText }

/** The spaces that the texts say; a sensor without a source is of `source`. */
export function spacesOfTexts(
  { ranges, sensors, piles }: StreetTexts,
  before: readonly Space[],
  source: string,
): Read {
  const read = spacesInRange(ranges)
  if ('bad' in read) return read
  const [sensorOf, pileOf] = [linesOf(sensors), linesOf(piles)]
  const known = new Map(before.map((space) => [space.id, space.position]))
  const spaces = read.spaces.map((typed, i): Space => {
    const [sensor = '', pile = ''] = [sensorOf[i], pileOf[i]]
    const position = known.get(typed.id)
    return {
      ...typed,
      ...(sensor === '' ? {} : { sensor: sensor.includes('/') ? sensor : `${source}/${sensor}` }),
      ...(pile === '' ? {} : { pile }),
      ...(position === undefined ? {} : { position }),
    }
  })
  return { spaces }
}
