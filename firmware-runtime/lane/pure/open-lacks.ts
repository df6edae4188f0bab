// What a lot along a road lacks of what its layout requires (7.2), each with its clause: one rule for the set-up and `lot init`. A
// lot that runs without it is only reported. Pure.
import type { LaneConfig, LotConfig } from '#base/pure/lot/config.ts'
import { sensorOfSpace, streetSpacesOf, type StreetSpace } from '#base/pure/lot/streets.ts'
import { isSensorLink } from '#base/pure/lot/sensor-link.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { placeRow } from '#base/pure/place/place-members.ts'
import { openLayoutOf, openOf } from './layouts/index.ts'
import type { OpenLayout, StreetRule } from './layouts/layout.ts'

interface OpenLack {
  readonly what: 'spaces' | 'gantry' | 'reader' | 'fence' | 'pile' | 'watcher' | 'plates'
  readonly clause: string
  /** Where it belongs in the lot file. */
  readonly field: string
  readonly words: BilingualText
}

interface OpenParts {
  readonly spaces: readonly StreetSpace[]
  /** What watches the spaces; `link` empty: not entered yet. */
  readonly sources: readonly {
    readonly id: string
    readonly link: string
    readonly spaces: Readonly<Record<string, string>>
  }[]
  readonly gantries: number
  /** Handhelds or patrol cars, each with or without its fence. */
  readonly readers: readonly { readonly hasFence: boolean }[]
}

const clauseOf = ({ siting }: OpenLayout, layout: string, ...rules: readonly StreetRule[]) =>
  rules.flatMap((rule) => siting[rule] ?? [])[0] ?? layout

/** Sources that spaces name, or of which there is none, without a way to report. */
function isUnwatched({ spaces, sources }: OpenParts): boolean {
  const reporting = new Set(sources.flatMap(({ id, link }) => (link.trim() === '' ? [] : [id])))
  const named = spaces.flatMap((space) => sensorOfSpace(space)?.source ?? [])
  return reporting.size === 0 || named.some((source) => !reporting.has(source))
}

/** The first watcher of spaces that reads no plate; -1: none. A second witness beside a camera may be one (7.2.1 e). */
function platelessIn({ spaces, sources }: OpenParts): number {
  const first = new Set(spaces.flatMap((space) => sensorOfSpace(space)?.source ?? []))
  return sources.findIndex(
    ({ id, link, spaces: own }) =>
      isSensorLink(link.trim()) && (first.has(id) || Object.keys(own).length > 0),
  )
}

export function openLacks(layout: string, parts: OpenParts): readonly OpenLack[] {
  const open = openOf(layout)
  if (open === null) return []
  const { spaces, gantries, readers } = parts
  const clause = (...rules: readonly StreetRule[]) => clauseOf(open, layout, ...rules)
  const isCamera = open.watch === 'camera'
  const plateless = isCamera ? platelessIn(parts) : -1
  const watchRules = ['cameraAbove', 'cameraBehind', 'sensorFlush'] as const
  const watcher = isCamera
    ? t('泊位相机的接入', 'connection of the cameras of spaces')
    : t('检测器的接入', 'connection of the sensors')
  const wanted: readonly (readonly [boolean, OpenLack['what'], string, string, BilingualText])[] = [
    [spaces.length > 0, 'spaces', layout, '/streets', t('路段和泊位', 'streets with spaces')],
    [
      open.collects === 'platform' || gantries > 0,
      'gantry',
      clause('gantryEnds'),
      '/lanes',
      t('门架', 'gantry'),
    ],
    [
      open.reader === undefined || readers.length > 0,
      'reader',
      clause('handheldReads', 'patrolVideo'),
      '/lanes',
      open.reader ?? t('读取设备', 'reader'),
    ],
    [
      readers.every(({ hasFence }) => hasFence),
      'fence',
      clause('handheldReads', 'patrolVideo'),
      '/lanes',
      placeRow.of.handheld.fence.words,
    ],
    [
      open.pile === undefined || spaces.some(({ pile }) => pile !== undefined),
      'pile',
      open.pile ?? layout,
      '/streets',
      t('识别桩', 'piles'),
    ],
    [!isUnwatched(parts), 'watcher', clause(...watchRules), '/spaces', watcher],
    [
      plateless < 0,
      'plates',
      clause(...watchRules),
      `/spaces/${plateless}/link`,
      t(
        '读车牌的泊位相机:检测器不读车牌',
        'cameras of spaces that read plates: a sensor reads none',
      ),
    ],
  ]
  return wanted.flatMap(([there, what, of, field, words]) =>
    there ? [] : [{ what, clause: of, field, words }],
  )
}

interface WrittenLot extends Partial<Pick<LotConfig, 'layout' | 'spaces' | 'streets'>> {
  readonly lanes: readonly (Pick<LaneConfig, 'rsu' | 'place' | 'ordersFrom'> & {
    readonly layout?: string
  })[]
}

/** The layout of a lot file whose lanes may leave theirs out. */
export const writtenLayoutOf = ({ layout, lanes }: WrittenLot): string =>
  openLayoutOf({ layout, lanes: lanes.map((lane) => ({ layout: lane.layout ?? '' })) }) ?? ''

/** Of a lot file; a lot whose orders another billing system sends has no spaces of its own. */
export function openLacksOf(config: WrittenLot): readonly OpenLack[] {
  const { lanes, spaces: sources = [] } = config
  const isSent = lanes.some(({ ordersFrom }) => ordersFrom !== undefined)
  const places = lanes.flatMap(({ place }) => (place?.kind === 'handheld' ? [place] : []))
  const gantries = lanes.filter(({ place, rsu }) => place === undefined && rsu !== null).length
  const readers = places.map(({ fence }) => ({ hasFence: (fence ?? null) !== null }))
  const mapped = sources.flatMap(({ spaces }) => Object.values(spaces).map((id) => ({ id })))
  const spaces = [...streetSpacesOf(config), ...mapped]
  const piled = lanes.some(({ place }) => place?.kind === 'etc-pile')
  return openLacks(writtenLayoutOf(config), { spaces, sources, gantries, readers }).filter(
    ({ what }) => (isSent ? what === 'gantry' : !(what === 'pile' && piled)),
  )
}

/** In one sentence, each with its clause. */
export function lacksText(layout: string, lacks: readonly OpenLack[]): BilingualText {
  const [zh, en] = (['zh', 'en'] as const).map((way) =>
    lacks.map(({ words, clause }) =>
      way === 'zh' ? `${words.zh}(${clause})` : `${words.en} (${clause})`,
    ),
  )
  return t(
    `布局 ${layout} 还缺:${(zh ?? []).join('、')}`,
    `layout ${layout} lacks: ${(en ?? []).join(', ')}`,
  )
}
