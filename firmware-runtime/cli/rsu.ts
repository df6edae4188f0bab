// `etc-lane rsu ...`: decode captures, and read, compare, write and watch an antenna without a window.
// With --data and --lane it speaks to the running lot; with --link to a device that no lane holds.
import { decode } from './rsu-decode.ts'
import { list } from './rsu-list.ts'
import { backups } from './rsu-backups.ts'
import { apply, diff, read, takeBack } from './rsu-settings.ts'
import { bundle, preset } from './rsu-bundle.ts'
import { health } from './rsu-health.ts'
import { save, sendByHand } from './rsu-send.ts'
import { attempts, tune } from './rsu-tune.ts'
import { watch } from './rsu-watch.ts'
import { commandOf, shown } from './acts.ts'

const acts = [
  shown(['rsu decode --variant V [HEX|-]'], decode),
  shown(['rsu list [--data DIR] [--probe] [--link URL ...] [--tcp HOST ...] [--ports FILE]'], list),
  shown(['rsu read PLACE'], read),
  shown(
    ['rsu diff PLACE [--file F | --backup ID [--only NAME,NAME]] [--set NAME=NUMBER ...]'],
    diff,
  ),
  shown(
    [
      'rsu apply PLACE [--file F | --backup ID [--only NAME,NAME]] [--set NAME=NUMBER ...] --by NAME --reason TEXT [--photo JPEG] [--trial-sec N] [--even-unlawful] [--other-device] [--no-wait]',
    ],
    apply,
  ),
  shown(['rsu take-back PLACE --by NAME --reason TEXT'], takeBack),
  shown(
    [
      'rsu backups PLACE',
      'rsu backups make PLACE --by NAME --reason TEXT',
      'rsu backups diff ID [ID] PLACE',
      'rsu backups pin ID PLACE --by NAME --reason TEXT',
      'rsu backups unpin ID PLACE --by NAME --reason TEXT',
    ],
    backups,
  ),
  shown(
    [
      'rsu watch --link URL|--data DIR --lane ID [--direction in|out] [--type B2,C6] [--text T] [--frames N] [--save F] [--pcapng F]',
    ],
    watch,
  ),
  shown(
    [
      'rsu tune PLACE --aim moreReads|fewerRetries|fewerNeighbours|longerVisible [--set NAME=NUMBER] [--survey FILE] [--cars OBU,OBU] [--passes N] [--listen-sec N] [--zone-m M | --kmh V] --by NAME --reason TEXT',
      'rsu tune field --data DIR --lane ID --point PLACE=DBM ...',
    ],
    tune,
  ),
  shown(
    ['rsu attempts PLACE [--cars OBU,OBU] [--passes N] [--listen-sec N] [--zone-m M | --kmh V]'],
    attempts,
  ),
  shown(
    [
      'rsu preset list',
      'rsu preset diff ID PLACE',
      'rsu preset apply ID PLACE --by NAME --reason TEXT [--trial-sec N] [--no-wait]',
    ],
    preset,
  ),
  shown(
    [
      'rsu bundle apply --data DIR --lanes A,B | --link URL ... --file F | --preset ID --by NAME --reason TEXT [--trial-sec N] [--no-wait]',
      'rsu bundle diff',
    ],
    bundle,
  ),
  shown(['rsu save --data DIR --lane ID [--format capture|pcapng]'], save),
  shown(['rsu health --data DIR'], health),
  shown(['rsu send PLACE --code CC [--field NAME=HEX ...] --by NAME --reason TEXT'], sendByHand),
]

export const rsuVerbs: readonly string[] = [
  ...new Set(acts.flatMap(({ paths }) => paths.flatMap(([verb]) => verb ?? []))),
]

export const rsuCommand = commandOf('rsu', acts)
