// The window in its two languages, remembered on this machine.
// `known` translates a word that came from outside, and shows the word itself when it is new.
import { messages } from './catalogue.ts'
import { i18nOf } from './languages.ts'

export { isLanguage, languageNames, languages, type Language } from './languages.ts'

export const i18n = i18nOf(messages)
