// What a space of a street may be called, how many a lot has, and how cars stand in them (7.2.2 a).
import { t } from '../words/fault-text.ts'

/** Upper case, so that the antenna of a pile has an id that no other space has (`pile-a01`). */
export const streetSpaceShape = /^[A-Z0-9][A-Z0-9-]{0,10}$/
/** Of a lot, over all its streets. */
export const streetSpacesMax = 2_000
/** `SOURCE/SENSOR`. */
export const spaceSensorShape = /^[a-z][a-z0-9-]{0,15}\/[A-Za-z0-9._-]{1,64}$/

export const spaceStands = {
  parallel: t('首尾相邻', 'head to tail'),
  perpendicular: t('并排', 'side by side'),
  angled: t('斜列', 'angled'),
} as const
export type SpaceStand = keyof typeof spaceStands
