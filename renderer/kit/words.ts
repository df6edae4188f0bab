// Values as people read them: money with its sign, times of the lot with seconds, ages with a unit.
// Times are cut from the ISO text, which has the lot's offset; they are never converted to this machine's zone.
import { useI18n } from 'vue-i18n'
import type { ApiError, CodedFault } from '#base/calls/rows.ts'
import { shownIn } from '#base/pure/words/chinese-marks.ts'
import { fenText } from '#base/pure/values/fen.ts'
import { plateShown } from '#base/pure/plates/plate.ts'
import { faults, type BilingualText, type FaultRow } from '#base/pure/faults/faults.ts'
import { typedNumber } from './forms/typed-number.ts'

interface Age {
  readonly n: number
  readonly unit: 's' | 'min' | 'h' | 'd'
}

/** The largest unit that is at least one. */
export function ageOf(seconds: number): Age {
  if (seconds < 60) return { n: Math.floor(seconds), unit: 's' }
  if (seconds < 3_600) return { n: Math.floor(seconds / 60), unit: 'min' }
  if (seconds < 86_400) return { n: Math.floor(seconds / 3_600), unit: 'h' }
  return { n: Math.floor(seconds / 86_400), unit: 'd' }
}

export const timeOf = (iso: string): string => iso.slice(11, 19)
export const dateTimeOf = (iso: string): string => `${iso.slice(0, 10)} ${timeOf(iso)}`

/** `+0.3 s` from 312 ms. */
export function offsetOf(ms: number): string {
  const sign = ms < 0 ? '-' : ms > 0 ? '+' : '±'
  return `${sign}${(Math.abs(ms) / 1_000).toFixed(1)} s`
}

/** Disk space in MB below 10,000 MB, else in GB. The units are the same in both languages. */
export const roomOf = (mb: number): string =>
  mb < 10_000 ? `${mb} MB` : `${(mb / 1024).toFixed(1)} GB`

/** Fen from what a person typed as yuan, or null. Digits only: no float is ever made of money. */
export function fenOfYuan(text: string): number | null {
  const found = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(typedNumber(text))
  if (found === null) return null
  const fen = Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
  return fen > 100_000_000 ? null : fen
}

export const yuanOf = (fen: number): string =>
  `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** The words of a fault code, or null for a code that this window does not know. */
export function faultOf(code: string): FaultRow | null {
  const table: Readonly<Record<string, FaultRow>> = faults
  return Object.hasOwn(table, code) ? (table[code] ?? null) : null
}

export const plateText = (plate: string | null): string =>
  plate === null || plate.length < 3 ? (plate ?? '') : plateShown(plate)

export type Words = ReturnType<typeof useWords>['words']

/** A fault of which only the code is known, with its field and value. */
export const codeFault = (code: string, field = '', value = ''): ApiError => ({
  code,
  message: '',
  means: '',
  todo: '',
  field,
  value,
})

/** A fault with a note: with the note's own words if it has them, else the note as its value. */
export const notedFault = (
  { code, note, why }: CodedFault,
  field = '',
  shown = (text: string): string => text,
): ApiError =>
  why === undefined ? codeFault(code, field, shown(note)) : { ...codeFault(code, field), why }

/** The wording of the window's language, for templates; `words` is all of it, for functions that take it. */
export function useWords() {
  const { t, te, locale } = useI18n()
  const words = {
    t,
    money: (fen: number | null | undefined): string =>
      fen === null || fen === undefined ? t('common.none') : fenText(fen),
    time: (iso: string | null | undefined): string => (iso ? timeOf(iso) : t('common.none')),
    dateTime: (iso: string | null | undefined): string =>
      iso ? dateTimeOf(iso) : t('common.none'),
    age: (seconds: number): string => {
      const { n, unit } = ageOf(seconds)
      return t(`age.${unit}`, { n })
    },
    stay: (min: number): string =>
      min < 60 ? t('stayShort', { min }) : t('stay', { h: Math.floor(min / 60), min: min % 60 }),
    plate: (plate: string | null): string => plateText(plate) || t('car.noPlate'),
    language: (): 'zh' | 'en' => (locale.value === 'zh' ? 'zh' : 'en'),
    /** Names as a list. */
    list: (names: readonly string[]): string =>
      new Intl.ListFormat(locale.value, { type: 'conjunction', style: 'narrow' }).format(names),
    /** A bilingual text in the window's language. */
    of: (text: BilingualText): string => shownIn(text, locale.value === 'zh' ? 'zh' : 'en'),
    /** The same without changes to punctuation: for what a lane display shows. */
    exact: (text: BilingualText): string => (locale.value === 'zh' ? text.zh : text.en),
    /** `serial:/dev/ttyS0?baud=9600` is a serial port and its speed, `tcp://HOST:PORT` a network address. */
    link: (url: string): string => {
      const [, serial, path = ''] = /^(?:(serial:)|\w+:\/\/)([^?]+)/.exec(url) ?? []
      if (path === '') return url
      const baud = /\bbaud=(\d+)/.exec(url)?.[1]
      const at = [path, baud].filter((part) => part !== undefined).join(' ')
      return t(serial === undefined ? 'common.network' : 'common.serial', { at })
    },
    /** The word of a catalogue list, or the word itself if the list does not know it. */
    known: (list: string, word: string): string =>
      te(`${list}.${word}`) ? t(`${list}.${word}`) : word,
  }
  return { ...words, words }
}
