// How large each package may be: a ceiling in MB (10^6 bytes) of its file packed without compression, some 4 % above what
// was measured (docs/performance.md). A package over it has something that is not needed, or has it twice.
import { statSync } from 'node:fs'
import { expect } from 'vitest'

export const ceilingMb = {
  /** The lanes with Node, for Linux on x64. */
  lanes: 174,
  lanesWindows: 140,
  studio: 326,
  studioWindows: 474,
} as const

export function expectSmall(file: string, name: keyof typeof ceilingMb): void {
  const mb = statSync(file).size / 1_000_000
  expect(mb).toBeLessThanOrEqual(ceilingMb[name])
  // Far below the ceiling something is missing, or the ceiling is no longer one.
  expect(mb).toBeGreaterThan(ceilingMb[name] * 0.85)
}
