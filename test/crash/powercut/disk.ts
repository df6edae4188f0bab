// The disk of the power-cut test: replays a recorded log and makes the states that a cut may leave.
// Synced writes are kept; of the others nothing, all, or any 512-byte sectors (torn and reordered).
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const sectorBytes = 512

export interface Op {
  /** The letters of recorder.c. */
  readonly op: string
  readonly name: string
  readonly offset: number
  readonly data: Uint8Array
}

export function parseLog(log: Uint8Array): readonly Op[] {
  const view = new DataView(log.buffer, log.byteOffset, log.length)
  const text = new TextDecoder()
  const ops: Op[] = []
  let at = 0
  while (at < log.length) {
    const nameSize = view.getUint16(at + 1, true)
    const dataSize = view.getUint32(at + 3, true)
    const dataAt = at + 15 + nameSize
    ops.push({
      op: String.fromCharCode(view.getUint8(at)),
      name: text.decode(log.subarray(at + 15, dataAt)),
      offset: Number(view.getBigUint64(at + 7, true)),
      data: log.subarray(dataAt, dataAt + dataSize),
    })
    at = dataAt + dataSize
  }
  return ops
}

/** A small seeded generator (mulberry32), so that a failing state can be made again. */
export function seeded(seed: number): () => number {
  let s = seed >>> 0
  return () => {
    s = (s + 0x6d2b79f5) >>> 0
    let t = Math.imul(s ^ (s >>> 15), s | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One change of a file's bytes that no sync has covered yet. */
type Change = { readonly at: number; readonly data: Uint8Array } | { readonly size: number }

class Bytes {
  #bytes: Uint8Array
  size: number
  constructor(bytes = new Uint8Array(0), size = bytes.length) {
    this.#bytes = bytes
    this.size = size
  }
  copy(): Bytes {
    return new Bytes(this.#bytes.slice(0, this.size))
  }
  apply(change: Change): void {
    if ('size' in change) {
      this.#grow(change.size)
      this.#bytes.fill(0, Math.min(this.size, change.size))
      this.size = change.size
      return
    }
    const end = change.at + change.data.length
    this.#grow(end)
    this.#bytes.set(change.data, change.at)
    this.size = Math.max(this.size, end)
  }
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.size)
  }
  #grow(size: number): void {
    if (size <= this.#bytes.length) return
    const bigger = new Uint8Array(Math.max(size, this.#bytes.length * 2))
    bigger.set(this.#bytes)
    this.#bytes = bigger
  }
}

interface File {
  readonly synced: Bytes
  pending: Change[]
}

type NameChange =
  | { readonly do: 'create'; readonly name: string; readonly file: File }
  | { readonly do: 'unlink'; readonly name: string }
  | { readonly do: 'rename'; readonly name: string; readonly to: string }

function applyName(names: Map<string, File>, change: NameChange): void {
  if (change.do === 'create') names.set(change.name, change.file)
  if (change.do === 'unlink') names.delete(change.name)
  if (change.do !== 'rename') return
  const file = names.get(change.name)
  names.delete(change.name)
  if (file !== undefined) names.set(change.to, file)
}

export type CutStyle = 'none' | 'all' | 'torn'

/** The sectors of one write that reached the disk; a power cut may keep any of them. */
function* sectors(change: Change, random: () => number): Generator<Change> {
  if ('size' in change) {
    if (random() < 0.5) yield change
    return
  }
  const keep = random()
  for (let from = 0; from < change.data.length;) {
    const next = from + sectorBytes - ((change.at + from) % sectorBytes)
    const kept = keep < 0.3 || (keep < 0.8 && random() < 0.5)
    if (kept) yield { at: change.at + from, data: change.data.subarray(from, next) }
    from = next
  }
}

export class Disk {
  /** Names as the running process sees them, and as they are certainly on disk. */
  #live = new Map<string, File>()
  #names = new Map<string, File>()
  #pendingNames: NameChange[] = []
  /** Number of the last row that the process was told is safe. */
  acknowledged = 0

  apply(op: Op): void {
    if (op.op === 'x') throw new Error(`the recorder cannot follow ${op.name}`)
    if (op.op === 'a') this.acknowledged = Number(new TextDecoder().decode(op.data).trim())
    else if (op.op === 'd') this.#syncNames(op.name === '' ? '.' : op.name)
    else if (op.op === 'o') this.#name({ do: 'create', name: op.name, file: newFile() })
    else if (op.op === 'u') this.#name({ do: 'unlink', name: op.name })
    else if (op.op === 'r')
      this.#name({ do: 'rename', name: op.name, to: new TextDecoder().decode(op.data) })
    else this.#bytes(op)
  }

  /** Writes the folder that a power cut at this moment leaves. */
  write(dir: string, style: CutStyle, random: () => number): void {
    mkdirSync(dir, { recursive: true })
    const names = new Map(this.#names)
    const kept = { none: 0, all: 1, torn: random() }[style] * this.#pendingNames.length
    // Changes of names reach the disk in order, because they go through the file system's journal.
    for (const change of this.#pendingNames.slice(0, Math.round(kept))) applyName(names, change)
    for (const [name, file] of names) {
      // The -shm file is memory shared between processes and need not survive.
      if (name.endsWith('-shm')) continue
      mkdirSync(dirname(join(dir, name)), { recursive: true })
      writeFileSync(join(dir, name), cutBytes(file, style, random))
    }
  }

  /** Files as the running process sees them. */
  liveNames(): readonly string[] {
    return [...this.#live.keys()]
  }

  /** Everything that the process wrote, synced or not; compared with the real files at the end. */
  liveBytes(name: string): Uint8Array | null {
    const file = this.#live.get(name)
    return file === undefined ? null : cutBytes(file, 'all', () => 0)
  }

  #name(change: NameChange): void {
    applyName(this.#live, change)
    this.#pendingNames.push(change)
  }

  /** Only the names of one folder. */
  #syncNames(folder: string): void {
    const isHere = ({ name }: NameChange): boolean => dirname(name) === folder
    for (const change of this.#pendingNames.filter(isHere)) applyName(this.#names, change)
    this.#pendingNames = this.#pendingNames.filter((change) => !isHere(change))
  }

  #bytes(op: Op): void {
    const file = this.#live.get(op.name)
    if (file === undefined) throw new Error(`${op.name} was written before it was created`)
    if (op.op === 'w') file.pending.push({ at: op.offset, data: op.data })
    else if (op.op === 't') file.pending.push({ size: op.offset })
    else {
      for (const change of file.pending) file.synced.apply(change)
      file.pending = []
    }
  }
}

const newFile = (): File => ({ synced: new Bytes(), pending: [] })

function cutBytes(file: File, style: CutStyle, random: () => number): Uint8Array {
  if (style === 'none' || file.pending.length === 0) return file.synced.view()
  const bytes = file.synced.copy()
  for (const change of file.pending) {
    if (style === 'all') bytes.apply(change)
    else for (const part of sectors(change, random)) bytes.apply(part)
  }
  return bytes.view()
}
