// Reads kept photos by their id. The id names day and file; anything else is no photo.
// Names are checked before they become paths; a photo never keeps a car waiting.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** `20261120-081502-exit-17`: day, time, lane, number (site.ts makes them). */
const idShape = /^(\d{4})(\d{2})(\d{2})-\d{6}-[a-z][a-z0-9-]{0,15}-\d{1,9}$/

export async function readPhoto(dir: string, photoId: string): Promise<Uint8Array | null> {
  const m = idShape.exec(photoId)
  if (m === null) return null
  try {
    return await readFile(join(dir, 'photos', `${m[1]}-${m[2]}-${m[3]}`, `${photoId}.jpg`))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT') return null
    throw error
  }
}
