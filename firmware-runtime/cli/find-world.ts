// What finding devices is built with on this machine: real ports, real clocks, real links.
// ETC_LANE_PORTS names a recorded list of ports for a Studio that has no command line of its own.
import { join } from 'node:path'
import { systemMonoClock, systemWallClock } from '../adapters/clocks/system-clocks.ts'
import { findMachine } from '../adapters/find/machine.ts'
import { findMemory } from '../adapters/find/memory.ts'
import { linkOpener } from '../adapters/links/link-opener.ts'
import { FindDesk, type FindDeskParts } from '../app/find/find-desk.ts'
import type { DoctorWorld } from '../app/find/link-doctor.ts'
import { benchFolder } from './bench-rsu.ts'
import { claimLink } from './link-claim.ts'

export const doctorWorld = (recordedPorts: string | null): DoctorWorld => ({
  opener: linkOpener(),
  mono: systemMonoClock(),
  clock: systemWallClock(),
  machine: findMachine(recordedPorts ?? process.env['ETC_LANE_PORTS'] ?? null),
})

export const memoryHere = (): FindDeskParts['memory'] =>
  findMemory(join(benchFolder(), 'find.json'))

type Given = Partial<FindDeskParts> & Pick<FindDeskParts, 'place'>

/** A desk of this machine; a demo's has no world. */
export const findDesk = (given: Given): FindDesk =>
  new FindDesk({
    world: given.place === 'demo' ? null : doctorWorld(null),
    memory: memoryHere(),
    claim: (link) => claimLink(link, 'Studio'),
    ownLinks: () => [],
    connect: null,
    pushOf: () => null,
    cards: () => findMachine(null).cards(),
    workbench: null,
    changed: () => undefined,
    ...given,
  })
