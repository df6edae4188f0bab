// The kind of this build of Studio: a release, or for development and tests (ADR 14).
// A package carries the kind in its own package.json, written when it was packed; a file name could be changed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Build {
  /** A release refuses the switches that open its window to others. */
  readonly release: boolean
  /** Runs on an Electron that must not hold the keys of a real lot. */
  readonly forTests: boolean
}

interface BuildFacts {
  readonly isPackaged: boolean
  /** Folder of package.json: the checkout, or the archive of a package. */
  readonly appPath: string
  /** The kind of Electron that set-up recorded for a checkout. */
  readonly electronKind: string | undefined
}

/** `etcLaneElectron` of a package; any value other than the expected one means a build for tests. */
function packedKind(appPath: string): unknown {
  const file = join(appPath, 'package.json')
  if (!existsSync(file)) return null
  return (JSON.parse(readFileSync(file, 'utf8')) as { etcLaneElectron?: unknown }).etcLaneElectron
}

export function buildOf({ isPackaged, appPath, electronKind }: BuildFacts): Build {
  const official = (isPackaged ? packedKind(appPath) : electronKind) === 'official'
  return { release: isPackaged && official, forTests: !official }
}
