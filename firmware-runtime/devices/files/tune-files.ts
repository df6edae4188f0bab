// Tune steps of one device in a file: DIR/devices/<id>.tune.json, whole and synced like its settings.
// Its measurements are checked when read; a damaged file throws TUNE-04.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TuneStore } from '../ports/tune-store.ts'
import { readAs, writeWhole } from './settings-files.ts'
import { tuneShape } from './tune-shape.ts'

export function tuneFiles(dir: string, deviceId: string): TuneStore {
  const file = join(dir, 'devices', `${deviceId}.tune.json`)
  return {
    load: () => (existsSync(file) ? readAs(tuneShape(), file, 'TUNE-04') : null),
    save: (state) => writeWhole(file, state),
  }
}
