// The catalogue of the window: a key is one row with its words in Chinese and English, a file is one part of it.
import { pages } from '../pages/pages.ts'
import type { Page } from '../kit/page.ts'
import { inLanguage } from './languages.ts'
import { rows } from './rows.ts'

/** Rows by their keys, with the titles of each page as `<page>.title` and `nav.<page>`. */
function wholeCatalogue(): Readonly<Record<string, object>> {
  const all: Record<string, object> = { ...rows }
  for (const [name, { title, short = title }] of Object.entries<Page>(pages))
    Object.assign(all, { [name]: { ...all[name], title }, nav: { ...all['nav'], [name]: short } })
  return all
}

const catalogue = wholeCatalogue()

export const messages = { zh: inLanguage(catalogue, 'zh'), en: inLanguage(catalogue, 'en') }
