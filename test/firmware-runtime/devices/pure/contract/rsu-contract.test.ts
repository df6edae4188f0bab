// Every RSU variant fulfils the contract of all drivers, over TCP and over a serial line, and so does each vendor's profile
// that the simulator can represent.
import { rsuVariants, type RsuVariant } from '#simulators/rsu/dialect.ts'
import { rsuModelOf } from '../../profiles/shipped-rsu.ts'
import { driverContract } from './driver-contract.ts'
import { RsuContractBench } from './rsu-bench.ts'

const usual = {
  workMs: 3_000,
  // A lost try is repeated after 3 s, and a start takes 1.2 s.
  upMs: 8_000,
}

const contractOf = (id: string, link: 'tcp' | 'serial', simulator: RsuVariant): void => {
  const { config, variant } = rsuModelOf(id)
  driverContract({
    name: `rsu ${id} over ${link}`,
    ...usual,
    // Three missed heartbeats, counted from the last frame received.
    lossMs: variant.table.timing.heartbeatLossMs + 1_000,
    make: () => new RsuContractBench(simulator, link, config),
  })
}

for (const id of rsuVariants)
  for (const link of ['tcp', 'serial'] as const) contractOf(id, link, id)

contractOf('soulin/parking', 'tcp', 'generic-bcc')
contractOf('wanji/parking', 'tcp', 'generic-ver')
contractOf('jinyi/parking', 'tcp', 'generic-len')
