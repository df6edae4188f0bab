// The words of the pages in both languages: of their shell, and of each folder.
import { act } from '#renderer/i18n/act.ts'
import { queue, row } from '#renderer/i18n/desk.ts'
import { explain } from '#renderer/i18n/explain.ts'
import {
  age,
  common,
  fault,
  log,
  status,
  stay,
  stayShort,
  system,
  top,
} from '#renderer/i18n/frame.ts'
import { car, end, lane, reason } from '#renderer/i18n/lane.ts'
import { i18nOf, inLanguage } from '#renderer/i18n/languages.ts'
import { said } from '#renderer/i18n/said.ts'
import { shell } from './shell/words.ts'
import { signIn } from './sign-in/words.ts'
import { pages } from './titles.ts'
import { pageWords } from './page-words.ts'

const titles = Object.fromEntries(Object.entries(pages).map(([name, { title }]) => [name, title]))
/** Words of Studio for what lots, lanes, devices and rows say, so that the same fact reads the same here. */
const ofStudio = {
  act,
  age,
  car,
  common,
  end,
  explain,
  fault,
  lane,
  log,
  queue,
  reason,
  row,
  said,
  status,
  stay,
  stayShort,
  system,
  top,
}
const rows = { ...ofStudio, shell, signIn, titles, ...pageWords }

export const i18n = i18nOf({ zh: inLanguage(rows, 'zh'), en: inLanguage(rows, 'en') })
