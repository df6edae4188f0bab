// Runs the quick tests for a bug, in this process, with it planted; without a name those of all bugs, unchanged.
// Argument: the name of a bug or nothing. Exit 1: some failed, or a bug has no test.
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beginFile, keptTests, runTest } from '../mutation/suite.ts'
import { repository } from '../wire/kit/program.ts'
import { plant } from './plant.ts'
import { unitBugs } from './unit-bugs.ts'

const [name] = process.argv.slice(2)
const bugs = name === undefined ? unitBugs : unitBugs.filter((one) => one.name === name)
if (bugs.length === 0) throw new Error(`no bug is called ${name}`)
if (name !== undefined) for (const bug of bugs) plant(bug)

const shim = new URL('../mutation/suite.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vitest' && context.parentURL !== shim
      ? { url: shim, shortCircuit: true }
      : next(specifier, context),
})
const failed: string[] = []
/** Bugs whose test is missing or has another name. */
const unseen: string[] = []
for (const path of new Set(bugs.map(({ test }) => test))) {
  const from = keptTests.length
  beginFile()
  await import(pathToFileURL(join(repository, 'test', 'firmware-runtime', path)).href)
  const own = keptTests.slice(from)
  const ofFile = bugs.filter(({ test }) => test === path)
  for (const bug of ofFile) if (!own.some(({ id }) => bug.sees.test(id))) unseen.push(bug.name)
  for (const one of own) {
    if (!ofFile.some(({ sees }) => sees.test(one.id))) continue
    try {
      await runTest(one)
    } catch {
      failed.push(one.id)
    }
  }
}
const code = failed.length > 0 || unseen.length > 0 ? 1 : 0
// A failed test may have left a timer, so exit explicitly.
process.stdout.write(`${JSON.stringify({ failed, unseen })}\n`, () => {
  process.exit(code)
})
