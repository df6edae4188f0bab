// Every RSU variant keeps the contract of all drivers, over TCP and over a serial line, and so does each
// vendor's profile that the simulator can be the other side of.
import { rsuVariant, rsuVariantIds } from '../../../../firmware-runtime/devices/rsu/variants.ts'
import { rsuChoice } from '../../../../firmware-runtime/app/profiles/links.ts'
import { library } from '../../app/profiles/shipped.ts'
import { driverContract } from './driver-contract.ts'
import { RsuContractBench } from './rsu-bench.ts'

const usual = {
  workMs: 3_000,
  // A try that was lost is made again after 3 s, and a start takes 1.2 s.
  upMs: 8_000,
}

for (const id of rsuVariantIds)
  for (const link of ['tcp', 'serial'] as const)
    driverContract({
      name: `rsu ${id} over ${link}`,
      ...usual,
      // Three heartbeats missed, counted from the last frame that was heard.
      lossMs: rsuVariant(id).table.timing.heartbeatLossMs + 1_000,
      make: () => new RsuContractBench(id, link),
    })

for (const id of ['soulin/parking', 'wanji/parking', 'jinyi/parking']) {
  const choice = rsuChoice(`?variant=${id}`, {
    find: (kind, name) => {
      const checked = library.profiles.get(`${kind}/${name}`)
      return checked === undefined ? { ok: false, there: false, note: '' } : { ok: true, checked }
    },
  })
  if (!choice.ok) throw new Error(choice.note)
  const { config, variant } = choice.value
  driverContract({
    name: `rsu ${id} over tcp`,
    ...usual,
    lossMs: variant.table.timing.heartbeatLossMs + 1_000,
    make: () => new RsuContractBench(variant.id, 'tcp', config),
  })
}
