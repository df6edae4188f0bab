// A gate on the output of a camera under the contract of every driver.
// A piece of work is a car let through: its pass is used, and the boom is down afterwards.
import { expect } from 'vitest'
import { driverContract, type ContractBench } from '../../contract/driver-contract.ts'
import { GateBench } from './bench.ts'

function make(): ContractBench {
  const bench = new GateBench()
  let works = 0
  return {
    connect: () => bench.connect(),
    disconnect: () => bench.network.unplug(),
    run: (forMs) => bench.run(forMs),
    isUp: () => bench.up,
    work: () => bench.passage(`p${++works}`),
    done: () => {
      // Whatever the link does, the boom never closes on a car.
      expect(bench.model.state()).toMatchObject({ closesOnPresence: 0 })
      return bench.of('passed').length
    },
    garbage: (bytes) => bench.network.noise(bytes),
    silence(on) {
      if (on) bench.act('silence')
      else bench.model.mend()
    },
    duplicate: (on) => void (bench.model.twice = on),
    split: (size) => void (bench.model.splitBytes = size),
    restartDevice: () => bench.act('reboot', 500),
    // The gate's commands do not depend on its clock.
    skewClock: () => undefined,
  }
}

driverContract({
  name: 'barrier, gate on a Hikvision camera',
  workMs: 1_000,
  // Three polls without an answer, 2 s each.
  lossMs: 8_000,
  upMs: 10_000,
  make,
})
