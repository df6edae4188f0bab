// The order in which speeds and known ports are tried, with the source of each.
// Tests hold these against the profile library, so that a new model is found by its data.
import type { RsuVariantId } from '../variants.ts'

/** 115200 is the interface's own, 460800 one firmware's; the rest is what adapters are left at. */
export const knownBauds: readonly number[] = [115_200, 460_800, 9_600, 57_600, 38_400, 19_200]

/** The named speed first. */
export const baudsFrom = (named: number | null): readonly number[] =>
  named === null ? knownBauds : [named, ...knownBauds.filter((baud) => baud !== named)]

/** TCP ports of antennas in public parking code (rsu-interface.md section 1). */
export const knownPorts: readonly { readonly port: number; readonly variant: RsuVariantId }[] = [
  { port: 60_001, variant: 'generic-bcc' },
  { port: 9_527, variant: 'generic-ver' },
  { port: 21_003, variant: 'generic-len' },
]

/** Listened before anything is said: a heartbeat or a car may come by itself. */
export const listenMs = 300
/** After each question. */
export const answerMs = 500
/** After the last: a device needs about a second for B0 (rsu-interface.md 3.4). */
export const lastAnswerMs = 1_500
/**
 * A device that cannot hear us speaks by itself alone: heartbeats come every 10 s (rsu-interface.md
 * 1.2.3), so a line that said nothing is listened to once more for that long.
 */
export const heartbeatPatienceMs = 11_000
