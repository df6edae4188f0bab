// Time stamps over heads of the ledger's chain (RFC 3161): `stamps/NODE-SEQ.der` in the data folder, one token each.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportFile } from '#base/files/exported-file.ts'

const folderOf = (dir: string): string => join(dir, 'stamps')
const nameShape = /^([a-z0-9]{1,4})-([1-9]\d{0,15})\.der$/

interface KeptStamp {
  readonly nodeId: string
  /** The newest row when the stamp was taken. */
  readonly seq: number
  readonly file: string
  token(): Uint8Array
}

/** In the order of the rows; other files are left out. */
export function keptStamps(dir: string): readonly KeptStamp[] {
  const folder = folderOf(dir)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name): readonly KeptStamp[] => {
      const [, nodeId, seq] = nameShape.exec(name) ?? []
      if (nodeId === undefined) return []
      const file = join(folder, name)
      return [{ nodeId, seq: Number(seq), file, token: () => readFileSync(file) }]
    })
    .toSorted((a, b) => a.seq - b.seq)
}

/** Throws FILE-03 when this row has a stamp. */
export function keepStamp(dir: string, nodeId: string, seq: number, token: Uint8Array): string {
  mkdirSync(folderOf(dir), { recursive: true })
  const file = join(folderOf(dir), `${nodeId}-${seq}.der`)
  exportFile(file, token)
  return file
}
