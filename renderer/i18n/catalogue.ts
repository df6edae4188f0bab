// The catalogue of the window: a key is one row with its words in Chinese and English, a file is one part of it.
import { pages } from '../../features/pages.ts'
import type { BilingualText } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../kit/page.ts'
import { rows } from './rows.ts'

/** Rows by their keys, with the titles of each page as `<page>.title` and `nav.<page>`. */
function wholeCatalogue(): Readonly<Record<string, object>> {
  const all: Record<string, object> = { ...rows }
  for (const [name, { title, short = title }] of Object.entries<Page>(pages))
    Object.assign(all, { [name]: { ...all[name], title }, nav: { ...all['nav'], [name]: short } })
  return all
}

const isRow = (value: object): value is BilingualText =>
  'zh' in value && typeof value.zh === 'string'

/** Words of one language, with the keys of their rows. */
interface Messages {
  readonly [key: string]: string | Messages
}

const catalogue = wholeCatalogue()
function inLanguage(language: keyof BilingualText): Messages {
  const of = (value: object): unknown => {
    if (isRow(value)) return value[language]
    if (Array.isArray(value)) return value.map(of)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, of(part as object)]))
  }
  return of(catalogue) as Messages
}

export const messages = { zh: inLanguage('zh'), en: inLanguage('en') }
