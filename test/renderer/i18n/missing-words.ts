// After each test of the window: a key without a row in the catalogue fails the test that used it.
// The window itself shows the key and goes on. The page that the test opened and the timers that it held end with it.
import { afterEach, expect, vi } from 'vitest'
import { i18n } from '#renderer/i18n/index.ts'
import { closePage } from '../kit/opened-page.ts'

const missing = new Set<string>()
i18n.global.setMissingHandler((_locale, key) => {
  missing.add(key)
})

afterEach(() => {
  closePage()
  vi.useRealTimers()
  const keys = [...missing]
  missing.clear()
  expect(keys, 'keys without a row in renderer/i18n').toEqual([])
})
