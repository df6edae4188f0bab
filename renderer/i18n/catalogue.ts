// The catalogue of the window: a key is one row with its words in Chinese and English, a room is one file.
// What is shown in a language is made of the rows.
import type { BilingualText } from '../../firmware-runtime/core/values/fault-text.ts'
import { assistant } from './assistant.ts'
import { attention } from './attention.ts'
import { bundle } from './bundle.ts'
import { payments } from './payments.ts'
import { console } from './console.ts'
import { contact } from './contact.ts'
import { belief } from './belief.ts'
import { copies } from './copies.ts'
import { list } from './list.ts'
import { day } from './day.ts'
import { report } from './report.ts'
import { desk } from './desk.ts'
import { devices } from './devices.ts'
import { fields } from './fields.ts'
import { files } from './files.ts'
import { find } from './find.ts'
import { frame } from './frame.ts'
import { held } from './held.ts'
import { keys } from './keys.ts'
import { lane } from './lane.ts'
import { large } from './large.ts'
import { leave } from './leave.ts'
import { making } from './making.ts'
import { match } from './match.ts'
import { measure } from './measure.ts'
import { order } from './order.ts'
import { act } from './act.ts'
import { acceptance } from './acceptance.ts'
import { papers } from './papers.ts'
import { passport } from './passport.ts'
import { coupons } from './coupons.ts'
import { csv } from './csv.ts'
import { points } from './points.ts'
import { inside } from './inside.ts'
import { members } from './members.ts'
import { people } from './people.ts'
import { places } from './places.ts'
import { photo } from './photo.ts'
import { profiles } from './profiles.ts'
import { explain } from './explain.ts'
import { receipt } from './receipt.ts'
import { rehearsal } from './rehearsal.ts'
import { reservations } from './reservations.ts'
import { safety } from './safety.ts'
import { said } from './said.ts'
import { seek } from './seek.ts'
import { setup } from './setup.ts'
import { start } from './start.ts'
import { stays } from './stays.ts'
import { obuTries } from './obu-tries.ts'
import { survey } from './survey.ts'
import { surveyCheck } from './survey-check.ts'
import { surveyCover } from './survey-cover.ts'
import { surveyDrawing } from './survey-drawing.ts'
import { tariff } from './tariff.ts'
import { tune } from './tune.ts'
import { upkeep } from './upkeep.ts'
import { frameNames } from './frame-names.ts'
import { frameValues } from './frame-values.ts'

/** Rows by their keys. */
const catalogue = {
  // One a line, so that two parts meet here without trouble.
  ...assistant,
  ...attention,
  ...bundle,
  ...payments,
  ...console,
  ...contact,
  ...belief,
  ...copies,
  ...list,
  ...day,
  ...report,
  ...desk,
  ...devices,
  ...fields,
  ...files,
  ...find,
  ...frame,
  ...held,
  ...keys,
  ...lane,
  ...act,
  ...large,
  ...leave,
  ...making,
  ...match,
  ...measure,
  ...order,
  ...acceptance,
  ...papers,
  ...passport,
  ...coupons,
  ...csv,
  ...points,
  ...inside,
  ...members,
  ...people,
  ...places,
  ...photo,
  ...profiles,
  ...explain,
  ...receipt,
  ...rehearsal,
  ...reservations,
  ...safety,
  ...said,
  ...seek,
  ...setup,
  ...start,
  ...stays,
  ...obuTries,
  ...survey,
  ...surveyCheck,
  ...surveyCover,
  ...surveyDrawing,
  ...tariff,
  ...tune,
  ...upkeep,
  ...frameNames,
  ...frameValues,
}

/** Words of one language, with the keys of their rows. */
type InLanguage<T> = T extends BilingualText
  ? string
  : T extends readonly (infer E)[]
    ? readonly InLanguage<E>[]
    : { readonly [K in keyof T]: InLanguage<T[K]> }

const isRow = (value: object): value is BilingualText =>
  'zh' in value && typeof value.zh === 'string'

function inLanguage<T extends object>(words: T, language: keyof BilingualText): InLanguage<T> {
  const of = (value: object): unknown => {
    if (isRow(value)) return value[language]
    if (Array.isArray(value)) return value.map(of)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, of(part as object)]))
  }
  return of(words) as InLanguage<T>
}

export const messages = { zh: inLanguage(catalogue, 'zh'), en: inLanguage(catalogue, 'en') }
