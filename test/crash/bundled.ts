// Bundles the script of a process that a crash test starts again and again, since one file loads in half the time.
// Built like the program (vite.node.config.ts) and also two folders deep, from where it finds the device profiles.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll } from 'vitest'
import { repository } from '../wire/kit/program.ts'

const made = new Map<string, Promise<string>>()
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

async function make(script: string): Promise<string> {
  const cache = join(repository, '.cache')
  mkdirSync(cache, { recursive: true })
  const outDir = mkdtempSync(join(cache, 'crash-'))
  folders.push(outDir)
  await build({
    configFile: join(repository, 'vite.node.config.ts'),
    mode: 'runtime',
    logLevel: 'warn',
    build: { ssr: script, outDir, sourcemap: false },
  })
  return join(outDir, 'main.mjs')
}

/** Path of the bundled script; built once. */
export function bundled(script: string): Promise<string> {
  const file = made.get(script) ?? make(script)
  made.set(script, file)
  return file
}
