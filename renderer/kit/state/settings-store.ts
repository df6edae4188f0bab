// What this machine remembers of the person: language, theme, name, sounds. Nothing of the lot.
// The theme is an attribute of the page; `auto` follows the system.
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { i18n, isLanguage, type Language } from '../../i18n/index.ts'

export const themes = ['auto', 'light', 'dark', 'contrast', 'sun'] as const
export type Theme = (typeof themes)[number]

const isTheme = (value: unknown): value is Theme => themes.some((theme) => theme === value)
const stored = (name: string): string | null => localStorage.getItem(`studio.${name}`)
const store = (name: string, value: string): void => localStorage.setItem(`studio.${name}`, value)

export const useSettings = defineStore('settings', () => {
  const storedLanguage = stored('language')
  const storedTheme = stored('theme')
  const language = ref<Language>(isLanguage(storedLanguage) ? storedLanguage : 'zh')
  const theme = ref<Theme>(isTheme(storedTheme) ? storedTheme : 'auto')
  const attendant = ref(stored('attendant') ?? '')
  const sounds = ref(stored('sounds') !== 'off')
  /** Whether a waiting car or a lost device also makes a sound. */
  const alarm = ref(stored('alarm') !== 'off')
  const systemDark = matchMedia('(prefers-color-scheme: dark)')

  function paint(): void {
    const dark = systemDark.matches ? 'dark' : 'light'
    document.documentElement.dataset['theme'] = theme.value === 'auto' ? dark : theme.value
  }

  systemDark.addEventListener('change', paint)
  watch(theme, (value) => store('theme', value))
  watch(theme, paint, { immediate: true, flush: 'sync' })
  watch(attendant, (value) => store('attendant', value))
  watch(sounds, (value) => store('sounds', value ? 'on' : 'off'))
  watch(alarm, (value) => store('alarm', value ? 'on' : 'off'))
  watch(language, (value) => store('language', value))
  watch(
    language,
    (value) => {
      i18n.global.locale.value = value
      document.documentElement.lang = value === 'zh' ? 'zh-CN' : 'en'
    },
    { immediate: true, flush: 'sync' },
  )

  return { language, theme, attendant, sounds, alarm }
})
