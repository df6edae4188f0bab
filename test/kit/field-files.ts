// Inputs from the field (../shared/fixtures/field), which lie beside the repository.
// Where they are not there, tests of them are skipped, which CI counts.
import { existsSync } from 'node:fs'

export const fieldFile = (path: string): URL =>
  new URL(`../../../shared/fixtures/field/${path}`, import.meta.url)
export const noFieldFiles = !existsSync(fieldFile(''))
