// The signed description of a release (The Update Framework 1.0, by @tufjs/models): root, timestamp, snapshot and targets,
// each with enough signatures of its role. Versions only grow, so what is older than something seen here is refused. Ends
// of validity are not judged: a stick may lie in a drawer for a month, and clocks of lanes may be wrong.
import {
  Metadata,
  MetadataKind,
  type Root,
  type Snapshot,
  type Targets,
  type Timestamp,
} from '@tufjs/models'
import { LaneFault } from '#base/pure/faults/faults.ts'
import type { ReleaseFile } from '../pure/update/offer.ts'
import { isObject, parsed } from '#base/pure/data/json.ts'
import { readWhole, type ReleasePlace } from './place.ts'

/** What is trusted and was seen, as it is kept from one look to the next. */
export interface UpdateTrust {
  /** Text of the newest root. */
  readonly root: string
  /** Highest version seen of each role. */
  readonly seen: { readonly timestamp: number; readonly snapshot: number; readonly targets: number }
}

const folderOfMetadata = 'metadata'
const metadataBytesMax = 1024 * 1024
const rootsMax = 1_000

type Role = 'root' | 'timestamp' | 'snapshot' | 'targets'
const kinds = {
  root: MetadataKind.Root,
  timestamp: MetadataKind.Timestamp,
  snapshot: MetadataKind.Snapshot,
  targets: MetadataKind.Targets,
} as const
type SignedOf<R extends Role> = {
  root: Root
  timestamp: Timestamp
  snapshot: Snapshot
  targets: Targets
}[R]

const decoder = new TextDecoder()

/** Throws UPDATE-04 for text that is none. */
function metadataOf<R extends Role>(role: R, text: string, file: string): Metadata<SignedOf<R>> {
  const value = parsed(text)
  try {
    if (!isObject(value)) throw new TypeError('no object')
    return Metadata.fromJSON(
      kinds[role] as MetadataKind.Root,
      value as never,
    ) as unknown as Metadata<SignedOf<R>>
  } catch (error) {
    throw new LaneFault('UPDATE-04', { file, note: error instanceof Error ? error.message : '' })
  }
}

/** Throws UPDATE-02 where the role has too few signatures. */
function mustBeSigned(
  root: Metadata<Root>,
  role: Role,
  metadata: Metadata<SignedOf<Role>>,
  file: string,
): void {
  try {
    root.verifyDelegate(role, metadata)
  } catch (error) {
    throw new LaneFault('UPDATE-02', {
      file,
      field: role,
      note: error instanceof Error ? error.message : '',
    })
  }
}

async function needed(place: ReleasePlace, file: string): Promise<string> {
  const bytes = await readWhole(place, file, metadataBytesMax)
  if (bytes === null) throw new LaneFault('UPDATE-05', { file })
  return decoder.decode(bytes)
}

const pathOf = (name: string): string => `${folderOfMetadata}/${name}`

/** Follows the roots one by one: each is signed by the one before it and by itself. */
async function newestRoot(
  place: ReleasePlace,
  text: string,
): Promise<{ root: Metadata<Root>; text: string }> {
  let newest = { root: metadataOf('root', text, 'root.json'), text }
  for (let turn = 0; turn < rootsMax; turn++) {
    const version = newest.root.signed.version + 1
    const file = pathOf(`${version}.root.json`)
    const bytes = await readWhole(place, file, metadataBytesMax)
    if (bytes === null) return newest
    const next = {
      root: metadataOf('root', decoder.decode(bytes), file),
      text: decoder.decode(bytes),
    }
    mustBeSigned(newest.root, 'root', next.root, file)
    mustBeSigned(next.root, 'root', next.root, file)
    if (next.root.signed.version !== version)
      throw new LaneFault('UPDATE-04', {
        file,
        field: 'version',
        value: String(next.root.signed.version),
      })
    newest = next
  }
  return newest
}

function mustNotBeOlder(version: number, seen: number, file: string): void {
  if (version < seen)
    throw new LaneFault('UPDATE-03', { file, field: 'version', value: String(version) })
}

/** The text of a role that another one names by version, length and sum. */
async function named<R extends 'snapshot' | 'targets'>(
  place: ReleasePlace,
  role: R,
  meta: { readonly version: number; verify(data: Buffer): void } | undefined,
  root: Metadata<Root>,
): Promise<Metadata<SignedOf<R>>> {
  const file = pathOf(`${role}.json`)
  const text = await needed(place, file)
  if (meta === undefined) throw new LaneFault('UPDATE-04', { file })
  try {
    meta.verify(Buffer.from(text))
  } catch (error) {
    throw new LaneFault('UPDATE-04', { file, note: error instanceof Error ? error.message : '' })
  }
  const metadata = metadataOf(role, text, file)
  mustBeSigned(root, role, metadata, file)
  const { version } = metadata.signed
  if (version !== meta.version)
    throw new LaneFault('UPDATE-04', { file, field: 'version', value: String(version) })
  return metadata
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
/** A path that stays below the folder of the release. */
const isBelow = (path: string): boolean =>
  !path.startsWith('/') &&
  !path.includes('\\') &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')

function filesOf({ targets }: Targets): readonly ReleaseFile[] {
  return Object.values(targets).flatMap(({ path, length, hashes, custom }) => {
    const sha256 = hashes['sha256'] ?? ''
    if (!isBelow(path) || !/^[0-9a-f]{64}$/.test(sha256) || !Number.isSafeInteger(length)) return []
    const { product, version, build, system, form } = custom
    return [
      {
        path,
        bytes: length,
        sha256,
        product: textOf(product),
        version: textOf(version),
        build: textOf(build),
        system: textOf(system),
        form: textOf(form),
      },
    ]
  })
}

/** Throws UPDATE-02 to UPDATE-05; `trust` is what to keep when nothing was thrown. */
export async function readRelease(
  place: ReleasePlace,
  { root: rootText, seen }: UpdateTrust,
): Promise<{ readonly trust: UpdateTrust; readonly files: readonly ReleaseFile[] }> {
  const { root, text } = await newestRoot(place, rootText)
  const file = pathOf('timestamp.json')
  const timestamp = metadataOf('timestamp', await needed(place, file), file)
  mustBeSigned(root, 'timestamp', timestamp, file)
  mustNotBeOlder(timestamp.signed.version, seen.timestamp, file)
  const { snapshotMeta } = timestamp.signed
  mustNotBeOlder(snapshotMeta.version, seen.snapshot, pathOf('snapshot.json'))
  const snapshot = await named(place, 'snapshot', snapshotMeta, root)
  const targetsMeta = snapshot.signed.meta['targets.json']
  if (targetsMeta !== undefined)
    mustNotBeOlder(targetsMeta.version, seen.targets, pathOf('targets.json'))
  const targets = await named(place, 'targets', targetsMeta, root)
  const versions = {
    timestamp: timestamp.signed.version,
    snapshot: snapshot.signed.version,
    targets: targets.signed.version,
  }
  return { trust: { root: text, seen: versions }, files: filesOf(targets.signed) }
}

/** Throws UPDATE-04 for a text that is no root, UPDATE-02 for one that is not signed by its own keys. */
export function mustBeRoot(text: string, file: string): void {
  const root = metadataOf('root', text, file)
  mustBeSigned(root, 'root', root, file)
}
