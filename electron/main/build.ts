// What this build of Studio is: made for people, or for development and tests (ADR 14).
// A package carries the word in its own package.json, written when it was packed; a name can be changed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Build {
  /** Packaged for people: refuses the switches that open its window to others. */
  readonly release: boolean
  /** On an Electron that may not hold the keys of a real lot. */
  readonly forTests: boolean
}

interface BuildFacts {
  readonly isPackaged: boolean
  /** Folder of package.json: the checkout, or the archive of a package. */
  readonly appPath: string
  /** What set-up said about the Electron of a checkout. */
  readonly electronKind: string | undefined
}

/** `etcLaneElectron` of a package; anything else than the one word is a build for tests. */
function packedKind(appPath: string): unknown {
  const file = join(appPath, 'package.json')
  if (!existsSync(file)) return null
  return (JSON.parse(readFileSync(file, 'utf8')) as { etcLaneElectron?: unknown }).etcLaneElectron
}

export function buildOf({ isPackaged, appPath, electronKind }: BuildFacts): Build {
  const official = (isPackaged ? packedKind(appPath) : electronKind) === 'official'
  return { release: isPackaged && official, forTests: !official }
}
