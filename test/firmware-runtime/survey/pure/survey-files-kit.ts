// Survey files and evidence made with the command line's own code, for tests that open them elsewhere.
// A file here is bytes; sql.js is the window's, with the WebAssembly of its package.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeEvidence } from '#survey/desk/commands/evidence-acts.ts'
import { newSurvey } from '#survey/files/open-survey.ts'
import type { SurveyBody } from '#survey/pure/file/record.ts'
import type { InitSqlJs } from '#renderer/sandbox/sql-types.ts'
import { Folder, makeSigner } from '../../devices/desk/commands/profile/kit.ts'
import { readAt } from './whole-field.ts'

export { openedBody } from './whole-field.ts'
export const fieldBody = (xMm: number, yMm: number, levelDbm: number): SurveyBody =>
  readAt({ xMm, yMm }, levelDbm)

export function sqlOfWindow() {
  const require = createRequire(import.meta.url)
  const wasm = require.resolve('sql.js/dist/sql-wasm.wasm')
  return (require('sql.js') as InitSqlJs)({ locateFile: () => wasm })
}

/** A folder for the files of one test file; `remove` it after all. */
export class SurveyFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'etc-survey-files-'))
  readonly #keys = new Folder()
  readonly signer = makeSigner(this.#keys, 'Installer')

  at(name: string): string {
    return join(this.path, name)
  }

  /** Writes a new survey with these bodies; returns its path. */
  survey(name: string, bodies: readonly SurveyBody[]): string {
    const file = this.at(`${name}.etcsurvey`)
    const { ledger, writer } = newSurvey(file)
    try {
      ledger.addAll(bodies, 'tester')
    } finally {
      writer.close()
    }
    return file
  }

  evidence(survey: string): Uint8Array {
    const file = survey.replace(/\.etcsurvey$/, '.etcevidence')
    makeEvidence(survey, file, this.signer)
    return new Uint8Array(readFileSync(file))
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
    this.#keys.remove()
  }
}
