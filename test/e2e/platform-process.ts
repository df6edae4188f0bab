// The built platform simulator as a separate process, with its books and certificates in a folder of the test.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { must } from '#base/pure/values/must.ts'
import { root } from './studio.ts'

export interface RunningPlatform {
  readonly child: ChildProcess
  readonly baseUrl: string
  readonly admin: string
  readonly certDir: string
}

export async function startPlatform(
  dir: string,
  ...more: readonly string[]
): Promise<RunningPlatform> {
  const words = ['platform-sim', '--books', join(dir, 'books'), '--certs', join(dir, 'certs')]
  const child = spawn(process.execPath, [join(root, 'dist/runtime/main.mjs'), ...words, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  must(child.stdout !== null, 'stdout is a pipe')
  const [line] = await once(createInterface(child.stdout), 'line')
  const { endpoints }: { endpoints: Omit<RunningPlatform, 'child'> } = JSON.parse(String(line))
  return { child, ...endpoints }
}
