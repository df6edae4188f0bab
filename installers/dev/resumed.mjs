// `npm run test:all` goes on where it stopped: a file that passed with the same content is counted and not run again.
// A complete green run is recorded in the git folder, where `npm run gate` reports its age.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { coverageTables, keepShown, shownOf, unshown } from './coverage.mjs'
import { git, keepWhole } from './green.mjs'
import { contents, memoryFile, remember, remembered } from './memory.mjs'
import { root } from './node24.mjs'

const print = (text) => void process.stdout.write(`${text}\n`)

/**
 * The stages without the remembered files, the environment with which the run remembers more, and `before`: what the
 * remembered files and steps of `check` passed.
 */
export function withMemory(stages, { machine, sources, anew }) {
  const { node, scale, steps } = machine
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  const from = sources.map((path) => path.slice(root.length + 1))
  const contentOf = contents({ sources: from, node: version, scale })
  // A file that was named runs again; the memory of the others stays.
  const hasCheck = stages.some(({ name }) => name === 'check')
  const ofCheck = hasCheck ? steps.map(({ name }) => `check: ${name}`) : []
  const named = [...stages.flatMap(({ files }) => files), ...ofCheck]
  const rows = remembered(anew ? named : [])
  const own = new Map()
  const before = { passed: 0, skipped: 0, files: [] }
  const isNew = (name, of) => {
    const content = contentOf(name, of)
    own.set(name, content)
    const row = rows.get(name)
    if (row?.content !== content) return true
    before.passed += row.passed
    before.skipped += row.skipped
    if (row.passed > 0) before.files.push(name)
    return false
  }
  const left = stages.map((stage) => {
    const files = stage.files.filter((file) => isNew(file, stage.of))
    return { ...stage, files, isWhole: stage.isWhole && files.length === stage.files.length }
  })
  const leftSteps = steps.filter(({ name }) => !hasCheck || isNew(`check: ${name}`, 'tree'))
  const list = join(mkdtempSync(join(tmpdir(), 'etc-lane-contents-')), 'contents.json')
  writeFileSync(list, JSON.stringify(Object.fromEntries(own)))
  const runs = left.filter(
    ({ name, files }) => files.length > 0 || (name === 'check' && leftSteps.length > 0),
  )
  if (before.passed > 0) {
    const files = stages.reduce((sum, stage) => sum + stage.files.length, 0)
    const now = left.reduce((sum, stage) => sum + stage.files.length, 0)
    print(
      `Passed before with the same content: ${before.passed} tests; ${now} of ${files} files to run`,
    )
  }
  return {
    stages: runs,
    before,
    memory: {
      steps: leftSteps,
      memory: { ETC_LANE_MEMORY: memoryFile, ETC_LANE_CONTENTS: list },
      passed: (name) => remember({ file: name, content: own.get(name), passed: 1, skipped: 0 }),
    },
  }
}

/**
 * The sum of a run including earlier results. With `isWhole` the claims of docs/coverage.json are checked against all
 * passed tests, and a green run is recorded.
 */
export function wholeOf(total, before, { isWhole, tier }) {
  const passed = total.passed + before.passed
  if (!isWhole) return { ...total, passed }
  const passedFiles = [...total.passedFiles, ...before.files]
  const tables = coverageTables()
  const claims = unshown(tables, passedFiles)
  for (const claim of claims) print(` FAILED  ${claim}`)
  const failed = total.failed + claims.length
  if (before.passed > 0) print(`${before.passed} of the passed were remembered`)
  if (failed === 0) {
    const shown = shownOf(tables, passedFiles)
    if (keepShown({ hash: git('rev-parse', 'HEAD'), tier, shown }))
      print('docs/coverage-whole.json is another: ETC_LANE_WRITE_DOCS=1 npx vitest run test/docs')
    keepWhole({ tier, passed })
  }
  return { ...total, passed, failed }
}
