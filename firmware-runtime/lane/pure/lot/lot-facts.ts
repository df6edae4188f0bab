// Registered facts of a car park beside its name: spaces by kind, district, licence (000 8.1 and A.2.1), in words for every
// document that identifies the car park.
import type { LotConfig } from '#base/pure/lot/config.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'

const spaceKindNames = ['ordinary', 'charging', 'special'] as const
type SpaceKind = (typeof spaceKindNames)[number]
type SpaceKinds = NonNullable<LotConfig['spaceKinds']>

const spaceKindWords: Readonly<Record<SpaceKind, BilingualText>> = {
  ordinary: t('普通', 'ordinary'),
  charging: t('充电', 'charging'),
  special: t('专用', 'special'),
}

/** Members of a lot file. */
export type OnRecord = Pick<LotConfig, 'capacity' | 'spaceKinds' | 'district' | 'qualification'>

/** Without kinds all are ordinary. */
export const spaceKindsOf = ({ capacity, spaceKinds }: OnRecord): SpaceKinds =>
  spaceKinds ?? { ordinary: capacity, charging: 0, special: 0 }

/** `60 个(普通 50、充电 8、专用 2)`; how many of a kind are free is not known: a space has no kind, and no lane sees where a car parks. */
export function spacesSaid(lot: OnRecord): BilingualText {
  const kinds = spaceKindsOf(lot)
  const there = spaceKindNames.filter((kind) => kinds[kind] > 0)
  const { capacity } = lot
  if (there.length < 2 && kinds.ordinary === capacity) return t(`${capacity} 个`, `${capacity}`)
  const of = (as: 'zh' | 'en', between: string): string =>
    there.map((kind) => `${spaceKindWords[kind][as]} ${kinds[kind]}`).join(between)
  return t(`${capacity} 个(${of('zh', '、')})`, `${capacity} (${of('en', ', ')})`)
}
