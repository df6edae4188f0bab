// Every camera driver fulfils the contract of all drivers, against the model of its simulator.
// The limits of each are on its page in docs/operations.md.
import { dahuaPull } from '#devices/pure/camera/dahua/pull.ts'
import { hikvisionPull } from '#devices/pure/camera/hikvision/pull.ts'
import { DahuaServed } from '#simulators/camera/served/dahua-protocol.ts'
import { HikvisionServed } from '#simulators/camera/served/hikvision-protocol.ts'
import { VzServed } from '#simulators/camera/served/vz-protocol.ts'
import { driverContract } from '../contract/driver-contract.ts'
import { account, streamBench, vzBench } from './camera-bench.ts'

const macAddress = '02:00:5e:10:00:64'

driverContract({
  name: 'camera hikvision, subscribed',
  workMs: 1_000,
  lossMs: 36_000,
  upMs: 12_000,
  make: () =>
    streamBench({
      dialect: hikvisionPull({ ctrlMod: 'asked' }),
      protocol: (outside) => new HikvisionServed({ ...account, macAddress }, outside),
    }),
})

const dahua = { address: 'dahua:camera:80', channel: 1, confidenceMax: 100 } as const

for (const snapManager of [true, false])
  driverContract({
    name: `camera dahua, subscribed ${snapManager ? 'with' : 'without'} pictures`,
    workMs: 1_000,
    lossMs: 22_000,
    upMs: 12_000,
    make: () => {
      const bench = streamBench({
        dialect: dahuaPull(dahua),
        protocol: (outside) => new DahuaServed({ ...account, serial: 'SIM5E100064' }, outside),
      })
      bench.network.model.protocol.set({ snapManager })
      return bench
    },
  })

driverContract({
  name: 'camera vzicom, TCP',
  workMs: 1_000,
  lossMs: 16_000,
  upMs: 10_000,
  make: () => vzBench((outside) => new VzServed('5e100000-00000001', outside)),
})
