// What watches spaces and cannot be relied on: silent, covered, turned or frozen. Meanwhile its spaces begin and end no stay.
import type { AnswerOf } from '../api/table.ts'
import { many, t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { minuteMs, type InstantMs } from '#base/pure/values/instant.ts'
import { ofFile } from '#base/pure/values/matter-thing.ts'
import { defineMatter } from './matter.ts'

const doubts: Readonly<Record<string, BilingualText>> = {
  blind: t('被遮挡或没有画面', 'is covered or has no picture'),
  turned: t('被转动过', 'was turned'),
  unchecked: t('启动以后还没有人看过画面', 'was not looked at since the start'),
  frozen: t('画面不动', 'shows a picture that stands still'),
  down: t('联系不上', 'does not answer'),
  notUnderstood: t('发来的消息读不懂', 'sends what is not understood'),
}

/** A source is no row of the page: its spaces are found by its name. */
const sourceAt = (id: string) => ({ to: '/spaces?find=', thing: ofFile(id) }) as const

export const watcher = defineMatter({
  reads: 'spaces.get',
  by: 'spaces.trust',
  why: t(
    '它的泊位状态未知:车来车走都不计时,也不收费',
    'Its spaces count as unknown: no stay begins or ends there, and nothing is charged',
  ),
  button: t('看泊位', 'See the spaces'),
  to: '/spaces',
  rowsOf: ({ sources, spaces }, { nowMs }) => [
    ...sources.flatMap(({ id, up, doubt, isCamera, refused }) => {
      const is = doubts[doubt ?? (up ? '' : refused > 0 ? 'notUnderstood' : 'down')]
      if (is === undefined) return []
      const what = isCamera
        ? t(`泊位相机 ${id} ${is.zh}`, `The space camera ${id} ${is.en}`)
        : t(`泊位检测器 ${id} ${is.zh}`, `The space sensors ${id} ${is.en}`)
      const at = sourceAt(id)
      return [{ key: `${id} ${doubt ?? 'down'}`, what, sinceIso: null, isUrgent: true, ...at }]
    }),
    ...presetRows(sources),
    ...undatedRows(sources),
    ...silentRows(sources, spaces, nowMs),
    ...doubtedRows(spaces, nowMs),
  ],
})

type Read = AnswerOf<'spaces.get'>

/** Presets that a camera does not reach: their spaces grow old. */
function presetRows(sources: Read['sources']) {
  return sources.flatMap(({ id, presets }) => {
    if (presets === null) return []
    const { detail, failed } = presets
    const stopped = t(`泊位相机 ${id} 不能转动`, `The space camera ${id} takes no commands to turn`)
    return [
      ...(detail === ''
        ? []
        : [{ key: `${id} plan`, what: stopped, sinceIso: null, ...sourceAt(id) }]),
      ...failed.map(({ preset }) => ({
        key: `${id} preset ${preset}`,
        what: t(
          `泊位相机 ${id} 转不到预置位 ${preset}`,
          `The space camera ${id} does not reach its preset ${preset}`,
        ),
        sinceIso: null,
        ...sourceAt(id),
      })),
    ]
  })
}

const undatedMin = 3

/** Cameras whose reports state no time that is understood, until the next one with. */
const undatedRows = (sources: Read['sources']) =>
  sources.flatMap(({ id, undated = 0 }) =>
    undated < undatedMin
      ? []
      : [
          {
            key: `${id} undated`,
            what: t(
              `泊位相机 ${id} 报的时间没有或读不懂,连续 ${undated} 次(CAM-07)`,
              `The space camera ${id} states no time that is understood, ${undated} times in a row (CAM-07)`,
            ),
            sinceIso: null,
            isUrgent: true,
            ...sourceAt(id),
          },
        ],
  )

/** Spaces that were not reported for two heartbeats, one row a source. */
function silentRows(sources: Read['sources'], spaces: Read['spaces'], nowMs: number) {
  return sources.flatMap(({ id, silentAfterSec, up, doubt }) => {
    if (!up || doubt !== null) return []
    const silent = spaces.filter(
      ({ sourceId, heardIso }) =>
        sourceId === id &&
        heardIso !== null &&
        nowMs - Date.parse(heardIso) > silentAfterSec * 1_000,
    )
    if (silent.length === 0) return []
    const first = silent.map(({ heardIso }) => heardIso ?? '').toSorted()[0] ?? null
    const what = t(
      `${id} 有 ${silent.length} 个泊位很久没有检测`,
      `${many(silent.length, 'space', 'spaces')} of ${id} were not looked at for long`,
    )
    return [{ key: `${id} silent`, what, sinceIso: first, ...sourceAt(id) }]
  })
}

/** Radar and camera differ for a moment whenever a car comes or goes: assumed. */
const contradictMs = 5 * minuteMs

/** Spaces whose own watcher flips, or is contradicted by its second witness for long. */
function doubtedRows(spaces: Read['spaces'], nowMs: InstantMs) {
  return spaces.flatMap(({ spaceId, doubt, contradictedIso }) => {
    const flips = doubt === 'flips'
    const sinceMs = contradictedIso === null ? nowMs : Date.parse(contradictedIso)
    if (!flips && (doubt !== 'contradicted' || nowMs - sinceMs < contradictMs)) return []
    const what = flips
      ? t(`泊位 ${spaceId} 的检测器反复跳变`, `The sensor of space ${spaceId} flips`)
      : t(`泊位 ${spaceId} 的两个检测器说法不同`, `The two watchers of space ${spaceId} contradict`)
    const thing = ofFile(spaceId)
    return [{ key: `${spaceId} ${doubt}`, what, sinceIso: flips ? null : contradictedIso, thing }]
  })
}
