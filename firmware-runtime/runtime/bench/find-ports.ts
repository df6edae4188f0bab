// What finding devices is built with on this machine: real ports, real clocks, real links.
// ETC_LANE_PORTS names a recorded list of ports for a Studio that has no command line of its own.
import { join } from 'node:path'
import { systemMonoClock, systemWallClock } from '../../adapters/clocks/system-clocks.ts'
import { findMachine } from '../../adapters/find/machine.ts'
import { findMemory } from '../../adapters/find/memory.ts'
import { linkOpener } from '../../adapters/links/link-opener.ts'
import { FindService, type FindServiceParts } from '../../app/find/find-service.ts'
import type { DoctorPorts } from '../../app/find/link-doctor.ts'
import type { AntennaPlan } from '../../app/profiles/antenna-plan.ts'
import { benchFolder } from './bench-rsu.ts'
import { leaseLink } from '../process/link-lease.ts'

/** `dir`: the data folder whose imported profiles are known as well; null: the program's own alone. */
export function doctorPorts(recordedPorts: string | null, dir: string | null = null): DoctorPorts {
  let plan: Promise<AntennaPlan> | null = null
  return {
    opener: linkOpener(),
    mono: systemMonoClock(),
    clock: systemWallClock(),
    machine: findMachine(recordedPorts ?? process.env['ETC_LANE_PORTS'] ?? null),
    // Profiles are loaded when somebody searches, never when a lane starts.
    antennas: () => (plan ??= import('./antenna-plan.ts').then(({ planOf }) => planOf(dir))),
  }
}

const memoryHere = (): FindServiceParts['memory'] => findMemory(join(benchFolder(), 'find.json'))

type Given = Partial<FindServiceParts> & Pick<FindServiceParts, 'place'>

/** A service of this machine; a demo's has no world. */
export const findService = (given: Given, dir: string | null = null): FindService =>
  new FindService({
    outside: given.place === 'demo' ? null : doctorPorts(null, dir),
    memory: memoryHere(),
    claim: (link) => leaseLink(link, 'Studio'),
    ownLinks: () => [],
    connect: null,
    pushOf: () => null,
    cards: () => findMachine(null).cards(),
    workbench: null,
    changed: () => undefined,
    ...given,
  })
