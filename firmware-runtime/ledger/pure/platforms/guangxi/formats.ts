// Formats of P5 and the member rules that every record shares: amounts, times, numbers, texts.
// A rule that fails throws UPLOAD-01 with the JSON pointer; nothing is corrected silently.
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { isFen, type Fen } from '#base/pure/values/fen.ts'
import { LaneFault } from '#base/pure/faults/faults.ts'
import { isoOf, type InstantMs } from '#base/pure/values/instant.ts'
import { plateColourCode, type PlateColour } from '#base/pure/plates/plate.ts'

const refuse = (field: string, value: unknown, note: BilingualText): LaneFault =>
  new LaneFault('UPLOAD-01', { field: `/${field}`, value: String(value).slice(0, 80), note })

/** `桂A12345_0`: plate and colour code in one (P5). */
export const plateText = (plate: string, colour: PlateColour): string =>
  `${plate}_${plateColourCode[colour]}`

/** Business numbers: unique for ever, safe in a URL path and a header (P12, D.1). */
export function businessNo(field: string, value: string, lengthMax = 32): string {
  const shaped = value.length <= lengthMax && /^[A-Za-z0-9_-]+$/.test(value)
  if (!shaped)
    throw refuse(
      field,
      value,
      t(`1 到 ${lengthMax} 个 A-Z a-z 0-9 _ -`, `1 to ${lengthMax} of A-Z a-z 0-9 _ -`),
    )
  return value
}

/** Integer fen, never negative in an upload. */
export function amount(field: string, value: Fen): Fen {
  if (!isFen(value) || value < 0)
    throw refuse(field, value, t('不小于 0 的整数分', 'integer fen from 0'))
  return value
}

export function integer(field: string, value: number, min: number, max: number): number {
  if (!Number.isSafeInteger(value) || value < min || value > max) {
    throw refuse(field, value, t(`${min} 到 ${max} 的整数`, `integer ${min} to ${max}`))
  }
  return value
}

/** 2000-01-01 to 2100-01-01: a dead clock battery must not reach the platform (K03). */
const [earliestMs, latestMs] = [946_684_800_000, 4_102_444_800_000]

export function time(field: string, atMs: InstantMs): string {
  if (!Number.isSafeInteger(atMs) || atMs < earliestMs || atMs >= latestMs) {
    throw refuse(field, atMs, t('2000 至 2100 年间的时间', 'time between 2000 and 2100'))
  }
  return isoOf(atMs)
}

export function text(field: string, value: string, lengthMax: number): string {
  if (value.length === 0 || value.length > lengthMax) {
    throw refuse(field, value, t(`1 到 ${lengthMax} 个字符`, `1 to ${lengthMax} characters`))
  }
  return value
}

/** Upper-case hex of exactly one of the byte counts. */
export function hex(field: string, value: string, ...byteCounts: readonly number[]): string {
  const shaped = /^[0-9A-F]*$/.test(value) && byteCounts.some((n) => value.length === 2 * n)
  if (!shaped)
    throw refuse(
      field,
      value,
      t(
        `${byteCounts.join(' 或 ')} 字节的大写十六进制`,
        `upper-case hex of ${byteCounts.join(' or ')} bytes`,
      ),
    )
  return value
}

export function digits(field: string, value: string, count: number): string {
  if (value.length !== count || !/^\d*$/.test(value))
    throw refuse(field, value, t(`${count} 位数字`, `${count} digits`))
  return value
}

export function oneOf<T extends string | number>(field: string, value: T, set: readonly T[]): T {
  if (!set.includes(value))
    throw refuse(field, value, t(`只能是 ${set.join(', ')}`, `one of ${set.join(', ')}`))
  return value
}

/** `2030-12-31` from the eight digits of a card file. */
export function date(field: string, yyyymmdd: string): string {
  const shaped = /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(yyyymmdd)
  if (!shaped) throw refuse(field, yyyymmdd, t('日期 yyyyMMdd', 'date yyyyMMdd'))
  return `${yyyymmdd.slice(0, 4)}-${yyyymmdd.slice(4, 6)}-${yyyymmdd.slice(6)}`
}

export function holds(
  condition: boolean,
  field: string,
  value: unknown,
  note: BilingualText,
): void {
  if (!condition) throw refuse(field, value, note)
}
