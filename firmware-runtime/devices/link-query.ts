// Names in the query of a device's link: a profile of the library, or a variant.
import { t } from '../core/values/fault-text.ts'

const idShape = /^[a-z0-9][a-z0-9-]{0,39}\/[a-z0-9][a-z0-9-]{0,39}$/

/** `vendor/model`; the names of generic variants have no slash. */
export const isProfileId = (text: string): boolean => idShape.test(text)

export const linkQuery = (url: string, name: string): string | null =>
  new URLSearchParams(url.split('?')[1] ?? '').get(name)

export const profileShape = t('profile 写作 vendor/model', 'profile is vendor/model')
