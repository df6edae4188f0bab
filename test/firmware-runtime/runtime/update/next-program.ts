// Releases whose program is a few lines, for tests of what is done with a new version. Its Node is a script that calls the one
// of the test.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tarGzOf } from '../../../kit/tar-file.ts'
import type { Publisher } from '../../../kit/signed-release.ts'

const sources = join(import.meta.dirname, '..', '..', '..', '..', 'firmware-runtime', 'main.ts')

export const version = '0.2.7'
export const build = 'abc'
export const slotName = `${version}-${build}`

/** Reads the folder as the program of these sources. */
export const good = `await import(${JSON.stringify(sources)})`

interface NextProgram {
  readonly main?: string
  readonly nodeMode?: number
  /** What the program itself says it is. */
  readonly says?: object
  /** Bytes that press badly, so that the archive has a size. */
  readonly ballast?: Uint8Array
}

/** Publishes it; returns the folder of the release. */
export function released(
  publisher: Publisher,
  folder: string,
  { main = good, nodeMode = 0o755, says = { version, build }, ballast }: NextProgram = {},
): string {
  const top = `etc-lane-${version}`
  const runtime = `${top}/dist/runtime`
  const archive = join(folder, `etc-lane-${version}.tar.gz`)
  const more = ballast === undefined ? [] : [{ name: `${top}/ballast`, body: ballast }]
  writeFileSync(
    archive,
    tarGzOf([
      { name: `${top}/`, type: '5', mode: 0o755 },
      { name: `${top}/node`, mode: nodeMode, body: `#!/bin/sh\nexec '${process.execPath}' "$@"\n` },
      { name: `${runtime}/build.json`, body: JSON.stringify(says) },
      { name: `${runtime}/main.mjs`, body: main },
      ...more,
    ]),
  )
  return publisher.publish({ version, build, archive })
}
