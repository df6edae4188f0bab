// Texts of the sheet of a profile: each list entry as a line in Chinese and English. Names of the format stay as in the
// file; sentences come from the profile.
import type { Verdict } from '../pure/profile/judge-row.ts'
import { t, type BilingualText } from '#base/pure/words/fault-text.ts'
import { profileStatusWords } from '#base/pure/values/profile-status.ts'
import { verdictWords as surveyVerdicts } from '#base/pure/words/survey-words.ts'
import { hexTextOf } from './example-codecs.ts'
import type { Profile } from './schema.ts'

export const plain = (text: string): BilingualText => ({ zh: text, en: text })

type Setting = Profile['settings'][number]
type Code = Profile['codeLists'][string]['codes'][number]

export const verdictWords: Readonly<Record<Verdict, BilingualText>> = {
  pass: surveyVerdicts.pass,
  fail: surveyVerdicts.fail,
  notStated: t('没有说明', 'not stated'),
}

const moneyWords = {
  paid: t('已扣款', 'paid'),
  unpaid: t('未扣款', 'unpaid'),
  unknown: t('是否扣款未知', 'money unknown'),
} as const

const listenWords = {
  device: t('设备等待连接', 'the device waits to be called'),
  lane: t('车道等待连接', 'the lane waits to be called'),
  broker: t('经代理', 'over a broker'),
  wired: t('接线', 'wired'),
} as const

const joined = (parts: readonly (BilingualText | null)[]): BilingualText => {
  const said = parts.filter((part) => part !== null)
  return t(said.map(({ zh }) => zh).join(' · '), said.map(({ en }) => en).join(' · '))
}

const some = <T>(value: T | undefined | null, say: (value: T) => BilingualText) =>
  value === undefined || value === null ? null : say(value)

/** `…` stands for an open end. */
export const rangeOf = (from: string | number | null, to: string | number | null): string =>
  `${from ?? '…'} - ${to ?? '…'}`

export const valueText = (value: Profile['standardRows'][number]['value']): string => {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' && value !== null
    ? rangeOf(value.min, value.max)
    : String(value ?? '')
}

export function markText(one: Profile['recognise'][number]): BilingualText {
  switch (one.by) {
    case 'frame':
      return plain(`${one.frame} ${one.field} = ${one.equals}`)
    case 'usb':
      return plain(`${one.vendorId}:${one.productId}`)
    case 'http':
      return plain(`${one.path}: ${one.contains}`)
    case 'text':
      return plain(`${one.ask ?? ''} → ${one.begins}…`)
    case 'bytes':
      return plain(`${one.ask === null ? '' : hexTextOf(one.ask)} → ${one.answer}`)
  }
}

export const linkText = ({ listens, ports, serial }: Profile['links'][number]): BilingualText =>
  joined([
    listenWords[listens],
    some(ports, (all) => t(`端口 ${all.join(', ')}`, `port ${all.join(', ')}`)),
    some(serial, ({ baud, dataBits, parity, stopBits }) =>
      plain(`${baud} ${dataBits} ${parity} ${stopBits}`),
    ),
    some(serial?.otherBauds, (all) => t(`也用 ${all.join(', ')}`, `also ${all.join(', ')}`)),
  ])

const placeText = (place: Setting['writes'], zh: string, en: string): BilingualText | null =>
  some(place, ({ frame, field, add = 0 }) => {
    const shift = add === 0 ? '' : ` + ${add}`
    return t(`${zh} ${frame} ${field}${shift}`, `${en} ${frame} ${field}${shift}`)
  })

function choicesText(choices: NonNullable<Setting['choices']>): BilingualText {
  const all = (word: (title: BilingualText) => string): string =>
    choices.map(({ value, title }) => `${value} ${word(title)}`).join(', ')
  return t(
    all(({ zh }) => zh),
    all(({ en }) => en),
  )
}

export function settingText(s: Setting): BilingualText {
  const unit = s.unit === null ? '' : ` ${s.unit}`
  const range =
    s.min === undefined && s.max === undefined ? null : rangeOf(s.min ?? null, s.max ?? null)
  return joined([
    plain(`${s.id} ${s.type}`),
    some(range, (text) => plain(`${text}${unit}`)),
    some(s.step, (step) => t(`步长 ${step}`, `step ${step}`)),
    some(s.basic, ({ min, max }) => t(`常用 ${rangeOf(min, max)}`, `usual ${rangeOf(min, max)}`)),
    some(s.choices, choicesText),
    some(s.default, (value) => t(`缺省 ${value}`, `default ${value}`)),
    placeText(s.writes, '写入', 'written to'),
    placeText(s.reads, '读回', 'read from'),
    some(s.mechanical, () => t('手动调整', 'set by hand')),
    profileStatusWords[s.status],
  ])
}

export const codeText = ({ code, word, title, money, moneyOnEntry }: Code): BilingualText =>
  joined([
    plain(`${code} ${word}`),
    title ?? null,
    some(money, (state) => moneyWords[state]),
    some(moneyOnEntry, (state) =>
      t(`入口:${moneyWords[state].zh}`, `on entry: ${moneyWords[state].en}`),
    ),
  ])

interface Field {
  readonly name: string
  readonly off: number | '+'
  readonly len: number | 'fill'
  readonly unit?: string
}

/** Offset, length and unit of each field. */
export const fieldsText = (fields: readonly Field[]): BilingualText =>
  plain(
    fields
      .map(
        ({ name, off, len, unit }) =>
          `${off}:${len} ${name}${unit === undefined ? '' : ` (${unit})`}`,
      )
      .join(', '),
  )
