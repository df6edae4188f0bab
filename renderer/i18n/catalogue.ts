// The catalogue of the window: a key is one row with its words in Chinese and English, a room is one file.
import { pages } from '../../features/pages.ts'
import type { BilingualText } from '../../firmware-runtime/core/values/fault-text.ts'
import type { Page } from '../kit/page.ts'
import { assistant } from './assistant.ts'
import { attention } from './attention.ts'
import { bundle } from './bundle.ts'
import { payments } from './payments.ts'
import { console } from './console.ts'
import { contact } from './contact.ts'
import { desk } from './desk.ts'
import { fields } from './fields.ts'
import { frame } from './frame.ts'
import { held } from './held.ts'
import { keys } from './keys.ts'
import { lane } from './lane.ts'
import { large } from './large.ts'
import { making } from './making.ts'
import { match } from './match.ts'
import { measure } from './measure.ts'
import { act } from './act.ts'
import { csv } from './csv.ts'
import { photo } from './photo.ts'
import { explain } from './explain.ts'
import { receipt } from './receipt.ts'
import { said } from './said.ts'
import { seek } from './seek.ts'
import { start } from './start.ts'
import { obuTries } from './obu-tries.ts'
import { surveyCheck } from './survey-check.ts'
import { surveyCover } from './survey-cover.ts'
import { surveyDrawing } from './survey-drawing.ts'
import { upkeep } from './upkeep.ts'
import { frameNames } from './frame-names.ts'
import { frameValues } from './frame-values.ts'

const shared = {
  ...assistant,
  ...attention,
  ...bundle,
  ...payments,
  ...console,
  ...contact,
  ...desk,
  ...fields,
  ...frame,
  ...held,
  ...keys,
  ...lane,
  ...act,
  ...large,
  ...making,
  ...match,
  ...measure,
  ...csv,
  ...photo,
  ...explain,
  ...receipt,
  ...said,
  ...seek,
  ...start,
  ...obuTries,
  ...surveyCheck,
  ...surveyCover,
  ...surveyDrawing,
  ...upkeep,
  ...frameNames,
  ...frameValues,
}

/** Rows by their keys: those of the pages stand in the pages' folders, with their titles as `<page>.title` and `nav.<page>`. */
function wholeCatalogue(): Readonly<Record<string, object>> {
  const all: Record<string, object> = { ...shared }
  for (const page of Object.values<Page>(pages)) Object.assign(all, page.words)
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
