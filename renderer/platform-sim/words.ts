// The words of the page in the chosen language, from the catalogue of the window. The choice is stored in this browser.
import { computed } from 'vue'
import { i18nOf, inLanguage } from '../i18n/languages.ts'
import { platformSim } from '../i18n/platform-sim.ts'

const key = 'platform-sim.language'
const i18n = i18nOf({ zh: inLanguage(platformSim, 'zh'), en: inLanguage(platformSim, 'en') })
const { locale } = i18n.global
locale.value = localStorage.getItem(key) === 'en' ? 'en' : 'zh'

export const isEnglish = computed(() => locale.value === 'en')

export function chooseLanguage(english: boolean): void {
  locale.value = english ? 'en' : 'zh'
  localStorage.setItem(key, locale.value)
  document.documentElement.lang = english ? 'en' : 'zh-CN'
}

export const t = (word: keyof typeof platformSim): string => i18n.global.t(word)
