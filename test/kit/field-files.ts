// Inputs from the field (../shared/fixtures/field), which are beside the repository.
// Without them their tests are skipped, which CI counts.
import { existsSync } from 'node:fs'

export const fieldFile = (path: string): URL =>
  new URL(`../../../shared/fixtures/field/${path}`, import.meta.url)
export const noFieldFiles = !existsSync(fieldFile(''))

export const secondFieldFile = (path: string): URL =>
  new URL(`../../../shared/fixtures/field-2/${path}`, import.meta.url)
export const noSecondFieldFiles = !existsSync(secondFieldFile(''))

export const thirdFieldFile = (path: string): URL =>
  new URL(`../../../shared/fixtures/field-3/${path}`, import.meta.url)
export const noThirdFieldFiles = !existsSync(thirdFieldFile(''))
