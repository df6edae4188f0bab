// The words of the pages in both languages: of their shell, and of each folder.
import { age, common, fault } from '../../renderer/i18n/frame.ts'
import { i18nOf, inLanguage } from '../../renderer/i18n/languages.ts'
import { shell } from './shell/words.ts'
import { signIn } from './sign-in/words.ts'
import { pages } from './titles.ts'
import { pageWords } from './page-words.ts'

const titles = Object.fromEntries(Object.entries(pages).map(([name, { title }]) => [name, title]))
const rows = { age, common, fault, shell, signIn, titles, ...pageWords }

export const i18n = i18nOf({ zh: inLanguage(rows, 'zh'), en: inLanguage(rows, 'en') })
