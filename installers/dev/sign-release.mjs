// `npm run sign -- …`: the signed description of a release (The Update Framework). Keys are Ed25519, PKCS#8 PEM, and stay
// with their people: each person signs on an own computer, one after the other, and signatures add up.
//   root --out FILE --threshold N --public PEM…           the first root: who publishes, and how many of them it takes
//   root --out FILE --after ROOT --threshold N --public PEM… --key PEM…   the next one
//   add --root ROOT --key PEM…                             signatures to a root
//   release --folder DIR --root ROOT… --key PEM…           signatures to a release; the first call describes its files
import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import * as tuf from '@tufjs/models'

const { Key, MetaFile, Metadata, MetadataKind, Root, Signature, Snapshot, TargetFile, Targets } =
  tuf
const { Timestamp } = tuf

const specVersion = '1.0.31'
/** Not judged by the program (runtime/slots/metadata.ts); the form wants one. */
const expires = '2099-12-31T23:59:59Z'
const roles = ['root', 'timestamp', 'snapshot', 'targets']

const hexOf = (key) => key.export({ type: 'spki', format: 'der' }).subarray(-32).toString('hex')
const idOf = (hex) => createHash('sha256').update(hex).digest('hex')
const plain = (signedPart) => JSON.parse(JSON.stringify(signedPart.toJSON()))
const read = (file) => readFileSync(file, 'utf8')
const write = (file, metadata) =>
  writeFileSync(file, `${JSON.stringify(metadata.toJSON(), null, 1)}\n`)
const rootIn = (file) => Metadata.fromJSON(MetadataKind.Root, JSON.parse(read(file)))

/** Adds a signature of each key. */
function signed(metadata, keyFiles) {
  for (const file of keyFiles) {
    const key = createPrivateKey(read(file))
    const keyID = idOf(hexOf(createPublicKey(key)))
    metadata.sign((data) => new Signature({ keyID, sig: sign(null, data, key).toString('hex') }))
  }
  return metadata
}

/** Each role takes `threshold` of these people. */
function rootOf({ version, threshold, publics }) {
  const keys = publics.map((file) => {
    const hex = hexOf(createPublicKey(read(file)))
    return [idOf(hex), { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } }]
  })
  const role = { keyids: keys.map(([id]) => id), threshold }
  return new Metadata(
    Root.fromJSON({
      _type: 'root',
      spec_version: specVersion,
      version,
      expires,
      consistent_snapshot: false,
      keys: Object.fromEntries(keys),
      roles: Object.fromEntries(roles.map((name) => [name, role])),
    }),
  )
}

/** Which program a file of `npm run release` holds; those that no lane updates itself from have none. */
function customOf({ target }, { product, version, build }) {
  const system = /^lanes-((?:linux|win32)-.*)$/.exec(target)?.[1]
  return system === undefined
    ? {}
    : { custom: { product, version, build, system, form: 'archive' } }
}

/** Version of the description: the number of its commit and one, so that a later release is never older. */
const numberOf = ({ version }) => Number(version.split('.').at(-1)) + 1

function describe(folder) {
  const release = JSON.parse(read(join(folder, 'release.json')))
  const at = { version: numberOf(release), specVersion, expires }
  const targets = Object.fromEntries(
    release.files.map((file) => {
      const { name, bytes: length, sha256 } = file
      const unrecognizedFields = customOf(file, release)
      return [name, new TargetFile({ path: name, length, hashes: { sha256 }, unrecognizedFields })]
    }),
  )
  return { at, targets: new Metadata(new Targets({ ...at, targets })) }
}

function signRelease({ folder, root, key }) {
  const place = join(folder, 'metadata')
  mkdirSync(place, { recursive: true })
  for (const file of root) {
    const own = rootIn(file)
    writeFileSync(join(place, `${own.signed.version}.root.json`), read(file))
  }
  const fileOf = (role) => join(place, `${role}.json`)
  /** That of the person before, which has to describe the same. */
  const before = (kind, role, made) => {
    if (!existsSync(fileOf(role))) return made
    const there = Metadata.fromJSON(kind, JSON.parse(read(fileOf(role))))
    if (!isDeepStrictEqual(plain(there.signed), plain(made.signed)))
      throw new Error(`${fileOf(role)} describes another release`)
    return there
  }
  const { at, targets } = describe(folder)
  write(fileOf('targets'), signed(before(MetadataKind.Targets, 'targets', targets), key))
  const meta = { 'targets.json': new MetaFile({ version: at.version }) }
  write(
    fileOf('snapshot'),
    signed(
      before(MetadataKind.Snapshot, 'snapshot', new Metadata(new Snapshot({ ...at, meta }))),
      key,
    ),
  )
  const stamp = new Metadata(
    new Timestamp({ ...at, snapshotMeta: new MetaFile({ version: at.version }) }),
  )
  write(fileOf('timestamp'), signed(before(MetadataKind.Timestamp, 'timestamp', stamp), key))
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    after: { type: 'string' },
    threshold: { type: 'string' },
    public: { type: 'string', multiple: true, default: [] },
    key: { type: 'string', multiple: true, default: [] },
    root: { type: 'string', multiple: true, default: [] },
    folder: { type: 'string' },
  },
})

const acts = {
  root({ out, after, threshold, public: publics, key }) {
    const version = after === undefined ? 1 : rootIn(after).signed.version + 1
    write(out, signed(rootOf({ version, threshold: Number(threshold), publics }), key))
  },
  add({ root: [file], key }) {
    write(file, signed(rootIn(file), key))
  },
  release: signRelease,
}
const named = acts[positionals[0]]
if (named === undefined) throw new Error(`say one of ${Object.keys(acts).join(', ')}`)
named(values)
