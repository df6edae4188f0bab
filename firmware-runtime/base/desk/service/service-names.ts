// Names and files by which the service of a folder is found: read at a lane's start, so nothing else is here.
import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** The service of the machine's first folder; each further folder has one of its own. */
export const firstName = 'etc-lane'
const unitsFolder = '/etc/systemd/system'
export const unitOf = (name: string): string => `${name}.service`
export const unitFileOf = (name: string): string => `${unitsFolder}/${unitOf(name)}`
/** Path of the unit in the Debian package, and the folder of its lot. */
export const packagedUnit = `/usr/lib/systemd/system/${unitOf(firstName)}`
export const packagedDir = '/var/lib/etc-lane'

const wordMax = 24

/**
 * Name of the service of a further folder: its last part, as far as a unit of systemd may have such letters, and six digits
 * of its whole path, so that two folders never have the same name.
 */
export function furtherName(dir: string): string {
  const last = dir.split(/[\\/]/).at(-1) ?? ''
  const word = last
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, wordMax)
  const mark = createHash('sha256').update(dir).digest('hex').slice(0, 6)
  return [firstName, word.replaceAll(/^-|-$/g, ''), mark].filter(Boolean).join('-')
}

/** Quotes one word of a unit's command, so that per cent and dollar signs have no meaning. */
export const quoted = (word: string): string =>
  `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`

export const keepFile = (dir: string): string => join(dir, 'run', 'service.json')

/** Whether the task waits without lanes, by the text of that file. */
export const isHeld = (text: string | null): boolean => text?.includes('"held":true') === true
