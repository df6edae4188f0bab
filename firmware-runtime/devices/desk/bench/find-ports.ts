// Adapters for finding devices on this machine: real ports, clocks and links.
// ETC_LANE_PORTS names a recorded list of ports for Studio, which has no command line.
import { join } from 'node:path'
import { systemMonoClock, systemWallClock } from '#base/time/system-clocks.ts'
import { findMachine } from '../../find/machine.ts'
import { findMemory } from '../../find/memory.ts'
import { linkOpener } from '../../links/link-opener.ts'
import { FindService, type FindServiceParts } from '../../find/find-service.ts'
import type { DoctorPorts } from '../../find/link-doctor.ts'
import type { AntennaPlan } from '../../profiles/antenna-plan.ts'
import { benchFolder } from './bench-rsu.ts'
import { leaseLink } from '#base/desk/process/link-lease.ts'

/** `dir`: data folder whose imported profiles are used as well; null: built-in ones only. */
export function doctorPorts(recordedPorts: string | null, dir: string | null = null): DoctorPorts {
  let plan: Promise<AntennaPlan> | null = null
  return {
    opener: linkOpener(),
    mono: systemMonoClock(),
    clock: systemWallClock(),
    machine: findMachine(recordedPorts ?? process.env['ETC_LANE_PORTS'] ?? null),
    // Profiles are loaded at a search, never when a lane starts.
    antennas: () => (plan ??= import('./antenna-plan.ts').then(({ planOf }) => planOf(dir))),
  }
}

const memoryHere = (): FindServiceParts['memory'] => findMemory(join(benchFolder(), 'find.json'))

type Given = Partial<FindServiceParts> & Pick<FindServiceParts, 'place'>

/** Finds devices on this machine; in a demo without access to real devices. */
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
