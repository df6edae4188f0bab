// The two languages of the window: zh-CN by default, remembered on this machine.
// `known` translates a word that came from outside, and shows the word itself when it is new.
import { createI18n } from 'vue-i18n'
import { chineseMarks } from '../../firmware-runtime/core/values/chinese-marks.ts'
import { messages } from './catalogue.ts'

export const languages = ['zh', 'en'] as const
export type Language = (typeof languages)[number]
export const languageNames: Readonly<Record<Language, string>> = { zh: '中文', en: 'English' }

export const i18n = createI18n({ legacy: false, locale: 'zh', fallbackLocale: 'en', messages })
i18n.global.setPostTranslationHandler((said) =>
  i18n.global.locale.value === 'zh' && typeof said === 'string' ? chineseMarks(said) : said,
)

export const isLanguage = (value: unknown): value is Language =>
  languages.some((language) => language === value)
