// Parameters in the query of a device's link: a profile of the library, a variant, or one that is not known.
import { LaneFault } from '#base/pure/faults/faults.ts'
import { t } from '#base/pure/words/fault-text.ts'

const idShape = /^[a-z0-9][a-z0-9-]{0,39}\/[a-z0-9][a-z0-9-]{0,39}$/

/** `vendor/model`; the names of generic variants have no slash. */
export const isProfileId = (text: string): boolean => idShape.test(text)

export const linkQuery = (url: string, name: string): string | null =>
  new URLSearchParams(url.split('?')[1] ?? '').get(name)

/** A parameter that the device does not have, or not with that text. */
export const notKnown = (url: string, field: string, name: string, text: string): LaneFault =>
  new LaneFault('LOT-03', {
    field,
    value: url,
    note: t(`${name}=${text} 不认识`, `${name}=${text} is not known`),
  })

export const profileShape = t('profile 写作 vendor/model', 'profile is vendor/model')
