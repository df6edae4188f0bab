// What finding devices is built with on this machine: real ports, real clocks, real links.
// ETC_LANE_PORTS names a recorded list of ports for a Studio that has no command line of its own.
import { systemMonoClock, systemWallClock } from '../adapters/clocks/system-clocks.ts'
import { findMachine } from '../adapters/find/machine.ts'
import { linkOpener } from '../adapters/links/link-opener.ts'
import type { DoctorWorld } from '../app/find/link-doctor.ts'

export const doctorWorld = (recordedPorts: string | null): DoctorWorld => ({
  opener: linkOpener(),
  mono: systemMonoClock(),
  clock: systemWallClock(),
  machine: findMachine(recordedPorts ?? process.env['ETC_LANE_PORTS'] ?? null),
})
