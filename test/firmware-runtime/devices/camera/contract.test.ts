// The contract of every driver, kept by every camera driver opposite the model of its simulator.
// Limits of each are those of its own page in docs/operations.md.
import { hikvisionPull } from '../../../../firmware-runtime/devices/camera/hikvision/pull.ts'
import { HikvisionServed } from '../../../../firmware-runtime/simulators/camera/served/hikvision-wire.ts'
import { driverContract } from '../contract/driver-contract.ts'
import { account, streamBench } from './camera-bench.ts'

const macAddress = '02:00:5e:10:00:64'

driverContract({
  name: 'camera hikvision, subscribed',
  workMs: 1_000,
  lossMs: 36_000,
  upMs: 12_000,
  make: () =>
    streamBench({
      dialect: hikvisionPull({ ctrlMod: 'asked' }),
      wire: (world) => new HikvisionServed({ ...account, macAddress }, world),
    }),
})
