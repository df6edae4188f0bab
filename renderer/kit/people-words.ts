// One sentence for a wrong secret or a lock, with the remaining tries, or the remaining minutes and seconds.
// Other faults keep their own words.
import type { ApiError } from '#base/calls/rows.ts'
import { faultOf, type Words } from './words.ts'
import { i18n } from '../i18n/index.ts'

export const clockOf = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

export function typedWrong({ code, message, value }: ApiError, t: Words['t']): string {
  if (code === 'PEOPLE-01') {
    const count = /(\d+)$/.exec(message)?.[1]
    return count === undefined ? t('people.wrong') : t('people.wrongLeft', { count: Number(count) })
  }
  if (code === 'PEOPLE-02') return t('people.lockedWhy', { left: clockOf(Number(value)) })
  const row = faultOf(code)
  return row === null ? message : row.what[i18n.global.locale.value]
}
