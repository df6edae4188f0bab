// `etc-lane rsu ...`: decodes captures, and reads, compares, writes and watches an antenna without a window. --data and
// --lane use the running lot; --link uses a device that no lane holds.
import { decode } from './rsu-decode.ts'
import { list } from './rsu-list.ts'
import { backups } from './rsu-backups.ts'
import { apply, diff, read, takeBack } from './rsu-settings.ts'
import { bundles } from './rsu-bundle.ts'
import { health } from './rsu-health.ts'
import { save, sendByHand } from './rsu-send.ts'
import { tuning } from './rsu-tune.ts'
import { watch } from './rsu-watch.ts'
import { commandOf } from '#base/desk/commands/acts.ts'

const acts = [
  ...[decode, list, read, diff, apply, takeBack],
  ...backups,
  watch,
  ...tuning,
  ...bundles,
  ...[save, health, sendByHand],
]

export const rsuVerbs: readonly string[] = [
  ...new Set(acts.flatMap(({ paths }) => paths.flatMap(([verb]) => verb ?? []))),
]

export const rsuCommand = commandOf('rsu', acts)
