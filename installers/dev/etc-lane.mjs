#!/usr/bin/env node
// `npx etc-lane` in the repository: starts the runtime on the pinned Node, whichever Node runs this file.
// Uses the built bundle when it is newer than all its sources, else runs the sources.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { isFresh } from './freshness.mjs'
import { findNode24, root } from './node24.mjs'
import { stopWhenOrphaned } from './orphan.mjs'

const source = join(root, 'firmware-runtime', 'main.ts')
const bundle = join(root, 'dist', 'runtime', 'main.mjs')

function entryPoint() {
  if (!existsSync(source)) return bundle
  return isFresh(
    bundle,
    ['firmware-runtime', 'centre', 'package-lock.json'].map((name) => join(root, name)),
  )
    ? bundle
    : source
}

function run(node) {
  const args = [entryPoint(), ...process.argv.slice(2)]
  const child = spawn(node, args, { stdio: 'inherit' })
  // A terminal sends Ctrl-C to both processes itself.
  if (process.stdin.isTTY) process.on('SIGINT', () => undefined)
  else process.on('SIGINT', () => child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  stopWhenOrphaned()
  process.on('SIGHUP', () => child.kill('SIGHUP'))
  child.on('error', (error) => {
    process.stderr.write(`etc-lane: ${node} does not start: ${error.message}\n`)
    process.exitCode = 2
  })
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal ?? 'SIGKILL']
  })
}

const node = findNode24()
if (node === null || !existsSync(entryPoint())) {
  process.stderr.write(
    'etc-lane: this checkout is not set up yet; run npm start or npm test once\n',
  )
  process.exitCode = 2
} else {
  run(node)
}
