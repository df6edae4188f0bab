// Plants a bug while its module loads; no file of the checkout changes (ADR 17).
// Fails when the code has moved, and reports that the bug was loaded.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { repository } from '../wire/kit/program.ts'

export interface Change {
  readonly name: string
  /** Under firmware-runtime/. */
  readonly file: string
  readonly find: string
  readonly plant: string
}

/** A change that a quick test must detect. */
export interface UnitBug extends Change {
  /** Under test/firmware-runtime/. */
  readonly test: string
  /** Name of a test that must fail with it. */
  readonly sees: RegExp
}

/** Replaces the only occurrence. */
export function plant(bug: Change): void {
  const path = join(repository, 'firmware-runtime', bug.file)
  const found = readFileSync(path, 'utf8').split(bug.find).length - 1
  if (found !== 1) throw new Error(`${bug.name}: found ${found} times in ${bug.file}, not once`)
  const wanted = pathToFileURL(path).href
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (url !== wanted) return loaded
      const source = String(
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source),
      )
      process.stderr.write(`planted: ${bug.name}\n`)
      return { ...loaded, source: source.replace(bug.find, () => bug.plant) }
    },
  })
}
