// After each test file, restores the globals, the clock and the methods that it replaced.
// The next file runs in the same process (vitest.config.ts).
import { afterAll, vi } from 'vitest'

afterAll(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})
