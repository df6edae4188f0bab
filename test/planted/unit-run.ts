// Runs the tests of one file in this process, with a bug planted or without one, and tells which failed.
// Arguments: path under test/firmware-runtime/, and the name of a bug or nothing. Exit 1: some failed.
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { keptTests, runTest } from '../mutation/suite.ts'
import { repository } from '../wire/kit/program.ts'
import { plant } from './plant.ts'
import { unitBugs } from './unit-bugs.ts'

const [path = '', name] = process.argv.slice(2)
const bug = unitBugs.find((one) => one.name === name)
if (name !== undefined && bug === undefined) throw new Error(`no bug is called ${name}`)
if (bug !== undefined) plant(bug)

const shim = new URL('../mutation/suite.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vitest' && context.parentURL !== shim
      ? { url: shim, shortCircuit: true }
      : next(specifier, context),
})
await import(pathToFileURL(join(repository, 'test', 'firmware-runtime', path)).href)
const failed: string[] = []
for (const one of keptTests) {
  try {
    await runTest(one)
  } catch {
    failed.push(one.id)
  }
}
const code = failed.length > 0 || keptTests.length === 0 ? 1 : 0
// A test that failed may have left a timer behind.
process.stdout.write(`${JSON.stringify({ tests: keptTests.length, failed })}\n`, () => {
  process.exit(code)
})
