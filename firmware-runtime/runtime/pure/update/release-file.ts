// Whether a value that was read or printed describes a file of a release.
import { isObject } from '#base/pure/data/json.ts'
import type { ReleaseFile } from './offer.ts'

const texts = ['path', 'sha256', 'product', 'version', 'build', 'system', 'form'] as const

export const isReleaseFile = (value: unknown): value is ReleaseFile =>
  isObject(value) &&
  Number.isSafeInteger(value['bytes']) &&
  texts.every((name) => typeof value[name] === 'string')
