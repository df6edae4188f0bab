// After each file of tests: what it put in the place of a global, of the clock or of a method is taken back.
// The next file runs in the same process (vitest.config.ts).
import { afterAll, vi } from 'vitest'

afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})
