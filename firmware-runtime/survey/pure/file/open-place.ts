// What is surveyed: a lane with a boom, or a reader of an open lot (7.2), and which questions and rows ask for it.
import { z } from 'zod'
import type { MountPlace } from '#base/pure/lot/antenna-mount.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { rule } from '#base/pure/words/issue-why.ts'
import { once } from '#base/pure/values/once.ts'
import {
  openPlaces,
  openReaderNames,
  openReaders,
  type OpenPlace,
} from '#base/pure/values/open-readers.ts'
import type { OpenedBody } from './record.ts'

type Opened = Pick<OpenedBody, 'open'> | null

export const openPlace = once(() =>
  z
    .strictObject({ layout: z.string(), reader: z.enum(openReaderNames) })
    .refine(
      (place) =>
        openPlaces.some(({ layout, reader }) => layout === place.layout && reader === place.reader),
      rule('这种布局没有这种设备', 'the layout has no such reader'),
    ),
)

/** Null: a lane with a boom. */
const placeOf = (opened: Opened): OpenPlace | null => opened?.open ?? null

export const mountOf = (opened: Opened): MountPlace => {
  const place = placeOf(opened)
  return place === null ? 'lane' : openReaders[place.reader].mount
}

/** `of`: lanes, readers and clauses that a question is for; absent: it is asked everywhere. */
export function isAskedAt(of: readonly string[] | undefined, opened: Opened): boolean {
  const place = placeOf(opened)
  const at = place === null ? ['lane'] : [place.reader, place.layout]
  return of === undefined || of.some((one) => at.includes(one))
}

/** Why a row on the zone of an antenna does not apply; null: it does. */
export function withoutZone(opened: Opened): BilingualText | null {
  const place = placeOf(opened)
  if (place === null || openReaders[place.reader].isFixed) return null
  const { zh, en } = openReaders[place.reader].words
  return t(
    `不适用:${zh}拿到车旁使用(${place.layout}),没有固定的通信区,也没有邻道`,
    `Not applicable: a ${en} is carried to each car (${place.layout}); it has no fixed zone and no neighbouring lane`,
  )
}
