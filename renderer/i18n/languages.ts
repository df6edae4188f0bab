// The two languages of a page: rows of words as messages, zh-CN by default, with Chinese marks.
import { createI18n } from 'vue-i18n'
import { chineseMarks } from '#base/pure/words/chinese-marks.ts'
import type { BilingualText } from '#base/pure/words/fault-text.ts'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]
export const languageNames: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' }

export const isLanguage = (value: unknown): value is Language =>
  languages.some((language) => language === value)

const isRow = (value: object): value is BilingualText =>
  'zh' in value && typeof value.zh === 'string'

/** Words of one language, with the keys of their rows. */
interface Messages {
  readonly [key: string]: string | Messages
}

export function inLanguage(rows: object, language: Language): Messages {
  const of = (value: object): unknown => {
    if (isRow(value)) return value[language]
    if (Array.isArray(value)) return value.map(of)
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, of(part as object)]))
  }
  return of(rows) as Messages
}

export function i18nOf(messages: Readonly<Record<Language, Messages>>) {
  const made = createI18n({ legacy: false, locale: 'zh', fallbackLocale: 'en', messages })
  made.global.setPostTranslationHandler((said) =>
    made.global.locale.value === 'zh' && typeof said === 'string' ? chineseMarks(said) : said,
  )
  return made
}
