// Language and theme of this browser: kept here, and until a person chooses, Chinese and as the system is.
import { computed, ref } from 'vue'
import { i18n } from '../i18n.ts'

const keys = { language: 'centre.language', theme: 'centre.theme' } as const
const system = window.matchMedia('(prefers-color-scheme: dark)')
const { locale } = i18n.global
const theme = ref('light')

export const isEnglish = computed(() => locale.value === 'en')
export const isDark = computed(() => theme.value === 'dark')

let isWall = false

function show(): void {
  document.documentElement.lang = isEnglish.value ? 'en' : 'zh-CN'
  document.documentElement.dataset['theme'] = isWall ? 'dark' : theme.value
}

/** A screen on a wall is dark, whatever a person chose. */
export function showWall(is: boolean): void {
  isWall = is
  show()
}

export function chooseLanguage(english: boolean): void {
  locale.value = english ? 'en' : 'zh'
  localStorage.setItem(keys.language, locale.value)
  show()
}

export function chooseTheme(dark: boolean): void {
  theme.value = dark ? 'dark' : 'light'
  localStorage.setItem(keys.theme, theme.value)
  show()
}

export function startLooks(): void {
  locale.value = localStorage.getItem(keys.language) === 'en' ? 'en' : 'zh'
  const follow = (): void => {
    theme.value = localStorage.getItem(keys.theme) ?? (system.matches ? 'dark' : 'light')
    show()
  }
  system.addEventListener('change', follow)
  follow()
}
