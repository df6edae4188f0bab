// Names and files by which the service of a machine is found: read at a lane's start, so nothing else is here.
import { join } from 'node:path'

export const unitName = 'etc-lane.service'
export const unitFile = `/etc/systemd/system/${unitName}`
/** Path of the unit in the Debian package, and the folder of its lot. */
export const packagedUnit = `/usr/lib/systemd/system/${unitName}`
export const packagedDir = '/var/lib/etc-lane'

/** Quotes one word of a unit's command, so that per cent and dollar signs have no meaning. */
export const quoted = (word: string): string =>
  `"${word.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`

export const keepFile = (dir: string): string => join(dir, 'run', 'service.json')

/** Whether the task waits without lanes, by the text of that file. */
export const isHeld = (text: string | null): boolean => text?.includes('"held":true') === true
